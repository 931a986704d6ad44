/** 3 什么问题: a tile by its digit, then which kind of it. */
import { Check } from "lucide-react";
import { useState } from "react";
import { Marked } from "../../form/Marked";
import { type Command, useCommands } from "../../command";
import { m, say } from "../../i18n";
import type { Catalogue } from "../../ipc";
import { ComboBox, LinkButton, SectionHeading, Tiles } from "../../kit";
import css from "./Capture.module.css";
import { TypeIcon } from "./TypeIcon";
import { OTHER, pressTile, subtypes, tileOf, tilesShown, typeOf } from "./types";

type Props = { catalogue: Catalogue; typeCode: string | null; error: string | null; onType: (code: string | null) => void };

export function TypePart({ catalogue, typeCode, error, onType }: Props) {
  // A tile pressed and not settled yet: which kind of it comes next, or the search for 其他.
  const [open, setOpen] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  const tile = open ?? tileOf(catalogue, typeCode);
  const type = typeOf(catalogue, typeCode);
  const category = tile === null || tile === OTHER ? null : (typeOf(catalogue, tile)?.category ?? tile);
  const kinds = category !== null && tile === category ? subtypes(catalogue, category) : [];
  const asking = kinds.length > 1 && (typeCode === null || again);

  const tiles = [
    ...tilesShown(catalogue).map((t) => ({ value: t.code, label: say(t.label), icon: <TypeIcon name={t.icon} /> })),
    { value: OTHER, label: m.capture_type_other(), icon: <TypeIcon name="search" /> },
  ];
  const take = (code: string) => {
    setAgain(false);
    onType(code);
  };
  const press = (code: string) => {
    const settled = pressTile(catalogue, code);
    setOpen(code);
    setAgain(false);
    if (settled.type !== typeCode) onType(settled.type);
  };
  const kindOptions = kinds.map((t) => ({ value: t.code, label: say(t.label) }));
  const choices = asking ? kindOptions : tiles;
  useCommands(
    choices.slice(0, 9).map((choice, i): Command => ({
      id: `capture.choose.${i + 1}`,
      scope: "form",
      keys: [String(i + 1)],
      label: choice.label,
      group: m.capture_what(),
      run: () => (asking ? take(choice.value) : press(choice.value)),
    })),
  );

  return (
    <section className={css.part} data-field="type" aria-label={m.capture_what()}>
      <SectionHeading note={m.capture_what_note()}>{m.capture_what()}</SectionHeading>
      <Marked name={tiles.map((t) => `tile-${t.value}`)} selector="label">
        <Tiles hideLabel label={m.capture_what()} options={tiles} value={tile} onChange={press} digits={!asking} error={asking ? null : error} />
      </Marked>
      {tile === OTHER && (
        <Marked name="capture-type-search">
          <ComboBox
            autoFocus={type === undefined}
            label={m.capture_type_search()}
            options={catalogue.types.map((t) => ({
              value: t.code,
              label: say(t.label),
              description: say(catalogue.categories.find((c) => c.code === t.category)?.label ?? t.label),
              search: t.code,
            }))}
            value={typeCode}
            onChange={onType}
          />
        </Marked>
      )}
      {kinds.length > 1 && type !== undefined && !again && (
        <p className={css.settled} data-testid="capture-subtype">
          <Check aria-hidden="true" size={20} />
          <strong>{say(type.label)}</strong>
          <LinkButton onPress={() => setAgain(true)}>{m.capture_other_kind()}</LinkButton>
        </p>
      )}
      {kinds.length > 1 && (type === undefined || again) && (
        <Marked name={kindOptions.map((t) => `subtype-${t.value}`)} selector="label">
          <Tiles
            label={m.capture_which({ type: tiles.find((t) => t.value === tile)?.label ?? "" })}
            options={kindOptions}
            value={typeCode}
            onChange={take}
            digits={asking}
            error={asking ? error : null}
          />
        </Marked>
      )}
    </section>
  );
}

/** 2 在哪里: compound known from the round, building and room picked or typed as they stand on the plate. */
import { Suspense, lazy, useState } from "react";
import { errorAt } from "./errorAt";
import { m } from "../../i18n";
import { useRead } from "../../ipc";
import { ComboBox, SectionHeading, TextField } from "../../kit";
import { Marked } from "../../form/Marked";
import css from "./Capture.module.css";
import type { Draft } from "./useDraft";

const PinPart = lazy(() => import("../plan/PinPart").then((part) => ({ default: part.PinPart })));

type Props = { draft: Draft; tried: boolean; /** The compound this draft began with: that of the current round. */ round: string | null };

/** `8`, `8号`, `8 号楼` name the same plate here; what is kept is what was typed. */
const plate = (text: string) => text.replace(/[\s号號幢栋棟楼樓#]/gu, "");

export function PlacePart({ draft, tried, round }: Props) {
  const { content, change, view } = draft;
  const [typed, setTyped] = useState("");
  const compounds = useRead("compound.list", { text: typed }, { keep: true }).data?.rows ?? [];
  const chosen = useRead("compound.get", { id: content.compound_id ?? "" }, { enabled: content.compound_id !== null }).data;
  const options = compounds.map((c) => ({ value: c.id, label: c.name, description: c.address, search: c.initials }));
  // The compound of the draft may not be among those the search found.
  if (chosen && !options.some((o) => o.value === chosen.card.id)) {
    options.unshift({ value: chosen.card.id, label: chosen.card.name, description: chosen.card.address, search: `${chosen.card.initials} ${typed}` });
  }
  const building = chosen?.buildings.find((b) => plate(b.no) === plate(content.building));
  const plates = chosen?.buildings.map((b) => ({ value: b.no, label: b.no })) ?? [];
  const rooms = building?.rooms.map((r) => ({ value: r, label: r })) ?? [];
  const error = (field: string) => errorAt(view.problems, field, tried);

  return (
    <section className={css.part} aria-label={m.capture_where()}>
      <SectionHeading>{m.capture_where()}</SectionHeading>
      <div className={css.place}>
        <div data-field="compound">
          <Marked name="capture-compound">
            <ComboBox
              label={m.capture_compound()}
              hint={round !== null && content.compound_id === round ? m.capture_compound_round() : undefined}
              error={error("compound")}
              options={options}
              value={content.compound_id}
              onChange={(id) => id !== content.compound_id && change({ compound_id: id, building: "", room: "" })}
              onInputChange={setTyped}
            />
          </Marked>
        </div>
        <div
          data-field="building"
          onBlur={() => {
            // `8` is the plate `8号` where there is one; what has no plate stays as typed.
            const known = content.building === "" ? undefined : chosen?.buildings.find((b) => plate(b.no) === plate(content.building));
            if (known && known.no !== content.building) change({ building: known.no });
          }}
        >
          <Marked name="capture-building">
            <ComboBox label={m.capture_building()} error={error("building")} options={plates} value={content.building || null} onChange={(v) => change({ building: v ?? "" })} allowsOther />
          </Marked>
        </div>
        <div data-field="room">
          <Marked name="capture-room">
            <ComboBox label={m.capture_room()} error={error("room")} options={rooms} value={content.room || null} onChange={(v) => change({ room: v ?? "" })} allowsOther />
          </Marked>
        </div>
        <div data-field="location_text">
          <Marked name="capture-location">
            <TextField
              label={m.capture_location()}
              placeholder={m.capture_location_example()}
              error={error("location_text")}
              value={content.location_text}
              onChange={(v) => change({ location_text: v })}
            />
          </Marked>
        </div>
      </div>
      <Suspense fallback={null}>
        <PinPart draft={draft} />
      </Suspense>
    </section>
  );
}

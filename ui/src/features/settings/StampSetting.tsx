import { useState } from "react";
import { m } from "../../i18n";
import { type ApiError, useRead, useWrite } from "../../ipc";
import { Button, ErrorNote, SectionHeading, TextArea, toast } from "../../kit";
import style from "./Settings.module.css";

const PROBLEMS: Record<string, () => string> = {
  required: m.settings_stamp_needs,
  unknown_choice: m.settings_stamp_unknown,
  too_long: m.settings_stamp_long,
  too_many: m.settings_stamp_many,
};

const NAMES: Record<string, () => string> = {
  time: m.settings_stamp_time,
  place: m.settings_stamp_place,
  by: m.settings_stamp_by,
  case: m.settings_stamp_case,
  hash: m.settings_stamp_hash,
  town: m.settings_stamp_town,
};

/** What stands under a copy of a photo, in the town's own words. Seen filled in before it counts for everybody. */
export function StampSetting() {
  const { data, error } = useRead("stamp.get", {});
  const preview = useWrite("stamp.preview");
  const set = useWrite("stamp.set");
  const [typed, setTyped] = useState<string | null>(null);
  if (!data?.may_edit) return null;
  const text = typed ?? data.lines.join("\n");
  const lines = text.split("\n");
  const failed = set.error ?? preview.error;
  const problem = problemOf(failed);
  const shown = preview.data?.shown ?? data.shown;
  const publish = () =>
    set.mutate(
      { lines },
      {
        onSuccess: () => {
          setTyped(null);
          preview.reset();
          toast(m.settings_stamp_done(), { tone: "done" });
        },
      },
    );
  return (
    <section className={style.part} aria-label={m.settings_stamp()}>
      <SectionHeading>{m.settings_stamp()}</SectionHeading>
      <p className={style.hint}>{m.settings_stamp_note()}</p>
      <div className={style.wide}>
        <TextArea label={m.settings_stamp_lines()} hint={m.settings_stamp_hint()} rows={3} value={text} onChange={setTyped} error={problem} />
      </div>
      <ul className={style.words} aria-label={m.settings_stamp_words()}>
        {data.words.map((word) => (
          <li key={word}>
            <code>{`{${word}}`}</code> {NAMES[word]?.()}
          </li>
        ))}
      </ul>
      <div className={style.strip} data-testid="stamp-shown">
        {shown.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div className={style.row}>
        <Button onPress={() => preview.mutate({ lines })}>{m.settings_stamp_preview()}</Button>
        <Button tone="primary" onPress={publish} isDisabled={typed === null || set.isPending}>
          {m.settings_stamp_publish()}
        </Button>
      </div>
      {(error ?? (failed && problem === null ? failed : null)) && <ErrorNote error={(error ?? failed) as ApiError} />}
    </section>
  );
}

function problemOf(failed: ApiError | null): string | null {
  const code = failed?.code === "invalid" ? failed.params.problem : undefined;
  return code === undefined ? null : (PROBLEMS[code] ?? m.form_problem_other)();
}

/** 说明: written, or put together from the phrases of the type. */
import { Marked } from "../../form/Marked";
import { m, say } from "../../i18n";
import type { Phrase } from "../../ipc";
import { TextArea } from "../../kit";
import css from "./Capture.module.css";

type Props = { value: string; phrases: readonly Phrase[]; error: string | null; onChange: (note: string) => void };

/** Adds a phrase after what stands there; a second press takes it out again. */
export function togglePhrase(note: string, phrase: string): string {
  if (note.includes(phrase)) return note.replace(phrase, "").trim();
  return note.trim() === "" ? phrase : `${note.trimEnd()}${/[。.!?！？]$/u.test(note.trimEnd()) ? "" : "。"}${phrase}`;
}

export function NotePart({ value, phrases, error, onChange }: Props) {
  return (
    <div data-field="note" className={css.note}>
      <Marked name="capture-note">
        <TextArea label={m.capture_note()} value={value} onChange={onChange} error={error} />
      </Marked>
      {phrases.length > 0 && (
        <ul className={css.phrases} aria-label={m.capture_phrases()}>
          {phrases.map((phrase) => {
            const words = say(phrase.label);
            return (
              <li key={words}>
                <button type="button" className={css.phrase} aria-pressed={value.includes(words)} onClick={() => onChange(togglePhrase(value, words))} data-testid="capture-phrase">
                  {words}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

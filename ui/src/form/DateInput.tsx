/**
 * A calendar day, typed part by part with the arrows or the digits. Every web view of ours has the native field; it
 * speaks the system's language (`10/11/2026`), so the day stands below it in the page's, with its weekday.
 */
import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { m } from "../i18n";
import { fullDayAndWeekday } from "../i18n/format";
import css from "./Form.module.css";

type Props = { label: string; value: string; onChange: (iso: string) => void; required?: boolean; error?: string | null; hint?: string | undefined };

export function DateInput({ label, value, onChange, required, error, hint }: Props) {
  const id = useId();
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(value);
  return (
    <div className={css.date}>
      <label htmlFor={id} className={css.label}>
        {label}
        {required && <small>{m.kit_required()}</small>}
      </label>
      <input
        id={id}
        type="date"
        value={value}
        max="9999-12-31"
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={[day && `${id}-day`, (error || hint) && `${id}-foot`].filter(Boolean).join(" ") || undefined}
      />
      {day && (
        <span id={`${id}-day`} className={css.hint}>
          {fullDayAndWeekday(value)}
        </span>
      )}
      {(error || hint) && (
        <span id={`${id}-foot`} className={error ? css.error : css.hint}>
          {error && <CircleAlert aria-hidden="true" size={16} />}
          {error ?? hint}
        </span>
      )}
    </div>
  );
}

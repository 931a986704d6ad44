/** When something happened, by every clock that saw it. No clock is ever corrected; the estimate stands beside it. */
import { TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { m } from "../../i18n";
import { moment } from "../../i18n/format";
import type { EventTimes } from "../../ipc";
import css from "./Case.module.css";
import { errorWords } from "./words";

/** How far the town has it beyond having received it: each is its own promise. */
function kept(time: EventTimes): string[] {
  return [time.logged && m.case_time_logged(), time.backed_up && m.case_time_backed_up(), time.stamped && m.case_time_stamped()].filter((words) => words !== false);
}

export function TimeWords({ time }: { time: EventTimes }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <span className={css.times}>
      <button type="button" className={css.clock} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <time dateTime={new Date(time.wall_ms).toISOString()}>{m.case_time_device({ time: moment(time.wall_ms) })}</time>
        {time.drifted && (
          <span className={css.drift}>
            <TriangleAlert aria-hidden="true" size={14} />
            {m.case_time_drifted()}
          </span>
        )}
      </button>
      <span>{time.received_ms === null ? m.case_time_not_received() : m.case_time_received({ time: moment(time.received_ms) })}</span>
      {kept(time).map((words) => (
        <span key={words}>{words}</span>
      ))}
      <span id={id} hidden={!open} className={css.explain}>
        {m.case_time_zone({ tz: time.tz })}{" "}
        {time.estimate_ms === null ? m.case_time_uncalibrated() : m.case_time_estimate({ time: moment(time.estimate_ms), error: errorWords(time.estimate_error_ms ?? 0) })}{" "}
        {m.case_time_never_corrected()}
      </span>
    </span>
  );
}

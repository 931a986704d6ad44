/** 环节时限: each clock of the case, how it stands, and how it was counted. */
import { m, sayFirst } from "../../i18n";
import { dayText, moment } from "../../i18n/format";
import type { OfficerClock } from "../../ipc";
import { Card, Chip, DeadlineExplain, SectionHeading, type Tone } from "../../kit";
import css from "./Office.module.css";

export function ClocksCard({ clocks }: { clocks: OfficerClock[] }) {
  if (clocks.length === 0) return null;
  return (
    <Card label={m.office_clocks()}>
      <SectionHeading note={m.office_clocks_note()}>{m.office_clocks()}</SectionHeading>
      <ul className={css.list} data-testid="clocks">
        {clocks.map((clock) => (
          <li key={`${clock.id} ${clock.deadline.start}`} className={css.clock} data-clock={clock.id} data-stands={clock.stands}>
            <strong>{clock.id === "T_handle" ? m.office_handle() : sayFirst(clock.deadline.label)}</strong>
            <Chip tone={toneOf(clock)} plain={clock.stands === "met"}>
              {standsWords(clock)}
            </Chip>
            <span className={css.quiet}>{dueWords(clock)}</span>
            <DeadlineExplain deadline={clock.deadline} />
            {clock.deadline.was !== null && <span className={css.quiet}>{m.calendar_was({ was: dayText(clock.deadline.was) })}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function toneOf(clock: OfficerClock): Tone {
  if (clock.stands === "late") return "overdue";
  if (clock.stands === "met") return "done";
  return clock.stands === "running" && clock.deadline.bucket === "today" ? "today" : "neutral";
}

function standsWords(clock: OfficerClock): string {
  const ended = clock.ended_ms === null ? null : moment(clock.ended_ms);
  switch (clock.stands) {
    case "met":
      return m.office_met({ time: ended ?? "" });
    case "late":
      return ended === null ? m.office_late() : m.office_late_ended({ time: ended });
    case "stopped":
      return m.office_stopped();
    default:
      return clock.deadline.bucket === "today" ? m.kit_due_today({ date: dayText(clock.deadline.due_date) }) : m.kit_days_left({ count: clock.deadline.workdays_left, date: dayText(clock.deadline.due_date) });
  }
}

/** A day, or where hours were counted a moment. */
function dueWords(clock: OfficerClock): string {
  const { due_date, due_at, provisional } = clock.deadline;
  const time = due_at.slice(11, 16);
  const words = time === "23:59" ? m.office_due_day({ date: dayText(due_date) }) : m.office_due_at({ date: dayText(due_date), time });
  return provisional ? words + m.kit_provisional_mark() : words;
}

import { m } from "../../i18n";
import { monthName, weekdayText } from "../../i18n/format";
import type { CalendarDay, CalendarMonth } from "../../ipc/api.gen";
import { cx } from "../../kit";
import style from "./Calendar.module.css";

/** A Monday to a Sunday, for the names of the columns. */
const WEEK = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"];

const BLANK = "\u00a0";

/** Twelve months; 休 and 班 are words and not colours alone. */
export function YearGrid({ months }: { months: readonly CalendarMonth[] }) {
  return (
    <div className={style.months}>
      {months.map((month) => (
        <table key={month.month} className={style.month}>
          <caption>{monthName(month.month)}</caption>
          <thead>
            <tr>
              {WEEK.map((day) => (
                <th key={day} scope="col" aria-label={weekdayText(day)}>
                  {weekdayText(day).replace(/^周|^週/u, "").slice(0, 2)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map((week) => (
              <tr key={week.find((d) => d)?.date ?? ""}>
                {week.map((day, i) => (day ? <Day key={day.date} day={day} /> : <td key={`${month.month}-${i}`}>{BLANK}</td>))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

const MARKS: Record<string, () => string> = { holiday: m.calendar_off, make_up: m.calendar_work };

function Day({ day }: { day: CalendarDay }) {
  const mark = MARKS[day.kind]?.();
  return (
    <td className={cx(style.day, style[day.kind])} data-date={day.date} title={day.name || undefined}>
      <span className={cx(day.statutory && style.statutory)}>{Number(day.date.slice(8))}</span>
      {mark !== undefined && <small>{mark}</small>}
    </td>
  );
}

function weeksOf(month: CalendarMonth): Array<Array<CalendarDay | null>> {
  const cells: Array<CalendarDay | null> = [...Array.from({ length: month.starts_on - 1 }, () => null), ...month.days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
}

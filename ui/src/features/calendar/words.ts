import { m } from "../../i18n";
import { fullDay } from "../../i18n/format";
import type { CalendarProblem } from "../../ipc/api.gen";

export function standsWords(stands: string): string {
  return stands === "published" ? m.calendar_published() : stands === "shipped" ? m.calendar_shipped() : m.calendar_provisional();
}

/** What is wrong, or worth a look. */
export function problemWords({ code, date: iso, found, expected }: CalendarProblem): string {
  const date = iso === "" ? "" : fullDay(iso);
  switch (code) {
    case "bad_year":
      return m.calendar_p_bad_year({ found });
    case "no_days":
      return m.calendar_p_no_days();
    case "outside":
      return m.calendar_p_outside({ date });
    case "twice":
      return m.calendar_p_twice({ date });
    case "both":
      return m.calendar_p_both({ date });
    case "festival_missing":
      return m.calendar_p_festival_missing({ date, found });
    case "worked_festival":
      return m.calendar_p_worked_festival({ date, found });
    case "plain_workday":
      return m.calendar_p_plain_workday({ date });
    case "plain_weekend":
      return m.calendar_p_plain_weekend({ date, found });
    case "festivals_unknown":
      return m.calendar_p_festivals_unknown({ found });
    case "too_long":
      return m.calendar_p_too_long({ found });
    case "year_missing":
      return m.calendar_p_year_missing();
    case "other_year":
      return m.calendar_p_other_year({ expected, found });
    case "no_such_date":
      return m.calendar_p_no_such_date({ found });
    case "weekday_wrong":
      return m.calendar_p_weekday_wrong({ date, expected, found });
    case "count_wrong":
      return m.calendar_p_count_wrong({ date, expected, found });
    case "unread":
      return m.calendar_p_unread({ expected, found });
    case "not_a_file":
      return m.calendar_p_not_a_file({ found });
    case "date_unclear":
      return m.calendar_p_date_unclear({ found });
    default:
      return [code, date, found].join(" ");
  }
}

/** How long a photo has been awaited, and how loudly that is said: three days are long, seven too long. */
import { m } from "../../i18n";
import type { MissingAlarm } from "../../ipc";
import type { Tone } from "../../kit";

const TONES: Record<MissingAlarm, Tone> = { none: "offline", long: "today", too_long: "overdue" };

export function alarmTone(alarm: MissingAlarm): Tone {
  return TONES[alarm];
}

export function waitWords(days: number): string {
  return days === 0 ? m.missing_today() : m.missing_days({ count: days });
}

const OF: Record<string, () => string> = { case: m.missing_of_case, paper: m.missing_of_paper, round: m.missing_of_round, plan: m.missing_of_plan, proceeding: m.missing_of_proceeding };

/** What a file without a name belongs to. */
export function ofWords(of: string): string {
  return (OF[of] ?? m.missing_of_other)();
}

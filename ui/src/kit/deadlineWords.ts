/** A deadline in words: working days and a date, always both. The days were counted by Rust. */
import { m } from "../i18n";
import { dayText } from "../i18n/format";
import type { DeadlineStep } from "../ipc/api.gen";
import type { Sign, Tone } from "./Chip";

export type DeadlineFacts = { due_date: string | null; workdays_left: number | null; bucket: string | null; provisional: boolean };

export function deadlineTone(bucket: string | null): Tone {
  return bucket === "overdue" ? "overdue" : bucket === "today" ? "today" : "neutral";
}

export function deadlineSign(bucket: string | null): Sign {
  return bucket === "overdue" ? "diamond" : bucket === "today" ? "dot" : "ring";
}

/** `逾期 1 个工作日（11-20）` */
export function deadlineText(facts: DeadlineFacts): string {
  if (!facts.due_date) return m.kit_no_deadline();
  const date = dayText(facts.due_date);
  const left = facts.workdays_left ?? 0;
  if (facts.bucket === "overdue") return left === 0 ? m.kit_overdue_today({ date }) : m.kit_overdue({ count: Math.abs(left), date });
  if (facts.bucket === "today") return m.kit_due_today({ date });
  return m.kit_days_left({ count: left, date });
}

/** One line of 怎么算的? */
export function stepText(step: DeadlineStep): string {
  const name = step.name ?? "";
  const hour = step.at.slice(11, 16);
  if (hour !== "" && hour !== "23:59" && (step.kind === "counted" || step.kind === "due")) return hourText(step, hour);
  switch (step.kind) {
    case "start_excluded":
      return m.kit_step_start_excluded();
    case "counted":
      return step.count === null ? m.kit_step_counted_plain() : m.kit_step_counted({ count: step.count });
    case "weekend":
      return m.kit_step_weekend();
    case "holiday":
      return name === "" ? m.kit_step_holiday_plain() : m.kit_step_holiday({ name });
    case "make_up_workday":
      return step.count === null ? m.kit_step_make_up_plain() : m.kit_step_make_up({ count: step.count });
    case "rolled":
      return m.kit_step_rolled();
    case "no_such_day":
      return m.kit_step_no_such_day();
    case "due":
      return m.kit_step_due();
    default:
      return step.kind;
  }
}

/** Hours are counted to the minute, not to the end of a day. */
function hourText(step: DeadlineStep, time: string): string {
  if (step.kind === "due") return m.kit_step_due_time({ time });
  return step.count === null || step.count === 0 ? m.kit_step_hour_start({ time }) : m.kit_step_hours({ time, count: step.count });
}

/** 待办: lists of work, by whose turn it is. */
import { m } from "../../i18n";

export const DUTIES = [
  "late_accept",
  "late_receive",
  "late_take",
  "late_check",
  "late_case",
  "late_settle",
  "to_decide_class",
  "to_dispatch",
  "to_take",
  "to_redispatch",
  "handling",
  "to_extend",
  "to_suspend",
  "to_resume",
  "to_assign_check",
  "to_check",
  "to_close",
  "to_sample",
  "to_archive",
] as const;

/** Whether a list is of what is late. */
export const isLate = (key: string) => key.startsWith("late_");

export function dutyWords(key: string): string {
  switch (key) {
    case "to_dispatch":
      return m.cases_duty_to_dispatch();
    case "to_take":
      return m.cases_duty_to_take();
    case "to_redispatch":
      return m.cases_duty_to_redispatch();
    case "handling":
      return m.cases_duty_handling();
    case "to_extend":
      return m.cases_duty_to_extend();
    case "to_suspend":
      return m.cases_duty_to_suspend();
    case "to_resume":
      return m.cases_duty_to_resume();
    case "to_assign_check":
      return m.cases_duty_to_assign_check();
    case "to_check":
      return m.cases_duty_to_check();
    case "to_close":
      return m.cases_duty_to_close();
    case "late_accept":
      return m.cases_duty_late_accept();
    case "late_receive":
      return m.cases_duty_late_receive();
    case "late_take":
      return m.cases_duty_late_take();
    case "late_check":
      return m.cases_duty_late_check();
    case "late_case":
      return m.cases_duty_late_case();
    case "late_settle":
      return m.cases_duty_late_settle();
    case "to_decide_class":
      return m.cases_duty_to_decide_class();
    case "to_sample":
      return m.cases_duty_to_sample();
    case "to_archive":
      return m.cases_duty_to_archive();
    default:
      return key;
  }
}

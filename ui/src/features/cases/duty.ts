/** 待办: lists of work, by whose turn it is. */
import { m } from "../../i18n";

export const DUTIES = ["to_dispatch", "to_take", "to_redispatch", "handling", "to_extend", "to_suspend", "to_resume", "to_assign_check", "to_check", "to_close"] as const;

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
    default:
      return key;
  }
}

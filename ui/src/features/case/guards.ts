/** Why a step was refused: what stands in its way, in words. */
import { m } from "../../i18n";
import type { ApiError } from "../../ipc";

const WORDS: Record<string, () => string> = {
  own_work: m.case_why_not_own_work,
  check_not_passed: m.case_why_not_check,
  second_person_needed: m.case_why_not_second,
  no_extension_left: m.case_why_not_extension,
  past_due: m.case_why_not_past_due,
  not_own_order: m.case_why_not_own_order,
  partly_done: m.case_why_not_partly,
  not_quick: m.case_why_not_quick,
  no_such_case: m.case_why_not_found,
  same_case: m.case_why_not_same_case,
  not_open: m.case_why_not_open,
  other_compound: m.case_why_not_compound,
  other_type: m.case_why_not_type,
  same_department: m.case_why_not_department,
  conference_needed: m.case_why_not_conference,
  not_from_old: m.case_why_not_from_old,
  receive_over: m.case_why_not_receive_over,
  second_approver: m.case_why_not_second_approver,
  not_drawn: m.case_why_not_drawn,
  class_not_asked: m.case_why_not_asked,
  class_asked: m.case_why_not_asked_already,
  no_structure: m.case_why_not_structure,
  unchanged: m.case_why_not_unchanged,
  file_lacking: m.case_why_not_archive,
  state_moved: m.case_why_not_moved,
  case_closed: m.case_why_not_closed,
  not_allowed: m.case_why_not_role,
};

/** `own_work`, `conference_needed`, `no_such_case:target`, …; null for what has no words of its own. */
export function guardWords(code: string | null | undefined): string | null {
  const words = WORDS[code?.split(":")[0] ?? ""];
  return words ? words() : null;
}

/** The words of a refusal that names its guard or its first problem. */
export function refusalWords(error: ApiError): string | null {
  return guardWords(error.params.reason) ?? guardWords(error.params.problem);
}

/** What a field's problem says. `domain` names it by code; these are the words. */
import { m } from "../i18n";
import type { FieldProblem } from "../ipc/api.gen";

export function problemWords(problem: FieldProblem): string {
  const { min = "", max = "" } = problem.params;
  switch (problem.code) {
    case "required":
      return m.form_problem_required();
    case "not_a_number":
      return m.form_problem_not_a_number();
    case "out_of_range":
      return m.form_problem_out_of_range({ min, max });
    case "unknown_choice":
      return m.form_problem_unknown_choice();
    case "too_long":
      return m.form_problem_too_long({ max });
    case "id_number":
      return m.form_problem_id_number();
    case "unknown_field":
      return m.form_problem_unknown_field();
    default:
      return m.form_problem_other();
  }
}

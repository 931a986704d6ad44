/** What is wrong with one field of a register form, in words. */
import { m } from "../../i18n";
import type { ApiError } from "../../ipc";

const WORDS: Record<string, () => string> = {
  required: m.form_problem_required,
  not_a_number: m.form_problem_not_a_number,
  unknown_choice: m.form_problem_unknown_choice,
  too_long: m.base_problem_too_long,
  too_many: m.base_problem_too_many,
  twice: m.base_problem_twice,
  not_initials: m.base_problem_not_initials,
  phone: m.base_problem_phone,
  credit_code_length: m.base_problem_code_length,
  credit_code_character: m.base_problem_code_character,
  credit_code_check_digit: m.base_problem_code_check,
};

export function problemOf(error: ApiError | null, field: string): string | undefined {
  if (error?.code !== "invalid") return undefined;
  const all = (error.params.all ?? `${error.field ?? ""}:${error.params.problem ?? ""}`).split(",");
  const code = all.map((one) => one.split(":")).find(([name]) => name === field)?.[1];
  return code === undefined ? undefined : (WORDS[code] ?? m.form_problem_other)();
}

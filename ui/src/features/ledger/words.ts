import { m } from "../../i18n";
import type { ApiError, CellReport, KeptRecord } from "../../ipc";

const PROBLEMS: Record<string, (p: CellReport) => string> = {
  unknown_choice: m.ledger_p_unknown_choice,
  not_a_number: m.ledger_p_not_a_number,
  not_a_date: m.ledger_p_not_a_date,
  out_of_range: m.ledger_p_out_of_range,
  too_long: m.ledger_p_too_long,
  too_many: m.ledger_p_too_many,
  required: m.ledger_p_required,
  not_editable: m.ledger_p_not_editable,
  not_taken: m.ledger_p_not_taken,
  personal_not_taken: m.ledger_p_personal_not_taken,
  changed_since: (p) => m.ledger_p_changed_since({ now: p.allowed[0] ?? "" }),
  merged: m.ledger_p_merged,
  error_value: m.ledger_p_error_value,
  unknown_record: m.ledger_p_unknown_record,
  unknown_compound: m.ledger_p_unknown_compound,
  unknown_company: m.ledger_p_unknown_company,
  unknown_doorway: m.ledger_p_unknown_doorway,
  unknown_room: m.ledger_p_unknown_room,
  twice: m.ledger_p_twice,
  twice_in_file: m.ledger_p_twice_in_file,
  duplicate: (p) => m.ledger_p_duplicate({ which: p.allowed.join(m.kit_list_sep()) }),
  closed: m.ledger_p_closed,
  masked_value: m.ledger_p_masked_value,
  not_initials: m.ledger_p_not_initials,
};

/** Codes whose `allowed` is worded already. */
const TOLD = new Set(["changed_since", "duplicate"]);
/** Longer lists are in the file's own drop-down. */
const CHOICES_SHOWN = 12;

/** What is wrong with a cell and what to do. */
export function problemWords(p: CellReport): string {
  const of = PROBLEMS[p.problem] ?? (p.problem.startsWith("credit_code") ? m.ledger_p_code : undefined);
  const words = of ? of(p) : m.ledger_p_other({ code: p.problem });
  if (TOLD.has(p.problem) || p.allowed.length === 0 || p.allowed.length > CHOICES_SHOWN) return words;
  return [words, m.ledger_p_allowed({ list: p.allowed.join(m.kit_list_sep()) })].join(m.ledger_sep());
}

const FILE: Record<string, () => string> = {
  not_excel: m.ledger_f_not_excel,
  old_excel: m.ledger_f_old_excel,
  password: m.ledger_f_password,
  damaged: m.ledger_f_damaged,
  too_large: m.ledger_f_too_large,
  no_heading: m.ledger_f_no_heading,
};

/** Why a whole file is not read; none for other failures. */
export function fileWords(error: ApiError): string | undefined {
  return error.code === "invalid" && error.field === "file" ? FILE[error.params.problem ?? ""]?.() : undefined;
}

const KEPT: Record<string, () => string> = { changed_since: m.ledger_kept_changed_since, no_value_before: m.ledger_kept_no_value_before, closed: m.ledger_kept_closed, in_use: m.ledger_kept_in_use };

export const keptWords = (kept: KeptRecord): string => KEPT[kept.reason]?.() ?? kept.reason;

const STATES: Record<string, () => string> = { asked: m.ledger_state_asked, approved: m.ledger_state_approved, refused: m.ledger_state_refused, done: m.ledger_state_done };

export const requestWords = (state: string): string => STATES[state]?.() ?? state;

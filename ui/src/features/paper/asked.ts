/** Whether a field of a paper is asked for, given the others: the same rule as `domain`'s. */
import type { FormField, SheetValue } from "../../ipc";

const text = (value: SheetValue | undefined) => (typeof value === "string" ? value.trim() : "");

export function isAsked(field: FormField, values: Record<string, SheetValue | undefined>): boolean {
  if (field.unless !== null && text(values[field.unless]) !== "") return false;
  return field.when === null || field.when.is.includes(text(values[field.when.key]));
}

/** What a paper is of: a case, or a round that has none; the other is empty. */
export type PaperOf = { case_id: string; round: string };

export const ofCase = (case_id: string): PaperOf => ({ case_id, round: "" });
export const ofRound = (round: string): PaperOf => ({ case_id: "", round });

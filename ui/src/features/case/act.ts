/** What a step still wants before it can be asked for. The server decides; this only spares a trip. */
import { m } from "../../i18n";
import type { ActionView, CaseActRequest, CaseView, Catalogue, Category, Field } from "../../ipc";
import { paramWords } from "./words";

/** Whether a press needs a form at all. */
export function asksMore(action: ActionView): boolean {
  return action.needs_reason || action.params.length > 0 || action.deadline !== null || action.photo_slot !== null;
}

/** What the form starts from. */
export function startOf(action: ActionView): Record<string, string> {
  return Object.fromEntries(action.params.map((p) => [p.name, p.proposed]));
}

/** The type's fields for the end of the work; none where nothing was put right. */
export function measuresOf(action: ActionView, params: Record<string, string>, catalogue: Catalogue, category: Category | undefined): Field[] {
  const outcome = catalogue.outcomes.find((o) => o.value === params.result);
  if (!outcome?.measured) return [];
  return category?.fields.filter((f) => action.measures.includes(f.key)) ?? [];
}

/** What is missing, in words; null when it can be sent. */
export function lacks(action: ActionView, request: CaseActRequest, view: CaseView, measures: readonly Field[], limitOpen: boolean): string | null {
  if (action.needs_reason && (request.reason_code === null || request.reason === "")) return m.case_lacks_reason();
  const param = action.params.find((p) => p.required && !request.params[p.name]?.trim());
  if (param) return m.case_lacks({ what: paramWords(param.name) });
  const known = (key: string) => view.facts.some((f) => f.key === key && f.value !== null);
  if (measures.some((f) => f.required_to_finish && request.fields[f.key] === undefined && !known(f.key))) return m.case_lacks_measures();
  if (limitOpen && request.deadline === null) return m.case_lacks({ what: m.case_deadline() });
  const { photo_slot } = action;
  const seated = photo_slot === null || request.photos.some((p) => p.slot === photo_slot) || view.photos.some((p) => p.slot === photo_slot);
  return seated ? null : m.case_lacks_photo();
}

/** What a step still lacks before it can be sent; Rust checks all of it again. */
import type { DocumentView, NextStep, ProceedingStepRequest } from "../../ipc";

/** `F21|F22` is either. A decision names its papers by what it decides, as `crates/domain/src/proceeding/check.rs` asks. */
export function documentsNeeded(step: NextStep, params: Readonly<Record<string, string>>): string[] {
  if (step.code !== "E50") return step.documents;
  if (params.decision === "both") return ["F21", "F22"];
  return [params.decision === "demolition" ? "F22" : "F21"];
}

export type StepDraft = Pick<ProceedingStepRequest, "date" | "officers" | "params"> & { documents: Record<string, DocumentView> };

export function isComplete(step: NextStep, draft: StepDraft): boolean {
  const said = step.params.every((p) => !p.required || (draft.params[p.name] ?? "").trim() !== "");
  const papers = documentsNeeded(step, draft.params).every((any) => (draft.documents[any]?.date ?? "") !== "");
  return said && papers && draft.date !== "" && (!step.officers || draft.officers.length >= 2);
}

/** Another day of the step: papers dated that day and made elsewhere go with it. */
export function onDay(draft: StepDraft, date: string): StepDraft {
  const follow = (d: DocumentView) => (d.paper === "" && d.date === draft.date ? { ...d, date } : d);
  return { ...draft, date, documents: Object.fromEntries(Object.entries(draft.documents).map(([any, d]) => [any, follow(d)])) };
}

export function requestOf(id: string, step: NextStep, draft: StepDraft): ProceedingStepRequest {
  const documents = documentsNeeded(step, draft.params).flatMap((any) => draft.documents[any] ?? []);
  return { id, code: step.code, date: draft.date, officers: draft.officers, documents, params: draft.params };
}

/** A decision being put together at the desk. Pure. */
import type { Label, Reason, ReviewDecideRequest } from "../../ipc/api.gen";

export type Kind = "approve" | "return" | "reject" | "difficult";

export type Draft = { kind: Kind; reason: Reason | null; text: string; slot: string | null; /** The text is the template still, so another template may replace it. */ untouched: boolean };

export function begin(kind: Kind, slot: string | null): Draft {
  return { kind, reason: null, text: "", slot: kind === "return" ? slot : null, untouched: true };
}

/** Picks a reason: its template becomes the text unless somebody has written there. */
export function withReason(draft: Draft, reason: Reason, say: (label: Label) => string, slotName: string): Draft {
  const text = draft.untouched ? say(reason.template).replaceAll("{slot}", slotName) : draft.text;
  return { ...draft, reason, text };
}

export function withText(draft: Draft, text: string): Draft {
  return { ...draft, text, untouched: text === "" };
}

export type Lack = "reason" | "text" | "slot" | null;

/** What still stands in the way of sending it. */
export function lacks(draft: Draft): Lack {
  if (draft.kind === "approve") return null;
  if (draft.reason === null) return "reason";
  if (draft.text.trim() === "") return "text";
  if (draft.kind === "return" && draft.reason.names_slot && draft.slot === null) return "slot";
  return null;
}

export function request(caseId: string, draft: Draft): ReviewDecideRequest {
  return {
    case_id: caseId,
    decision: draft.kind,
    reason_code: draft.reason?.code ?? null,
    reason: draft.text.trim(),
    slot: draft.kind === "return" && draft.reason?.names_slot ? draft.slot : null,
  };
}

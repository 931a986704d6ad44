import { m } from "../../i18n";

export function decisionWords(kind: string): string {
  switch (kind) {
    case "approve":
      return m.review_approve();
    case "return":
      return m.review_return();
    case "reject":
      return m.review_reject();
    case "difficult":
      return m.review_difficult();
    default:
      return kind;
  }
}

/** After the act: `1106 通过立案`. */
export function heldWords(decision: string, no: string): string {
  return m.review_held({ no, decision: decisionWords(decision) });
}

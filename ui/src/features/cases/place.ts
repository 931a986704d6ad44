import { m } from "../../i18n";
import type { CaseCard } from "../../ipc";

/** `东湖花园 8号 601室`, as much as is known. */
export function placeText(card: { compound: string; building: string; room: string }): string {
  return [card.compound, card.building, card.room].filter((part) => part !== "").join(" ");
}

/** For a screen reader: the row in one sentence. */
export function caseRowLabel(card: CaseCard, type: string, deadline: string): string {
  return m.cases_row_label({ no: card.no, type, place: placeText(card), deadline });
}

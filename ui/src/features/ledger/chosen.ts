/** What of a ledger is wanted. Empty means all. */
import type { LedgerCard } from "../../ipc";

export type Chosen = { ledger: string; compound: string; status: string; text: string };
export const ALL = "*";

export function firstOf(ledgers: readonly LedgerCard[]): Chosen {
  return { ledger: ledgers[0]?.id ?? "", compound: "", status: "", text: "" };
}

/** Rows as the commands ask for them. */
export function rowsOf(of: Chosen): { ledger: string; compound: string | null; status: string[]; text: string } {
  return { ledger: of.ledger, compound: of.compound || null, status: of.status === "" ? [] : [of.status], text: of.text };
}

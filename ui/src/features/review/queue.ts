/** Where the desk stands in its queue. Pure: the server says what is in the queue, this only walks it. */
import type { CaseCard, HeldView } from "../../ipc/api.gen";

export type Queue = "to_review" | "returned" | "difficult";

/** The rows still to look at: what is held in its grace has left the queue on this screen. */
export function open(rows: readonly CaseCard[], held: readonly HeldView[]): CaseCard[] {
  const gone = new Set(held.filter((h) => h.failed === null).map((h) => h.case_id));
  return rows.filter((row) => !gone.has(row.id));
}

/** The case at hand: the one asked for, else the first. */
export function at(rows: readonly CaseCard[], wanted: string | undefined): CaseCard | undefined {
  return rows.find((row) => row.id === wanted) ?? rows[0];
}

/** The case after (or before) this one; stays at the ends. */
export function beside(rows: readonly CaseCard[], id: string | undefined, by: 1 | -1): CaseCard | undefined {
  const i = rows.findIndex((row) => row.id === id);
  if (i < 0) return rows[0];
  return rows[i + by] ?? rows[i];
}

/**
 * The case to show once this one is decided: the next by deadline, else the one before, else none.
 * Worked out before the answer comes, so the next case is painted at once.
 */
export function advance(rows: readonly CaseCard[], decided: string): CaseCard | undefined {
  const i = rows.findIndex((row) => row.id === decided);
  if (i < 0) return rows[0];
  return rows[i + 1] ?? rows[i - 1];
}

/** The decision Ctrl+Z takes back: the one with the most grace left, that is, the latest. */
export function latest(held: readonly HeldView[]): HeldView | undefined {
  return held.filter((h) => h.failed === null).reduce<HeldView | undefined>((best, h) => (best && best.left_ms >= h.left_ms ? best : h), undefined);
}

/** `AJ-2026-1107` → `1107`, `T-cc57f6-4` → `T…4`: the beginning is the same down the whole list. */
export function shortNo(no: string): string {
  const last = no.split("-").at(-1) ?? no;
  return no.startsWith("T-") ? `T…${last}` : last;
}

/** Grace left at `now`, given how much was left when the answer came. */
export function graceLeft(held: HeldView, answeredAt: number, now: number): number {
  return Math.max(0, held.left_ms - (now - answeredAt));
}

/** Which events of a case's history are decisions, and how each one's state looks. Pure. */
import type { TimelineEntry } from "../../ipc/api.gen";

/** Acts and rulings that move the case's legal state. Adding a photo or a note is not one. */
const ACTS = new Set([
  "submit",
  "accept",
  "file",
  "approve",
  "return",
  "resubmit",
  "reject",
  "void",
  "dispatch",
  "take",
  "refuse",
  "close",
  "reopen",
  "merge",
  "suspend",
  "resume",
  "extend",
  "transfer",
  "archive",
  "difficult",
]);

/** 只看决定: rulings, legal acts, and conflicts somebody settled. */
export function isDecision(entry: TimelineEntry): boolean {
  if (entry.verdict !== null) return true;
  if (entry.kind === "conflict.resolved" || entry.kind === "case.resolved") return true;
  return entry.action !== null && ACTS.has(entry.action);
}

/** Shape, word and colour: the shape alone tells the state without colour. */
export type Look = { shape: "dot" | "ring" | "check" | "cross" | "diamond"; tone: "neutral" | "done" | "today" | "overdue" };

const LOOKS: Record<string, Look> = {
  only_here: { shape: "ring", tone: "neutral" },
  received: { shape: "check", tone: "done" },
  waiting_ruling: { shape: "dot", tone: "today" },
  refused: { shape: "cross", tone: "overdue" },
  quarantined: { shape: "diamond", tone: "overdue" },
};

export function look(state: string): Look {
  return LOOKS[state] ?? { shape: "dot", tone: "neutral" };
}

/**
 * Newest first for reading: by place in the town's log; what the server has not seen yet stands on
 * top in its own device's order. A device clock never decides the order of what has a place.
 */
export function newestFirst(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries
    .map((entry, i) => ({ entry, i }))
    .sort((a, b) => {
      const x = a.entry.seq;
      const y = b.entry.seq;
      if (x !== null && y !== null) return y - x;
      if (x === null && y === null) return b.i - a.i;
      return x === null ? -1 : 1;
    })
    .map(({ entry }) => entry);
}

/** Which events of a case's history are decisions, and how each one's state looks. Pure. */
import type { TimelineEntry } from "../../ipc/api.gen";
import type { Sign, Tone } from "../../kit/Chip";

/** 只看决定: what was asked for, what the server ruled on it, and conflicts somebody settled. */
const DECISIONS = new Set(["case.act", "case.ruled", "case.recounted", "case.conflict_resolved"]);

export function isDecision(entry: TimelineEntry): boolean {
  return DECISIONS.has(entry.kind);
}

/** Shape, word and colour: the shape alone tells the state without colour. */
export type Look = { sign: Sign; tone: Tone };

const LOOKS: Record<string, Look> = {
  only_here: { sign: "ring", tone: "neutral" },
  received: { sign: "tick", tone: "done" },
  waiting_ruling: { sign: "dot", tone: "today" },
  refused: { sign: "cross", tone: "overdue" },
  quarantined: { sign: "diamond", tone: "overdue" },
};

export function look(state: string): Look {
  return LOOKS[state] ?? { sign: "dot", tone: "neutral" };
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

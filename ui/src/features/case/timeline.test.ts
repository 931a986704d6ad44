import { describe, expect, it } from "vitest";
import { entry } from "./fixture";
import { isDecision, look, newestFirst } from "./timeline";

describe("timeline", () => {
  it("only decisions: rulings, legal acts and settled conflicts", () => {
    expect(isDecision(entry({ kind: "case.ruled", action: "file", verdict: "accepted" }))).toBe(true);
    expect(isDecision(entry({ kind: "case.act", action: "return" }))).toBe(true);
    expect(isDecision(entry({ kind: "case.conflict_resolved" }))).toBe(true);
    expect(isDecision(entry({ kind: "case.recorded", action: "submit", verdict: "accepted" }))).toBe(false);
    expect(isDecision(entry({ kind: "case.photo_added" }))).toBe(false);
    expect(isDecision(entry({ kind: "case.note_added" }))).toBe(false);
  });

  it("orders by the town's log, whatever the clocks said", () => {
    const times = { wall_ms: 0, tz: "+08:00", received_ms: 1, estimate_ms: null, estimate_error_ms: null, drifted: true, logged: false, backed_up: false, stamped: false };
    const late = entry({ event: "late", seq: 9, time: { ...times, wall_ms: Date.UTC(2016, 0, 1) } });
    const early = entry({ event: "early", seq: 3, time: { ...times, wall_ms: Date.UTC(2036, 0, 1) } });
    const unsent = entry({ event: "unsent", seq: null });
    const unsent2 = entry({ event: "unsent2", seq: null });
    expect(newestFirst([early, unsent, late, unsent2]).map((e) => e.event)).toEqual(["unsent2", "unsent", "late", "early"]);
  });

  it("every state has its own shape", () => {
    const signs = ["only_here", "received", "waiting_ruling", "refused", "quarantined"].map((s) => look(s).sign);
    expect(new Set(signs).size).toBe(5);
  });
});

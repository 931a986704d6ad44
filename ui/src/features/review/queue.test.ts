import { describe, expect, it } from "vitest";
import type { HeldView } from "../../ipc/api.gen";
import { caseCard } from "../case/fixture";
import { advance, at, beside, graceLeft, latest, open, shortNo } from "./queue";

const rows = ["a", "b", "c"].map((id) => caseCard({ id }));
const held = (case_id: string, left_ms: number, failed: HeldView["failed"] = null): HeldView => ({
  id: `h-${case_id}`,
  case_id,
  case_no: case_id,
  decision: "approve",
  left_ms,
  failed,
});

describe("review queue", () => {
  it("leaves out what is held, and brings back what failed", () => {
    expect(open(rows, [held("b", 9000)]).map((r) => r.id)).toEqual(["a", "c"]);
    const failed = { code: "illegal_transition", params: {}, retry: false, field: null } as const;
    expect(open(rows, [held("b", 0, failed)])).toHaveLength(3);
  });

  it("advances to the next by deadline, then back to the one before, then to none", () => {
    expect(advance(rows, "a")?.id).toBe("b");
    expect(advance(rows, "c")?.id).toBe("b");
    expect(advance(rows.slice(0, 1), "a")).toBeUndefined();
  });

  it("walks with J and K and stays at the ends", () => {
    expect(beside(rows, "a", 1)?.id).toBe("b");
    expect(beside(rows, "a", -1)?.id).toBe("a");
    expect(beside(rows, "c", 1)?.id).toBe("c");
    expect(beside([], "c", 1)).toBeUndefined();
  });

  it("shows the case in the address, else the first", () => {
    expect(at(rows, "c")?.id).toBe("c");
    expect(at(rows, "gone")?.id).toBe("a");
  });

  it("shortens numbers without making two of them alike", () => {
    expect(shortNo("AJ-2026-1107")).toBe("1107");
    expect(shortNo("T-cc57f6-4")).toBe("T…4");
  });

  it("takes back the latest decision that is still held", () => {
    const failed = { code: "stale", params: {}, retry: false, field: null } as const;
    expect(latest([held("a", 2000), held("b", 8000), held("c", 9000, failed)])?.case_id).toBe("b");
    expect(latest([])).toBeUndefined();
  });

  it("counts the grace down to nothing, never below", () => {
    expect(graceLeft(held("a", 10_000), 1000, 4500)).toBe(6500);
    expect(graceLeft(held("a", 10_000), 1000, 60_000)).toBe(0);
  });
});

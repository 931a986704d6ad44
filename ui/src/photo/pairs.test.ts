import { describe, expect, it } from "vitest";
import { type Dated, earlier, pairs, partner, standpoint, visits } from "./pairs";

const at = (slot: string, event: string, added_ms: number): Dated => ({ slot, event, added_ms });
/** Filing, then two visits; the second visit's photos are listed first on purpose. */
const CASE = [at("far", "e2", 20), at("far", "e1", 10), at("near", "e1", 10), at("door", "e1", 10), at("far", "e3", 30), at("near", "e3", 30), at("", "e3", 30)];

describe("pairs across visits", () => {
  it("the events that brought photos in are the visits, in the order they came", () => {
    expect(visits(CASE)).toEqual([2, 1, 1, 1, 3, 3, 3]);
  });

  it("a counted visit is believed before the event", () => {
    expect(visits([{ ...at("far", "e2", 20), visit: 1 }, { ...at("far", "e1", 10), visit: 2 }])).toEqual([1, 2]);
  });

  it("a later photo stands beside the earliest of its view, the earliest beside the latest", () => {
    expect(partner(CASE, 4)).toBe(1);
    expect(partner(CASE, 0)).toBe(1);
    expect(partner(CASE, 1)).toBe(4);
    expect(partner(CASE, 5)).toBe(2);
  });

  it("a view seen once, and a photo of no view, have no partner", () => {
    expect(partner(CASE, 3)).toBeUndefined();
    expect(partner(CASE, 6)).toBeUndefined();
    expect(partner([at("far", "e1", 1), at("far", "e1", 1)], 0)).toBeUndefined();
    expect(partner([], 0)).toBeUndefined();
  });

  it("photos of the tray were all taken at once", () => {
    expect(pairs([{ slot: "far" }, { slot: "far" }])).toEqual([]);
    expect(earlier([{ slot: "far" }, { slot: "near" }], 0, 1)).toBeNull();
  });

  it("before and after mending are one view, even when they came together", () => {
    const both = [at("after", "e1", 1), at("before", "e1", 1)];
    expect(partner(both, 0)).toBe(1);
    expect(partner(both, 1)).toBe(0);
    expect(pairs(both)).toEqual([{ before: 1, after: 0 }]);
  });

  it("lists every later photo with the earliest of its view", () => {
    expect(pairs(CASE)).toEqual([
      { before: 1, after: 0 },
      { before: 1, after: 4 },
      { before: 2, after: 5 },
    ]);
  });

  it("every pair is of one view and goes forward in time, and every partner is some pair's other half", () => {
    const slots = ["far", "near", "door", "before", "after", ""];
    for (let seed = 0; seed < 300; seed++) {
      const photos = Array.from({ length: seed % 9 }, (_, i) => at(slots[(seed * 7 + i * i * 3) % 6] ?? "", `e${(seed + i * 5) % 4}`, ((seed + i * 5) % 4) * 10));
      for (const { before, after } of pairs(photos)) {
        expect(earlier(photos, before, after)).toBe(true);
        expect(photos[before]?.slot).not.toBe("");
      }
      photos.forEach((_, i) => {
        const other = partner(photos, i);
        if (other !== undefined) expect(earlier(photos, i, other)).not.toBeNull();
      });
    }
  });

  it("the place to stand again is that of the earliest photo of the view", () => {
    expect(standpoint(CASE, "far")).toBe(CASE[1]);
    expect(standpoint(CASE, "after")).toBe(CASE[1]);
    expect(standpoint([...CASE, at("before", "e1", 10)], "after")?.slot).toBe("before");
    expect(standpoint(CASE, "balcony")).toBeUndefined();
  });
});

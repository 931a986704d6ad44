import { describe, expect, it } from "vitest";
import { inside, type Spot } from "./PlanMap";

const bent: Spot[] = [[0, 0], [30, 0], [30, 10], [10, 10], [10, 30], [0, 30]];

describe("a point and a building", () => {
  it("lies inside by the drawn edges, not by the frame around them", () => {
    expect(inside(bent, 5, 25)).toBe(true);
    expect(inside(bent, 25, 5)).toBe(true);
    expect(inside(bent, 25, 25)).toBe(false);
    expect(inside([], 5, 5)).toBe(false);
  });
});

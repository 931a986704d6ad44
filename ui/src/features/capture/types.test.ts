import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../form/fixture";
import { categoryOf, OTHER, pressTile, subtypes, tileOf } from "./types";

describe("type tiles", () => {
  it("a tile of one type settles it at once", () => {
    expect(pressTile(CATALOGUE, "XF-FX")).toEqual({ type: "XF-FX", category: "XF" });
    expect(pressTile(CATALOGUE, "CZ")).toEqual({ type: "CZ-QT", category: "CZ" });
  });

  it("a tile of a category asks which", () => {
    expect(pressTile(CATALOGUE, "WJ")).toEqual({ type: null, category: "WJ" });
    expect(subtypes(CATALOGUE, "WJ").every((t) => t.code.startsWith("WJ-"))).toBe(true);
  });

  it("lights the tile a type belongs to, and 其他 for the rest", () => {
    expect(tileOf(CATALOGUE, "WJ-TJ")).toBe("WJ");
    expect(tileOf(CATALOGUE, "XF-TD")).toBe("XF-TD");
    expect(tileOf(CATALOGUE, "LS-SB")).toBe(OTHER);
    expect(tileOf(CATALOGUE, null)).toBeNull();
  });

  it("every type of the catalogue can be reached from some tile", () => {
    for (const type of CATALOGUE.types) expect(tileOf(CATALOGUE, type.code)).not.toBeNull();
    expect(categoryOf(CATALOGUE, "WJ-TJ")?.code).toBe("WJ");
  });
});

import { describe, expect, it } from "vitest";
import type { FieldProblem } from "../ipc/api.gen";
import { FIELDS } from "./fixture";
import { chosen, fromTyped, hiddenValues, problemAt, shown, split, toTyped, withValue } from "./value";

describe("typed text and field values", () => {
  it("reads a Chinese keyboard's digits", () => {
    expect(fromTyped({ kind: "decimal" }, "１２。５０")).toBe("12.50");
    expect(fromTyped({ kind: "whole" }, " 1，200 ")).toBe(1200);
  });

  it("keeps decimals as text, so 12.50 stays 12.50", () => {
    expect(fromTyped({ kind: "decimal" }, "12.50")).toBe("12.50");
    expect(fromTyped({ kind: "decimal" }, "")).toBeUndefined();
  });

  it("keeps what is no number as typed, for domain to refuse", () => {
    expect(fromTyped({ kind: "whole" }, "12")).toBe(12);
    expect(fromTyped({ kind: "whole" }, "十二")).toBe("十二");
    expect(fromTyped({ kind: "whole" }, "1.5")).toBe("1.5");
  });

  it("shows again exactly what was typed, for every text and number", () => {
    for (const text of ["a", "12", "0", "007x", "12.", "二〇二六"]) {
      for (const kind of ["text", "decimal", "whole"] as const) {
        expect(toTyped(fromTyped({ kind }, text))).toBe(text);
      }
    }
  });

  it("clearing a field leaves no trace", () => {
    expect(withValue({ a: "1", b: "2" }, "a", undefined)).toEqual({ b: "2" });
    expect(withValue({ a: ["x"] }, "a", [])).toEqual({});
    expect(withValue({}, "a", false)).toEqual({ a: false });
  });

  it("draws only what domain called visible, in the catalogue's order", () => {
    expect(shown(FIELDS, ["floors", "structure"]).map((f) => f.key)).toEqual(["structure", "floors"]);
    expect(hiddenValues({ area_m2: "1", floors: 2 }, ["floors"])).toEqual(["area_m2"]);
  });

  it("does not call an empty form wrong before somebody tried to save", () => {
    const problems: FieldProblem[] = [
      { field: "area_m2", code: "required", params: {} },
      { field: "floors", code: "out_of_range", params: { min: "1", max: "30" } },
    ];
    expect(problemAt(problems, "area_m2", false)).toBeUndefined();
    expect(problemAt(problems, "area_m2", true)?.code).toBe("required");
    expect(problemAt(problems, "floors", false)?.code).toBe("out_of_range");
  });

  it("keeps what is needed, filled or wrong in sight, and never hides just one or two", () => {
    const { open, more } = split(FIELDS, { use: "居住" }, [{ field: "built_from", code: "out_of_range", params: {} }]);
    expect(open.map((f) => f.key)).toEqual(["structure", "area_m2", "floors", "affects", "built_from", "use", "per_person_m2"]);
    expect(more.map((f) => f.key)).toEqual(["owner_known", "dissuaded", "history"]);
    expect(split(FIELDS.slice(0, 6), {}, []).more).toEqual([]);
    expect([...open, ...more].length).toBe(FIELDS.length);
  });

  it("one value and several read alike", () => {
    expect(chosen("a")).toEqual(["a"]);
    expect(chosen(["a", "b"])).toEqual(["a", "b"]);
    expect(chosen(undefined)).toEqual([]);
  });
});

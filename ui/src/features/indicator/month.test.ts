import { expect, test } from "vitest";
import { monthOf, monthsBack } from "./month";

test("a month ends on its own last day, leap years among them", () => {
  expect(monthOf("2026-11-25")).toEqual({ from: "2026-11-01", to: "2026-11-30" });
  expect(monthOf("2028-02-03")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});

test("the months before a January lie in the year before", () => {
  expect(monthsBack("2027-01-05", 3).map((p) => p.from)).toEqual(["2027-01-01", "2026-12-01", "2026-11-01"]);
});

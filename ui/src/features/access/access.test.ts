import { expect, test } from "vitest";
import { proceedingAnswers } from "../proceeding/fixture";
import { byDay, objectWords } from "./words";

test("entries stand under their day, in the order they came", () => {
  const page = proceedingAnswers()["access.page"]?.({ user: null, action: null, from: null, to: null, offset: 0, limit: 5 });
  const days = byDay(page?.rows ?? [], (ms) => new Date(ms).toISOString().slice(0, 10));
  expect(days.map((d) => [d.day, d.rows.length])).toEqual([
    ["2026-11-24", 3],
    ["2026-11-23", 2],
  ]);
});

test("a record is named by its kind, anything else as it was written", () => {
  expect(objectWords("proceeding:0192aaaa-bbbbcc")).toContain("bbbbcc");
  expect(objectWords("ledger-2026")).toBe("ledger-2026");
});

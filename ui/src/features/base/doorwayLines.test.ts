import { expect, test } from "vitest";
import { fromLines, toLines } from "./doorwayLines";

const door = { no: "1号", floors: 6, rooms_per_floor: 2, building: "1幢", lane: "128弄", unit: "", floor_of: { "0102甲": 2 }, extra: ["0102甲"], without: ["101"] };

test("what the register leaves out is empty", () => {
  expect(toLines([{ no: "4号", floors: 6, rooms_per_floor: 2 }])).toBe("4号 6 2 ·");
});

test("doorways go into lines and come back as they were", () => {
  const all = [door, { ...door, no: "2号", building: "", extra: [], without: [] }];
  expect(toLines(all)).toBe("1号 6 2 1幢 0102甲 -101\n2号 6 2 ·");
  expect(fromLines(toLines(all), all)).toEqual(all);
});

test("a new line is a new doorway, a line that cannot be read is named", () => {
  expect(fromLines("3号 6 2\n", [])).toEqual([{ no: "3号", floors: 6, rooms_per_floor: 2, building: "", lane: "", unit: "", floor_of: {}, extra: [], without: [] }]);
  expect(fromLines("3号 6 2\n\n4号 六 2", [])).toBe(3);
  expect(fromLines("3号", [])).toBe(1);
});

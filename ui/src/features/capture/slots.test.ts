import { describe, expect, it } from "vitest";
import { add, assign, nextFree, offered, ordered, remove, reslot, seats } from "./slots";

const keys = ["far", "near", "door"];
const three = ["a", "b", "c"].reduce((list, hash) => add(list, hash, keys), [] as { hash: string; slot: string }[]);

describe("photo slots", () => {
  it("are taken in the order 全景, 近景, 门牌, and a fourth photo has none", () => {
    expect(three.map((p) => p.slot)).toEqual(["far", "near", "door"]);
    expect(add(three, "d", keys).at(-1)).toEqual({ hash: "d", slot: "" });
  });

  it("the same bytes are not added twice", () => {
    expect(add(three, "b", keys)).toEqual(three);
  });

  it("a freed slot is the next one taken", () => {
    expect(nextFree(remove(three, "b"), keys)).toBe("near");
    expect(add(remove(three, "a"), "d", keys).at(-1)?.slot).toBe("far");
  });

  it("taking an occupied slot swaps the two photos", () => {
    expect(assign(three, "c", "far")).toEqual([
      { hash: "a", slot: "door" },
      { hash: "b", slot: "near" },
      { hash: "c", slot: "far" },
    ]);
  });

  it("two photos may both have no slot", () => {
    const freed = assign(assign(three, "a", ""), "b", "");
    expect(freed.filter((p) => p.slot === "")).toHaveLength(2);
  });

  it("never seats two photos in one slot, whatever is clicked", () => {
    let photos = [...three, { hash: "d", slot: "" }];
    const clicks = ["a", "c", "d", "b", "d", "a", "c", "c", "b"];
    clicks.forEach((hash, i) => {
      photos = assign(photos, hash, [...keys, ""][i % 4] ?? "");
      const seats = photos.map((p) => p.slot).filter((s) => s !== "");
      expect(new Set(seats).size).toBe(seats.length);
      expect(photos).toHaveLength(4);
    });
  });

  it("a new type keeps the slots it also has and reseats the rest", () => {
    expect(reslot(three, ["far", "beds", "partition"])).toEqual([
      { hash: "a", slot: "far" },
      { hash: "b", slot: "beds" },
      { hash: "c", slot: "partition" },
    ]);
  });

  it("shows photos in slot order", () => {
    expect(ordered(assign(three, "c", "far"), keys).map((p) => p.hash)).toEqual(["c", "b", "a"]);
  });

  it("offers the common slots until a type is chosen", () => {
    expect(seats(undefined)).toEqual(keys);
    expect(offered(undefined)).toEqual(keys);
  });

  it("never fills 整改后 unasked", () => {
    const label = { "zh-Hans": "", "zh-Hant": "", en: "" };
    const slots = [
      { key: "beds", expected: true, label },
      { key: "after", expected: false, label },
    ];
    expect(seats(slots)).toEqual(["beds"]);
    const photos = [
      { hash: "a", slot: "after" },
      { hash: "b", slot: "far" },
    ];
    expect(offered(slots)).toEqual(["beds"]);
    expect(offered(slots, photos)).toEqual(["beds", "after"]);
    expect(reslot(photos, seats(slots), offered(slots, photos)).map((p) => p.slot)).toEqual(["after", "beds"]);
  });
});

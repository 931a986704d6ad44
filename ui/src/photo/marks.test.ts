import { describe, expect, it } from "vitest";
import { clamp, matrix, over, type Size, through, type Turn, type View } from "./geometry";
import { KINDS, isPoint, middleSpan, moved, type Place, ready, sized, span, toPixel } from "./marks";
import { seeded } from "./seeded.fixture";

type Case = { place: Place; random: () => number };

const placed = (view: View, stage: Size, image: Size): Place => ({ transform: matrix(view, stage, image), stage, image });


function forAll(check: (c: Case) => void, runs = 400) {
  for (let seed = 1; seed <= runs; seed++) {
    const random = seeded(seed);
    const between = (lo: number, hi: number) => lo + random() * (hi - lo);
    const stage = { w: between(200, 1900), h: between(150, 1100) };
    const image = { w: Math.round(between(40, 8000)), h: Math.round(between(40, 6000)) };
    const view = clamp({ mag: between(1, 12), cx: random(), cy: random(), turn: Math.floor(between(0, 4)) as Turn }, stage, image);
    try {
      check({ place: placed(view, stage, image), random });
      // As the second of two, laid over another picture.
      const upper = { w: Math.round(between(40, 8000)), h: Math.round(between(40, 6000)) };
      check({ place: { transform: over(view, stage, image, upper, Math.floor(between(0, 4)) as Turn), stage, image: upper }, random });
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause });
    }
  }
}

const near = (a: number, b: number, eps = 1e-4) => expect(Math.abs(a - b)).toBeLessThan(eps);
const inside = (m: { x1: number; y1: number; x2: number; y2: number }, image: Size) => {
  for (const [n, size] of [[m.x1, image.w], [m.x2, image.w], [m.y1, image.h], [m.y2, image.h]] as const) {
    expect(Number.isInteger(n)).toBe(true);
    expect(n).toBeGreaterThanOrEqual(0);
    expect(n).toBeLessThan(size);
  }
};

describe("marks on a photo", () => {
  it("a pixel goes to the stage and back, whichever way the picture is turned", () => {
    forAll(({ place: { transform, stage, image }, random }) => {
      const pixel = { x: random() * image.w, y: random() * image.h };
      const back = toPixel(transform, through(transform, pixel));
      near(back.x, pixel.x);
      near(back.y, pixel.y);
      const point = { x: random() * stage.w, y: random() * stage.h };
      const drawn = through(transform, toPixel(transform, point));
      near(drawn.x, point.x);
      near(drawn.y, point.y);
    });
  });

  it("a quarter turn carries the top left of the upright picture to the top right of the stage", () => {
    const stage = { w: 300, h: 400 };
    const image = { w: 400, h: 300 };
    expect(through(matrix({ mag: 1, cx: 0.5, cy: 0.5, turn: 1 }, stage, image), { x: 0, y: 0 })).toEqual({ x: 300, y: 0 });
    expect(through(matrix({ mag: 1, cx: 0.5, cy: 0.5, turn: 3 }, stage, image), { x: 0, y: 0 })).toEqual({ x: 0, y: 400 });
  });

  it("whatever is drawn, moved or sized stays in whole pixels inside the picture", () => {
    forAll(({ place, random }) => {
      const { image } = place;
      const far = () => ({ x: (random() * 3 - 1) * image.w, y: (random() * 3 - 1) * image.h });
      const by = { x: random() * 400 - 200, y: random() * 400 - 200 };
      for (const kind of KINDS) {
        const drawn = span(kind, far(), far(), image);
        const start = middleSpan(kind, place);
        for (const m of [drawn, start, moved(drawn, place, by), sized(kind, drawn, place, by)]) {
          inside(m, image);
          if (isPoint(kind)) expect([m.x1, m.y1]).toEqual([m.x2, m.y2]);
          if (kind === "box" || kind === "mosaic") {
            expect(m.x1).toBeLessThanOrEqual(m.x2);
            expect(m.y1).toBeLessThanOrEqual(m.y2);
          }
        }
      }
    });
  });

  it("a mark that is moved keeps its size and follows the arrow on the screen", () => {
    forAll(({ place, random }) => {
      const { image } = place;
      const drawn = span("box", { x: random() * image.w, y: random() * image.h }, { x: random() * image.w, y: random() * image.h }, image);
      const next = moved(drawn, place, { x: 10, y: 0 });
      expect([next.x2 - next.x1, next.y2 - next.y1]).toEqual([drawn.x2 - drawn.x1, drawn.y2 - drawn.y1]);
      const [a, b] = [drawn, next].map((m) => through(place.transform, { x: m.x1, y: m.y1 }));
      expect((b?.x ?? 0) - (a?.x ?? 0)).toBeGreaterThanOrEqual(-1e-6);
      near(b?.y ?? 0, a?.y ?? 1);
    });
  });

  it("sizing to the right and down makes a box larger on the screen, whichever way it is turned", () => {
    const stage = { w: 800, h: 800 };
    const image = { w: 400, h: 400 };
    for (const turn of [0, 1, 2, 3] as const) {
      const place = placed({ mag: 1, cx: 0.5, cy: 0.5, turn }, stage, image);
      const box = middleSpan("box", place);
      const next = sized("box", box, place, { x: 10, y: 10 });
      expect([next.x2 - next.x1, next.y2 - next.y1]).toEqual([box.x2 - box.x1 + 10, box.y2 - box.y1 + 10]);
      const upperLeft = (m: typeof box) => {
        const [a, b] = [through(place.transform, { x: m.x1, y: m.y1 }), through(place.transform, { x: m.x2, y: m.y2 })];
        return [Math.min(a.x, b.x), Math.min(a.y, b.y)];
      };
      expect(upperLeft(next)).toEqual(upperLeft(box));
    }
  });

  it("a mark is kept only with the words and the size its kind needs", () => {
    const at = { x1: 1, y1: 1, x2: 9, y2: 9 };
    expect(ready({ ...at, kind: "arrow", text: "", hides: null })).toBe(true);
    expect(ready({ ...at, kind: "length", text: " ", hides: null })).toBe(false);
    expect(ready({ ...at, kind: "length", text: "3.20 m", hides: null })).toBe(true);
    expect(ready({ ...at, kind: "mosaic", text: "", hides: null })).toBe(false);
    expect(ready({ ...at, kind: "mosaic", text: "", hides: "face" })).toBe(true);
    expect(ready({ ...at, x2: 1, kind: "box", text: "", hides: null })).toBe(false);
    expect(ready({ ...at, x2: 1, y2: 1, kind: "comment", text: "here", hides: null })).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import {
  FIT,
  SCALE_MAX,
  type Point,
  type Size,
  type Turn,
  type View,
  centredOver,
  clamp,
  fitScale,
  full,
  isFull,
  linked,
  matrix,
  over,
  pan,
  percent,
  pinch,
  sameShape,
  scaleOf,
  standing,
  through,
  toImage,
  toStage,
  turnBy,
  turned,
  zoomAt,
} from "./geometry";
import { seeded } from "./seeded.fixture";

type Case = { stage: Size; image: Size; view: View; at: Point; random: () => number };

function forAll(check: (c: Case) => void, runs = 500) {
  for (let seed = 1; seed <= runs; seed++) {
    const random = seeded(seed);
    const between = (lo: number, hi: number) => lo + random() * (hi - lo);
    const stage = { w: between(200, 1900), h: between(150, 1100) };
    const image = { w: Math.round(between(40, 8000)), h: Math.round(between(40, 6000)) };
    const turn = Math.floor(between(0, 4)) as Turn;
    const view = clamp({ mag: between(0.2, 20), cx: between(-0.5, 1.5), cy: between(-0.5, 1.5), turn }, stage, image);
    const at = { x: between(0, stage.w), y: between(0, stage.h) };
    try {
      check({ stage, image, view, at, random });
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause });
    }
  }
}

const near = (a: number, b: number, eps = 1e-6) => expect(Math.abs(a - b)).toBeLessThan(eps);

describe("stage geometry", () => {
  it("fits the whole picture and never enlarges it", () => {
    forAll(({ stage, image, view }) => {
      const t = turned(image, view.turn);
      const s = fitScale(stage, image, view.turn);
      expect(t.w * s).toBeLessThanOrEqual(stage.w + 1e-6);
      expect(t.h * s).toBeLessThanOrEqual(stage.h + 1e-6);
      expect(s).toBeLessThanOrEqual(1);
    });
  });

  it("clamping is settled after one pass and stays between fit and the limit", () => {
    forAll(({ stage, image, view }) => {
      expect(clamp(view, stage, image)).toEqual(view);
      expect(view.mag).toBeGreaterThanOrEqual(1);
      expect(scaleOf(view, stage, image)).toBeLessThanOrEqual(Math.max(SCALE_MAX, 1) + 1e-9);
    });
  });

  it("shows no blank beside a picture larger than the stage and centres a smaller one", () => {
    forAll(({ stage, image, view }) => {
      const a = toStage(view, stage, image, { x: 0, y: 0 });
      const b = toStage(view, stage, image, { x: 1, y: 1 });
      for (const [lo, hi, room] of [
        [a.x, b.x, stage.w],
        [a.y, b.y, stage.h],
      ] as const) {
        if (hi - lo >= room) {
          expect(lo).toBeLessThanOrEqual(1e-6);
          expect(hi).toBeGreaterThanOrEqual(room - 1e-6);
        } else {
          near(lo + hi, room, 1e-5);
        }
      }
    });
  });

  it("stage and image points are each other's inverse", () => {
    forAll(({ stage, image, view, at }) => {
      const back = toStage(view, stage, image, toImage(view, stage, image, at));
      near(back.x, at.x);
      near(back.y, at.y);
    });
  });

  it("zooming keeps what lies under the pointer, unless an edge holds it", () => {
    let held = 0;
    forAll(({ stage, image, view, at, random }) => {
      const before = toImage(view, stage, image, at);
      const next = zoomAt(view, stage, image, 1 + random() * 2, at);
      const where = toStage(next, stage, image, before);
      const t = turned(image, next.turn);
      const s = scaleOf(next, stage, image);
      const free = t.w * s > stage.w && t.h * s > stage.h;
      const wasFree = t.w * scaleOf(view, stage, image) > stage.w && t.h * scaleOf(view, stage, image) > stage.h;
      if (free && wasFree) {
        held++;
        near(where.x, at.x, 1e-4);
        near(where.y, at.y, 1e-4);
      }
    });
    expect(held).toBeGreaterThan(50);
  });

  it("zooming in and out by the same factor in the middle comes back", () => {
    forAll(({ stage, image, random }) => {
      const start = clamp({ ...FIT, mag: 1.2 }, stage, image);
      const factor = 1 + random();
      const there = zoomAt(start, stage, image, factor);
      if (there.mag < start.mag * factor - 1e-9) return; // stopped at the limit
      const back = zoomAt(there, stage, image, 1 / factor);
      near(back.mag, start.mag);
      near(back.cx, start.cx);
      near(back.cy, start.cy);
    });
  });

  it("dragging moves the picture by the same pixels, as far as its edge allows", () => {
    forAll(({ stage, image, view, at, random }) => {
      const dx = (random() - 0.5) * 200;
      const dy = (random() - 0.5) * 200;
      const point = toImage(view, stage, image, at);
      const moved = toStage(pan(view, stage, image, dx, dy), stage, image, point);
      expect(Math.abs(moved.x - at.x)).toBeLessThanOrEqual(Math.abs(dx) + 1e-6);
      expect(Math.abs(moved.y - at.y)).toBeLessThanOrEqual(Math.abs(dy) + 1e-6);
      expect((moved.x - at.x) * dx).toBeGreaterThanOrEqual(-1e-6);
    });
  });

  it("four quarter turns are none, and a turn back undoes a turn", () => {
    forAll(({ stage, image }) => {
      let v = clamp({ mag: 2, cx: 0.5, cy: 0.5, turn: 0 }, stage, image);
      const undone = turnBy(turnBy(v, stage, image, 1), stage, image, -1);
      expect(undone.turn).toBe(v.turn);
      for (let i = 0; i < 4; i++) v = turnBy(v, stage, image, 1);
      expect(v.turn).toBe(0);
    });
  });

  it("a turn keeps the spot in the middle of the stage", () => {
    const stage = { w: 800, h: 600 };
    const image = { w: 4000, h: 3000 };
    const v: View = { mag: 4, cx: 0.3, cy: 0.6, turn: 0 };
    const next = turnBy(v, stage, image, 1);
    near(next.cx, 0.4);
    near(next.cy, 0.3);
    near(scaleOf(next, stage, image), scaleOf(v, stage, image));
  });

  it("100 % is one image pixel per screen pixel", () => {
    forAll(({ stage, image, view, at }) => {
      for (const ratio of [1, 1.5, 2]) {
        const v = full(view, stage, image, ratio, at);
        expect(isFull(v, stage, image, ratio)).toBe(true);
        if (fitScale(stage, image, v.turn) < 1 / ratio) expect(percent(v, stage, image, ratio)).toBe(100);
      }
    });
  });

  it("the matrix draws the corners where toStage says", () => {
    forAll(({ stage, image, view }) => {
      const [a, b, c, d, e, f] = matrix(view, stage, image);
      // The picture's own top-left corner, after `turn` quarter turns clockwise.
      const corner = (
        [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 1, y: 1 },
          { x: 0, y: 1 },
        ] as const
      )[view.turn];
      const expected = toStage(view, stage, image, corner);
      near(e, expected.x, 1e-5);
      near(f, expected.y, 1e-5);
      const centre = { x: a * (image.w / 2) + c * (image.h / 2) + e, y: b * (image.w / 2) + d * (image.h / 2) + f };
      const middle = toStage(view, stage, image, { x: 0.5, y: 0.5 });
      near(centre.x, middle.x, 1e-5);
      near(centre.y, middle.y, 1e-5);
    });
  });

  it("brings a pixel of the picture laid over as near to the middle as the edges allow", () => {
    const stage = { w: 800, h: 600 };
    const image = { w: 4000, h: 3000 };
    const upper = { w: 3000, h: 4000 };
    const pixel = { x: 1500, y: 1800 };
    const v = centredOver({ mag: 4, cx: 0.5, cy: 0.5, turn: 0 }, stage, image, upper, 1, pixel);
    const shown = through(over(v, stage, image, upper, 1), pixel);
    near(shown.x, 400, 1e-6);
    near(shown.y, 300, 1e-6);
  });

  it("links two pictures by share, not by pixel", () => {
    const v = clamp({ mag: 3, cx: 0.25, cy: 0.7, turn: 0 }, { w: 600, h: 400 }, { w: 4000, h: 3000 });
    const other = linked(v, 1, { w: 600, h: 400 }, { w: 3000, h: 4000 });
    expect(other.turn).toBe(1);
    near(other.mag, 3);
    near(other.cx, v.cx);
  });

  it("stands the recorded size up when the camera was held upright", () => {
    expect(standing({ w: 4000, h: 3000 }, { w: 1200, h: 1600 })).toEqual({ w: 3000, h: 4000 });
    expect(standing({ w: 4000, h: 3000 }, { w: 1600, h: 1200 })).toEqual({ w: 4000, h: 3000 });
  });

  it("two fingers keep what lies between them under their middle, unless an edge holds it", () => {
    let free = 0;
    forAll(({ stage, image, view, at, random }) => {
      const b = { x: at.x + 40 + random() * 60, y: at.y + 30 };
      const spread = 1 + random();
      const shift = { x: random() * 20 - 10, y: random() * 20 - 10 };
      const from = [at, b] as const;
      const mid = { x: (at.x + b.x) / 2, y: (at.y + b.y) / 2 };
      const to = from.map((p) => ({ x: mid.x + (p.x - mid.x) * spread + shift.x, y: mid.y + (p.y - mid.y) * spread + shift.y })) as [Point, Point];
      const held = toImage(view, stage, image, mid);
      const next = pinch(view, stage, image, from, to);
      expect(clamp(next, stage, image)).toEqual(next);
      near(next.mag, clamp({ ...view, mag: view.mag * spread }, stage, image).mag, 1e-6 * next.mag);
      const t = turned(image, next.turn);
      const s = scaleOf(next, stage, image);
      const wanted = { x: held.x - (mid.x + shift.x - stage.w / 2) / (t.w * s), y: held.y - (mid.y + shift.y - stage.h / 2) / (t.h * s) };
      if (Math.abs(wanted.x - next.cx) < 1e-9 && Math.abs(wanted.y - next.cy) < 1e-9) {
        free++;
        const where = toStage(next, stage, image, held);
        near(where.x, mid.x + shift.x, 1e-4);
        near(where.y, mid.y + shift.y, 1e-4);
      }
    });
    expect(free).toBeGreaterThan(50);
  });

  it("two fingers that only move together pan, and back again is where they began", () => {
    const stage = { w: 800, h: 600 };
    const image = { w: 4000, h: 3000 };
    const v: View = { mag: 3, cx: 0.5, cy: 0.5, turn: 0 };
    const from = [{ x: 300, y: 300 }, { x: 400, y: 300 }] as const;
    const to = [{ x: 350, y: 280 }, { x: 450, y: 280 }] as const;
    const moved = pinch(v, stage, image, from, to);
    expect(moved).toEqual(pan(v, stage, image, 50, -20));
    near(pinch(moved, stage, image, to, from).cx, v.cx);
  });

  it("a picture of the same proportions laid over another covers it share by share, turned or not", () => {
    forAll(({ stage, image, view, random }) => {
      const k = 0.1 + random() * 3;
      const turn = Math.floor(random() * 4) as Turn;
      const stood = turned(image, view.turn);
      const upper = turned({ w: stood.w * k, h: stood.h * k }, turn);
      const m = over(view, stage, image, upper, turn);
      const corner = ([{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }] as const)[turn];
      for (const [own, share] of [
        [{ x: 0, y: 0 }, corner],
        [{ x: upper.w / 2, y: upper.h / 2 }, { x: 0.5, y: 0.5 }],
      ] as const) {
        const drawn = through(m, own);
        const wanted = toStage(view, stage, image, share);
        near(drawn.x, wanted.x, 1e-4);
        near(drawn.y, wanted.y, 1e-4);
      }
    });
  });

  it("a picture of other proportions is laid over unstretched, middle on middle, long side as long", () => {
    forAll(({ stage, image, view, random }) => {
      const upper = { w: Math.round(100 + random() * 4000), h: Math.round(100 + random() * 4000) };
      const turn = Math.floor(random() * 4) as Turn;
      const m = over(view, stage, image, upper, turn);
      const s = Math.hypot(m[0], m[1]);
      near(s, Math.hypot(m[2], m[3]));
      near(Math.max(upper.w, upper.h) * s, Math.max(image.w, image.h) * scaleOf(view, stage, image), 1e-4);
      const drawn = through(m, { x: upper.w / 2, y: upper.h / 2 });
      const wanted = toStage(view, stage, image, { x: 0.5, y: 0.5 });
      near(drawn.x, wanted.x, 1e-4);
      near(drawn.y, wanted.y, 1e-4);
    });
    expect(sameShape({ w: 4000, h: 3000 }, { w: 1600, h: 1200 })).toBe(true);
    expect(sameShape({ w: 4000, h: 3000 }, { w: 1920, h: 1080 })).toBe(false);
    expect(sameShape({ w: 4000, h: 3000 }, { w: 3000, h: 4000 })).toBe(false);
  });
});

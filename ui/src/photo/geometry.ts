/**
 * Where a photo lies on its stage. Pure: no element, no event, no pixel is touched here.
 *
 * Units: stage points are CSS px from the stage's top left; image points are fractions 0..1 of the
 * picture as it stands (after `turn`), so the same view means the same part of two pictures of
 * different size: that is what links the zoom of a comparison.
 */

export type Size = { w: number; h: number };
export type Point = { x: number; y: number };
/** Quarter turns clockwise. The bytes are never turned. */
export type Turn = 0 | 1 | 2 | 3;

export type View = {
  /** Times the fitting scale; 1 is 适应. */
  mag: number;
  /** The image point that sits in the middle of the stage. */
  cx: number;
  cy: number;
  turn: Turn;
};

/** How far beyond 100 % one may go: four screen pixels for one of the picture's. */
export const SCALE_MAX = 4;
/** One press of + or one notch of the wheel. */
export const STEP = 1.25;

export const FIT: View = { mag: 1, cx: 0.5, cy: 0.5, turn: 0 };

/** The picture's size as it stands after turning, in its own pixels. */
export function turned(image: Size, turn: Turn): Size {
  return turn % 2 === 0 ? image : { w: image.h, h: image.w };
}

/** CSS px per image pixel that shows the whole picture; never enlarges. */
export function fitScale(stage: Size, image: Size, turn: Turn): number {
  const t = turned(image, turn);
  if (t.w <= 0 || t.h <= 0 || stage.w <= 0 || stage.h <= 0) return 1;
  return Math.min(stage.w / t.w, stage.h / t.h, 1);
}

/** CSS px per image pixel. */
export function scaleOf(view: View, stage: Size, image: Size): number {
  return fitScale(stage, image, view.turn) * view.mag;
}

function clampAxis(centre: number, shown: number): number {
  // `shown` is the share of the picture the stage can hold: a picture smaller than the stage stays
  // in the middle, a larger one never shows more blank than it must.
  if (shown >= 1) return 0.5;
  return Math.min(1 - shown / 2, Math.max(shown / 2, centre));
}

/** The nearest view that is allowed: between 适应 and `SCALE_MAX`, edges not inside the stage. */
export function clamp(view: View, stage: Size, image: Size): View {
  const fit = fitScale(stage, image, view.turn);
  const mag = Math.min(Math.max(view.mag, 1), Math.max(SCALE_MAX / fit, 1));
  const t = turned(image, view.turn);
  const scale = fit * mag;
  return {
    mag,
    cx: clampAxis(view.cx, stage.w / (t.w * scale)),
    cy: clampAxis(view.cy, stage.h / (t.h * scale)),
    turn: view.turn,
  };
}

/** The image point under a stage point. */
export function toImage(view: View, stage: Size, image: Size, at: Point): Point {
  const t = turned(image, view.turn);
  const scale = scaleOf(view, stage, image);
  return {
    x: view.cx + (at.x - stage.w / 2) / (t.w * scale),
    y: view.cy + (at.y - stage.h / 2) / (t.h * scale),
  };
}

/** The stage point where an image point is drawn. */
export function toStage(view: View, stage: Size, image: Size, at: Point): Point {
  const t = turned(image, view.turn);
  const scale = scaleOf(view, stage, image);
  return {
    x: stage.w / 2 + (at.x - view.cx) * t.w * scale,
    y: stage.h / 2 + (at.y - view.cy) * t.h * scale,
  };
}

/** The view at `mag` in which an image point lies under a stage point, as far as the edges allow. */
function holding(view: View, stage: Size, image: Size, mag: number, held: Point, at: Point): View {
  const allowed = clamp({ ...view, mag }, stage, image).mag;
  const t = turned(image, view.turn);
  const scale = fitScale(stage, image, view.turn) * allowed;
  return clamp(
    {
      mag: allowed,
      cx: held.x - (at.x - stage.w / 2) / (t.w * scale),
      cy: held.y - (at.y - stage.h / 2) / (t.h * scale),
      turn: view.turn,
    },
    stage,
    image,
  );
}

/** Zooms by `factor`, keeping what lies under `at` where it is. */
export function zoomAt(view: View, stage: Size, image: Size, factor: number, at?: Point): View {
  const point = at ?? { x: stage.w / 2, y: stage.h / 2 };
  return holding(view, stage, image, view.mag * factor, toImage(view, stage, image, point), point);
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = (a: Point, b: Point): number => Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);

export type Fingers = readonly [Point, Point];

/** Two fingers went from one place to another: zoom by how far they spread, move with their middle. */
export function pinch(view: View, stage: Size, image: Size, from: Fingers, to: Fingers): View {
  const held = toImage(view, stage, image, middle(...from));
  return holding(view, stage, image, (view.mag * apart(...to)) / apart(...from), held, middle(...to));
}

/** Moves the picture by so many CSS px. */
export function pan(view: View, stage: Size, image: Size, dx: number, dy: number): View {
  const t = turned(image, view.turn);
  const scale = scaleOf(view, stage, image);
  return clamp({ ...view, cx: view.cx - dx / (t.w * scale), cy: view.cy - dy / (t.h * scale) }, stage, image);
}

/** One image pixel on one screen pixel; `ratio` is the screen's device pixel ratio. */
export function full(view: View, stage: Size, image: Size, ratio: number, at?: Point): View {
  const wanted = 1 / Math.max(ratio, 1) / fitScale(stage, image, view.turn);
  return zoomAt(view, stage, image, Math.max(wanted, 1) / view.mag, at);
}

/** Whether the view shows one image pixel per screen pixel (or the whole picture already does). */
export function isFull(view: View, stage: Size, image: Size, ratio: number): boolean {
  const wanted = Math.max(1 / Math.max(ratio, 1), fitScale(stage, image, view.turn));
  return Math.abs(scaleOf(view, stage, image) - wanted) < 0.005 * wanted;
}

/** A quarter turn (1 clockwise, -1 back); the middle of the stage keeps the same spot. */
export function turnBy(view: View, stage: Size, image: Size, quarter: 1 | -1): View {
  const turn = ((view.turn + quarter + 4) % 4) as Turn;
  const centre = quarter === 1 ? { cx: 1 - view.cy, cy: view.cx } : { cx: view.cy, cy: 1 - view.cx };
  // The visible size of a detail stays; only a view that showed the whole picture still does so.
  const mag = view.mag <= 1 ? 1 : scaleOf(view, stage, image) / fitScale(stage, image, turn);
  return clamp({ mag, ...centre, turn }, stage, image);
}

/** Percent of 100 % (one image pixel per screen pixel), for the label. */
export function percent(view: View, stage: Size, image: Size, ratio: number): number {
  return Math.round(scaleOf(view, stage, image) * Math.max(ratio, 1) * 100);
}

export type Matrix = [number, number, number, number, number, number];

/** Where a matrix carries a point. */
export const through = ([a, b, c, d, e, f]: Matrix, p: Point): Point => ({ x: a * p.x + c * p.y + e, y: b * p.x + d * p.y + f });

/** Six numbers of `matrix(a, b, c, d, e, f)` that lay a picture down turned, `s` px per pixel, its turned top left at `o`. */
function laid(image: Size, turn: Turn, s: number, o: Point): Matrix {
  const t = turned(image, turn);
  switch (turn) {
    case 1:
      return [0, s, -s, 0, o.x + t.w * s, o.y];
    case 2:
      return [-s, 0, 0, -s, o.x + t.w * s, o.y + t.h * s];
    case 3:
      return [0, -s, s, 0, o.x, o.y + t.h * s];
    default:
      return [s, 0, 0, s, o.x, o.y];
  }
}

/** `transform` for an element laid out at the picture's own size with its origin top left. */
export function matrix(view: View, stage: Size, image: Size): Matrix {
  return laid(image, view.turn, scaleOf(view, stage, image), toStage(view, stage, image, { x: 0, y: 0 }));
}

/** Whether two pictures as they stand have the same proportions, give or take a cropped line. */
export function sameShape(a: Size, b: Size): boolean {
  return Math.abs((a.w * b.h) / (a.h * b.w) - 1) < 0.02;
}

/**
 * `transform` for a second picture laid over the first: same middle, same length of the long side.
 * With equal proportions every share of one lies on the same share of the other. Otherwise it is not
 * stretched (a stretched wall is a false one): a camera set to 16:9 cuts the short side off its 4:3
 * picture and keeps the long one, so the long sides are what two photos of one camera have in common.
 */
export function over(view: View, stage: Size, image: Size, upper: Size, turn: Turn): Matrix {
  const below = turned(image, view.turn);
  const t = turned(upper, turn);
  const s = (scaleOf(view, stage, image) * Math.max(below.w, below.h)) / Math.max(t.w, t.h, 1);
  const c = toStage(view, stage, image, { x: 0.5, y: 0.5 });
  return laid(upper, turn, s, { x: c.x - (t.w * s) / 2, y: c.y - (t.h * s) / 2 });
}

/** The view moved, as far as the edges allow, so that a pixel of the upright picture lies in the middle. */
export function centredOn(view: View, stage: Size, image: Size, pixel: Point): View {
  const at = toImage(view, stage, image, through(matrix(view, stage, image), pixel));
  return clamp({ ...view, cx: at.x, cy: at.y }, stage, image);
}

/** The same for a pixel of the upright picture laid over it by `over`. */
export function centredOver(view: View, stage: Size, image: Size, upper: Size, turn: Turn, pixel: Point): View {
  const at = toImage(view, stage, image, through(over(view, stage, image, upper, turn), pixel));
  return clamp({ ...view, cx: at.x, cy: at.y }, stage, image);
}

/** The recorded size, turned to stand as the drawn picture does (a camera's orientation tag). */
export function standing(recorded: Size, drawn: Size): Size {
  const sideways = recorded.w > recorded.h !== drawn.w > drawn.h && drawn.w !== drawn.h;
  return sideways ? { w: recorded.h, h: recorded.w } : recorded;
}

/** The same part of another picture: same magnification over its own fit, same centre, own turn. */
export function linked(view: View, turn: Turn, stage: Size, image: Size): View {
  return clamp({ ...view, turn }, stage, image);
}

/**
 * Marks on a photo: what they are and where they lie. Pure. They are a layer of their own, in pixels of
 * the upright original, so that turning, zooming and the pixels themselves know nothing of them.
 */
import type { Hides, MarkKind, MarkView } from "../ipc/api.gen";
import type { Matrix, Point, Size } from "./geometry";

export type NewMark = Pick<MarkView, "kind" | "x1" | "y1" | "x2" | "y2" | "text" | "hides">;
/** Two corners, or where an arrow begins and points to; point kinds have both ends on one spot. */
export type Span = Pick<MarkView, "x1" | "y1" | "x2" | "y2">;

export const KINDS: readonly MarkKind[] = ["arrow", "box", "text", "length", "mosaic", "comment"];
export const HIDDEN: readonly Hides[] = ["face", "plate", "door", "other"];

export const isPoint = (kind: MarkKind): boolean => kind === "text" || kind === "comment";
/** Kinds that say nothing without words. */
export const needsText = (kind: MarkKind): boolean => isPoint(kind) || kind === "length";

/** Where a picture lies: its transform on the stage, and the size of both. One laid over another has no view of its own. */
export type Place = { transform: Matrix; stage: Size; image: Size };

/** The pixel of the upright original under a stage point; may lie outside the picture. */
export function toPixel([a, b, c, d, e, f]: Matrix, at: Point): Point {
  const det = a * d - b * c;
  const [x, y] = [at.x - e, at.y - f];
  return { x: (d * x - c * y) / det, y: (a * y - b * x) / det };
}

const hold = (n: number, size: number): number => Math.min(Math.max(size - 1, 0), Math.max(0, Math.round(n)));

/** From one pixel to another as it is kept: whole pixels inside the picture, boxes by their corners. */
export function span(kind: MarkKind, from: Point, to: Point, image: Size): Span {
  const [x1, y1, x2, y2] = [hold(from.x, image.w), hold(from.y, image.h), hold(to.x, image.w), hold(to.y, image.h)];
  if (isPoint(kind)) return { x1: x2, y1: y2, x2, y2 };
  if (kind === "box" || kind === "mosaic") return { x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) };
  return { x1, y1, x2, y2 };
}

/** A mark put into the middle of what is shown, a third of it long: what the keyboard starts from. */
export function middleSpan(kind: MarkKind, { transform, stage, image }: Place): Span {
  const corner = (x: number, y: number) => {
    const p = toPixel(transform, { x: stage.w * x, y: stage.h * y });
    return { x: hold(p.x, image.w), y: hold(p.y, image.h) };
  };
  const [a, b] = [corner(0, 0), corner(1, 1)];
  const at = (share: number) => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
  return isPoint(kind) ? span(kind, at(0.5), at(0.5), image) : span(kind, at(1 / 3), at(2 / 3), image);
}

/** So many screen pixels as whole pixels of the picture, never less than one where any are asked for. */
function stride(transform: Matrix, by: Point): Point {
  const from = toPixel(transform, { x: 0, y: 0 });
  const to = toPixel(transform, by);
  const whole = (n: number) => (Math.abs(n) < 1e-6 ? 0 : Math.sign(n) * Math.max(1, Math.round(Math.abs(n))));
  return { x: whole(to.x - from.x), y: whole(to.y - from.y) };
}

/** Moves a mark as the arrows point on the screen; at an edge it stops and keeps its size. */
export function moved(mark: Span, { transform, image }: Place, by: Point): Span {
  const d = stride(transform, by);
  const room = (n: number, lo: number, hi: number, size: number) => Math.min(size - 1 - hi, Math.max(-lo, n));
  const x = room(d.x, Math.min(mark.x1, mark.x2), Math.max(mark.x1, mark.x2), image.w);
  const y = room(d.y, Math.min(mark.y1, mark.y2), Math.max(mark.y1, mark.y2), image.h);
  return { x1: mark.x1 + x, y1: mark.y1 + y, x2: mark.x2 + x, y2: mark.y2 + y };
}

/** Moves the end of a mark, or of a box the corner that lies lower right on the screen; a point has none. */
export function sized(kind: MarkKind, mark: Span, { transform, image }: Place, by: Point): Span {
  if (isPoint(kind)) return mark;
  const d = stride(transform, by);
  if (kind === "arrow" || kind === "length") return span(kind, { x: mark.x1, y: mark.y1 }, { x: mark.x2 + d.x, y: mark.y2 + d.y }, image);
  // A quarter turn carries another corner of the upright picture to the lower right.
  const [a, b, c, e] = transform;
  const right = a + b > 0;
  const low = c + e > 0;
  const [x1, x2] = right ? [mark.x1, mark.x2] : [mark.x2, mark.x1];
  const [y1, y2] = low ? [mark.y1, mark.y2] : [mark.y2, mark.y1];
  return span(kind, { x: x1, y: y1 }, { x: x2 + d.x, y: y2 + d.y }, image);
}

/** Whether a mark can be kept: words where it needs them, a size where it has one. */
export function ready(mark: NewMark): boolean {
  if (needsText(mark.kind) && mark.text.trim() === "") return false;
  if (mark.kind === "mosaic" && mark.hides === null) return false;
  if (isPoint(mark.kind)) return true;
  const [w, h] = [Math.abs(mark.x2 - mark.x1), Math.abs(mark.y2 - mark.y1)];
  return mark.kind === "box" || mark.kind === "mosaic" ? w > 0 && h > 0 : w + h > 0;
}

/** The marks drawn over the picture. Lines keep their width on the screen, with a dark rim for bright walls. */
import { useId } from "react";
import { m } from "../i18n";
import { type Matrix, type Point, type Size, through } from "./geometry";
import css from "./Marks.module.css";
import type { NewMark } from "./marks";
import { hidesWords } from "./words";

export type Shown = NewMark & { id: string };

type Props = {
  marks: readonly Shown[];
  /** Where the picture lies: its pixels to the stage. */
  transform: Matrix;
  stage: Size;
  chosen?: string | undefined;
  /** Draw what is covered as a frame only. */
  under?: boolean;
};

/** A cover smaller than its words stands without them: the list has them. */
const LABEL = { w: 120, h: 24 };

export function MarkShapes({ marks, transform, stage, chosen, under = false }: Props) {
  const pattern = useId();
  if (marks.length === 0) return null;
  return (
    <svg className={css.layer} width={stage.w} height={stage.h} aria-hidden="true" data-testid="photo-marks">
      <defs>
        <pattern id={pattern} width="16" height="16" patternUnits="userSpaceOnUse">
          <rect width="16" height="16" fill="#6d6d6d" />
          <path d="M0 0h8v8H0zM8 8h8v8H8z" fill="#4c4c4c" />
        </pattern>
      </defs>
      {/* What hides lies lowest: an arrow to a covered face is still an arrow. */}
      {[...marks.entries()]
        .sort(([, a], [, b]) => Number(b.kind === "mosaic") - Number(a.kind === "mosaic"))
        .map(([i, mark]) => (
          <Shape key={mark.id} mark={mark} n={i + 1} transform={transform} chosen={mark.id === chosen} fill={under ? "none" : `url(#${pattern})`} />
        ))}
    </svg>
  );
}

function Shape({ mark, n, transform, chosen, fill }: { mark: Shown; n: number; transform: Matrix; chosen: boolean; fill: string }) {
  const at = (x: number, y: number) => through(transform, { x, y });
  const a = at(mark.x1, mark.y1);
  const b = at(mark.x2, mark.y2);
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const box = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  const group = { className: css.mark, "data-kind": mark.kind, "data-chosen": chosen || undefined };
  switch (mark.kind) {
    case "arrow":
      return (
        <g {...group}>
          <Line d={`${line(a, b)} ${arrowHead(a, b)}`} />
          <Words at={{ x: a.x, y: a.y - 8 }} text={mark.text} />
        </g>
      );
    case "length":
      return (
        <g {...group}>
          <Line d={`${line(a, b)} ${tick(a, b)} ${tick(b, a)}`} />
          <Words at={{ x: middle.x, y: middle.y - 8 }} text={mark.text} />
        </g>
      );
    case "box":
      return (
        <g {...group}>
          <Line d={`M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z`} />
          <Words at={{ x: middle.x, y: box.y - 8 }} text={mark.text} />
        </g>
      );
    case "mosaic":
      return (
        <g {...group}>
          <rect {...box} fill={fill} />
          <Line d={`M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z`} />
          {box.width >= LABEL.w && box.height >= LABEL.h && <Words at={{ x: middle.x, y: middle.y + 6 }} text={mark.hides === null ? m.photo_mark_mosaic() : m.photo_mark_hidden({ what: hidesWords(mark.hides) })} />}
        </g>
      );
    case "text":
      return (
        <g {...group}>
          <Words at={{ x: a.x, y: a.y + 6 }} text={mark.text} />
        </g>
      );
    case "comment":
      return (
        <g {...group}>
          <path className={css.pin} d={`M${a.x} ${a.y}l-9 -13a14 14 0 1 1 18 0z`} />
          <text className={css.number} x={a.x} y={a.y - 18}>
            {n}
          </text>
        </g>
      );
  }
}

function Line({ d }: { d: string }) {
  return (
    <>
      <path className={css.rim} d={d} />
      <path className={css.stroke} d={d} />
    </>
  );
}

function Words({ at, text }: { at: Point; text: string }) {
  if (text === "") return null;
  return (
    <text className={css.words} x={at.x} y={at.y}>
      {text}
    </text>
  );
}

const line = (a: Point, b: Point) => `M${a.x} ${a.y}L${b.x} ${b.y}`;

/** Two barbs at `b`, 18 px long, as the line comes from `a`. */
function arrowHead(a: Point, b: Point): string {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const barb = (by: number) => `${b.x - 18 * Math.cos(angle + by)} ${b.y - 18 * Math.sin(angle + by)}`;
  return `M${barb(0.45)}L${b.x} ${b.y}L${barb(-0.45)}`;
}

/** The end of a measured line, square to it. */
function tick(at: Point, other: Point): string {
  const angle = Math.atan2(other.y - at.y, other.x - at.x) + Math.PI / 2;
  const [x, y] = [9 * Math.cos(angle), 9 * Math.sin(angle)];
  return `M${at.x - x} ${at.y - y}L${at.x + x} ${at.y + y}`;
}

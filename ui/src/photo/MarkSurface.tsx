/** Where a mark is drawn: with the mouse or a finger from corner to corner, or with keys from the middle. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { m } from "../i18n";
import type { Point } from "./geometry";
import { isPoint, middleSpan, moved, needsText, type Place, ready, sized, span, toPixel } from "./marks";
import css from "./Marks.module.css";
import { MarkShapes } from "./MarkShapes";
import { DRAG_FROM, offset } from "./stage";
import type { Marks } from "./useMarks";
import { markWords } from "./words";

const ARROWS: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
const STRIDE = 8;
/** An application takes the keyboard itself. */
const FOCUS = { tabIndex: 0 };

type Props = {
  marks: Marks;
  /** The photo it lies over, and where that lies. */
  hash: string;
  place: Place;
  /** Says which of the two it is, where two are compared. */
  name?: string | undefined;
};

export default function MarkSurface({ marks, hash, place, name }: Props) {
  const { transform, stage, image } = place;
  const { tool } = marks;
  const mine = marks.target?.hash === hash;
  const draft = mine ? marks.draft : undefined;
  const surface = useRef<HTMLDivElement>(null);
  const from = useRef<{ id: number; at: Point } | null>(null);
  // The tool was just chosen, or the other picture for it: from here on the keys draw.
  useEffect(() => {
    if (mine && !surface.current?.contains(document.activeElement)) surface.current?.focus();
  }, [tool, mine]);
  if (tool === undefined) return null;

  const spot = (event: PointerEvent<HTMLDivElement>) => offset(event.nativeEvent, event.currentTarget);
  const toWords = () => document.getElementById(marks.ids.text)?.focus();
  const put = (a: Point, b: Point) => marks.place(span(tool, toPixel(transform, a), toPixel(transform, b), image));
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (event.key === "Enter") {
      if (draft && !ready(draft)) toWords();
      else if (draft) void marks.save();
      else {
        marks.aim(hash);
        marks.place(middleSpan(tool, place));
      }
    } else if (event.key === "Escape") {
      if (marks.draft) marks.place(undefined);
      else marks.setTool(undefined);
    } else if (arrow && draft) {
      const by = { x: arrow.x * STRIDE, y: arrow.y * STRIDE };
      marks.place(event.shiftKey ? sized(tool, draft, place, by) : moved(draft, place, by));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={surface}
      className={css.surface}
      role="application"
      {...FOCUS}
      aria-label={[m.photo_mark_surface({ kind: markWords(tool) }), name].filter(Boolean).join(" · ")}
      aria-describedby={marks.ids.how}
      data-no-drag
      data-testid="photo-mark-surface"
      data-mine={mine || undefined}
      onFocus={() => {
        // Tab on its way to the words walks over the other picture: nothing half drawn is lost by that.
        if (marks.draft === undefined) marks.aim(hash);
      }}
      onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0 || from.current) return;
        marks.aim(hash);
        from.current = { id: event.pointerId, at: spot(event) };
        event.currentTarget.setPointerCapture(event.pointerId);
        if (isPoint(tool)) put(spot(event), spot(event));
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (start?.id !== event.pointerId) return;
        const to = spot(event);
        if (isPoint(tool) || Math.hypot(to.x - start.at.x, to.y - start.at.y) >= DRAG_FROM) put(start.at, to);
      }}
      onPointerUp={() => {
        from.current = null;
        if (draft && needsText(tool)) toWords();
      }}
      onPointerCancel={() => (from.current = null)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {draft && <MarkShapes marks={[{ ...draft, id: "draft" }]} transform={transform} stage={stage} chosen="draft" />}
    </div>
  );
}

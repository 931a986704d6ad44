/** A picture's stage under the hand: its size, wheel, drag and pinch. Shared by photos and plans. */
import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { pan, pinch, type Point, type Size, STEP, type View, zoomAt } from "./geometry";

/** Past this many pixels a press is a drag. */
export const DRAG_FROM = 3;

export function offset(event: MouseEvent, el: HTMLElement): Point {
  const box = el.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

export function useStageSize(box: React.RefObject<HTMLDivElement | null>): Size {
  const [size, setSize] = useState<Size>({ w: 0, h: 0 });
  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return;
    const measure = () => setSize((old) => (old.w === el.clientWidth && old.h === el.clientHeight ? old : { w: el.clientWidth, h: el.clientHeight }));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    return () => watch.disconnect();
  }, [box]);
  return size;
}

export type Now = React.RefObject<{ at: View; stage: Size; image: Size; onView: (next: View) => void }>;

type Finger = { id: number; from: Point; to: Point };

/** One finger or the mouse moves the picture, two zoom and move it; a third changes nothing. */
export function useDrag(now: Now) {
  const held = useRef<{ start: View; fingers: Finger[]; moved: boolean } | null>(null);
  /** What is held counts from here on, so that a finger more or less makes no jump. */
  const begin = useCallback(
    (fingers: Finger[], moved: boolean) => {
      held.current = fingers.length === 0 ? null : { start: now.current.at, fingers: fingers.map((f) => ({ ...f, from: f.to })), moved };
    },
    [now],
  );
  const down = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || (event.target as Element).closest("[data-no-drag]")) return;
      const before = held.current?.fingers ?? [];
      if (before.length === 2) return;
      const at = offset(event.nativeEvent, event.currentTarget);
      begin([...before, { id: event.pointerId, from: at, to: at }], before.length > 0);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    [begin],
  );
  const move = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      const h = held.current;
      const finger = h?.fingers.find((f) => f.id === event.pointerId);
      if (!h || !finger) return;
      finger.to = offset(event.nativeEvent, event.currentTarget);
      const { stage, image, onView } = now.current;
      const [a, b] = h.fingers;
      if (a && b) {
        onView(pinch(h.start, stage, image, [a.from, b.from], [a.to, b.to]));
        return;
      }
      const dx = finger.to.x - finger.from.x;
      const dy = finger.to.y - finger.from.y;
      if (!h.moved && Math.hypot(dx, dy) < DRAG_FROM) return;
      h.moved = true;
      onView(pan(h.start, stage, image, dx, dy));
    },
    [now],
  );
  const up = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      const h = held.current;
      if (h?.fingers.some((f) => f.id === event.pointerId)) begin(h.fingers.filter((f) => f.id !== event.pointerId), true);
    },
    [begin],
  );
  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up };
}

/** Wheel must be able to refuse the page's own scrolling, which React's listener cannot. */
export function useWheel(box: React.RefObject<HTMLDivElement | null>, now: Now): void {
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { at: v, stage: s, image: i, onView: tell } = now.current;
      const notches = Math.max(-3, Math.min(3, event.deltaY / (event.deltaMode === 1 ? 3 : 100)));
      tell(zoomAt(v, s, i, STEP ** -notches, offset(event, el)));
    };
    el.addEventListener("wheel", wheel, { passive: false });
    return () => el.removeEventListener("wheel", wheel);
  }, [box, now]);
}

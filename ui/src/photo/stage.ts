/** A picture's stage under the hand: its size, wheel and drag. Shared by photos and plans. */
import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { pan, type Point, type Size, STEP, type View, zoomAt } from "./geometry";

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

export function useDrag(now: Now) {
  const held = useRef<{ id: number; x: number; y: number; start: View; moved: boolean } | null>(null);
  const down = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || (event.target as Element).closest("[data-no-drag]")) return;
      held.current = { id: event.pointerId, x: event.clientX, y: event.clientY, start: now.current.at, moved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    [now],
  );
  const move = useCallback(
    (event: PointerEvent<HTMLDivElement>) => {
      const h = held.current;
      if (!h || h.id !== event.pointerId) return;
      const dx = event.clientX - h.x;
      const dy = event.clientY - h.y;
      if (!h.moved && Math.hypot(dx, dy) < DRAG_FROM) return;
      h.moved = true;
      now.current.onView(pan(h.start, now.current.stage, now.current.image, dx, dy));
    },
    [now],
  );
  const up = useCallback(() => {
    held.current = null;
  }, []);
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

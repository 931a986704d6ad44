/** The whole picture in a corner with the part in view marked: one tap goes there, no drag needed. */
import type { ReactNode } from "react";
import type { Point, Size, Turn } from "./geometry";
import { turned } from "./geometry";
import css from "./Pane.module.css";

type Props = { src: string; turn: Turn; image: Size; from: Point; to: Point; onGo: (at: Point) => void; children?: ReactNode };

const LONG_SIDE = 112;

const hold = (n: number) => Math.min(1, Math.max(0, n));

export function Overview({ src, turn, image, from, to, onGo, children }: Props) {
  const t = turned(image, turn);
  const k = LONG_SIDE / Math.max(t.w, t.h);
  const size = { width: t.w * k, height: t.h * k };
  const [x0, y0, x1, y1] = [hold(from.x), hold(from.y), hold(to.x), hold(to.y)];
  // Keys do the same with Shift and the arrows, so this stays out of the tab order and the tree.
  return (
    <div
      className={css.overview}
      style={size}
      aria-hidden="true"
      data-no-drag
      data-testid="photo-overview"
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onGo({ x: hold((event.clientX - box.left) / box.width), y: hold((event.clientY - box.top) / box.height) });
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className={css.whole} style={{ width: image.w * k, height: image.h * k, transform: `translate(-50%, -50%) rotate(${turn * 90}deg)` }}>
        <img src={src} alt="" draggable={false} />
        {children}
      </span>
      <i style={{ left: `${x0 * 100}%`, top: `${y0 * 100}%`, width: `${(x1 - x0) * 100}%`, height: `${(y1 - y0) * 100}%` }} />
    </div>
  );
}

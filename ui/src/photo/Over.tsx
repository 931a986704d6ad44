/**
 * The second photo over the first in one pane: a curtain drawn across, or the one shining through the
 * other. What was before is always on the left, whichever of the two lies underneath.
 */
import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { m } from "../i18n";
import { over, sameShape, type Turn, turned } from "./geometry";
import type { Place } from "./marks";
import css from "./Over.module.css";
import type { Lay } from "./Pane";
import { isCloseUp, Picture, useDrawing } from "./Picture";
import type { StagePhoto } from "./source";

type Props = {
  mode: "curtain" | "overlay";
  photo: StagePhoto;
  alt: string;
  turn: Turn;
  lay: Lay;
  /** The one underneath is the earlier. */
  later: boolean;
  captions: { left: string; right: string };
  /** Marks of the upper picture, and where they are drawn: with it behind the curtain, or over both. */
  renderMarks: (place: Place) => ReactNode;
  renderSurface: (place: Place) => ReactNode;
  /** 0..100: how much of the pane shows what was before, or how far what came after shines through. */
  share: number;
  onShare: (share: number) => void;
};

export function Over({ mode, photo, alt, turn, lay, later, captions, renderMarks, renderSurface, share, onShare }: Props) {
  const drawing = useDrawing(photo);
  const { at, stage, image, ratio } = lay;
  const transform = over(at, stage, image, drawing.image, turn);
  const closeUp = isCloseUp(drawing, Math.hypot(transform[0], transform[1]) * ratio);
  const place: Place = { transform, stage, image: drawing.image };
  const style: CSSProperties =
    mode === "curtain" ? { clipPath: later ? `inset(0 0 0 ${share}%)` : `inset(0 ${100 - share}% 0 0)` } : { opacity: (later ? share : 100 - share) / 100 };
  return (
    <>
      <div className={css.upper} data-mode={mode} style={style} data-testid="photo-upper">
        <Picture photo={photo} drawing={drawing} alt={alt} transform={transform} closeUp={closeUp} />
        {renderMarks(place)}
        {mode === "curtain" && renderSurface(place)}
      </div>
      {mode === "overlay" && renderSurface(place)}
      {mode === "curtain" ? <Curtain share={share} onShare={onShare} /> : <Shine share={share} onShare={onShare} />}
      <p className={css.left}>{captions.left}</p>
      <p className={css.right}>{captions.right}</p>
      {!sameShape(turned(image, at.turn), turned(drawing.image, turn)) && <p className={css.shape}>{m.photo_other_shape()}</p>}
    </>
  );
}

type Slide = { share: number; onShare: (share: number) => void };

const hold = (share: number) => Math.min(100, Math.max(0, share));

/** Where a key moves a slider to; null for a key that is none of its own. */
function slid(key: string, share: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return hold(share + 2);
    case "ArrowLeft":
    case "ArrowDown":
      return hold(share - 2);
    case "PageUp":
      return hold(share + 10);
    case "PageDown":
      return hold(share - 10);
    case "Home":
      return 0;
    case "End":
      return 100;
    default:
      return null;
  }
}

function Curtain({ share, onShare }: Slide) {
  const held = useRef(false);
  const to = (event: PointerEvent<HTMLDivElement>) => {
    const pane = event.currentTarget.parentElement?.getBoundingClientRect();
    if (pane) onShare(hold(((event.clientX - pane.left) / pane.width) * 100));
  };
  const key = (event: KeyboardEvent) => {
    const next = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ? null : slid(event.key, share);
    if (next === null) return;
    event.preventDefault();
    onShare(next);
  };
  return (
    <div
      className={css.curtain}
      style={{ left: `${share}%` }}
      role="slider"
      tabIndex={0}
      aria-label={m.photo_curtain_at()}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
      aria-valuetext={m.photo_curtain_value({ percent: Math.round(share) })}
      data-no-drag
      data-testid="photo-curtain"
      onKeyDown={key}
      onPointerDown={(event) => {
        held.current = event.button === 0;
        if (held.current) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => held.current && to(event)}
      onPointerUp={() => (held.current = false)}
      onPointerCancel={() => (held.current = false)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <i aria-hidden="true" />
    </div>
  );
}

function Shine({ share, onShare }: Slide) {
  return (
    <label className={css.shine} data-no-drag data-arrows onDoubleClick={(event) => event.stopPropagation()}>
      <span aria-hidden="true">{m.photo_before()}</span>
      <input type="range" min={0} max={100} step={1} value={share} aria-label={m.photo_overlay_at()} aria-valuetext={m.photo_overlay_value({ percent: Math.round(share) })} onChange={(event) => onShare(Number(event.target.value))} data-testid="photo-overlay" />
      <span aria-hidden="true">{m.photo_after()}</span>
    </label>
  );
}

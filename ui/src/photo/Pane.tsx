/** One photo, zoomed and moved with CSS transforms. It knows where, never why. */
import { useLayoutEffect, useRef, useState } from "react";
import { type Point, type Size, type View, clamp, matrix, scaleOf, standing, toImage } from "./geometry";
import { m } from "../i18n";
import { Overview } from "./Overview";
import css from "./Pane.module.css";
import { PaneProblem } from "./PaneProblem";
import { mustFetch, type StagePhoto, source } from "./source";
import { offset, useDrag, useStageSize, useWheel } from "./stage";
import { usePhotoUrl } from "./url";

export type Ground = { stage: Size; image: Size; ratio: number };

type Props = {
  photo: StagePhoto;
  alt: string;
  view: View;
  /** Told on every wheel, drag and double click. */
  onView: (next: View) => void;
  /** Told whenever stage or picture size is known anew: the toolbar works with it. */
  onGround?: (ground: Ground) => void;
  onDouble?: (at: Point) => void;
  /** Which one it is, where two stand side by side. */
  caption?: string;
};

export function Pane({ photo, alt, view, onView, onGround, onDouble, caption }: Props) {
  const url = usePhotoUrl();
  const box = useRef<HTMLDivElement>(null);
  const stage = useStageSize(box);
  const [drawn, setDrawn] = useState<Size>();
  const [failed, setFailed] = useState<string>();
  const ratio = globalThis.devicePixelRatio || 1;
  const recorded = { w: photo.width, h: photo.height };
  const image = photo.width > 0 && drawn ? standing(recorded, drawn) : (drawn ?? (photo.width > 0 ? recorded : { w: 1600, h: 1200 }));
  const at = clamp(view, stage, image);

  const base = source(photo, false);
  const closeUp = scaleOf(at, stage, image) * ratio >= 0.995 && (drawn === undefined || drawn.w < image.w - 1);
  const full = closeUp ? source(photo, true) : base;
  const baseUrl = base.kind === "none" ? undefined : url(base.hash);
  const fullUrl = full.kind === "original" && base.kind !== "original" ? url(full.hash) : undefined;

  // A file that did not decode says so for itself only.
  const broken = failed !== undefined && failed === baseUrl;

  const groundW = image.w;
  const groundH = image.h;
  useLayoutEffect(() => {
    onGround?.({ stage, image: { w: groundW, h: groundH }, ratio });
  }, [onGround, stage, groundW, groundH, ratio]);

  const now = useRef({ at, stage, image, onView });
  now.current = { at, stage, image, onView };
  useWheel(box, now);
  const drag = useDrag(now);
  const style = { width: image.w, height: image.h, transform: `matrix(${matrix(at, stage, image).join(",")})` };
  const larger = at.mag > 1.02;

  return (
    <div
      ref={box}
      className={css.pane}
      data-larger={larger || undefined}
      data-testid="photo-pane"
      {...drag}
      onDoubleClick={(event) => box.current && onDouble?.(offset(event.nativeEvent, box.current))}
    >
      {base.kind === "none" || broken ? (
        <PaneProblem why={base.kind === "none" ? base.why : "unreadable"} photo={photo} />
      ) : (
        <>
          <img
            key={baseUrl}
            className={css.picture}
            src={baseUrl}
            alt={alt}
            style={style}
            draggable={false}
            decoding="sync"
            onLoad={(e) => setDrawn({ w: e.currentTarget.naturalWidth, h: e.currentTarget.naturalHeight })}
            onError={() => setFailed(baseUrl)}
          />
          {fullUrl !== undefined && <img key={`original ${fullUrl}`} className={css.picture} src={fullUrl} alt="" style={style} draggable={false} decoding="async" data-testid="photo-original" />}
          {closeUp && mustFetch(photo) && <p className={css.note}>{m.photo_fetching()}</p>}
          {base.kind === "thumb" && !closeUp && <p className={css.note}>{m.photo_small_first()}</p>}
          {larger && baseUrl !== undefined && (
            <Overview
              src={baseUrl}
              turn={at.turn}
              image={image}
              from={toImage(at, stage, image, { x: 0, y: 0 })}
              to={toImage(at, stage, image, { x: stage.w, y: stage.h })}
              onGo={(p) => onView(clamp({ ...at, cx: p.x, cy: p.y }, stage, image))}
            />
          )}
        </>
      )}
      {caption !== undefined && <p className={css.caption}>{caption}</p>}
    </div>
  );
}

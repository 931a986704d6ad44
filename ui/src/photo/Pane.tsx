/** One photo, zoomed and moved with CSS transforms. It knows where, never why. */
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { type Point, type Size, type View, clamp, matrix, scaleOf, toImage } from "./geometry";
import { m } from "../i18n";
import { Covers } from "./Covers";
import { Overview } from "./Overview";
import css from "./Pane.module.css";
import { isCloseUp, Picture, useDrawing } from "./Picture";
import { mustFetch, type StagePhoto } from "./source";
import { offset, useDrag, useStageSize, useWheel } from "./stage";

export type Ground = { stage: Size; image: Size; ratio: number };
/** Where the picture lies now: what is drawn over it needs no more. */
export type Lay = { at: View; stage: Size; image: Size; ratio: number };

type Props = {
  photo: StagePhoto;
  alt: string;
  view: View;
  /** Told on every wheel, drag, pinch and double click. */
  onView: (next: View) => void;
  /** Told whenever stage or picture size is known anew: the toolbar works with it. */
  onGround?: (ground: Ground) => void;
  onDouble?: (at: Point) => void;
  /** Which one it is, where two are compared. */
  caption?: string;
  /** Told when the hand comes down anywhere on it. */
  onTouch?: (() => void) | undefined;
  /** Somebody looks under the covers of this photo. */
  under?: boolean;
  /** Drawn over the picture: another picture, marks. */
  renderLayer?: (lay: Lay) => ReactNode;
};

export function Pane({ photo, alt, view, onView, onGround, onDouble, caption, onTouch, under = false, renderLayer }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stage = useStageSize(box);
  const drawing = useDrawing(photo);
  const { image, base } = drawing;
  const ratio = globalThis.devicePixelRatio || 1;
  const at = clamp(view, stage, image);
  const closeUp = isCloseUp(drawing, scaleOf(at, stage, image) * ratio);

  const groundW = image.w;
  const groundH = image.h;
  useLayoutEffect(() => {
    onGround?.({ stage, image: { w: groundW, h: groundH }, ratio });
  }, [onGround, stage, groundW, groundH, ratio]);

  const now = useRef({ at, stage, image, onView });
  now.current = { at, stage, image, onView };
  useWheel(box, now);
  const drag = useDrag(now);
  const larger = at.mag > 1.02;

  return (
    <div
      ref={box}
      className={css.pane}
      data-larger={larger || undefined}
      data-testid="photo-pane"
      onPointerDownCapture={onTouch}
      {...drag}
      onDoubleClick={(event) => box.current && onDouble?.(offset(event.nativeEvent, box.current))}
    >
      <Picture photo={photo} drawing={drawing} alt={alt} transform={matrix(at, stage, image)} closeUp={closeUp}>
        {closeUp && mustFetch(photo) && <p className={css.note}>{m.photo_fetching()}</p>}
        {base.kind === "thumb" && !closeUp && <p className={css.note}>{m.photo_small_first()}</p>}
      </Picture>
      {renderLayer?.({ at, stage, image, ratio })}
      {larger && drawing.url !== undefined && !drawing.broken && (
        <Overview
          src={drawing.url}
          turn={at.turn}
          image={image}
          from={toImage(at, stage, image, { x: 0, y: 0 })}
          to={toImage(at, stage, image, { x: stage.w, y: stage.h })}
          onGo={(p) => onView(clamp({ ...at, cx: p.x, cy: p.y }, stage, image))}
        >
          {!under && <Covers photo={{ ...photo, width: image.w, height: image.h }} />}
        </Overview>
      )}
      {caption !== undefined && <p className={css.caption}>{caption}</p>}
    </div>
  );
}

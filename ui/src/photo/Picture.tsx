/** The pixels of one photo: its preview, and over it the original once that is worth its bytes. */
import { type ReactNode, useState } from "react";
import { type Matrix, type Size, standing } from "./geometry";
import css from "./Pane.module.css";
import { PaneProblem } from "./PaneProblem";
import { type Source, type StagePhoto, source } from "./source";
import { usePhotoUrl } from "./url";

export type Drawing = {
  /** The picture's size, upright. */
  image: Size;
  base: Source;
  url: string | undefined;
  /** A file that did not decode says so for itself only. */
  broken: boolean;
  /** The preview has fewer pixels than the picture. */
  coarse: boolean;
  loaded: (drawn: Size) => void;
  failed: () => void;
};

export function useDrawing(photo: StagePhoto): Drawing {
  const url = usePhotoUrl();
  const [drawn, setDrawn] = useState<Size>();
  const [failed, setFailed] = useState<string>();
  const recorded = { w: photo.width, h: photo.height };
  const image = photo.width > 0 && drawn ? standing(recorded, drawn) : (drawn ?? (photo.width > 0 ? recorded : { w: 1600, h: 1200 }));
  const base = source(photo, false);
  const address = base.kind === "none" ? undefined : url(base.hash);
  return {
    image,
    base,
    url: address,
    broken: failed !== undefined && failed === address,
    coarse: drawn === undefined || drawn.w < image.w - 1,
    loaded: setDrawn,
    failed: () => setFailed(address),
  };
}

/** Whether so many screen pixels per pixel of the picture ask for more than the preview has. */
export const isCloseUp = (drawing: Drawing, scale: number): boolean => scale >= 0.995 && drawing.coarse;

type Props = { photo: StagePhoto; drawing: Drawing; alt: string; transform: Matrix; closeUp: boolean; children?: ReactNode };

export function Picture({ photo, drawing, alt, transform, closeUp, children }: Props) {
  const url = usePhotoUrl();
  const { base, image } = drawing;
  if (base.kind === "none" || drawing.broken) return <PaneProblem why={base.kind === "none" ? base.why : "unreadable"} photo={photo} />;
  const full = closeUp ? source(photo, true) : base;
  const fullUrl = full.kind === "original" && base.kind !== "original" ? url(full.hash) : undefined;
  const style = { width: image.w, height: image.h, transform: `matrix(${transform.join(",")})` };
  return (
    <>
      <img
        key={drawing.url}
        className={css.picture}
        src={drawing.url}
        alt={alt}
        style={style}
        draggable={false}
        decoding="sync"
        onLoad={(e) => drawing.loaded({ w: e.currentTarget.naturalWidth, h: e.currentTarget.naturalHeight })}
        onError={drawing.failed}
      />
      {fullUrl !== undefined && <img key={`original ${fullUrl}`} className={css.picture} src={fullUrl} alt="" style={style} draggable={false} decoding="async" data-testid="photo-original" />}
      {children}
    </>
  );
}

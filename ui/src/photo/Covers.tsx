/** What is covered in a photo stays covered in every small picture of it, too: on the strip, in the corner, in lists. */
import type { ReactNode } from "react";
import type { MarkView } from "../ipc/api.gen";
import css from "./Covers.module.css";

type Hiding = { width: number; height: number; marks?: readonly MarkView[] };
/** `fit` is the picture's own `object-fit`. */
type Props = { photo: Hiding | undefined; fit?: "cover" | "contain" };

/** Lies over an `img` that fills its positioned parent. */
export function Covers({ photo, fit = "cover" }: Props) {
  const hidden = photo?.marks?.filter((mark) => mark.kind === "mosaic") ?? [];
  if (!photo || hidden.length === 0) return null;
  const { width, height } = photo;
  // Where nobody recorded the size it is not known where the cover lies: the whole picture is covered.
  const known = width > 0 && height > 0;
  return (
    <svg className={css.covers} viewBox={known ? `0 0 ${width} ${height}` : undefined} preserveAspectRatio={`xMidYMid ${fit === "cover" ? "slice" : "meet"}`} aria-hidden="true" data-testid="photo-covers">
      {known ? hidden.map(({ id, x1, y1, x2, y2 }) => <rect key={id} x={Math.min(x1, x2)} y={Math.min(y1, y2)} width={Math.abs(x2 - x1)} height={Math.abs(y2 - y1)} />) : <rect width="100%" height="100%" />}
    </svg>
  );
}

/** A small picture in a list with its covers. */
export function Covered({ children, ...rest }: Props & { children: ReactNode }) {
  return (
    <span className={css.covered}>
      {children}
      <Covers {...rest} />
    </span>
  );
}

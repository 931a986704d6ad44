/** The picture looked at, and the other one beside it, behind a curtain or shining through. */
import { lazy, Suspense } from "react";
import type { PhotoSlot } from "../ipc/api.gen";
import { m } from "../i18n";
import { captionWords } from "./caption";
import { matrix, type Point, type Turn, type View } from "./geometry";
import type { Place } from "./marks";
import { MarkShapes } from "./MarkShapes";
import { Over } from "./Over";
import { type Ground, type Lay, Pane } from "./Pane";
import css from "./PhotoStage.module.css";
import type { StagePhoto } from "./source";
import type { Compare } from "./useCompare";
import type { Marks } from "./useMarks";
import { slotWords } from "./words";

const MarkSurface = lazy(() => import("./MarkSurface"));

type Props = {
  photos: readonly StagePhoto[];
  slots: readonly PhotoSlot[];
  photo: StagePhoto;
  other: StagePhoto | undefined;
  compare: Compare;
  marks: Marks;
  view: View;
  turns: Readonly<Record<string, Turn>>;
  onView: (next: View) => void;
  onGround: (ground: Ground) => void;
  onDouble: (at: Point) => void;
};

export function Panes({ photos, slots, photo, other, compare, marks, view, turns, onView, onGround, onDouble }: Props) {
  const { mode, first } = compare;
  const over = mode === "side" ? undefined : other;
  const beside = mode === "side" ? other : undefined;
  const turnOf = (p: StagePhoto): Turn => turns[p.hash] ?? 0;
  const n = (p: StagePhoto) => photos.indexOf(p) + 1;
  const alt = (p: StagePhoto) => m.photo_alt({ n: n(p), count: photos.length, slot: slotWords(p.slot, slots) });
  const caption = (p: StagePhoto) => captionWords(photos, slots, compare, photo, p);
  /** With the layer put away the covers stay: putting it away is not looking under them. */
  const seen = (p: StagePhoto) => (p.marks ?? []).filter((mark) => marks.shown || mark.kind === "mosaic");
  const shapes = (p: StagePhoto, { transform, stage }: Place) => (
    <MarkShapes marks={seen(p)} transform={transform} stage={stage} {...(p === marks.target ? { chosen: marks.chosen, under: marks.under } : {})} />
  );
  const surface = (p: StagePhoto, place: Place) =>
    marks.tool !== undefined && (
      <Suspense fallback={null}>
        <MarkSurface marks={marks} hash={p.hash} place={place} name={other && caption(p)} />
      </Suspense>
    );
  const placeOf = ({ at, stage, image }: Lay): Place => ({ transform: matrix(at, stage, image), stage, image });
  /** Where the one shines through the other a spot belongs to both: drawn is on the one chosen in the list. */
  const shining = mode === "overlay" && over !== undefined;
  const drawn = (p: StagePhoto, lay: Lay) => {
    const place = placeOf(lay);
    return (
      <>
        {shapes(p, place)}
        {!(shining && p !== marks.target) && surface(p, place)}
      </>
    );
  };
  const laid = (lay: Lay) => {
    if (!over) return null;
    const [left, right] = first ? [photo, over] : [over, photo];
    return (
      <Over
        key={over.hash}
        mode={mode === "curtain" ? mode : "overlay"}
        photo={over}
        alt={alt(over)}
        turn={turnOf(over)}
        lay={lay}
        later={first}
        captions={{ left: caption(left), right: caption(right) }}
        renderMarks={(place) => shapes(over, place)}
        renderSurface={(place) => !(shining && over !== marks.target) && surface(over, place)}
        share={compare.share}
        onShare={compare.setShare}
      />
    );
  };
  /** A picture touched is the one whose marks are listed. */
  const aim = (p: StagePhoto) => (marks.open && beside ? () => marks.aim(p.hash) : undefined);

  const main = (
    <Pane key={photo.hash} photo={photo} alt={alt(photo)} view={view} onView={onView} onGround={onGround} onDouble={onDouble} onTouch={aim(photo)} under={marks.under && photo === marks.target} renderLayer={(lay) => <>{drawn(photo, lay)}{laid(lay)}</>} {...(beside ? { caption: caption(photo) } : {})} />
  );
  const second = beside && (
    <Pane key={`beside-${beside.hash}`} photo={beside} alt={alt(beside)} view={{ ...view, turn: turnOf(beside) }} onView={onView} onDouble={onDouble} onTouch={aim(beside)} under={marks.under && beside === marks.target} renderLayer={(lay) => drawn(beside, lay)} caption={caption(beside)} />
  );
  return (
    <div className={css.panes} data-two={beside !== undefined || undefined}>
      {first || !second ? [main, second] : [second, main]}
    </div>
  );
}

/** The picture looked at, and the other one beside it, behind a curtain or shining through. */
import { lazy, Suspense } from "react";
import type { PhotoSlot } from "../ipc/api.gen";
import { m } from "../i18n";
import { matrix, type Point, type Turn, type View } from "./geometry";
import { MarkShapes } from "./MarkShapes";
import { Over } from "./Over";
import { type Ground, type Lay, Pane } from "./Pane";
import css from "./PhotoStage.module.css";
import type { StagePhoto } from "./source";
import type { Compare } from "./useCompare";
import type { Marks } from "./useMarks";
import { slotWords, visitWords } from "./words";

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
  /** 前 or 后, visit and day only where the two are of different visits. */
  const caption = (p: StagePhoto) => {
    const before = (p === photo) === first;
    const side = compare.apart ? [before ? m.photo_before() : m.photo_after(), visitWords(p)] : [];
    return [...side, m.photo_caption({ n: n(p), slot: slotWords(p.slot, slots) })].filter(Boolean).join(" · ");
  };

  const tools = (lay: Lay) => {
    if (over) {
      const [left, right] = first ? [photo, over] : [over, photo];
      const captions = { left: caption(left), right: caption(right) };
      return <Over key={over.hash} mode={mode === "curtain" ? mode : "overlay"} photo={over} alt={alt(over)} turn={turnOf(over)} lay={lay} later={first} captions={captions} marks={seen(over)} share={compare.share} onShare={compare.setShare} />;
    }
    return marks.tool !== undefined && other === undefined ? (
      <Suspense fallback={null}>
        <MarkSurface marks={marks} lay={lay} />
      </Suspense>
    ) : null;
  };
  /** With the layer put away the covers stay: putting it away is not looking under them. */
  const seen = (p: StagePhoto) => (p.marks ?? []).filter((mark) => marks.shown || mark.kind === "mosaic");
  const marked = (p: StagePhoto, { at, stage, image }: Lay) => (
    <MarkShapes marks={seen(p)} transform={matrix(at, stage, image)} stage={stage} {...(p === photo ? { chosen: marks.chosen, under: marks.under } : {})} />
  );

  const main = (
    <Pane key={photo.hash} photo={photo} alt={alt(photo)} view={view} onView={onView} onGround={onGround} onDouble={onDouble} under={marks.under} renderLayer={(lay) => <>{marked(photo, lay)}{tools(lay)}</>} {...(beside ? { caption: caption(photo) } : {})} />
  );
  const second = beside && (
    <Pane key={`beside-${beside.hash}`} photo={beside} alt={alt(beside)} view={{ ...view, turn: turnOf(beside) }} onView={onView} onDouble={onDouble} renderLayer={(lay) => marked(beside, lay)} caption={caption(beside)} />
  );
  return (
    <div className={css.panes} data-two={beside !== undefined || undefined}>
      {first || !second ? [main, second] : [second, main]}
    </div>
  );
}

/**
 * Looking at a case's photos: one large, the others in a strip, two compared on C.
 * The file is never touched: zoom, turn and comparison live in this component and nowhere else.
 */
import { Columns2, Download, Maximize, Minus, PenLine, Plus, RotateCcw, RotateCw } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Command, type Scope, useCommands } from "../command";
import { m } from "../i18n";
import type { PhotoSlot } from "../ipc/api.gen";
import { Button, IconButton } from "../kit/Button";
import { captionWords } from "./caption";
import { Facts } from "./Facts";
import { centredOn, centredOver, FIT, full, isFull, pan, percent, STEP, type Turn, turnBy, type View, zoomAt } from "./geometry";
import { CompareBar } from "./CompareBar";
import type { MarkView } from "../ipc/api.gen";
import type { Ground } from "./Pane";
import { Panes } from "./Panes";
import css from "./PhotoStage.module.css";
import { predecode } from "./predecode";
import { mustFetch, neighbours, source, type StagePhoto, step } from "./source";
import { Strip } from "./Strip";
import { usePhotoUrl } from "./url";
import { useCompare } from "./useCompare";
import { centreOf, type OnMark, type OnUnmark, useMarks } from "./useMarks";
import { slotWords } from "./words";

const MarkPanel = lazy(() => import("./MarkPanel"));
const RecycledHint = lazy(() => import("./Recycled"));

/** A new object asks anew, also for the photo asked for last. */
export type Show = { hash: string };

type Props = {
  photos: readonly StagePhoto[];
  slots: readonly PhotoSlot[];
  /** Where the keys act: the scope of the screen the stage stands on. */
  scope: Scope;
  /** Asks for the original to be brought here (`photo.want`). */
  onWant?: (hash: string) => void;
  /** Whether digits choose photos on this screen. */
  digits?: boolean;
  /** Smaller tools and strip, for the office's one-screen desk. */
  dense?: boolean;
  /** A photo to show first, by hash: what a check or an event points at. */
  show?: Show | undefined;
  /** Keeps a mark and takes one away; without them the marks are only shown. */
  onMark?: OnMark;
  onUnmark?: OnUnmark;
  /** Offers a copy of the photo shown, to be given away. */
  onCopy?: (hash: string) => void;
  /** The case they are of: asks whether a photo stands in another one, too. */
  caseId?: string;
  /** Whether this person may see what a mosaic covers. */
  mayLookUnder?: boolean;
};

const NO_GROUND: Ground = { stage: { w: 0, h: 0 }, image: { w: 1, h: 1 }, ratio: 1 };

export function PhotoStage({ photos, slots, scope, onWant, digits = false, dense = false, show, onMark, onUnmark, onCopy, caseId, mayLookUnder = false }: Props) {
  const url = usePhotoUrl();
  const [at, setAt] = useState(0);
  const compare = useCompare(photos, at);
  const { beside } = compare;
  const [view, setView] = useState<View>(FIT);
  const [turns, setTurns] = useState<Record<string, Turn>>({});
  const ground = useRef(NO_GROUND);
  const [measured, setMeasured] = useState(NO_GROUND);
  const photo = photos[Math.min(at, photos.length - 1)];
  const other = beside === undefined ? undefined : photos[beside];
  const first = photos[0]?.hash;
  const marks = useMarks(photo, other, onMark, onUnmark);
  const markButton = useRef<HTMLButtonElement>(null);

  const now = useRef(photos);
  now.current = photos;
  // Another case, or another photo pointed at: start there, whole picture.
  useEffect(() => {
    // Only when the set begins anew or somebody points, not on every refresh of the same photos.
    const wanted = show === undefined || first === undefined ? 0 : now.current.findIndex((p) => p.hash === show.hash);
    setAt(Math.max(0, wanted));
    setView(FIT);
  }, [first, show]);

  useEffect(() => {
    for (const near of neighbours(photos, at)) {
      const s = source(near, false);
      if (s.kind !== "none") predecode(url(s.hash));
    }
  }, [photos, at, url]);

  const turn = photo ? (turns[photo.hash] ?? 0) : 0;
  const own: View = useMemo(() => ({ ...view, turn }), [view, turn]);

  const tell = useCallback((g: Ground) => {
    ground.current = g;
    setMeasured(g);
  }, []);
  const { follow } = compare;
  const go = useCallback(
    (to: number) => {
      follow(to);
      setAt(to);
      setView(FIT);
    },
    [follow],
  );
  const act = useCallback((move: (v: View, g: Ground) => View) => setView((v) => move({ ...v, turn }, ground.current)), [turn]);

  const toggleFull = useCallback(
    (point?: { x: number; y: number }) => {
      act((v, { stage, image, ratio }) => (isFull(v, stage, image, ratio) && v.mag > 1 ? { ...FIT, turn: v.turn } : full(v, stage, image, ratio, point)));
      if (photo && mustFetch(photo)) onWant?.(photo.hash);
    },
    [act, photo, onWant],
  );
  const rotate = useCallback(
    (quarter: 1 | -1) => {
      if (!photo) return;
      const { stage, image } = ground.current;
      const next = turnBy({ ...view, turn }, stage, image, quarter);
      setTurns((all) => ({ ...all, [photo.hash]: next.turn }));
      setView(next);
    },
    [photo, view, turn],
  );
  const markCount = (photo?.marks?.length ?? 0) + (other?.marks?.length ?? 0);
  const closeMarks = () => {
    marks.setOpen(false);
    markButton.current?.focus({ preventScroll: true });
  };
  const look = (mark: MarkView) => {
    const { target } = marks;
    const pixel = centreOf(mark);
    if (!target || target === photo) act((v, g) => centredOn(v, g.stage, g.image, pixel));
    else if (target.width > 0) {
      const size = { w: target.width, h: target.height };
      const its = turns[target.hash] ?? 0;
      if (compare.mode === "side") setView((v) => centredOn({ ...v, turn: its }, ground.current.stage, size, pixel));
      else act((v, g) => centredOver(v, g.stage, g.image, size, its, pixel));
    }
  };
  const sides = photo && other ? (compare.first ? [photo, other] : [other, photo]).map((p) => ({ hash: p.hash, words: captionWords(photos, slots, compare, photo, p) })) : [];
  const toggleCompare = () => {
    setView(FIT);
    compare.toggle();
  };
  const pair = (by: 1 | -1) => {
    const to = compare.pair(by);
    if (to === undefined) return;
    setAt(to);
    setView(FIT);
  };

  const scale = measured.stage.w === 0 ? null : percent(own, measured.stage, measured.image, measured.ratio);
  // While two are compared the strip chooses the other one, the arrows what is looked at.
  const choose = (to: number) => (beside === undefined ? go(to) : to !== at && compare.choose(to));
  const nudge = (dx: number, dy: number) => act((v, g) => pan(v, g.stage, g.image, dx, dy));
  const group = m.photo_toolbar();
  const key = (id: string, label: string, keys: string[], run: () => void, more: Partial<Command> = {}): Command => ({
    id: `photo.${id}`,
    label,
    keys,
    run,
    scope,
    group,
    hidden: true,
    when: photos.length > 0,
    ...more,
  });
  useCommands([
    key("next", m.photo_next(), ["ArrowRight"], () => go(step(photos.length, at, 1))),
    key("previous", m.photo_previous(), ["ArrowLeft"], () => go(step(photos.length, at, -1))),
    key("full", m.photo_full(), ["Space"], () => toggleFull()),
    key("in", m.photo_in(), ["+", "="], () => act((v, g) => zoomAt(v, g.stage, g.image, STEP))),
    key("out", m.photo_out(), ["-"], () => act((v, g) => zoomAt(v, g.stage, g.image, 1 / STEP))),
    key("fit", m.photo_fit(), ["0"], () => setView(FIT)),
    key("turn", m.photo_turn(), ["r"], () => rotate(1)),
    key("compare", m.photo_compare(), ["c"], toggleCompare, { when: photos.length > 1 }),
    key("mode", m.photo_compare_mode(), ["v"], compare.nextMode, { when: beside !== undefined }),
    key("pair.next", m.photo_pair_next(), ["]"], () => pair(1), { when: compare.pairs > 0 }),
    key("pair.previous", m.photo_pair_previous(), ["["], () => pair(-1), { when: compare.pairs > 0 }),
    key("marks", marks.shown ? m.photo_marks_hide() : m.photo_marks_show(), ["l"], marks.toggleShown, { when: photos.some((p) => p.marks?.length) }),
    key("left", m.photo_move_left(), ["Shift+ArrowLeft"], () => nudge(80, 0)),
    key("right", m.photo_move_right(), ["Shift+ArrowRight"], () => nudge(-80, 0)),
    key("up", m.photo_move_up(), ["Shift+ArrowUp"], () => nudge(0, 80)),
    key("down", m.photo_move_down(), ["Shift+ArrowDown"], () => nudge(0, -80)),
    ...(digits ? photos.slice(0, 9).map((p, i) => key(`go.${i + 1}`, m.photo_go({ n: i + 1, slot: slotWords(p.slot, slots) }), [String(i + 1)], () => go(i))) : []),
  ]);

  if (!photo) return <div className={css.empty}>{m.photo_none()}</div>;

  return (
    <figure className={css.stage} data-dense={dense || undefined} data-testid="photo-stage">
      <div className={css.ground} data-marks={marks.open || undefined}>
        <Panes photos={photos} slots={slots} photo={photo} other={other} compare={compare} marks={marks} view={own} turns={turns} onView={setView} onGround={tell} onDouble={toggleFull} />
        {marks.open && (
          <Suspense fallback={null}>
            <MarkPanel marks={marks} sides={sides} mayLookUnder={mayLookUnder} onLook={look} onClose={closeMarks} />
          </Suspense>
        )}
      </div>
      <div className={css.bar} role="toolbar" aria-label={m.photo_toolbar()}>
        <span className={css.count}>{m.photo_count({ n: at + 1, count: photos.length })}</span>
        <IconButton dense={dense} label={m.photo_out()} keys="-" onPress={() => act((v, g) => zoomAt(v, g.stage, g.image, 1 / STEP))} icon={<Minus />} />
        <output className={css.percent}>{scale === null ? "" : own.mag <= 1 ? m.photo_fit_now({ percent: scale }) : m.photo_percent({ percent: scale })}</output>
        <IconButton dense={dense} label={m.photo_in()} keys="+" onPress={() => act((v, g) => zoomAt(v, g.stage, g.image, STEP))} icon={<Plus />} />
        <IconButton dense={dense} label={m.photo_fit()} keys="0" onPress={() => setView(FIT)} icon={<Maximize />} />
        <Button dense={dense} keys="Space" onPress={() => toggleFull()}>
          {m.photo_full_button()}
        </Button>
        <IconButton dense={dense} label={m.photo_turn_back()} onPress={() => rotate(-1)} icon={<RotateCcw />} />
        <IconButton dense={dense} label={m.photo_turn()} keys="R" onPress={() => rotate(1)} icon={<RotateCw />} />
        <IconButton dense={dense} label={m.photo_compare()} keys="C" onPress={toggleCompare} isDisabled={photos.length < 2} aria-pressed={other !== undefined} icon={<Columns2 />} />
        {(marks.mayAdd || photos.some((p) => p.marks?.length)) && (
          <Button ref={markButton} dense={dense} icon={<PenLine aria-hidden="true" />} aria-expanded={marks.open} onPress={() => (marks.open ? closeMarks() : marks.setOpen(true))}>
            {markCount === 0 ? m.photo_mark() : m.photo_marks_count({ count: markCount })}
          </Button>
        )}
        {onCopy && <IconButton dense={dense} label={m.photo_copy()} onPress={() => onCopy(photo.hash)} icon={<Download />} />}
        {other && <CompareBar compare={compare} dense={dense} onPair={pair} />}
      </div>
      <Strip dense={dense} photos={photos} slots={slots} at={at} beside={beside} under={marks.under ? marks.target?.hash : undefined} onGo={choose} />
      <figcaption>
        <Facts photo={photo} />
        {caseId !== undefined && (
          <Suspense fallback={null}>
            <RecycledHint caseId={caseId} photo={photo} />
          </Suspense>
        )}
      </figcaption>
    </figure>
  );
}

/** Two photos compared: which is the other, how they are laid, where the curtain hangs. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { earlier, pairs, partner } from "./pairs";
import { type StagePhoto, step } from "./source";

export const MODES = ["side", "curtain", "overlay"] as const;
export type Mode = (typeof MODES)[number];

export type Compare = {
  beside: number | undefined;
  mode: Mode;
  share: number;
  /** Whether what is looked at came before the other; a photo of the same visit counts by its place. */
  first: boolean;
  /** Whether the two are of different visits, so that 前 and 后 mean something. */
  apart: boolean;
  /** Views seen at more than one visit. */
  pairs: number;
  toggle: () => void;
  choose: (to: number) => void;
  /** What is looked at changed: its own partner comes beside it, where it has one. */
  follow: (to: number) => void;
  setMode: (mode: Mode) => void;
  nextMode: () => void;
  setShare: (share: number) => void;
  /** Goes to another pair and answers which photo to look at. */
  pair: (by: 1 | -1) => number | undefined;
};

export function useCompare(photos: readonly StagePhoto[], at: number): Compare {
  const [beside, setBeside] = useState<number>();
  const [mode, setMode] = useState<Mode>("side");
  const [share, setShare] = useState(50);
  const set = photos[0]?.hash;
  useEffect(() => setBeside(undefined), [set]);
  const all = useMemo(() => pairs(photos), [photos]);
  const order = beside === undefined ? null : earlier(photos, at, beside);

  const toggle = useCallback(
    () => setBeside((b) => (b !== undefined || photos.length < 2 ? undefined : (partner(photos, at) ?? (at + 1 < photos.length ? at + 1 : at - 1)))),
    [photos, at],
  );
  const follow = useCallback((to: number) => setBeside((b) => (b === undefined ? undefined : (partner(photos, to) ?? (b === to ? at : b)))), [photos, at]);
  return {
    beside,
    mode,
    share,
    first: order ?? at < (beside ?? 0),
    apart: order !== null,
    pairs: all.length,
    toggle,
    choose: setBeside,
    follow,
    setMode,
    nextMode: () => setMode((now) => MODES[(MODES.indexOf(now) + 1) % MODES.length] ?? "side"),
    setShare,
    pair: (by) => {
      const here = all.findIndex((p) => [p.before, p.after].includes(at) && (beside === undefined || [p.before, p.after].includes(beside)));
      const next = all[here < 0 ? 0 : step(all.length, here, by)];
      if (!next) return undefined;
      setBeside(next.before);
      return next.after;
    },
  };
}

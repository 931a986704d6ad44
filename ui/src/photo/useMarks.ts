/** The marks of the photo looked at, or of the one compared with it: shown or not, which one is pointed at, and the one being made. */
import { useCallback, useEffect, useId, useState } from "react";
import { type ApiError, asApiError, type Hides, type MarkKind, type MarkView } from "../ipc";
import { isPoint, type NewMark, ready, type Span } from "./marks";
import type { StagePhoto } from "./source";

export type OnMark = (hash: string, mark: NewMark) => Promise<void>;
export type OnUnmark = (hash: string, id: string) => Promise<void>;

export type Marks = {
  /** The photo whose marks are listed and made: of two compared, the one pointed at last. */
  target: StagePhoto | undefined;
  /** Points at one of the two compared; what was half drawn on the other is put away, the tool stays. */
  aim: (hash: string) => void;
  all: readonly MarkView[];
  shown: boolean;
  toggleShown: () => void;
  /** The list and the tools stand open. */
  open: boolean;
  setOpen: (open: boolean) => void;
  chosen: string | undefined;
  choose: (id: string | undefined) => void;
  under: boolean;
  setUnder: (under: boolean) => void;
  mayAdd: boolean;
  tool: MarkKind | undefined;
  setTool: (tool: MarkKind | undefined) => void;
  draft: NewMark | undefined;
  /** Puts the draft there; its words and reason stay. */
  place: (span: Span | undefined) => void;
  say: (text: string) => void;
  hide: (hides: Hides) => void;
  save: () => Promise<boolean>;
  remove: (id: string) => Promise<void>;
  busy: boolean;
  error: ApiError | undefined;
  /** Where the words of the draft are typed, and where it is said how to draw. */
  ids: { text: string; how: string };
};

const NONE: readonly MarkView[] = [];

export function useMarks(photo: StagePhoto | undefined, other: StagePhoto | undefined, onMark: OnMark | undefined, onUnmark: OnUnmark | undefined): Marks {
  const [aimed, setAimed] = useState<string>();
  const target = other !== undefined && other.hash === aimed ? other : photo;
  const hash = target?.hash;
  const id = useId();
  const [shown, setShown] = useState(true);
  const [open, setOpenOnly] = useState(false);
  const [chosen, choose] = useState<string>();
  const [under, setUnder] = useState(false);
  const [tool, setToolOnly] = useState<MarkKind>();
  const [draft, setDraft] = useState<NewMark>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();

  const setTool = useCallback((next: MarkKind | undefined) => {
    setToolOnly(next);
    setDraft(undefined);
    setError(undefined);
    if (next !== undefined) setShown(true);
  }, []);
  const forget = useCallback(() => {
    setTool(undefined);
    choose(undefined);
    setUnder(false);
  }, [setTool]);
  // Another photo: what was half drawn belonged to the one before.
  useEffect(() => {
    forget();
    setAimed(undefined);
  }, [photo?.hash, other?.hash, forget]);
  const aim = (to: string) => {
    if (to === hash) return;
    setAimed(to);
    setDraft(undefined);
    setError(undefined);
    choose(undefined);
    setUnder(false);
  };

  const attempt = useCallback(async (act: Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await act;
      return true;
    } catch (thrown) {
      setError(asApiError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);

  return {
    target,
    aim,
    all: target?.marks ?? NONE,
    shown,
    toggleShown: () => setShown((on) => !on),
    open,
    setOpen: (next) => {
      setOpenOnly(next);
      if (!next) forget();
    },
    chosen,
    choose,
    under,
    setUnder,
    mayAdd: onMark !== undefined,
    tool,
    setTool,
    draft,
    place: (span) => setDraft((old) => (tool === undefined || span === undefined ? undefined : { text: "", hides: tool === "mosaic" ? "face" : null, ...old, kind: tool, ...span })),
    say: (text) => setDraft((old) => old && { ...old, text }),
    hide: (hides) => setDraft((old) => old && { ...old, hides }),
    save: async () => {
      if (!draft || !hash || !onMark || busy || !ready(draft)) return false;
      const kept = await attempt(onMark(hash, { ...draft, text: draft.text.trim() }));
      if (kept) setTool(undefined);
      return kept;
    },
    remove: async (id) => {
      if (hash && onUnmark) await attempt(onUnmark(hash, id));
    },
    busy,
    error,
    ids: { text: `${id}text`, how: `${id}how` },
  };
}

/** The middle of a mark, where a look at it goes. */
export const centreOf = (mark: Span & { kind: MarkKind }) => (isPoint(mark.kind) ? { x: mark.x1, y: mark.y1 } : { x: (mark.x1 + mark.x2) / 2, y: (mark.y1 + mark.y2) / 2 });

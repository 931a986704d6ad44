/**
 * One draft on the screen. What is typed is kept here and on disk; what the program knows about it
 * (problems, visible fields, duplicates, deadline) is only ever `domain`'s answer to the last save.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ApiError, asApiError, type DraftContent, type DraftView, useTransport } from "../../ipc";
import { autosave } from "./autosave";

export type Draft = {
  view: DraftView;
  /** What stands on the screen: never behind the keyboard. */
  content: DraftContent;
  /** Device time of the last save that is durable. */
  savedMs: number;
  /** Something typed is not on disk yet. */
  dirty: boolean;
  /** Why the last save failed; gone with the next that works. */
  error: ApiError | null;
  change: (patch: Partial<DraftContent> | ((now: DraftContent) => Partial<DraftContent>)) => void;
  flush: () => Promise<void>;
  /** The draft is recorded or discarded: nothing of it may be saved any more. */
  stop: () => void;
};

export function useDraft(opened: DraftView): Draft {
  const transport = useTransport();
  const [view, setView] = useState(opened);
  const [content, setContent] = useState(opened.content);
  const [error, setError] = useState<ApiError | null>(null);
  const [dirty, setDirty] = useState(false);
  const latest = useRef(opened.content);
  const live = useRef(true);
  const id = opened.id;

  const saver = useMemo(
    () =>
      autosave<DraftContent, DraftView>({
        save: (value) => transport.call("draft.save", { id, content: value }),
        onSaved: (answer, stillCurrent) => {
          if (!live.current) return;
          setView(answer);
          setError(null);
          setDirty(!stillCurrent);
        },
        onFailed: (thrown) => live.current && setError(asApiError(thrown)),
      }),
    [transport, id],
  );

  const stopped = useRef(false);
  useEffect(() => {
    live.current = true;
    return () => {
      live.current = false;
      if (!stopped.current) void saver.flush();
    };
  }, [saver]);

  // Closing the window in mid-word: the save is started at once; what was typed 300 ms ago is down already.
  useEffect(() => {
    const hurry = () => void saver.flush();
    window.addEventListener("pagehide", hurry);
    document.addEventListener("visibilitychange", hurry);
    return () => {
      window.removeEventListener("pagehide", hurry);
      document.removeEventListener("visibilitychange", hurry);
    };
  }, [saver]);

  const change = useCallback<Draft["change"]>(
    (patch) => {
      if (stopped.current) return;
      const now = latest.current;
      const next = { ...now, ...(typeof patch === "function" ? patch(now) : patch) };
      latest.current = next;
      setContent(next);
      setDirty(true);
      saver.change(next);
    },
    [saver],
  );

  const flush = useCallback(() => saver.flush(), [saver]);
  const stop = useCallback(() => {
    stopped.current = true;
  }, []);

  return { view, content, savedMs: view.saved_ms, dirty, error, change, flush, stop };
}

/** Nothing has been typed or added: such a draft is not worth keeping. */
export function isUntouched(content: DraftContent): boolean {
  return (
    content.photos.length === 0 &&
    content.room === "" &&
    content.location_text === "" &&
    content.type_code === null &&
    content.note === "" &&
    content.no_photo_reason === "" &&
    Object.keys(content.fields).length === 0
  );
}

/** A half-filled paper, kept on disk from its first change; what nobody touched is not kept. */
import { useEffect, useMemo, useRef, useState } from "react";
import { type ApiError, asApiError, type PaperContent, type PaperDraft, useTransport } from "../../ipc";
import { autosave } from "../capture/autosave";

export type PaperDraftState = { savedMs: number | null; dirty: boolean; error: ApiError | null; flush: () => Promise<void> };

export function usePaperDraft(content: PaperContent, saved: number | null): PaperDraftState {
  const transport = useTransport();
  const [savedMs, setSavedMs] = useState(saved);
  const [dirty, setDirty] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const live = useRef(true);
  const text = JSON.stringify(content);
  const last = useRef(text);
  const saver = useMemo(
    () =>
      autosave<PaperContent, PaperDraft>({
        save: (value) => transport.call("paper.draft_save", value),
        onSaved: (answer, stillCurrent) => {
          if (!live.current) return;
          setSavedMs(answer.saved_ms);
          setError(null);
          setDirty(!stillCurrent);
        },
        onFailed: (thrown) => live.current && setError(asApiError(thrown)),
      }),
    [transport],
  );
  useEffect(() => {
    if (text === last.current) return;
    last.current = text;
    setDirty(true);
    saver.change(JSON.parse(text) as PaperContent);
  }, [text, saver]);
  useEffect(() => {
    live.current = true;
    const hurry = () => void saver.flush();
    window.addEventListener("pagehide", hurry);
    return () => {
      live.current = false;
      window.removeEventListener("pagehide", hurry);
      hurry();
    };
  }, [saver]);
  return { savedMs, dirty, error, flush: () => saver.flush() };
}

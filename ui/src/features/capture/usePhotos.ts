/** Photos on their way into a draft: dropped, picked, pasted, or waiting in the tray. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, asApiError, type Channel, type DraftContent, type TrayPhoto, useRead, useTransport } from "../../ipc";
import type { Draft } from "./useDraft";
import { add } from "./slots";

export type Failed = { name: string; error: ApiError };

export type Photos = {
  /** Everything known about a photo of this draft or of the tray. */
  known: ReadonlyMap<string, TrayPhoto>;
  /** Newly imported and not in this draft, newest first. */
  tray: readonly TrayPhoto[];
  /** Being read right now. */
  importing: number;
  failed: readonly Failed[];
  bring: (files: Iterable<File>, channel: Channel) => Promise<void>;
  forgetFailed: () => void;
};

export function usePhotos(draft: Draft, keys: readonly string[]): Photos {
  const transport = useTransport();
  const listed = useRead("tray.list", {}).data;
  const [own, setOwn] = useState<TrayPhoto[]>([]);
  const [importing, setImporting] = useState(0);
  const [failed, setFailed] = useState<Failed[]>([]);
  const { change } = draft;
  const slots = useRef(keys);
  slots.current = keys;

  const put = useCallback(
    (photo: TrayPhoto) => {
      setOwn((all) => [...all.filter((p) => p.hash !== photo.hash), photo]);
      change((now: DraftContent) => ({ photos: add(now.photos, photo.hash, slots.current) }));
    },
    [change],
  );

  const bring = useCallback<Photos["bring"]>(
    async (files, channel) => {
      const list = [...files];
      setImporting((n) => n + list.length);
      // One after the other: slots are given in the order the person chose the files.
      for (const file of list) {
        try {
          put(await transport.importPhoto(file, { name: file.name, mtime_ms: file.lastModified || null, channel }));
        } catch (thrown) {
          setFailed((all) => [...all, { name: file.name, error: asApiError(thrown) }]);
        } finally {
          setImporting((n) => n - 1);
        }
      }
    },
    [transport, put],
  );

  // Files dropped on the window itself come in through the tray: they were meant for this form.
  const since = useRef(Date.now());
  const taken = useRef(new Set<string>());
  useEffect(() => {
    for (const photo of listed ?? []) {
      if (photo.channel !== "drop" || photo.imported_ms < since.current || photo.used_in !== null || taken.current.has(photo.hash)) continue;
      taken.current.add(photo.hash);
      put(photo);
    }
  }, [listed, put]);

  const known = new Map<string, TrayPhoto>();
  for (const photo of [...(listed ?? []), ...draft.view.photos, ...own]) known.set(photo.hash, photo);
  const chosen = new Set(draft.content.photos.map((p) => p.hash));
  const tray = (listed ?? []).filter((p) => !chosen.has(p.hash)).sort((a, b) => b.imported_ms - a.imported_ms);

  return { known, tray, importing, failed, bring, forgetFailed: useCallback(() => setFailed([]), []) };
}

/** Picture files of a paste or a drop; text and the rest are left alone. */
export function pictures(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((f) => f.type.startsWith("image/") || /\.(jpe?g|png|heic|heif|webp|tiff?|dng)$/i.test(f.name));
}

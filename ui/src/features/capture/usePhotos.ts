/** Photos on their way into a draft: dropped, picked, pasted, or waiting in the tray. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type DraftContent, type TrayPhoto, useRead } from "../../ipc";
import { type Importing, useImport } from "../../photo/useImport";
import type { Draft } from "./useDraft";
import { add } from "./slots";

export type Photos = {
  /** Everything known about a photo of this draft or of the tray. */
  known: ReadonlyMap<string, TrayPhoto>;
  /** Imported and not in this draft. */
  tray: readonly TrayPhoto[];
  importing: Importing;
};

export function usePhotos(draft: Draft, keys: readonly string[]): Photos {
  const listed = useRead("tray.list", {}).data;
  const [own, setOwn] = useState<TrayPhoto[]>([]);
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

  const importing = useImport(put);

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
  const tray = (listed ?? []).filter((p) => !chosen.has(p.hash));

  return { known, tray, importing };
}

/** Picture files of a paste or a drop; text and the rest are left alone. */
export function pictures(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((f) => f.type.startsWith("image/") || /\.(jpe?g|png|heic|heif|webp|tiff?|dng)$/i.test(f.name));
}

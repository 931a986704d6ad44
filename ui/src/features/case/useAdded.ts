/** Photos picked for a case and not written to it yet. They are safe in the tray meanwhile. */
import { useCallback, useState } from "react";
import type { DraftPhoto, TrayPhoto } from "../../ipc";
import { type Importing, useImport } from "../../photo/useImport";

export type Added = {
  photos: readonly { photo: TrayPhoto; slot: string }[];
  importing: Importing;
  /** Some are still on their way: what is sent now would go without them. */
  coming: boolean;
  put: (photo: TrayPhoto, slot: string) => void;
  seat: (hash: string, slot: string) => void;
  remove: (hash: string) => void;
  clear: () => void;
  refs: () => DraftPhoto[];
};

export function useAdded(): Added {
  const [photos, setPhotos] = useState<Added["photos"]>([]);

  const put = useCallback((photo: TrayPhoto, slot: string) => {
    // The slot asked for is filled by the first; what comes with it stands without one.
    setPhotos((all) => [...all.filter((p) => p.photo.hash !== photo.hash), { photo, slot: all.some((p) => p.slot === slot) ? "" : slot }]);
  }, []);
  const importing = useImport(put);
  return {
    photos,
    importing,
    coming: importing.now !== undefined,
    put,
    seat: (hash, slot) => setPhotos((all) => all.map((p) => (p.photo.hash === hash ? { ...p, slot } : p))),
    remove: (hash) => setPhotos((all) => all.filter((p) => p.photo.hash !== hash)),
    clear: () => setPhotos([]),
    refs: () => photos.map((p) => ({ hash: p.photo.hash, slot: p.slot })),
  };
}

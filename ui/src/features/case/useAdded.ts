/** Photos picked for a case and not written to it yet. They are safe in the tray meanwhile. */
import { useCallback, useState } from "react";
import { type ApiError, asApiError, type Channel, type DraftPhoto, type TrayPhoto, useTransport } from "../../ipc";

export type Added = {
  photos: readonly { photo: TrayPhoto; slot: string }[];
  importing: number;
  error: ApiError | null;
  bring: (files: readonly File[], channel: Channel, slot: string) => Promise<void>;
  put: (photo: TrayPhoto, slot: string) => void;
  seat: (hash: string, slot: string) => void;
  remove: (hash: string) => void;
  clear: () => void;
  refs: () => DraftPhoto[];
};

export function useAdded(): Added {
  const transport = useTransport();
  const [photos, setPhotos] = useState<Added["photos"]>([]);
  const [importing, setImporting] = useState(0);
  const [error, setError] = useState<ApiError | null>(null);

  const put = useCallback((photo: TrayPhoto, slot: string) => {
    // The slot asked for is filled by the first; what comes with it stands without one.
    setPhotos((all) => [...all.filter((p) => p.photo.hash !== photo.hash), { photo, slot: all.some((p) => p.slot === slot) ? "" : slot }]);
  }, []);
  const bring = useCallback<Added["bring"]>(
    async (files, channel, slot) => {
      setError(null);
      setImporting((n) => n + files.length);
      for (const file of files) {
        try {
          put(await transport.importPhoto(file, { name: file.name, mtime_ms: file.lastModified || null, channel }), slot);
        } catch (thrown) {
          setError(asApiError(thrown));
        } finally {
          setImporting((n) => n - 1);
        }
      }
    },
    [transport, put],
  );
  return {
    photos,
    importing,
    error,
    bring,
    put,
    seat: (hash, slot) => setPhotos((all) => all.map((p) => (p.photo.hash === hash ? { ...p, slot } : p))),
    remove: (hash) => setPhotos((all) => all.filter((p) => p.photo.hash !== hash)),
    clear: () => setPhotos([]),
    refs: () => photos.map((p) => ({ hash: p.photo.hash, slot: p.slot })),
  };
}

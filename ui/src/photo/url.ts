import { useCallback } from "react";
import { useTransport } from "../ipc";

/** The address of a picture by its hash, wherever this page gets its pictures from. */
export function usePhotoUrl(): (hash: string) => string {
  const transport = useTransport();
  return useCallback((hash) => transport.photoUrl(hash), [transport]);
}

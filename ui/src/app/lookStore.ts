import { useSyncExternalStore } from "react";
import type { PrefsView } from "../ipc";

export const FIRST_LOOK: PrefsView = { language: "zh-Hans", theme: "light", text_scale: 100, letter_keys: true };

let look: PrefsView = FIRST_LOOK;
const listeners = new Set<() => void>();

export function currentLook(): PrefsView {
  return look;
}

export function keepLook(next: PrefsView): void {
  if (JSON.stringify(next) === JSON.stringify(look)) return;
  look = next;
  for (const tell of listeners) tell();
}

export function useLook(): PrefsView {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => look,
  );
}

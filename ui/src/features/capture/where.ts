/**
 * Where a saved case lies: on this computer, or, in a browser on the town server's page, at the server.
 * The words say which, never the other.
 */
import { useAppState } from "../../app/session";
import { m } from "../../i18n";
import { clockSeconds } from "../../i18n/format";

export type Where = {
  web: boolean;
  saved: (ms: number) => string;
  save: () => string;
  promise: () => string;
  recorded: () => string;
  recordedHere: (ms: number) => string;
  next: () => string[];
  toast: (no: string) => string;
  tray: () => string;
};

const HERE: Where = {
  web: false,
  saved: (ms) => m.capture_saved_here({ time: clockSeconds(ms) }),
  save: m.capture_save,
  promise: m.capture_offline_ok,
  recorded: m.capture_recorded,
  recordedHere: (ms) => m.capture_recorded_here({ time: clockSeconds(ms) }),
  next: () => [m.capture_recorded_send(), m.capture_recorded_number()],
  toast: (no) => m.capture_saved_toast({ no }),
  tray: m.capture_tray,
};

const SERVER: Where = {
  web: true,
  saved: (ms) => m.capture_web_saved({ time: clockSeconds(ms) }),
  save: m.capture_web_save,
  promise: m.capture_web_promise,
  recorded: m.capture_web_recorded,
  recordedHere: (ms) => m.capture_web_recorded_here({ time: clockSeconds(ms) }),
  next: () => [m.capture_web_recorded_number()],
  toast: (no) => m.capture_web_saved_toast({ no }),
  tray: m.capture_web_tray,
};

export function useWhere(): Where {
  return useAppState().data?.host === "web" ? SERVER : HERE;
}

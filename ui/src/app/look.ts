/**
 * How the screen looks to this person: language, theme, text size, letter keys. Applied to `<html>` as
 * attributes the style sheets read; a copy in the browser's storage spares a flash before the first answer.
 */
import { setLetterKeys } from "../command";
import { LANGUAGES, setLanguage } from "../i18n";
import type { PrefsView } from "../ipc";
import { FIRST_LOOK, keepLook } from "./lookStore";

export const THEMES = ["light", "dark", "sun"] as const;
export const SCALES = [100, 115, 130, 150] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "xunju.look";

export function applyLook(prefs: PrefsView): void {
  const root = document.documentElement;
  root.dataset.theme = THEMES.find((t) => t === prefs.theme) ?? "light";
  root.dataset.scale = String(SCALES.find((s) => s === prefs.text_scale) ?? 100);
  keepLook(prefs);
  setLetterKeys(prefs.letter_keys);
  setLanguage(prefs.language);
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // Storage may be forbidden; the look then starts from the first answer.
  }
}

export function rememberedLook(): PrefsView {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof found === "object" && found !== null) return { ...FIRST_LOOK, ...found };
  } catch {
    // Nothing to remember.
  }
  const asked = navigator.language;
  const language = asked.startsWith("zh") ? (/hant|tw|hk|mo/iu.test(asked) ? "zh-Hant" : "zh-Hans") : LANGUAGES[0];
  return { ...FIRST_LOOK, language: language ?? "zh-Hans" };
}

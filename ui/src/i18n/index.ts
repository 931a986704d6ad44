/**
 * Words on screen. `m.key({...})` is typed per message; `say(label)` picks from the catalogue's own labels.
 * Everything that shows words is re-rendered when the language changes (see `app/Root.tsx`).
 */
import { useSyncExternalStore } from "react";
import type { Label } from "../ipc/api.gen";
import { overwriteGetLocale } from "./paraglide/runtime.js";

export * as m from "./paraglide/messages.js";

export type Language = "zh-Hans" | "zh-Hant" | "en";
export const LANGUAGES: readonly Language[] = ["zh-Hans", "zh-Hant", "en"];

/** Each language by its own name, whatever the language on screen. */
const OWN_NAMES: Record<Language, string> = { "zh-Hans": "简体中文", "zh-Hant": "繁體中文", en: "English" };

export function languageOptions(): Array<{ value: Language; label: string }> {
  return LANGUAGES.map((value) => ({ value, label: OWN_NAMES[value] }));
}

let language: Language = "zh-Hans";
const listeners = new Set<() => void>();
overwriteGetLocale(() => language);

export function getLanguage(): Language {
  return language;
}

/** Switches the words and `<html lang>`, which chooses the right Han glyph forms. */
export function setLanguage(next: string): void {
  const found = LANGUAGES.find((l) => l === next) ?? "zh-Hans";
  if (typeof document !== "undefined") document.documentElement.lang = found;
  if (found === language) return;
  language = found;
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, getLanguage);
}

/** The label in the language on screen. */
export function say(label: Label): string {
  return label[language];
}

/** A label at the beginning of a line or a title: the catalogue writes English in lower case, as within a sentence. */
export function sayFirst(label: Label): string {
  const words = say(label);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** BCP 47 tag for `Intl` and React Aria. */
export function intlTag(of: Language = language): string {
  return of === "zh-Hans" ? "zh-CN" : of === "zh-Hant" ? "zh-TW" : "en-GB";
}

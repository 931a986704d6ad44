/** The message files of ui/messages/<locale>/: one per part of the screen, so that two people seldom edit the same one. */
export const FEATURES = ["app", "auth", "capture", "case", "cases", "compound", "error", "form", "kit", "photo", "review", "settings", "sync", "today"];
export const LOCALES = ["zh-Hans", "zh-Hant", "en"];

/** Sample words of the gallery in the three languages. */
import { getLanguage } from "../i18n";

export function w(hans: string, hant: string, en: string): string {
  const language = getLanguage();
  return language === "en" ? en : language === "zh-Hant" ? hant : hans;
}

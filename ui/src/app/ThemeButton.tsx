import { Moon, Sun, SunMedium } from "lucide-react";
import { m } from "../i18n";
import { IconButton } from "../kit";
import { THEMES, type Theme } from "./look";
import { usePrefs } from "./session";

export function themeName(theme: Theme): string {
  return theme === "dark" ? m.settings_theme_dark() : theme === "sun" ? m.settings_theme_sun() : m.settings_theme_light();
}

export function useCycleTheme(): { next: Theme; cycle: () => void } {
  const [prefs, change] = usePrefs();
  const at = THEMES.findIndex((t) => t === prefs.theme);
  const next = THEMES[(at + 1) % THEMES.length] ?? "light";
  return { next, cycle: () => change({ theme: next }) };
}

/** Always in sight: in the sun the sun theme must be one tap away. */
export function ThemeButton() {
  const { next, cycle } = useCycleTheme();
  const Icon = next === "sun" ? Sun : next === "dark" ? Moon : SunMedium;
  return <IconButton label={m.settings_theme_next({ theme: themeName(next) })} icon={<Icon aria-hidden="true" />} keys="F8" onPress={cycle} id="theme-button" />;
}

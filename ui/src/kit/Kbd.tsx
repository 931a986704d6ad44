import style from "./Kbd.module.css";
import { m } from "../i18n";

const NAMES: Record<string, () => string> = {
  Mod: () => "Ctrl",
  ArrowLeft: () => "←",
  ArrowRight: () => "→",
  ArrowUp: () => "↑",
  ArrowDown: () => "↓",
  Escape: () => "Esc",
  " ": () => m.kit_space(),
  Space: () => m.kit_space(),
};

/** `Mod+Enter` as the words on the keys; `G T` is one key after the other. */
export function keyWords(keys: string): string[] {
  return keys.split(" ").flatMap((step) => (step === "" ? [] : (step.length > 1 ? step.split("+") : [step]).map((k) => NAMES[k]?.() ?? (k.length === 1 ? k.toUpperCase() : k))));
}

/** Keys as drawn beside an action. Hidden from screen readers: the registry announces them through the cheat sheet. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={style.kbd} aria-hidden="true">
      {keyWords(keys).map((word, i) => (
        // Keys never reorder.
        // oxlint-disable-next-line react/no-array-index-key
        <kbd key={i} className={style.key}>
          {word}
        </kbd>
      ))}
    </span>
  );
}

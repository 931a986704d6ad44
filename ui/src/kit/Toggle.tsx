/** One of a few choices that stand open beside each other; pressed is chosen. */
import type { ReactNode } from "react";
import { keepFocus } from "./focus";
import css from "./Toggle.module.css";

type Props = { on: boolean; onPress: () => void; dense?: boolean; children: ReactNode };

export function Toggle({ on, onPress, dense = false, children }: Props) {
  return (
    <button type="button" className={css.toggle} data-dense={dense || undefined} aria-pressed={on} onMouseDown={keepFocus} onClick={onPress}>
      {children}
    </button>
  );
}

/** One of a few choices that stand open beside each other; pressed is chosen. */
import type { ReactNode } from "react";
import { keepFocus } from "./focus";
import css from "./Toggle.module.css";

export type ToggleProps = { on: boolean; onPress: () => void; dense?: boolean; "data-testid"?: string; children: ReactNode };

export function Toggle({ on, onPress, dense = false, children, ...rest }: ToggleProps) {
  return (
    <button {...rest} type="button" className={css.toggle} data-dense={dense || undefined} aria-pressed={on} onMouseDown={keepFocus} onClick={onPress}>
      {children}
    </button>
  );
}

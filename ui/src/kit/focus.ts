import type { MouseEvent } from "react";

/**
 * For buttons that only point at something: pressed with the mouse they leave the keyboard where it
 * was, so that Space, Enter and the digits go on meaning the screen. Tab still reaches them.
 */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

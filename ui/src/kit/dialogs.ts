/** How many of our dialogs stand open: keys of the screen below do not act meanwhile. */
import { useEffect } from "react";

let open = 0;

export function dialogsOpen(): number {
  return open;
}

/** For a layer that takes the whole screen for itself. */
export function useDialogOpen(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    open++;
    return () => {
      open--;
    };
  }, [isOpen]);
}

/**
 * A key that belongs to an input method, not to us. WebKit ends the composition before the confirming
 * Enter's keydown arrives, so `isComposing` is already false there and only `keyCode` 229 tells.
 */
type KeyLike = { isComposing?: boolean; keyCode: number };

export function isIme(event: KeyLike | { nativeEvent: KeyLike }): boolean {
  const e = "nativeEvent" in event ? event.nativeEvent : event;
  return e.isComposing === true || e.keyCode === 229;
}

/** Put on an element around an input: no handler inside or outside sees a key of the input method. */
export const imeGuard = {
  onKeyDownCapture(event: React.KeyboardEvent) {
    if (isIme(event)) event.stopPropagation();
  },
};

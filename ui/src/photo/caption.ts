/** What stands on a picture where two are compared, and on the choice between them. */
import { m } from "../i18n";
import type { PhotoSlot } from "../ipc/api.gen";
import type { StagePhoto } from "./source";
import type { Compare } from "./useCompare";
import { slotWords, visitWords } from "./words";

/** 前 or 后, visit and day only where the two are of different visits. */
export function captionWords(photos: readonly StagePhoto[], slots: readonly PhotoSlot[], compare: Compare, main: StagePhoto, one: StagePhoto): string {
  const before = (one === main) === compare.first;
  const side = compare.apart ? [before ? m.photo_before() : m.photo_after(), visitWords(one)] : [];
  return [...side, m.photo_caption({ n: photos.indexOf(one) + 1, slot: slotWords(one.slot, slots) })].filter(Boolean).join(" · ");
}

/** Which photo stands for what. Slots are the catalogue's; this only says who sits where. */
import type { DraftPhoto, PhotoSlot } from "../../ipc/api.gen";

/** Before a type is chosen every case still wants these three, in this order. */
export const COMMON_SLOTS = ["far", "near", "door"] as const;

/**
 * The slots photos are seated in by themselves: those the type's standard expects, else the common
 * three. A slot such as 整改后 is offered but never filled unasked.
 */
export function seats(slots: readonly PhotoSlot[] | undefined): string[] {
  const expected = (slots ?? []).filter((s) => s.expected).map((s) => s.key);
  return expected.length > 0 ? expected : [...COMMON_SLOTS];
}

/** 整改前 and 整改后 belong to putting it right, not to finding it. */
const LATER = new Set(["before", "after"]);

/** The slots a photo may be given by hand: all but those of later, and any that is in use already. */
export function offered(slots: readonly PhotoSlot[] | undefined, photos: readonly DraftPhoto[] = []): string[] {
  const now = (slots ?? []).filter((s) => !LATER.has(s.key) || photos.some((p) => p.slot === s.key)).map((s) => s.key);
  return now.length > 0 ? now : [...COMMON_SLOTS];
}

/** The first slot nobody sits in, or none: further photos are simply further photos. */
export function nextFree(photos: readonly DraftPhoto[], keys: readonly string[]): string {
  return keys.find((key) => !photos.some((p) => p.slot === key)) ?? "";
}

/** Adds a photo at the next free slot, or at `slot`; the same bytes are never added twice. */
export function add(photos: readonly DraftPhoto[], hash: string, keys: readonly string[], slot?: string): DraftPhoto[] {
  if (photos.some((p) => p.hash === hash)) return [...photos];
  return [...photos, { hash, slot: slot ?? nextFree(photos, keys) }];
}

export function remove(photos: readonly DraftPhoto[], hash: string): DraftPhoto[] {
  return photos.filter((p) => p.hash !== hash);
}

/** Gives a photo a slot in one click; whoever sat there takes the slot it leaves. */
export function assign(photos: readonly DraftPhoto[], hash: string, slot: string): DraftPhoto[] {
  const leaving = photos.find((p) => p.hash === hash)?.slot ?? "";
  return photos.map((p) => {
    if (p.hash === hash) return { ...p, slot };
    if (slot !== "" && p.slot === slot) return { ...p, slot: leaving };
    return p;
  });
}

/**
 * After the type changed: photos keep the slots the new type also has; the others take the slots
 * still free, in the order they came in.
 */
export function reslot(photos: readonly DraftPhoto[], keys: readonly string[], all: readonly string[] = keys): DraftPhoto[] {
  const kept = photos.map((p) => (all.includes(p.slot) ? p : { ...p, slot: "" }));
  return kept.map((p, i) => {
    if (p.slot !== "" || photos[i]?.slot === "") return p;
    const slot = nextFree(kept, keys);
    const seated = { ...p, slot };
    kept[i] = seated;
    return seated;
  });
}

/** Photos in the order of their slots; those without one after, as they came. */
export function ordered(photos: readonly DraftPhoto[], keys: readonly string[]): DraftPhoto[] {
  const rank = (p: DraftPhoto) => (keys.indexOf(p.slot) < 0 ? keys.length : keys.indexOf(p.slot));
  return [...photos].sort((a, b) => rank(a) - rank(b));
}

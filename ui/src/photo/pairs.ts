/** Which photo shows the same thing at another visit: 全景 with 全景, 整改前 with 整改后. Pure. */

/** What is asked of a photo here; a `StagePhoto` has it all. */
export type Dated = { slot: string; visit?: number; event?: string; added_ms?: number };

export type Pair = { before: number; after: number };

/** 整改前 and 整改后 are two slots of one view. */
const MENDING: Record<string, number> = { before: 0, after: 1 };

const theme = (photo: Dated): string => (photo.slot in MENDING ? "before/after" : photo.slot);

/**
 * The visit of each photo, 1 being the first. Without a counted visit the event that brought it in
 * stands for one, in the order they came; what has neither was all taken at once.
 */
export function visits(photos: readonly Dated[]): number[] {
  const first = new Map<string, number>();
  for (const { event, added_ms = 0 } of photos) {
    if (event !== undefined) first.set(event, Math.min(first.get(event) ?? Infinity, added_ms));
  }
  const order = [...first].sort((a, b) => a[1] - b[1]).map(([event]) => event);
  return photos.map((p) => p.visit ?? (p.event === undefined ? 1 : order.indexOf(p.event) + 1));
}

/** Where each photo stands in time: visit, then 整改前 before 整改后. */
function ranks(photos: readonly Dated[]): number[] {
  const at = visits(photos);
  return photos.map((p, i) => (at[i] ?? 1) * 2 + (MENDING[p.slot] ?? 0));
}

/** Whether `a` was taken at an earlier visit than `b`; null when both are of one. */
export function earlier(photos: readonly Dated[], a: number, b: number): boolean | null {
  const rank = ranks(photos);
  const [x = 0, y = 0] = [rank[a], rank[b]];
  return x === y ? null : x < y;
}

/** The photos of one view, earliest first. */
function series(photos: readonly Dated[], at: number): number[] {
  const own = photos[at];
  if (!own || own.slot === "") return [];
  const rank = ranks(photos);
  return photos.flatMap((p, i) => (theme(p) === theme(own) ? [i] : [])).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
}

/** What to look at beside it: the earliest of its view for a later one, the latest for the earliest. */
export function partner(photos: readonly Dated[], at: number): number | undefined {
  const all = series(photos, at);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined || earlier(photos, first, last) !== true) return undefined;
  return earlier(photos, first, at) === true ? first : last;
}

/** Every later photo with the earliest of its view, view by view in the order they first appear. */
export function pairs(photos: readonly Dated[]): Pair[] {
  const seen = new Set<string>();
  return photos.flatMap((photo, i) => {
    if (seen.has(theme(photo))) return [];
    seen.add(theme(photo));
    const [first, ...later] = series(photos, i);
    return first === undefined ? [] : later.filter((after) => earlier(photos, first, after) === true).map((after) => ({ before: first, after }));
  });
}

/** The photo to stand in front of again: the earliest of that view, for 整改后 failing that the whole view. */
export function standpoint<T extends Dated>(photos: readonly T[], slot: string): T | undefined {
  const firstOf = (key: string) => {
    const at = photos.findIndex((p) => p.slot === key);
    return photos[series(photos, at)[0] ?? at];
  };
  const own = firstOf(slot);
  if (own || !(slot in MENDING)) return own;
  return firstOf("before") ?? firstOf("far") ?? firstOf("near");
}

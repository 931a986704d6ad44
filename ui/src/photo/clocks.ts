/**
 * The clocks that saw a photo, and where they disagree. None is ever corrected: each doubt is named, a person judges.
 * Pure. Times are milliseconds since 1970.
 */
import type { PhotoFlag } from "../ipc/api.gen";
import type { StagePhoto } from "./source";

export type Doubt =
  /** The camera's clock was never set, or is years off. */
  | { kind: "unset"; year: number }
  /** The camera says later than a clock that came after it. */
  | { kind: "ahead"; of: "import" | "record" | "server"; by_ms: number }
  /** Taken long before it was written down: another day's photo, or a camera behind. */
  | { kind: "old"; by_ms: number }
  /** This computer's clock against the server's: ahead where positive. */
  | { kind: "device"; by_ms: number }
  /** This computer and the server were apart; by how much was not measured. */
  | { kind: "drifted" }
  /** Only the file's own time: it says when the file was written, not when the picture was taken. */
  | { kind: "file_time" }
  /** The camera wrote no zone: the hour is right only if the camera was set to the zone here. */
  | { kind: "zone" };

/** Clocks of honest devices lie this close (photos.md, A 3). */
const APART_MS = 2 * 60_000;
const DAY_MS = 86_400_000;
/** The first camera phones; what is before is a clock at its birth: 1970, 1980. */
const FIRST_YEAR = 2000;

export function takenMs(photo: Pick<StagePhoto, "taken_at" | "taken_basis">): number | null {
  if (photo.taken_at === null || ["none", "file_mtime"].includes(photo.taken_basis)) return null;
  const ms = Date.parse(photo.taken_at);
  return Number.isNaN(ms) ? null : ms;
}

function device({ times }: StagePhoto): Doubt[] {
  if (!times) return [];
  const off = times.estimate_ms === null ? null : times.wall_ms - times.estimate_ms;
  if (off !== null && Math.abs(off) > APART_MS + (times.estimate_error_ms ?? 0)) return [{ kind: "device", by_ms: off }];
  // Late is normal without a network; received before it was written is not.
  if (times.received_ms !== null && times.wall_ms - times.received_ms > APART_MS) return [{ kind: "device", by_ms: times.wall_ms - times.received_ms }];
  return times.drifted ? [{ kind: "drifted" }] : [];
}

function camera(photo: StagePhoto, taken: number): Doubt[] {
  const written = photo.imported_ms ?? photo.added_ms;
  // As the camera shows it, in its own zone.
  const year = Number(photo.taken_at?.slice(0, 4));
  if (year < FIRST_YEAR || (written !== undefined && taken - written > 365 * DAY_MS)) return [{ kind: "unset", year }];
  const later: [of: "import" | "record" | "server", ms: number | null | undefined][] = [
    ["import", photo.imported_ms],
    ["record", photo.added_ms],
    ["server", receivedMs(photo)],
  ];
  for (const [of, ms] of later) {
    if (typeof ms === "number" && taken - ms > APART_MS) return [{ kind: "ahead", of, by_ms: taken - ms }];
  }
  const recorded = photo.added_ms ?? photo.imported_ms;
  return recorded !== undefined && recorded - taken > DAY_MS ? [{ kind: "old", by_ms: recorded - taken }] : [];
}

/** Every disagreement, the camera's first. */
export function doubts(photo: StagePhoto): Doubt[] {
  const taken = takenMs(photo);
  const own: Doubt[] = taken === null ? (photo.taken_basis === "file_mtime" ? [{ kind: "file_time" }] : []) : camera(photo, taken);
  // Without a zone only the hour is in doubt, and only if nothing worse is.
  const zone: Doubt[] = own.length === 0 && photo.taken_basis === "exif_zone_assumed" ? [{ kind: "zone" }] : [];
  return [...own, ...zone, ...device(photo)];
}

/** When the server had it: null while it has not, undefined where nobody can know. */
export const receivedMs = ({ received_ms, times }: StagePhoto): number | null | undefined => received_ms ?? times?.received_ms ?? received_ms;

/** What was noticed at the import and is said here with the hours. */
const SAID: Partial<Record<PhotoFlag, readonly Doubt["kind"][]>> = { taken_after_import: ["ahead", "unset"], taken_long_before: ["old", "unset"], clock_not_set: ["unset"] };

export const isSaid = (flag: PhotoFlag, said: readonly Doubt[]): boolean => said.some(({ kind }) => SAID[flag]?.includes(kind));

/** What a reader should be warned of; a zone that was assumed is only said among the facts. */
export const isWarning = (doubt: Doubt): boolean => doubt.kind !== "zone";

/** Which bytes to draw for a photo, and, where none can be drawn, why. Pure. */
import type { EventTimes, Geo, MarkView, PhotoFlag, PhotoState, PhotoView, TrayPhoto } from "../ipc/api.gen";

/** What the stage needs to know of a photo, whether it stands in a case or only in the tray. */
export type StagePhoto = {
  hash: string;
  thumb: string | null;
  preview: string | null;
  slot: string;
  name: string;
  bytes: number;
  width: number;
  height: number;
  media_type: string;
  taken_at: string | null;
  taken_basis: string;
  camera: string | null;
  flags: PhotoFlag[];
  state: PhotoState;
  sent_percent: number;
  thumb_here: boolean;
  preview_here: boolean;
  original_here: boolean;
  /** Number of the visit it was added at, 1 being the filing; absent where nobody counted. */
  visit?: number;
  /** The event that brought it in and when: stands in for the visit. */
  event?: string;
  added_ms?: number;
  marks?: MarkView[];
  /** What the camera wrote, verbatim, and when the photo was put on this computer: known of the tray's. */
  taken_raw?: string | null;
  imported_ms?: number;
  /** When the server had it from the device. */
  received_ms?: number | null;
  /** Where the camera says it was taken. */
  geo?: Geo | null;
  /** Device and server when it was written down. */
  times?: EventTimes;
};

/**
 * A photo of the tray or of a draft. On a laptop every byte of it is here and none has been sent; on
 * the server's own page the server holds it whole and has computed its fingerprint.
 */
export function fromTray(photo: TrayPhoto, slot: string, web: boolean): StagePhoto {
  return {
    ...photo,
    slot,
    state: web ? "verified" : "only_here",
    sent_percent: 0,
    thumb_here: photo.thumb !== null,
    preview_here: photo.preview !== null,
    original_here: true,
  };
}

/** Photos of a case with the clocks of the events that brought them in. */
export function withTimes(photos: readonly PhotoView[], timeline: readonly { event: string; time: EventTimes }[]): StagePhoto[] {
  const times = new Map(timeline.map(({ event, time }) => [event, time]));
  return photos.map((photo) => {
    const own = times.get(photo.event);
    return own ? { ...photo, times: own } : photo;
  });
}

export type Source =
  | { kind: "original"; hash: string }
  | { kind: "preview"; hash: string }
  /** Only the small picture is here yet: drawn enlarged, and said so. */
  | { kind: "thumb"; hash: string }
  | { kind: "none"; why: Why };

/** Why nothing can be drawn. Each has its own sentence. */
export type Why =
  /** The bytes are gone from this machine and the server has none. */
  | "missing"
  /** Kept whole, but this program cannot draw the format. */
  | "no_preview"
  /** Damaged before it came here; kept whole as it came. */
  | "damaged"
  /** On its way from the server. */
  | "not_here_yet";

/** Formats every supported web view draws by itself. */
const DRAWN = ["image/jpeg", "image/png", "image/webp"];

export function drawable(photo: StagePhoto): boolean {
  return photo.original_here && DRAWN.includes(photo.media_type);
}

/** @param wantFull whether one image pixel per screen pixel is asked for. */
export function source(photo: StagePhoto, wantFull: boolean): Source {
  if (wantFull && drawable(photo)) return { kind: "original", hash: photo.hash };
  if (photo.preview !== null && photo.preview_here) return { kind: "preview", hash: photo.preview };
  if (photo.thumb !== null && photo.thumb_here) return { kind: "thumb", hash: photo.thumb };
  if (photo.state === "missing") return { kind: "none", why: "missing" };
  if (photo.flags.includes("no_preview")) return { kind: "none", why: "no_preview" };
  if (photo.flags.includes("damaged") && photo.preview === null) return { kind: "none", why: "damaged" };
  if (drawable(photo)) return { kind: "original", hash: photo.hash };
  return { kind: "none", why: "not_here_yet" };
}

/** Whether 100 % needs the original fetched first (`photo.want`). */
export function mustFetch(photo: StagePhoto): boolean {
  return !photo.original_here && photo.state !== "missing" && DRAWN.includes(photo.media_type);
}

/** Position of the photo shown after moving `by` places; stops at the ends. */
export function step(count: number, at: number, by: number): number {
  if (count === 0) return 0;
  return Math.min(count - 1, Math.max(0, at + by));
}

/** Neighbours decoded ahead, nearest first. */
export function neighbours<T>(list: readonly T[], at: number, reach = 2): T[] {
  const out: T[] = [];
  for (let d = 1; d <= reach; d++) {
    for (const i of [at + d, at - d]) {
      const item = list[i];
      if (item !== undefined) out.push(item);
    }
  }
  return out;
}

/** First eight hex digits: enough to compare by eye with the paper. */
export function hashPrefix(hash: string): string {
  return hash.slice(0, 8);
}

/** Made-up photos for the gallery and for tests: drawn here, so no picture of a real place is needed. */
import type { MarkView, PhotoView } from "../ipc/api.gen";

const SKY = ["#9db7d1", "#c2b8a3", "#a8c5b0", "#c9a8a0", "#b3a8c9"];

/** A building front with lit windows, as a data URL; `seed` changes colour and door number. */
export function picture(seed: number, w = 1600, h = 1200): string {
  const sky = SKY[seed % SKY.length];
  const windows = Array.from({ length: 24 }, (_, i) => {
    const x = 260 + (i % 6) * 190;
    const y = 220 + Math.floor(i / 6) * 190;
    const lit = (i * 7 + seed * 3) % 5 === 0;
    return `<rect x="${x}" y="${y}" width="120" height="120" fill="${lit ? "#ffe9a8" : "#3c4654"}"/>`;
  }).join("");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 1600 1200" preserveAspectRatio="xMidYMid slice">` +
    `<rect width="1600" height="1200" fill="${sky}"/><rect x="200" y="140" width="1200" height="1060" fill="#d8d2c8"/>${windows}` +
    `<rect x="700" y="1000" width="200" height="200" fill="#5a4632"/>` +
    `<rect x="960" y="1020" width="180" height="80" fill="#1f4f8f"/><text x="1050" y="1078" font-size="56" font-family="sans-serif" text-anchor="middle" fill="#fff">${601 + seed}</text>` +
    `</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** The second four digits of a photo taken at 16:9. */
const WIDE = "5c72";

/** Stands in for the transport's address of a photo: the hash names the seed. */
export function fixtureUrl(hash: string): string {
  return picture(Number.parseInt(hash.slice(0, 4), 16) || 0, 1600, hash.startsWith(WIDE, 4) ? 900 : 1200);
}

export function photo(over: Partial<PhotoView> = {}): PhotoView {
  const hash = over.hash ?? "9f3a5c7100000000000000000000000000000000000000000000000000000001";
  return {
    hash,
    thumb: hash,
    preview: hash,
    slot: "far",
    name: "DSC_1043.JPG",
    bytes: 4_312_887,
    width: 4000,
    height: 3000,
    media_type: "image/jpeg",
    taken_at: "2026-11-23T10:02:11+08:00",
    taken_basis: "exif_zone_assumed",
    received_ms: null,
    camera: "Canon IXUS 285 HS",
    flags: [],
    event: "e1",
    author: "u-zhang",
    added_ms: Date.UTC(2026, 10, 23, 2, 5),
    visit: 1,
    marks: [],
    state: "verified",
    sent_percent: 100,
    thumb_here: true,
    preview_here: true,
    original_here: true,
    ...over,
  };
}

const hash = (n: number) => `${(0x9f30 + n).toString(16)}5c71${"0".repeat(54)}${n.toString().padStart(2, "0")}`;

/** Four photos, each in another state. */
export const PHOTOS: PhotoView[] = [
  photo({ hash: hash(1), slot: "far" }),
  photo({ hash: hash(2), slot: "near", name: "DSC_1044.JPG", state: "sending", sent_percent: 43, taken_basis: "exif_offset" }),
  photo({ hash: hash(3), slot: "door", name: "DSC_1045.JPG", state: "remote", original_here: false, flags: ["trailing_bytes"] }),
  photo({ hash: hash(4), slot: "", name: "mmexport.jpg", state: "only_here", sent_percent: 0, taken_at: null, taken_basis: "none", camera: null, flags: ["no_exif", "edited_tag"] }),
];

/** The same views at the filing and at two visits after it; the last one was taken at 16:9. */
export const VISITS: PhotoView[] = [
  photo({ hash: hash(11), slot: "far", event: "v1", visit: 1 }),
  photo({ hash: hash(12), slot: "near", event: "v1", visit: 1 }),
  photo({ hash: hash(13), slot: "far", event: "v2", taken_at: "2026-11-30T09:40:00+08:00", added_ms: Date.UTC(2026, 10, 30, 2, 5), visit: 2 }),
  photo({ hash: hash(14), slot: "near", event: "v2", taken_at: "2026-11-30T09:41:00+08:00", added_ms: Date.UTC(2026, 10, 30, 2, 6), visit: 2 }),
  photo({ hash: hash(15).replace("5c71", WIDE), height: 2250, slot: "far", event: "v3", taken_at: "2026-12-07T09:40:00+08:00", added_ms: Date.UTC(2026, 11, 7, 2, 5), visit: 3 }),
];

const mark = (id: string, kind: MarkView["kind"], [x1, y1, x2, y2]: [number, number, number, number], over: Partial<MarkView> = {}): MarkView => ({
  id,
  kind,
  x1,
  y1,
  x2,
  y2,
  text: "",
  hides: null,
  by: "u-zhang",
  by_name: "张建国",
  at: "2026-11-23T14:20:00+08:00",
  removable: id !== "m2",
  ...over,
});

/** One mark of every kind. */
export const MARKS: MarkView[] = [
  mark("m1", "arrow", [600, 400, 1100, 800]),
  mark("m2", "box", [1550, 950, 2100, 1400], { by: "u-li", by_name: "李敏" }),
  mark("m3", "length", [520, 2750, 3480, 2750], { text: "12.40 m" }),
  mark("m4", "text", [2000, 250, 2000, 250], { text: "601" }),
  mark("m5", "mosaic", [2380, 2520, 2870, 2770], { hides: "door" }),
  mark("m6", "comment", [1980, 2400, 1980, 2400], { text: "门已换 new door" }),
];

/** What cannot be drawn, one of each cause. */
export const BROKEN: PhotoView[] = [
  photo({ hash: hash(5), name: "IMG_0007.HEIC", media_type: "image/heic", flags: ["no_preview"], thumb: null, preview: null, thumb_here: false, preview_here: false, state: "only_here" }),
  photo({ hash: hash(6), name: "DSC_1050.JPG", state: "missing", thumb: null, preview: null, thumb_here: false, preview_here: false, original_here: false }),
  photo({ hash: hash(7), name: "DSC_1051.JPG", flags: ["damaged"], thumb: null, preview: null, thumb_here: false, preview_here: false, original_here: false, state: "verified" }),
  photo({ hash: hash(8), name: "DSC_1052.JPG", thumb_here: false, preview_here: false, original_here: false, state: "remote" }),
];

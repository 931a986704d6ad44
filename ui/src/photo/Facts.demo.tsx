import { Facts } from "./Facts";
import { PHOTOS, photo } from "./fixture";
import type { StagePhoto } from "./source";

export const title = "Photo facts";

const MINUTE = 60_000;
const added_ms = Date.parse("2026-11-23T10:05:00+08:00");
const times = { wall_ms: added_ms, tz: "+08:00", received_ms: added_ms + 40 * MINUTE, estimate_ms: added_ms - 7 * MINUTE, estimate_error_ms: 800, drifted: true, logged: false, backed_up: false, stamped: false };
const geo = { lon: "121.4737021", lat: "31.2304160", accuracy_m: 12, datum: "wgs84", method: "gps", captured_at: "" } as const;

const DOUBTFUL: StagePhoto[] = [
  { ...photo(), added_ms, imported_ms: added_ms - 2 * MINUTE, geo, times },
  { ...photo({ taken_at: "2026-11-23T13:05:00+08:00", added_ms, flags: ["taken_after_import"] }), imported_ms: added_ms - MINUTE, geo: { ...geo, datum: "gcj02" } },
  photo({ taken_at: "1970-01-01T00:03:00+08:00", added_ms }),
  photo({ taken_at: "2026-11-20T10:00:00+08:00", added_ms }),
  { ...photo({ taken_basis: "file_mtime", added_ms }), geo: null },
];

export function Demo() {
  return [...PHOTOS.slice(0, 1), ...DOUBTFUL].map((one, i) => <Facts key={i} photo={one} />);
}

/** Doubts about the time of a photo, and the question of its datum, in plain words. */
import { m } from "../i18n";
import type { Geo } from "../ipc/api.gen";
import type { Doubt } from "./clocks";

/** `7 分钟`, `3 小时`, `2 天`: rounded as a person would say it. */
export function spanWords(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  if (minutes < 60) return m.photo_span_minutes({ count: Math.max(1, Math.round(minutes)) });
  if (minutes < 48 * 60) return m.photo_span_hours({ count: Math.round(minutes / 60) });
  return m.photo_span_days({ count: Math.round(minutes / 1440) });
}

const AHEAD = { import: m.photo_doubt_ahead_import, record: m.photo_doubt_ahead_record, server: m.photo_doubt_ahead_server };

export function doubtWords(doubt: Doubt): string {
  switch (doubt.kind) {
    case "unset":
      return m.photo_doubt_unset({ year: String(doubt.year) });
    case "ahead":
      return AHEAD[doubt.of]({ by: spanWords(doubt.by_ms) });
    case "old":
      return m.photo_doubt_old({ by: spanWords(doubt.by_ms) });
    case "device":
      return doubt.by_ms > 0 ? m.photo_doubt_device_ahead({ by: spanWords(doubt.by_ms) }) : m.photo_doubt_device_behind({ by: spanWords(doubt.by_ms) });
    case "drifted":
      return m.photo_doubt_drifted();
    case "file_time":
      return m.photo_doubt_file();
    case "zone":
      return m.photo_doubt_zone();
  }
}

const LABELS = { wgs84: "WGS-84", cgcs2000: "CGCS2000", gcj02: "GCJ-02", bd09: "BD-09" };

export function placeWords(geo: Geo | null): string {
  if (geo === null) return m.photo_place_none();
  const at = `${geo.lon}, ${geo.lat} · ${LABELS[geo.datum]}`;
  return geo.accuracy_m === null ? at : `${at} · ${m.photo_place_accuracy({ m: geo.accuracy_m })}`;
}

/** The field for it is nearly always empty, and some phones sold here write shifted numbers into it all the same. */
export function datumWords(geo: Geo): string {
  return geo.datum === "wgs84" ? m.photo_datum_assumed() : m.photo_datum_written({ datum: LABELS[geo.datum] });
}

/** The sync chip's whole vocabulary. The word for "everything sent" is never shown while something is pending. */
import { m } from "../i18n";
import { clock, isoDate, moment } from "../i18n/format";
import type { ApiError, SyncView } from "../ipc";

export type ChipLook = "synced" | "waiting" | "sending" | "offline" | "needs_person" | "not_saved" | "unreachable";

const NEEDS_PERSON = new Set(["refused", "quarantined", "missing"]);

export function needsPerson(sync: SyncView): number {
  return sync.items.filter((i) => NEEDS_PERSON.has(i.state)).length;
}

export function chipLook(sync: SyncView): ChipLook {
  const pending = sync.pending_events + sync.pending_photos;
  return sync.chip === "synced" && pending > 0 ? "waiting" : sync.chip;
}

export function chipText(sync: SyncView, now_ms: number = Date.now()): string {
  const count = sync.pending_events + sync.pending_photos;
  switch (chipLook(sync)) {
    case "synced":
      return sync.last_sync_ms === null ? m.sync_chip_synced_plain() : m.sync_chip_synced({ time: shortTime(sync.last_sync_ms, now_ms) });
    case "waiting":
      return m.sync_chip_waiting({ count });
    case "sending":
      return m.sync_chip_sending({ done: sync.sending_done, total: sync.sending_total });
    case "offline":
      return count === 0 ? m.sync_chip_offline_plain() : m.sync_chip_offline({ count });
    case "needs_person":
      return m.sync_chip_needs({ count: Math.max(1, needsPerson(sync)) });
    default:
      return m.sync_chip_not_saved({ why: notSavedWhy(sync.stuck) });
  }
}

function notSavedWhy(stuck: ApiError | null): string {
  return stuck?.code === "disk_full" ? m.sync_why_disk_full() : m.sync_why_disk_failed();
}

function shortTime(ms: number, now_ms: number): string {
  return isoDate(ms) === isoDate(now_ms) ? clock(ms) : moment(ms, now_ms);
}

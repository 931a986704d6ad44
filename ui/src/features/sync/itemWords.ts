/** The state of one item in words, and what a person can do about it where something is wrong. */
import { m } from "../../i18n";
import type { SyncItem } from "../../ipc";
import type { Sign, Tone } from "../../kit";

export type ItemLook = { text: string; tone: Tone; sign: Sign; cure: string | null };

const DAY_MS = 86_400_000;

export function sentPercent(item: SyncItem): number {
  if (item.bytes <= 0) return 0;
  // Never 100 before the server said it has verified the whole.
  return Math.min(99, Math.floor((item.sent_bytes * 100) / item.bytes));
}

export function itemLook(item: SyncItem, now_ms: number = Date.now()): ItemLook {
  const days = Math.floor((now_ms - item.since_ms) / DAY_MS);
  switch (item.state) {
    case "saved_here":
      return days >= 3 ? { text: m.sync_item_here_days({ count: days }), tone: days >= 7 ? "overdue" : "today", sign: "ring", cure: m.sync_cure_days() } : { text: m.sync_item_here(), tone: "offline", sign: "ring", cure: null };
    case "sending":
      return { text: item.kind === "photo" ? m.sync_item_original({ percent: sentPercent(item) }) : m.sync_item_sending(), tone: "neutral", sign: "dot", cure: null };
    case "thumb_sent":
      return { text: m.sync_item_thumb(), tone: "neutral", sign: "dot", cure: null };
    case "received":
      return { text: m.sync_item_received(), tone: "done", sign: "tick", cure: null };
    case "verified":
      return { text: m.sync_item_verified(), tone: "done", sign: "tick", cure: null };
    case "waiting_ruling":
      return { text: m.sync_item_waiting(), tone: "neutral", sign: "dot", cure: null };
    case "refused":
      return { text: m.sync_item_refused(), tone: "today", sign: "diamond", cure: m.sync_cure_refused() };
    case "quarantined":
      return { text: m.sync_item_quarantined(), tone: "today", sign: "diamond", cure: m.sync_cure_quarantined() };
    case "missing":
      return { text: m.sync_item_missing(), tone: "overdue", sign: "cross", cure: m.sync_cure_missing() };
    default:
      return { text: item.state, tone: "neutral", sign: "question", cure: null };
  }
}

const TITLES: Record<string, () => string> = {
  "case.recorded": m.sync_event_recorded,
  "case.field_set": m.sync_event_field,
  "case.act": m.sync_event_act,
  "case.ruled": m.sync_event_ruled,
  "case.note": m.sync_event_note,
  "case.noted": m.sync_event_note,
  "case.photos_added": m.sync_event_photos,
  "case.resolved": m.sync_event_resolved,
};

/** A photo by its file name, an event by what it records. */
export function itemTitle(item: SyncItem): string {
  return item.kind === "photo" ? item.title : (TITLES[item.title]?.() ?? item.title);
}

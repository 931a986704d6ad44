import { afterEach, describe, expect, it } from "vitest";
import { itemLook, itemTitle, sentPercent } from "../features/sync/itemWords";
import { LANGUAGES, setLanguage } from "../i18n";
import type { Chip, SyncItem, SyncView } from "../ipc/api.gen";
import { chipLook, chipText, needsPerson } from "./syncWords";

const NOW = Date.UTC(2026, 10, 23, 1, 30);
const DAY = 86_400_000;

function sync(chip: Chip, over: Partial<SyncView> = {}): SyncView {
  return { chip, pending_events: 0, pending_photos: 0, pending_bytes: 0, oldest_ms: null, last_sync_ms: Date.UTC(2026, 10, 23, 1, 12), sending_done: 7, sending_total: 12, stuck: null, items: [], server_url: null, kept: { backed_ms: null, not_backed: 0, stamped_ms: null, freeable_photos: 0, freeable_bytes: 0, freed_photos: 0 }, ...over };
}
function item(state: string, over: Partial<SyncItem> = {}): SyncItem {
  return { id: "x", kind: "event", case_id: null, case_no: null, title: "case.recorded", bytes: 1000, sent_bytes: 0, state, since_ms: NOW, receipt: null, ...over };
}

afterEach(() => setLanguage("zh-Hans"));

describe("the sync chip's vocabulary", () => {
  const pending = { pending_events: 1, pending_photos: 2 };
  const table: Array<[SyncView, string, string, string]> = [
    [sync("synced"), "已同步 09:12", "已同步 09:12", "Synced 09:12"],
    [sync("waiting", pending), "本机已存 · 3 条待发", "本機已存 · 3 條待發", "Saved here · 3 to send"],
    [sync("sending", pending), "正在发送 7/12", "正在傳送 7/12", "Sending 7/12"],
    [sync("offline", pending), "离线 · 都在本机 · 3 条待发", "離線 · 都在本機 · 3 條待發", "Offline · all saved here · 3 to send"],
    [sync("needs_person", { items: [item("refused")] }), "1 条要你处理", "1 條要你處理", "1 needs you"],
    [sync("not_saved", { stuck: { code: "disk_full", params: {}, retry: false, field: null } }), "没有存上：磁盘已满", "沒有存上：磁碟已滿", "Not saved: disk full"],
  ];

  it("says exactly these words", () => {
    for (const [view, hans, hant, en] of table) {
      expect(LANGUAGES.map((language) => (setLanguage(language), chipText(view, NOW)))).toEqual([hans, hant, en]);
    }
  });

  it("never says everything is sent while something is pending", () => {
    for (const language of LANGUAGES) {
      setLanguage(language);
      const clean = chipText(sync("synced"), NOW);
      for (const [events, photos] of [
        [1, 0],
        [0, 1],
        [40, 7],
      ]) {
        const view = sync("synced", { pending_events: events ?? 0, pending_photos: photos ?? 0 });
        expect(chipLook(view)).toBe("waiting");
        expect(chipText(view, NOW)).not.toBe(clean);
        expect(chipText(view, NOW)).toContain(String((events ?? 0) + (photos ?? 0)));
      }
    }
  });

  it("counts what a person must look at", () => {
    expect(needsPerson(sync("needs_person", { items: [item("refused"), item("missing"), item("sending"), item("quarantined")] }))).toBe(3);
  });
});

describe("items", () => {
  it("are never whole before the server has verified them", () => {
    expect(sentPercent(item("sending", { bytes: 1000, sent_bytes: 1000 }))).toBe(99);
    expect(sentPercent(item("sending", { bytes: 0 }))).toBe(0);
    expect(itemLook(item("sending", { kind: "photo", bytes: 1000, sent_bytes: 430 }), NOW).text).toBe("原图 43 %");
  });

  it("tick only what the server has received or verified", () => {
    const states = ["saved_here", "sending", "received", "waiting_ruling", "refused", "thumb_sent", "verified", "quarantined", "missing"];
    expect(states.filter((s) => itemLook(item(s), NOW).sign === "tick")).toEqual(["received", "verified"]);
    expect(states.filter((s) => itemLook(item(s), NOW).cure !== null)).toEqual(["refused", "quarantined", "missing"]);
  });

  it("grow louder when they stay here for days", () => {
    const days = (n: number) => itemLook(item("saved_here", { since_ms: NOW - n * DAY }), NOW).tone;
    expect([0, 2, 3, 6, 7, 30].map(days)).toEqual(["offline", "offline", "today", "today", "overdue", "overdue"]);
  });

  it("have a title in words", () => {
    expect(itemTitle(item("sending"))).toBe("上报案件");
    expect(itemTitle(item("sending", { kind: "photo", title: "DSC_1.JPG" }))).toBe("DSC_1.JPG");
  });
});

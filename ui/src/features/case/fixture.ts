/** Made-up cases for the gallery and for tests. No name or address is a real person's. */
import { label } from "../../form/fixture";
import type { CaseCard, CaseView, DeadlineView, EventTimes, FactView, TimelineEntry } from "../../ipc/api.gen";
import { PHOTOS } from "../../photo/fixture";

const at = (day: number, hour: number, minute: number) => Date.UTC(2026, 10, day, hour - 8, minute);

export function caseCard(over: Partial<CaseCard> = {}): CaseCard {
  return {
    id: "01930000-1043",
    no: "AJ-2026-1043",
    no_is_temporary: false,
    type_code: "WJ-YT",
    type_label: label("阳台外挑/扩建", "陽臺外挑/擴建", "balcony extended outward"),
    status: "REPORTED",
    requested: null,
    compound_id: "c-dhhy",
    compound: "东湖花园",
    building: "8号",
    room: "601",
    severity: "serious",
    due_date: "2026-11-26",
    workdays_left: 3,
    bucket: "week",
    provisional: false,
    thumb: PHOTOS[0]?.thumb ?? null,
    photo_count: 4,
    reported_ms: at(23, 10, 5),
    author: "张建国",
    conflicts: 0,
    pending: 0,
    difficult: false,
    ...over,
  };
}

export const DEADLINE: DeadlineView = {
  due_at: "2026-11-26T23:59:59",
  due_date: "2026-11-26",
  rule: "WORK",
  n: 3,
  unit: "workday",
  label: label("现场核实", "現場核實", "check on site"),
  basis: "镇内规定(可改)",
  start: "2026-11-23",
  provisional: false,
  calendar_version: "2026.1",
  was: null,
  steps: [
    { at: "2026-11-23", kind: "start_excluded", count: null, name: null },
    { at: "2026-11-24", kind: "counted", count: 1, name: null },
    { at: "2026-11-25", kind: "counted", count: 2, name: null },
    { at: "2026-11-26", kind: "due", count: 3, name: null },
  ],
  workdays_left: 3,
  bucket: "week",
};

export function times(wall_ms: number, over: Partial<EventTimes> = {}): EventTimes {
  return { wall_ms, tz: "+08:00", received_ms: wall_ms + 95_000, estimate_ms: wall_ms + 1200, estimate_error_ms: 800, drifted: false, logged: true, backed_up: true, stamped: false, ...over };
}

export function entry(over: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    event: "e1",
    paper: null,
    kind: "case.recorded",
    action: null,
    verdict: null,
    reason_code: null,
    text: "",
    slot: null,
    was: "",
    changes: [],
    photos: [],
    author: "u-zhang",
    author_name: "张建国",
    device: "laptop-07",
    time: times(at(23, 10, 5)),
    seq: 1,
    state: "received",
    ...over,
  };
}

const fact = (key: string, words: FactView["label"], value: FactView["value"], text: FactView["label"], over: Partial<FactView> = {}): FactView => ({
  key,
  label: words,
  value,
  text,
  unit: null,
  in_conflict: false,
  editable: true,
  ...over,
});

const same = (s: string) => label(s, s, s);

export const FACTS: FactView[] = [
  fact("building", label("楼", "樓", "building"), "8号", same("8号")),
  fact("room", label("室", "室", "room"), "601", same("601")),
  fact("severity", label("严重程度", "嚴重程度", "severity"), "serious", label("较重", "較重", "serious"), { in_conflict: true }),
  fact("area_m2", label("建筑面积", "建築面積", "floor area"), "12.50", same("12.50"), { unit: "m²" }),
  fact("structure", label("结构材质", "結構材質", "structure"), "glass", label("铝合金玻璃", "鋁合金玻璃", "aluminium and glass")),
  fact("in_progress", label("在建", "在建", "under construction"), true, label("是", "是", "yes")),
  fact("affects", label("影响", "影響", "affects"), ["light", "drain"], label("采光、排水", "採光、排水", "daylight, drainage")),
];

const BARE = { params: [], measures: [], deadline: null, photo_slot: null, new_photos: 0 };

export function caseView(over: Partial<CaseView> = {}): CaseView {
  return {
    card: caseCard({ conflicts: 1, pending: 2 }),
    location_text: "阳台",
    source: "patrol",
    found_at: "2026-11-23T10:02:11+08:00",
    geo: null,
    pin: null,
    round: null,
    facts: FACTS,
    notes: [{ event: "e2", text: "房东不配合，物业已劝阻。", author: "张建国", wall_ms: at(23, 10, 6) }],
    photos: PHOTOS,
    may_mark: true,
    may_look_under: true,
    may_bundle: true,
    may_place: true,
    deadline: DEADLINE,
    conflicts: [
      {
        field: "severity",
        label: label("严重程度", "嚴重程度", "severity"),
        versions: [
          { event: "e3", value: "serious", text: label("较重", "較重", "serious"), author: "张建国", device: "laptop-07", mine: true, time: times(at(23, 10, 20)) },
          {
            event: "e4",
            value: "urgent",
            text: label("紧急", "緊急", "urgent"),
            author: "李敏",
            device: "laptop-11",
            mine: false,
            time: times(at(23, 10, 41), { received_ms: null, logged: false, backed_up: false, drifted: true, estimate_ms: null, estimate_error_ms: null }),
          },
        ],
        effective: "urgent",
        effective_why: "higher_severity",
      },
    ],
    timeline: [
      entry({ event: "e1", photos: PHOTOS.slice(0, 3).map((p) => p.hash) }),
      entry({ event: "e2", kind: "case.note_added", text: "房东不配合，物业已劝阻。", seq: 2, time: times(at(23, 10, 6)) }),
      entry({ event: "e3", kind: "case.field_set", changes: FACTS.slice(2, 3), seq: 3, time: times(at(23, 10, 20)) }),
      entry({
        event: "e5",
        kind: "case.act",
        action: "return",
        reason_code: "R1",
        text: "请补拍门牌照片，门牌号要看得清。",
        slot: "door",
        author: "u-chen",
        author_name: "陈岚",
        device: "desk",
        seq: 5,
        time: times(at(23, 14, 10)),
      }),
      entry({ event: "e6", kind: "case.ruled", action: "return", verdict: "accepted", author: "server", author_name: "", device: "", seq: 6, time: times(at(23, 14, 10)) }),
      entry({ event: "e7", kind: "case.photo_added", photos: PHOTOS.slice(3).map((p) => p.hash), seq: null, state: "only_here", time: times(at(23, 15, 2), { received_ms: null, logged: false, backed_up: false, drifted: true }) }),
      entry({ event: "e8", kind: "case.act", action: "resubmit", seq: null, state: "waiting_ruling", time: times(at(23, 15, 3), { received_ms: null }) }),
    ],
    actions: [
      { action: "accept", needs_reason: false, reasons: [], may_name_slot: false, ...BARE, confirm: false },
      { action: "file", needs_reason: false, reasons: [], may_name_slot: false, ...BARE, confirm: true },
      { action: "return", needs_reason: true, reasons: ["R1", "R2", "R3", "R4", "R5"], may_name_slot: true, ...BARE, confirm: false },
    ],
    order: null,
    competence: null,
    rebound_of: null,
    rebounds: [],
    merged_into: null,
    merged: [],
    clocks: [],
    doubts: [],
    sample: null,
    class_ask: null,
    archive: [],
    returned: null,
    checks: [
      { code: "slot_present", result: "pass", params: { slot: "far" }, photo: PHOTOS[0]?.hash ?? null },
      { code: "slot_present", result: "fail", params: { slot: "door" }, photo: null },
      { code: "taken_before_report", result: "unsure", params: { days: "3" }, photo: PHOTOS[1]?.hash ?? null },
      { code: "photo_reused", result: "pass", params: {}, photo: null },
    ],
    history: [caseCard({ id: "01920000-0870", no: "AJ-2026-0870", status: "FILED", due_date: "2026-11-20", workdays_left: -1, bucket: "overdue" })],
    possible_duplicates: [],
    heads: ["e8"],
    ...over,
  };
}

export const RETURNED = caseView({
  card: caseCard({ status: "RETURNED" }),
  conflicts: [],
  returned: {
    reason_code: "R1",
    reason: "请补拍门牌照片，门牌号要看得清。",
    slot: "door",
    slot_label: label("门牌", "門牌", "door plate"),
    by: "陈岚",
    wall_ms: at(23, 14, 10),
  },
  actions: [{ action: "resubmit", needs_reason: false, reasons: [], may_name_slot: false, ...BARE, confirm: false }],
});

/** A made-up working day: what the fixture transport answers. No name or address is a real person's. */
import { baseAnswers } from "../features/base/fixture";
import { workAnswers } from "../features/capture/fixture";
import { proceedingAnswers } from "../features/proceeding/fixture";
import { calendarAnswers } from "../features/calendar/fixture";
import { caseCard } from "../features/case/fixture";
import { ledgerAnswers } from "../features/ledger/fixture";
import { missingAnswers } from "../features/missing/fixture";
import { officeAnswers } from "../features/office/fixture";
import { CATALOGUE, label } from "../form/fixture";
import type { Bucket, CaseCard, CompoundCard, SyncItem, SyncView } from "../ipc/api.gen";
import type { Answers } from "../ipc/transport.fixture";
import { PLAN } from "../plan/fixture";
import { ROUND } from "../features/round/fixture";
import { paperAnswers } from "../features/paper/fixture";

const NOW = Date.now();
const MINUTE = 60_000;

const COMPOUNDS: CompoundCard[] = [
  ["c-dhhy", "东湖花园", "dhhy", "东湖路 88 弄", 2316, 42, 9, 2],
  ["c-mzy", "明珠苑", "mzy", "明珠路 120 弄", 1180, 24, 6, 1],
  ["c-xcyj", "新村一居", "xcyj", "新村路 5 号", 860, 31, 4, 0],
  ["c-ygl", "阳光里", "ygl", "阳光路 300 弄", 640, 12, 3, 0],
  ["c-cy", "翠苑", "cy", "翠苑路 16 弄", 420, 8, 0, 0],
].map(([id, name, initials, address, dwellings, buildings, open_cases, overdue_cases]) => ({ id, name, initials, address, dwellings, buildings, open_cases, overdue_cases }) as CompoundCard);

const TYPES = [
  label("阳台外挑/扩建", "陽臺外挑/擴建", "balcony extended"),
  label("群租", "群租", "overcrowded letting"),
  label("居改非", "居改非", "dwelling used for business"),
  label("飞线充电", "飛線充電", "cable charging"),
  label("占绿毁绿", "占綠毀綠", "green space taken"),
];
const STATES = ["REPORTED", "RETURNED", "FILED", "CLOSED"];

const STAMP = {
  lines: ["{town}  {time}  {place}", "{case}  {by}  原图 SHA-256 {hash}"],
  words: ["time", "place", "by", "case", "hash", "town"],
  shown: ["示例镇  2026-11-25 10:02:11  东湖花园 8号 601", "SL-2026-WJ-000123  张工  原图 SHA-256 9f86d081884c7d65…  本图为副本"],
  may_edit: true,
};

export function manyCases(total: number): CaseCard[] {
  return Array.from({ length: total }, (_, i) => {
    const compound = COMPOUNDS[i % COMPOUNDS.length];
    const left = (i % 9) - 2;
    return caseCard({
      id: `case-${i}`,
      no: `AJ-2026-${String(1000 + i)}`,
      type_label: TYPES[i % TYPES.length] ?? label("", "", ""),
      status: STATES[i % STATES.length] ?? "REPORTED",
      compound_id: compound?.id ?? "",
      compound: compound?.name ?? "",
      building: `${(i % 12) + 1}号`,
      room: `${((i % 6) + 1) * 100 + (i % 4) + 1}`,
      workdays_left: left,
      due_date: `2026-11-${String(23 + Math.max(-3, left)).padStart(2, "0")}`,
      bucket: left < 0 ? "overdue" : left === 0 ? "today" : left < 5 ? "week" : "later",
      conflicts: i % 11 === 3 ? 1 : 0,
      pending: i % 7 === 2 ? 2 : 0,
      difficult: i % 13 === 5,
      reported_ms: NOW - i * 37 * MINUTE,
    });
  });
}

const ALL = manyCases(1200);
const bucket = (name: string, rows: number): Bucket => {
  const found = ALL.filter((c) => c.bucket === name);
  return { count: found.length > 40 ? rows + 2 : found.length, rows: found.slice(0, rows) };
};

function item(over: Partial<SyncItem>): SyncItem {
  return { id: "9f3a5c71", kind: "event", case_id: "case-0", case_no: "AJ-2026-1000", title: "case.recorded", bytes: 1200, sent_bytes: 0, state: "saved_here", since_ms: NOW - 3 * MINUTE, receipt: null, ...over };
}

export const SYNC: SyncView = {
  chip: "waiting",
  pending_events: 3,
  pending_photos: 4,
  pending_bytes: 16_800_000,
  oldest_ms: NOW - 90 * MINUTE,
  last_sync_ms: NOW - 95 * MINUTE,
  sending_done: 2,
  sending_total: 7,
  stuck: { code: "offline", params: {}, retry: true, field: null },
  items: [
    item({ id: "e1", state: "saved_here" }),
    item({ id: "e2", title: "case.field_set", state: "sending" }),
    item({ id: "e3", title: "case.act", state: "refused", since_ms: NOW - 50 * MINUTE }),
    item({ id: "p1", kind: "photo", title: "DSC_1043.JPG", bytes: 4_312_887, sent_bytes: 1_900_000, state: "sending" }),
    item({ id: "p2", kind: "photo", title: "DSC_1044.JPG", bytes: 4_012_887, state: "thumb_sent" }),
    item({ id: "p3", kind: "photo", title: "DSC_0999.JPG", bytes: 3_912_887, state: "missing", since_ms: NOW - 4 * 1440 * MINUTE }),
    item({ id: "e4", state: "received", receipt: "1/laptop-07/2/118", since_ms: NOW - 96 * MINUTE }),
    item({ id: "p4", kind: "photo", title: "DSC_1041.JPG", bytes: 4_112_887, sent_bytes: 4_112_887, state: "verified", receipt: "1/laptop-07/2/118", since_ms: NOW - 96 * MINUTE }),
  ],
  server_url: "https://xunju.example",
  kept: { backed_ms: NOW - 540 * MINUTE, not_backed: 3, stamped_ms: NOW - 120 * MINUTE, freeable_photos: 118, freeable_bytes: 532_000_000, freed_photos: 40 },
};

export function sampleAnswers(): Answers {
  return {
    ...workAnswers(),
    ...baseAnswers(),
    ...proceedingAnswers(),
    ...paperAnswers(),
    ...missingAnswers(),
    ...officeAnswers(),
    ...calendarAnswers(),
    ...ledgerAnswers(),
    "catalogue.get": () => CATALOGUE,
    "today.show": () => ({
      date: "2026-11-23",
      weekday: 1,
      round: ROUND.card,
      rounds: [],
      returned: ALL.slice(1, 2).map((card) => ({
        card: { ...card, status: "RETURNED" },
        returned: { reason_code: "photo_missing", reason: "缺门牌照，看不出是哪一户，请补拍后重新提交。", slot: "door", slot_label: label("门牌", "門牌", "door plate"), by: "陈丽", wall_ms: NOW - 40 * MINUTE },
      })),
      drafts: [{ id: "d1", saved_ms: NOW - 12 * MINUTE, compound: "东湖花园", building: "8号", room: "601", type_code: null, photo_count: 3, thumb: ALL[0]?.thumb ?? null }],
      overdue: bucket("overdue", 2),
      today: bucket("today", 3),
      week: bucket("week", 4),
      late_photos: { count: 2, days: 4, alarm: "long" },
      pairs: 2,
      duties: [],
      waiting: { count: 0, rows: [] },
      done_today: 6,
      unvisited: 3,
    }),
    "compound.list": ({ text }) => ({ rows: COMPOUNDS.filter((c) => c.name.includes(text) || c.initials.startsWith(text.toLowerCase())) }),
    "compound.get": ({ id }) => ({
      card: COMPOUNDS.find((c) => c.id === id) ?? (COMPOUNDS[0] as CompoundCard),
      buildings: Array.from({ length: 42 }, (_, i) => ({ no: `${i + 1}号`, floors: 6, rooms: ["101", "102", "601", "602"] })),
    }),
    "round.begin": () => ROUND.card,
    "round.get": () => ROUND,
    "round.list": () => ({ total: 1, rows: [ROUND.card] }),
    "round.walkers": () => [{ id: "inspector1", name: "张工" }],
    "plan.get": () => PLAN,
    "case.page": (q) => {
      const rows = ALL.filter((c) => (q.status.length === 0 || q.status.includes(c.status)) && (q.compound_id === null || c.compound_id === q.compound_id) && (q.bucket === null || c.bucket === q.bucket) && `${c.no}${c.compound}${c.building}${c.room}`.includes(q.text));
      return { total: rows.length, rows: rows.slice(q.offset, q.offset + q.limit) };
    },
    "sync.status": () => SYNC,
    "rescue.places": () => ({ places: [{ folder: "/media/zhang/KINGSTON", name: "KINGSTON", removable: true }, { folder: "/home/zhang/Downloads", name: "Downloads", removable: false }] }),
    "rescue.export": ({ folder }) => ({ path: `${folder}/d_7f1c2a-1795485600000.xunju`, events: 3, files: 12, bytes: 16_800_000 }),
    "stamp.get": () => STAMP,
    "stamp.preview": () => STAMP,
    "stamp.set": () => STAMP,
    "storage.get": () => ({ free_bytes: 480_000_000_000, photos_fit: 76_000, low: false }),
    "watch.get": () => ({ folder: "/media/camera/DCIM", problem: null, imported: 12 }),
    "watch.set": ({ folder }) => ({ folder, problem: null, imported: 0 }),
  };
}

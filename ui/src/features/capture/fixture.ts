/** A made-up town that answers while capture, review and case are shown in the gallery. Nothing here decides anything real. */
import { CATALOGUE } from "../../form/fixture";
import type { CaseCard, DraftContent, DraftView, HeldView, TrayPhoto } from "../../ipc/api.gen";
import { type Answers, FIXTURE_STATE, fixtureTransport } from "../../ipc/transport.fixture";
import type { Transport } from "../../ipc/transport";
import { fixtureUrl } from "../../photo/fixture";
import { caseCard, caseView, DEADLINE, RETURNED } from "../case/fixture";
import { categoryOf, typeOf } from "./types";

export function trayPhoto(n: number, over: Partial<TrayPhoto> = {}): TrayPhoto {
  const hash = `${(0xa100 + n).toString(16)}77ce${"0".repeat(54)}${String(n).padStart(2, "0")}`;
  return {
    hash,
    thumb: hash,
    preview: hash,
    name: `DSC_${1100 + n}.JPG`,
    bytes: 4_100_000 + n * 31_337,
    width: 4000,
    height: 3000,
    media_type: "image/jpeg",
    channel: "folder",
    imported_ms: Date.now() - n * 3 * 60_000,
    taken_raw: "2026:11:23 10:02:11",
    taken_at: "2026-11-23T10:02:11+08:00",
    taken_basis: "exif_zone_assumed",
    camera: "Canon IXUS 285 HS",
    flags: [],
    used_in: null,
    geo: null,
    ...over,
  };
}

export const EMPTY: DraftContent = {
  compound_id: "c-dhhy",
  building: "",
  room: "",
  location_text: "",
  type_code: null,
  fields: {},
  note: "",
  severity: null,
  in_progress: false,
  photos: [],
  no_photo_reason: "",
  deadline: null,
  not_same_as: [],
  rebound_of: null,
  geo: null,
  no_geo: false,
  pin: null,
  round: null,
};

const TRAY = [trayPhoto(1), trayPhoto(2), trayPhoto(3), trayPhoto(4, { flags: ["edited_tag"] }), trayPhoto(5, { used_in: "01930000-0870" })];

/** What `domain` would say, well enough to look at. */
function answer(id: string, content: DraftContent): DraftView {
  const category = categoryOf(CATALOGUE, content.type_code);
  const type = typeOf(CATALOGUE, content.type_code);
  const placed = content.building !== "" && content.room === "601" && type !== undefined;
  const problems = [
    ...(content.building === "" ? [{ field: "building", code: "required", params: {} }] : []),
    ...(type === undefined ? [{ field: "type", code: "required", params: {} }] : []),
    ...(content.photos.length === 0 && content.no_photo_reason === "" ? [{ field: "photos", code: "required", params: {} }] : []),
    ...(category?.fields ?? []).filter((f) => f.required && content.fields[f.key] === undefined).map((f) => ({ field: f.key, code: "required", params: {} })),
  ];
  return {
    id,
    content,
    saved_ms: Date.now(),
    created_ms: Date.now() - 60_000,
    photos: TRAY.filter((p) => content.photos.some((c) => c.hash === p.hash)),
    problems,
    visible: category?.fields.map((f) => f.key) ?? [],
    computed: {},
    geo: null,
    geo_from: "",
    duplicates: placed ? [caseCard({ id: "01920000-0870", no: "AJ-2026-0870", status: "FILED" })] : [],
    deadline: type === undefined ? null : DEADLINE,
  };
}

export const FILLED: DraftContent = {
  ...EMPTY,
  building: "8号",
  room: "601",
  location_text: "阳台",
  type_code: "WJ-YT",
  fields: { structure: "glass", area_m2: "12.50", affects: ["light"] },
  note: "房东不配合，物业已劝阻。",
  photos: [
    { hash: TRAY[0]?.hash ?? "", slot: "far" },
    { hash: TRAY[1]?.hash ?? "", slot: "near" },
  ],
};

const QUEUE: CaseCard[] = Array.from({ length: 14 }, (_, i) =>
  caseCard({
    id: `r-${i}`,
    no: `AJ-2026-${1107 + i}`,
    type_code: i % 3 === 1 ? "QZ-CW" : "WJ-YT",
    type_label: CATALOGUE.types[i % 6]?.label ?? { "zh-Hans": "", "zh-Hant": "", en: "" },
    room: `${601 + i}`,
    due_date: `2026-11-${String(20 + Math.floor(i / 2)).padStart(2, "0")}`,
    workdays_left: Math.floor(i / 2) - 1,
    bucket: i < 2 ? "overdue" : i < 4 ? "today" : "week",
    conflicts: i === 2 ? 1 : 0,
  }),
);

/** Answers that remember: drafts are kept, decisions leave the queue for ten seconds. */
export function workAnswers(): Answers {
  const drafts = new Map<string, DraftContent>([["d1", FILLED]]);
  let held: (HeldView & { at: number })[] = [];
  const heldNow = (): HeldView[] => held.map(({ at, ...h }) => ({ ...h, left_ms: Math.max(0, h.left_ms - (Date.now() - at)) }));
  const written = (case_id: string) => ({ case_id, events: ["e"] });
  return {
    "catalogue.get": () => CATALOGUE,
    "tray.list": () => TRAY,
    "storage.get": () => ({ free_bytes: 610_000_000, photos_fit: 86, low: true }),
    "tray.drop": () => TRAY,
    "photo.want": () => ({}),
    "draft.new": ({ compound_id, building }) => {
      const id = `d${drafts.size + 1}`;
      const content = { ...EMPTY, compound_id: compound_id ?? EMPTY.compound_id, building: building ?? "" };
      drafts.set(id, content);
      return answer(id, content);
    },
    "draft.get": ({ id }) => answer(id, drafts.get(id) ?? EMPTY),
    "draft.save": ({ id, content }) => {
      drafts.set(id, content);
      return answer(id, content);
    },
    "draft.discard": ({ id }) => {
      drafts.delete(id);
      return {};
    },
    "draft.record": ({ id }) => ({ case_id: id, case_no: "T-07-0043", events: ["e"], saved_ms: Date.now() }),
    "photo.recycled": () => [],
    "case.get": ({ id }) => (id === "returned" ? RETURNED : caseView({ card: QUEUE.find((c) => c.id === id) ?? caseCard({ id, conflicts: 1, pending: 2 }) })),
    "case.act": ({ id }) => written(id),
    "case.edit": ({ id }) => written(id),
    "case.resolve": ({ id }) => written(id),
    "case.note": ({ id }) => written(id),
    "case.add_photos": ({ id }) => written(id),
    "review.queue": ({ queue }) => {
      const decided = new Set(held.map((h) => h.case_id));
      const rows = queue === "to_review" ? QUEUE.filter((c) => !decided.has(c.id)) : queue === "returned" ? QUEUE.slice(0, 4) : [];
      return { queue, to_review: QUEUE.length - decided.size, returned: 4, difficult: 0, done_today: 64 + held.length, done_last_hour: 97 + held.length, rows, held: heldNow() };
    },
    "review.decide": ({ case_id, decision }) => {
      const one = { id: `h-${case_id}`, case_id, case_no: QUEUE.find((c) => c.id === case_id)?.no ?? case_id, decision, left_ms: 10_000, failed: null, at: Date.now() };
      held = [...held, one];
      const { at: _, ...view } = one;
      return view;
    },
    "review.undo": ({ id }) => {
      held = held.filter((h) => h.id !== id);
      return {};
    },
  };
}

/** Those answers behind a transport that also takes photos. */
export function workTransport(more: Answers = {}): Transport {
  let n = 20;
  return {
    ...fixtureTransport({ ...workAnswers(), ...more }, FIXTURE_STATE, fixtureUrl),
    importPhoto: (file, meta) => Promise.resolve(trayPhoto(n++, { name: meta.name, bytes: file.size, channel: meta.channel, imported_ms: Date.now() })),
  };
}

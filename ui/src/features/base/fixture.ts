/** Made-up registers for the gallery. No name, code or address is a real one's. */
import { label } from "../../form/fixture";
import type { CompanyView, DossierView, RegisterView, SearchGroup, SearchHit } from "../../ipc/api.gen";
import type { Answers } from "../../ipc/transport.fixture";
import { failure } from "../../ipc/transport";
import { PHOTOS } from "../../photo/fixture";
import { caseCard } from "../case/fixture";

export const COMPANY: CompanyView = {
  card: { id: "co-1", name: "新城东湖物业管理有限公司", credit_code: "91310000MA1FL0000X", compounds: 2 },
  representative: "李*",
  place: "新城镇东湖路 90 号",
  grade: "second",
  managers: [{ name: "王*", no: "XM-0417", phone: "138****5678" }],
  note: "",
  compounds: [
    { id: "c-dhhy", name: "东湖花园" },
    { id: "c-mzy", name: "明珠苑" },
  ],
  may_edit: true,
};

const REGISTER: RegisterView = {
  id: "c-dhhy",
  name: "东湖花园",
  initials: "dhhy",
  address: "东湖路 88 弄",
  committee: "东湖第一居委会",
  lanes: ["88弄"],
  doorways: ["7号", "8号"].map((no) => ({ no, floors: 6, rooms_per_floor: 2, extra: [], without: [], lane: "", building: "3幢", unit: "", floor_of: {} })),
  renamed: [{ from: "东湖新村", to: "东湖花园" }],
  company: "co-1",
  company_name: COMPANY.card.name,
  manager: "王*",
  inspectors: [{ id: "u-zhang", name: "张建国" }],
  grids: ["网格 03"],
  category: "commodity",
  priority: "key",
  may_edit: true,
};

export const DOSSIER: DossierView = {
  compound: "c-dhhy",
  compound_name: "东湖花园",
  building: "8号",
  room: "601",
  floor: 6,
  registered: true,
  area_m2: "89.5",
  certificate_use: "居住",
  note: "",
  may_edit: true,
  open: 1,
  rebounds: 1,
  cases: [
    { card: caseCard(), rebound_of: { id: "case-7", name: "AJ-2025-0311" } },
    { card: caseCard({ id: "case-7", no: "AJ-2025-0311", status: "CLOSED", due_date: null, workdays_left: null }), rebound_of: null },
  ],
  others: [{ id: "p-1", kind: "paper", status: "ISSUED", due: "2026-12-01" }],
  photos: PHOTOS.slice(0, 4).map((photo) => ({ case_id: "01930000-1043", case_no: "AJ-2026-1043", photo })),
};

const hit = (kind: string, id: string, title: string, detail: string, mark: number, over: Partial<SearchHit> = {}): SearchHit => ({ kind, id, title, detail, label: null, marks: [[0, mark]], at: {}, exact: false, ...over });

const GROUPS: SearchGroup[] = [
  { kind: "compound", total: 1, rows: [hit("compound", "c-dhhy", "东湖花园", "东湖路 88 弄", 4)] },
  { kind: "company", total: 1, rows: [hit("company", "co-1", COMPANY.card.name, COMPANY.card.credit_code, 4, { marks: [[2, 4]] })] },
  { kind: "dwelling", total: 24, rows: ["601", "602", "501"].map((room) => hit("dwelling", "c-dhhy", `东湖花园 8号${room}`, "东湖路 88 弄", 4, { at: { building: "8号", room } })) },
  { kind: "case", total: 2, rows: [hit("case", "01930000-1043", "AJ-2026-1043 东湖花园 8号601", "", 0, { marks: [[13, 17]], label: label("阳台外挑/扩建", "陽臺外挑/擴建", "balcony extended outward") })] },
];

export function baseAnswers(): Answers {
  return {
    "search.find": ({ text }) => ({ text, groups: /^(dh|东湖)/u.test(text) ? GROUPS : [] }),
    "dwelling.dossier": () => DOSSIER,
    "dwelling.save": () => DOSSIER,
    "company.list": ({ text }) => ({ rows: [COMPANY.card, { id: "co-2", name: "新城安居物业有限公司", credit_code: "91310000MA1FL0001M", compounds: 1 }].filter((c) => c.name.includes(text)), may_edit: true }),
    "company.get": () => COMPANY,
    "company.save": () => {
      throw failure("invalid", { all: "credit_code:credit_code_check_digit" });
    },
    "compound.register": () => REGISTER,
  };
}

/** Made-up ledgers for the gallery: no name or address is a real person's. */
import type { CellReport, ExportCard, ImportCard, ImportReport, LedgerList } from "../../ipc/api.gen";
import type { Answers } from "../../ipc/transport.fixture";

const label = { "zh-Hans": "违法建筑台账", "zh-Hant": "違法建築臺賬", en: "illegal structures" };
const cell = (at: string, column: string, problem: string, value: string, allowed: string[] = [], blocks = true): CellReport => ({ sheet: "台账", cell: at, column, problem, value, allowed, blocks });
export const REPORT: ImportReport = {
  import: "",
  ledger: "wj",
  label,
  sheet: "台账",
  rows: 412,
  same: 396,
  changed: 9,
  created: 3,
  duplicates: 1,
  wrong: 3,
  written: 0,
  stopped: false,
  problems: [
    cell("Q17", "存量/新增/在建", "unknown_choice", "旧的", ["新增", "存量", "在建", "待定"]),
    cell("Y18", "建筑面积㎡", "not_a_number", "十二平方"),
    cell("Y21", "建筑面积㎡", "changed_since", "55", ["77.00"]),
    cell("30", "", "duplicate", "", ["WJ-2026-00012"]),
    cell("M31", "当事人姓名", "personal_not_taken", "", [], false),
  ],
  shown: [
    { row: 3, what: "changed", label: "WJ-2026-00001", cells: [{ column: "建筑面积㎡", before: "12.50", after: "33.50" }] },
    { row: 29, what: "created", label: "东湖花园 9号 0699", cells: [{ column: "发现时间", before: "", after: "2019-05-01" }, { column: "建筑面积㎡", before: "", after: "8.00" }] },
  ],
};
const batch: ImportCard = { id: "b1", ledger: label, file: "违建台账-十一月.xlsx", author: "陈科", at_ms: 1_795_500_000_000, status: "ended", created: 3, changed: 9, stopped: false, restored: 0, kept: 0, may_undo: true };
const request: ExportCard = { id: "r1", ledger: "wj", label, compound: "东湖花园", status: [], text: "", reason: "报区里核查", state: "asked", author: "陈科", asked_ms: 1_795_500_000_000, answered_by: "", note: "", number: "", rows: 0, may_answer: true, may_use: false };
export const BATCHES = [batch, { ...batch, id: "b2", status: "undone", restored: 8, kept: 1, may_undo: false }];
export const REQUESTS = [request, { ...request, id: "r2", state: "done", answered_by: "李主任", number: "DC-20261124-3fa9c1d2", rows: 412, may_answer: false }];

const LEDGERS: LedgerList = {
  rows: [
    { id: "wj", label, of: "case", personal: true, may_import: true },
    { id: "xq", label: { "zh-Hans": "小区台账", "zh-Hant": "小區台賬", en: "compounds" }, of: "compound", personal: false, may_import: true },
  ],
  may_take_out: true,
};

export function ledgerAnswers(): Answers {
  return { "ledger.list": () => LEDGERS, "ledger.imports": () => BATCHES, "ledger.asked": () => REQUESTS, "ledger.preview": () => REPORT };
}

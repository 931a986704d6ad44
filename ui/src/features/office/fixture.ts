/** Made-up clocks, a file and a pair for the gallery. No name or address is a real person's. */
import { label } from "../../form/fixture";
import type { ArchivePartView, CaseView, IndicatorView, OfficerClock, PairList, PairView } from "../../ipc/api.gen";
import type { Answers } from "../../ipc/transport.fixture";
import { PHOTOS } from "../../photo/fixture";
import { DEADLINE, FACTS, caseCard } from "../case/fixture";
import { COVERAGE } from "../round/fixture";

const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour - 8, minute);

const clock = (id: string, words: [string, string, string], over: Partial<OfficerClock>, due: string, bucket = "later"): OfficerClock => ({
  id,
  deadline: { ...DEADLINE, label: label(...words), due_at: due, due_date: due.slice(0, 10), bucket },
  stands: "running",
  ended_ms: null,
  ...over,
});

export const CLOCKS: OfficerClock[] = [
  clock("T_accept", ["受理时限", "受理時限", "time to accept"], { stands: "met", ended_ms: at(23, 11) }, "2026-11-23T14:05:00"),
  clock("T_receive", ["接单时限", "接單時限", "time to take or refuse"], { stands: "late", ended_ms: at(24, 16) }, "2026-11-24T10:30:00"),
  clock("T_handle", ["现场核实", "現場核實", "check on site"], {}, "2026-11-26T23:59:59", "week"),
  clock("T_check", ["核查时限", "核查時限", "time to re-check"], { stands: "late" }, "2026-11-23T23:59:59", "overdue"),
  clock("T_case", ["全案时限", "全案時限", "time for the whole case"], { stands: "stopped", deadline: { ...DEADLINE, label: label("全案时限", "全案時限", "time for the whole case"), due_at: "2027-02-19T23:59:59", due_date: "2027-02-19", provisional: true, was: "2027-02-11T23:59:59" } }, "2027-02-19T23:59:59"),
];

const page = (no: number, kind: string, over: Partial<ArchivePartView["pages"][number]> = {}): ArchivePartView["pages"][number] => ({ no, kind, name: "", label: null, count: 0, at_ms: null, at_end: true, ...over });
const part = (key: string, words: [string, string, string], stands: string, pages: ArchivePartView["pages"] = [], may_lack = false): ArchivePartView => ({ key, label: label(...words), stands, may_lack, pages });

export const ARCHIVE: ArchivePartView[] = [
  part("report", ["案件登记", "案件登記", "the report"], "there", [page(1, "event", { name: "submit", at_ms: at(23, 10) })]),
  part("found_photos", ["发现时照片", "發現時照片", "photos of the finding"], "there", [page(2, "photos", { count: 4 })]),
  part("filing", ["受理、立案", "受理、立案", "acceptance and filing"], "there", [page(3, "event", { name: "accept", at_ms: at(23, 11) }), page(4, "event", { name: "file", at_ms: at(23, 11, 5) })]),
  part("papers", ["文书及送达回证", "文書及送達回證", "papers with proof of service"], "lacking", [page(5, "paper", { name: "示综执责改字〔2026〕第 0001 号", label: label("责令限期改正通知书", "責令限期改正通知書", "order to correct"), at_end: false })], true),
  part("check", ["核查记录及照片", "核查記錄及照片", "re-check with photos"], "lacking"),
  part("sample", ["抽查结果", "抽查結果", "result of the sample check"], "not_needed"),
  part("closing", ["结案", "結案", "closing"], "there", [page(6, "event", { name: "close", at_ms: at(25, 16) })]),
];

export const WATCHED: Partial<CaseView> = {
  clocks: CLOCKS,
  archive: ARCHIVE,
  doubts: ["found_after_receipt"],
  sample: { ruling: "3fa9c1d2e47b", month: "2026-11", number: 7, percent: 10, drawn: true, stands: "open", reason: "", by: "", at_ms: null },
  class_ask: { from: label("存量（待定）", "存量（待定）", "stock, pending"), to: label("新增", "新增", "new"), reason: "航片（2019-05-11）显示当时还没有这处建筑。", by: "王队长", wall_ms: at(24, 9) },
};

const one = caseCard({ id: "pair-1", no: "T-3fa9c1-12", no_is_temporary: true });
const other = caseCard({ id: "pair-2", no: "T-77b0de-4", no_is_temporary: true, author: "李敏", reported_ms: at(23, 15) });

export const PAIR: PairView = {
  why: ["door", "photo"],
  one: { card: one, found_at: "2026-11-23T10:02:11+08:00", note: "房东不配合，物业已劝阻。", photos: PHOTOS.slice(0, 3) },
  other: { card: other, found_at: "2026-11-23T14:47:00+08:00", note: "", photos: PHOTOS.slice(0, 1) },
  facts: FACTS.map((fact, i) => {
    const differs = fact.key === "area_m2" || i === FACTS.length - 1;
    return { one: fact, other: i === FACTS.length - 1 ? null : differs ? { ...fact, value: "14.00", text: label("14.00", "14.00", "14.00") } : fact, differs };
  }),
  other_into_one: null,
  one_into_other: null,
  may_decide: true,
};

const PAIRS: PairList = { total: 2, rows: [{ one, other, why: ["door", "photo"] }, { one: caseCard({ id: "pair-3", no: "AJ-2026-1044" }), other: caseCard({ id: "pair-4", no: "AJ-2026-1051" }), why: ["near"] }] };

const items = (count: number, area_m2: string) => ({ count, area_m2, cases: [] });
const none = { percent: null, met: [], of: [] };
const line = (key: string, value: string | null, unit: string, met: number | null, of: number | null = null) => ({ key, value, unit, met, of });
/** The golden month of the reports. */
const MONTH: IndicatorView = {
  from: "2026-06-01",
  to: "2026-06-30",
  stock: { start: items(100, "1300.00"), found_old: items(4, "52.00"), new: items(6, "60.00"), demolished: items(15, "190.50"), partly: items(2, "12.25"), written_off: items(1, "9.00"), end: items(94, "1200.25"), balances: true },
  filed: [],
  closed_of_filed: none,
  closed_of_due: none,
  on_time: none,
  reworked: none,
  refused: none,
  extended: none,
  lines: [
    ...([["stock_start", 100, "1300.00"], ["found_old", 4, "52.00"], ["found_new", 6, "60.00"], ["demolished", 15, "190.50"], ["partly", 2, "12.25"], ["written_off", 1, "9.00"], ["stock_end", 94, "1200.25"]] as const).flatMap(([key, n, area]) => [line(key, String(n), "cases", n), line(`${key}_area`, area, "m2", null)]),
    line("stock_gone", "14.56", "percent", 15, 103),
    line("stock_gone_area", "15.10", "percent", null),
    line("stopped", "0.00", "percent", 0, 6),
    line("shared_gone", null, "percent", 0, 0),
    line("filed", "120", "cases", 120),
    line("closed_of_filed", "86.67", "percent", 104, 120),
    line("closed_of_due", "94.55", "percent", 104, 110),
    line("on_time", "87.27", "percent", 96, 110),
    line("mean_hours", "4.67", "hours", 121),
    line("median_hours", "5.00", "hours", 121),
    line("reworked", "0.00", "percent", 0, 119),
    line("rebound", "0.00", "percent", 0, 119),
    line("sampled", null, "percent", 0, 0),
    line("hotline", "0", "cases", 0),
  ],
};

export function officeAnswers(): Partial<Answers> {
  return {
    "pair.list": () => PAIRS,
    "pair.get": () => PAIR,
    "indicator.show": () => MONTH,
    "round.coverage": () => COVERAGE,
    "indicator.cases": ({ offset }) => ({ total: 1, rows: offset === 0 ? [one] : [] }),
  };
}

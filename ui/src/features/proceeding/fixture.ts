/** A made-up proceeding for the gallery and for tests: no name or number is a real person's. */
import { label } from "../../form/fixture";
import type { AccessPage, ClockView, NextStep, ProceedingView, RoadStep, StepView, WhyView } from "../../ipc";
import type { Answers } from "../../ipc/transport.fixture";
import { DEADLINE } from "../case/fixture";

const NOT_YOURS: WhyView = { code: "not_yours", label: label("不由您的岗位办理", "不由您的崗位辦理", "taken by another role"), article: "行政处罚法 57" };
const NO_APPROVAL: WhyView = { code: "not_approved", label: label("还没有负责人审批", "還沒有負責人審批", "not approved by the head of the organ yet"), article: "行政处罚法 57" };

export function nextStep(over: Partial<NextStep> = {}): NextStep {
  return { code: "E30", label: label("责令限期改正", "責令限期改正", "ordered to correct"), article: "行政处罚法 28", roles: ["R-ENF", "R-ENFL"], officers: false, documents: [], params: [], blocked: null, ...over };
}

const road = (code: string, hans: string, hant: string, en: string, state: string, date: string | null = null): RoadStep => ({ code, label: label(hans, hant, en), article: "", state, date });
const step = (over: Partial<StepView>): StepView => ({ event: "e1", code: "E10", label: label("立案", "立案", "case opened"), date: "2026-11-16", officers: ["王队员", "李队员"], author: "王队员", documents: [], params: {}, verdict: "accepted", refused: null, ...over });
const clock = (over: Partial<ClockView>): ClockView => ({ id: "DECIDE", label: label("作出决定", "作出決定", "decision"), deadline: { ...DEADLINE, label: label("作出决定", "作出決定", "decision"), due_date: "2027-02-14", workdays_left: 58, bucket: "later", basis: "行政处罚法 60" }, state: "running", kind: "limit", ...over });

export const PROCEEDING: ProceedingView = {
  card: { id: "01930000-p1", case_id: "01930000-1043", case_no: "AJ-2026-1043", cause: "擅自搭建建筑物", in_progress: false, stage: "E20", stage_label: label("调查取证", "調查取證", "investigation"), opened_on: "2026-11-13", opening: "accepted", opening_refused: null, party: "赵*" },
  road: [
    road("E00", "线索核查", "線索核查", "source checked", "done", "2026-11-13"),
    road("E10", "立案", "立案", "case opened", "done", "2026-11-16"),
    road("E20", "调查取证", "調查取證", "investigation", "now", "2026-11-18"),
    road("E30", "责令限期改正", "責令限期改正", "ordered to correct", "ahead"),
    road("E40", "事先告知", "事先告知", "prior notice", "ahead"),
    road("E45", "法制审核", "法制審核", "legal review", "ahead"),
    road("E50", "作出决定", "作出決定", "decision", "ahead"),
    road("E55", "送达", "送達", "service", "ahead"),
    road("E90", "结案", "結案", "closed", "ahead"),
  ],
  steps: [
    step({ event: "e0", code: "OK", label: label("审批", "審批", "approval"), date: "2026-11-15", officers: [], author: "周局长", params: { for: "E10" } }),
    step({ documents: [{ template: "F07", number: "城管立字〔2026〕第 18 号", date: "2026-11-16", paper: "" }] }),
    step({ event: "e2", code: "E20", label: label("调查取证", "調查取證", "investigation"), date: "2026-11-18", documents: [{ template: "F03", number: "", date: "2026-11-18", paper: "" }], verdict: "pending" }),
    step({ event: "e3", code: "E40", label: label("事先告知", "事先告知", "prior notice"), date: "2026-11-19", verdict: "refused", refused: { code: "one_officer", label: label("至少要两名不同的执法人员", "至少要兩名不同的執法人員", "two different officers are needed"), article: "行政处罚法 42" } }),
  ],
  next: [
    nextStep({ officers: true, documents: ["F09"], params: [{ name: "correct_by", form: "date", choices: [], required: true }] }),
    nextStep({
      code: "E40",
      label: label("事先告知", "事先告知", "prior notice"),
      article: "行政处罚法 44、63",
      officers: true,
      documents: ["F15"],
      params: [
        { name: "planned", form: "text", choices: [], required: true },
        { name: "hearing_right", form: "choice", choices: ["yes", "no"], required: true },
      ],
    }),
    nextStep({ code: "E90", label: label("结案", "結案", "closed"), article: "行政处罚法 47", roles: ["R-ENFL"], blocked: NO_APPROVAL }),
    nextStep({ code: "OK", label: label("审批", "審批", "approval"), article: "行政处罚法 57", roles: ["R-HEAD", "R-LEG"], blocked: NOT_YOURS }),
  ],
  clocks: [
    clock({}),
    clock({ id: "FILE", label: label("立案", "立案", "filing"), state: "met" }),
    clock({ id: "CORRECT", label: label("改正期限", "改正期限", "time to correct"), state: "overdue", deadline: { ...DEADLINE, due_date: "2026-11-20", workdays_left: -2, bucket: "overdue" } }),
  ],
  party: { kind: "person", id_kind: "resident_id", fields: { name: "赵*", id_no: "310***********0010", address: "东湖路****", phone: "138****0000" } },
  surcharge: null,
  may_set_party: true,
  may_unmask: true,
  officers: [
    { user: "enforcer1", name: "王队员", certificate: "02-0001" },
    { user: "enforcer2", name: "李队员", certificate: "02-0002" },
    { user: "leader1", name: "孙队长", certificate: null },
  ],
};

const HOUR = 3_600_000;
const access = (n: number, over: Partial<AccessPage["rows"][number]>): AccessPage["rows"][number] => ({ event: `a${n}`, user: "enforcer1", name: "王队员", roles: ["R-ENF"], device: "laptop-07", action: "unmask", objects: ["proceeding:01930000-7000-p1"], fields: ["name", "id_no"], reason: "填写事先告知书", host: "desktop", wall_ms: Date.UTC(2026, 10, 24, 6) - n * HOUR, received_ms: Date.UTC(2026, 10, 24, 6) - n * HOUR, ...over });
const ENTRIES = [access(0, {}), access(1, { user: "legal1", name: "钱法制", action: "view", fields: [], reason: "", host: "web" }), access(3, { action: "export", fields: ["name", "address", "phone"], reason: "镇里季度检查", received_ms: null }), access(20, { user: "legal1", name: "钱法制", fields: ["phone"], reason: "电话通知听证时间" }), ...Array.from({ length: 60 }, (_, i) => access(26 + i * 5, { fields: ["address"], reason: "核对送达地址" }))];

export function proceedingAnswers(): Answers {
  return {
    "proceeding.list": () => ({ total: 1, rows: [PROCEEDING.card], may_open: true }),
    "proceeding.get": () => PROCEEDING,
    "proceeding.rules": () => [NOT_YOURS, NO_APPROVAL],
    "proceeding.step": ({ id }) => ({ id, events: ["e9"] }),
    "proceeding.open": () => ({ id: PROCEEDING.card.id, events: ["e9"] }),
    "party.set": ({ id }) => ({ id, events: ["e9"] }),
    "party.unmask": ({ fields }) => {
      const clear: Record<string, string> = { name: "赵样例", id_no: "310112190001010010", address: "东湖路 88 弄 8 号 601 室", phone: "13800000000" };
      return { fields: Object.fromEntries(fields.map((f) => [f, clear[f] ?? ""])) };
    },
    "access.page": ({ user, action, offset, limit }) => {
      const rows = ENTRIES.filter((e) => (user === null || e.user === user) && (action === null || e.action === action));
      return { total: rows.length, from: "2026-10-24", to: "2026-11-24", rows: rows.slice(offset, offset + limit) };
    },
  };
}

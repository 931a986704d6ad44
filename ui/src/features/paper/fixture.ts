/** Made-up papers for the gallery. */
import { label } from "../../form/fixture";
import type { DeadlineView, FormField, PaperCard, PaperDraft, PaperDuty, PaperPrepared, PaperPreview, PaperTemplate, PaperView, PaperWaits } from "../../ipc";
import type { Answers } from "../../ipc/transport.fixture";

export const paperCard = (over: Partial<PaperCard> = {}): PaperCard => ({
  id: "p1",
  case_id: "01930000-2044",
  round: "",
  case_no: "居管〔2026〕02044号",
  template: "F03",
  label: label("责令限期改正通知书", "責令限期改正通知書", "Order to correct within a time"),
  number: "示镇责改字〔2026〕第0012号",
  status: "issued",
  pending: false,
  refused: null,
  date: "2026-11-20",
  recipient: "李*",
  issuer: "王队员",
  is_served_kind: true,
  served_mode: null,
  served_on: null,
  due_date: null,
  bucket: null,
  ...over,
});

const served = (id: string, due_date: string, bucket: string) => paperCard({ id, number: `示镇责改字〔2026〕第00${id.slice(1)}号`, status: "served", served_mode: "direct", served_on: "2026-11-12", due_date, bucket });

export const PAPER_DUTIES: PaperDuty[] = [
  { key: "to_serve", count: 2, rows: [paperCard(), paperCard({ id: "p2", number: "", pending: true })] },
  { key: "overdue", count: 1, rows: [served("p13", "2026-11-20", "overdue")] },
  { key: "due", count: 1, rows: [served("p14", "2026-11-23", "today")] },
];

export const WAITS: PaperWaits = {
  step: "E50",
  step_label: label("作出决定", "作出決定", "decision"),
  why: { code: "not_approved", label: label("还没有负责人的审批", "還沒有負責人的審批", "not approved by the head yet"), article: "行政处罚法 57" },
};

const field = (key: string, kind: string, name: ReturnType<typeof label>, more: Partial<FormField> = {}): FormField => ({ key, kind, label: name, required: true, personal: false, group: null, when: null, required_when: null, unless: null, choices: [], columns: [], default: null, ...more });

const FIELDS: FormField[] = [
  field("party_name", "text", label("姓名或名称", "姓名或名稱", "name")),
  field("party_kind", "choice", label("当事人类别", "當事人類別", "kind of party"), { choices: [{ value: "person", label: label("个人", "個人", "person") }] }),
  field("found_on", "date", label("案发日期", "案發日期", "found on")),
  field("corrections", "list", label("改正内容及要求", "改正內容及要求", "what to correct")),
  field("items", "table", label("问题清单", "問題清單", "problems"), { required: false, columns: [{ key: "problem", label: label("存在问题", "存在問題", "problem") }, { key: "due", label: label("期限", "期限", "by") }] }),
];

const PREPARED: PaperPrepared = {
  form: { code: "F09", version: 1, label: label("责令限期改正通知书", "責令限期改正通知書", "order to correct"), needs_number: true, photos: "optional", fields: FIELDS },
  content: { case_id: "01930000-2044", round: "", template: "F09", proceeding: "", fields: { party_name: "欧阳㛃𠮷", found_on: "2026-11-20", corrections: ["拆除阳光房，恢复原状"], items: [["天井搭建", "七日内"]] }, photos: [], officers: ["e1"], clock: { rule: "CAL_ROLL", n: 7, unit: "day" } },
  officers: 2,
  officer_choices: [
    { user: "e1", name: "王队员", certificate: "沪-0001" },
    { user: "e2", name: "李队员", certificate: "沪-0002" },
  ],
  photo_choices: [{ hash: "h1", thumb: null, caption: "全景" }],
  has_clock: true,
  of_proceeding: false,
  proceedings: [],
  organ: "新城镇人民政府",
  next_number: "新综执责改字〔2026〕第 0012 号",
  saved_ms: 1_795_400_000_000,
};

/** One grey pixel stands for the page. */
const PAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mN89x8AAuEB7x7nCqsAAAAASUVORK5CYII=";
const PREVIEW: PaperPreview = { pages: [PAGE], problems: [{ field: "officers", code: "two_people" }], waits: null, failed: null };

const DUE: DeadlineView = { due_at: "2026-11-27T23:59:59", due_date: "2026-11-27", label: label("送达之日起计算", "送達之日起計算", "counted from service"), rule: "CAL_ROLL", n: 7, unit: "day", basis: "《上海市拆除违法建筑若干规定》第九条", start: "2026-11-20T00:00:00", provisional: false, calendar_version: "2026-11-01", workdays_left: 3, bucket: "week", steps: [], was: null };

const VIEW: PaperView = {
  card: paperCard({ id: "p13", status: "served", served_mode: "direct", served_on: "2026-11-20", due_date: "2026-11-27", bucket: "week" }),
  officers: PREPARED.officer_choices,
  clock: PREPARED.content.clock,
  service: null,
  deemed_on: "2026-11-20",
  notice: null,
  due: DUE,
  service_photos: [],
  checked: null,
  voided: null,
  refused_why: null,
  pdf: "b6ecea2f3663535ebd7b588a4fe010a6d451e4807e6057b34ded449061ca2b2f",
  pdf_here: true,
  personal: { recipient: "张*", recipient_address: "示例路1234弄", receiver: "张*" },
  may_unmask: true,
  may_open: true,
  actions: ["check", "void"],
  modes: [],
  relations: [],
  notice_limits: [],
  servers: 2,
  timeline: [
    { kind: "paper.issued", author: "王队员", by_server: false, wall_ms: 1_795_000_000_000, text: "示镇责改字〔2026〕第0012号", verdict: "accepted", reason_code: null },
    { kind: "paper.served", author: "王队员", by_server: false, wall_ms: 1_795_000_900_000, text: "direct", verdict: "accepted", reason_code: null },
    { kind: "paper.printed", author: "王队员", by_server: false, wall_ms: 1_795_000_950_000, text: "2", verdict: null, reason_code: null },
  ],
};

const TEMPLATES: PaperTemplate[] = [{ code: "F09", label: PREPARED.form.label, family: "enforcement", officers: 2, numbers_left: 18 }];
const DRAFTS: PaperDraft[] = [{ template: "F09", label: PREPARED.form.label, saved_ms: 1_795_400_000_000 }];

export function paperAnswers(): Answers {
  return {
    "paper.duties": () => PAPER_DUTIES,
    "paper.list": ({ duty }) => {
      const rows = duty === null ? [paperCard(), VIEW.card] : (PAPER_DUTIES.find((d) => d.key === duty)?.rows ?? []);
      return { total: rows.length, rows };
    },
    "paper.templates": () => TEMPLATES,
    "paper.draft_list": () => DRAFTS,
    "paper.draft_save": () => DRAFTS[0] as PaperDraft,
    "paper.draft_discard": () => ({}),
    "paper.prepare": () => PREPARED,
    "paper.preview": () => PREVIEW,
    "paper.get": () => VIEW,
  };
}

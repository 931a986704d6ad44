import { label } from "../../form/fixture";
import { sampleAnswers } from "../../gallery/sample";
import { type ActionView, type OrderView, TransportProvider } from "../../ipc";
import { workTransport } from "../capture/fixture";
import { CaseScreen } from "./CaseScreen";
import { caseCard, caseView } from "./fixture";

export const title = "Case page: dispatched";

const departments = [
  { value: "enforcement", label: label("镇综合行政执法队", "鎮綜合行政執法隊", "town enforcement team") },
  { value: "housing_town", label: label("镇房管机构", "鎮房管機構", "town housing office") },
  { value: "planning", label: label("规划资源所", "規劃資源所", "planning and resources office") },
];
const bare: ActionView = { action: "", needs_reason: false, reasons: [], may_name_slot: false, params: [], measures: [], deadline: null, photo_slot: null, new_photos: 0, confirm: true };

const actions: ActionView[] = [
  {
    ...bare,
    action: "redispatch",
    params: [
      { name: "lead", required: true, choices: departments, proposed: "housing_town" },
      { name: "conference", required: false, choices: [], proposed: "" },
      { name: "assisting", required: false, choices: departments, proposed: "planning" },
      { name: "instruction", required: false, choices: [], proposed: "" },
    ],
    deadline: "keep",
  },
  { ...bare, action: "report_done", params: [{ name: "result", required: true, choices: [{ value: "self_corrected", label: label("当事人自行整改", "當事人自行整改", "put right by the party") }], proposed: "" }], photo_slot: "after", measures: ["area_m2"] },
  { ...bare, action: "extend", deadline: "later" },
];

const order: OrderView = {
  lead: departments[0]?.label ?? null,
  assisting: departments.slice(1).map((d) => d.label),
  instruction: "现场核实后责令限期拆除，注意保存施工照片。",
  handler: "王队员",
  checker: "",
  result: null,
  reworked: 1,
  extensions: 1,
  refused_by: [{ department: departments[1]?.label ?? label("", "", ""), reason: "房屋外立面不属于本机构职责。", by: "李经办", wall_ms: Date.UTC(2026, 10, 23, 1, 0) }],
  asks: [{ action: "ask_extend", reason: "当事人出差，需再延 5 个工作日。", by: "王队员", wall_ms: Date.UTC(2026, 10, 24, 1, 0) }],
  stopped: { from: "2026-11-24", expected_end: "2026-12-10", reason: label("检测、鉴定", "檢測、鑑定", "appraisal") },
  on_agenda: false,
  referred_to: "",
  referred_by_paper: "",
};

const view = caseView({
  card: caseCard({ id: "01930000-2044", status: "FILED" }),
  conflicts: [],
  order,
  competence: label("两部法规写的主管部门不同，由联席会议办公室确定。", "兩部法規寫的主管部門不同，由聯席會議辦公室確定。", "Two texts name different authorities; the office decides."),
  actions,
});
const transport = workTransport({ ...sampleAnswers(), "case.get": () => view });

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <CaseScreen id="01930000-2044" onOpenCase={() => {}} />
    </TransportProvider>
  );
}

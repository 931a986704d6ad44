/** Made-up papers for the gallery. */
import { label } from "../../form/fixture";
import type { PaperCard, PaperDuty } from "../../ipc";

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
  recipient: "李某",
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

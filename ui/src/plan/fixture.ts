/** A made-up plan for the gallery: four buildings, a case of each state. */
import type { PlanView } from "../ipc";

const square = (x: number, y: number): Array<[number, number]> => [
  [x, y],
  [x + 18_000, y],
  [x + 18_000, y + 16_000],
  [x, y + 16_000],
];
const building = (no: string, x: number, y: number) => ({ no, corners: square(x, y), middle: [x + 9_000, y + 8_000] as [number, number] });
const TYPE = { "zh-Hans": "天井搭建", "zh-Hant": "天井搭建", en: "built over a light well" };
const pin = (case_id: string, state: string, building_no: string, x: number, y: number) => ({ case_id, no: `SL-2026-WJ-${case_id}`, type_label: TYPE, building: building_no, room: "601", state, x, y, set: false });

export const PLAN: PlanView = {
  compound_id: "cmp-001",
  image: { hash: "plan", thumb: null, preview: "plan", name: "总平面.png", width: 1600, height: 1000, bytes: 120_000, media_type: "image/png", thumb_here: false, preview_here: true, original_here: false },
  buildings: [building("1号", 8_000, 12_000), building("2号", 40_000, 12_000), building("7号", 8_000, 55_000), building("8号", 40_000, 55_000)],
  georef: null,
  pins: [pin("000021", "overdue", "8号", 49_000, 63_000), pin("000022", "open", "2号", 49_000, 20_000), pin("000023", "closed", "7号", 17_000, 63_000)],
  unplaced: 1,
  may_draw: true,
};

/** A made-up round for the gallery, half walked. */
import type { CoverageRow, CoverageView, RoundStopView, RoundView } from "../../ipc";

const stop = (n: number, over: Partial<RoundStopView> = {}): RoundStopView => ({ id: `s${n}`, label: `${n}号`, door: true, rooms: ["101", "102", "201", "202"], result: "", reason: "", at_ms: null, visits: [], pin: null, open_cases: 0, ...over });

export const ROUND: RoundView = {
  card: { id: "r1", compound_id: "cmp-001", compound: "东湖花园", walker: "张工", date: "2026-11-23", status: "WALKING", missed: false, mine: true, stops: 12, done: 3, skipped: 1, doors_visited: 2, doors_all: 144, findings: 1, walked_on: "2026-11-23" },
  planner: "陈丽",
  note: "重点看群租线索",
  end_note: "",
  dropped: "",
  started_ms: 1_795_400_000_000,
  ended_ms: null,
  stops: [
    stop(1, { result: "done", at_ms: 1_795_400_300_000, visits: [{ room: "101", outcome: "entered", at_ms: 1_795_400_200_000 }] }),
    stop(2, { result: "done", at_ms: 1_795_400_500_000 }),
    stop(3, { result: "skipped", reason: "施工封闭", at_ms: 1_795_400_600_000 }),
    stop(4, { result: "done", at_ms: 1_795_400_900_000, open_cases: 1 }),
    ...Array.from({ length: 8 }, (_, i) => stop(i + 5, { open_cases: i === 3 ? 2 : 0 })),
  ],
  findings: [],
  actions: ["stop", "end"],
  pending: 3,
};

const visited = (compound_id: string, compound: string, over: Partial<CoverageRow>): CoverageRow => ({ compound_id, compound, planned: 8, walked: 7, walked_all: 9, last: "2026-11-20", unvisited: false, next: null, ...over });

export const COVERAGE: CoverageView = {
  from: "2026-10-24",
  to: "2026-11-23",
  planned: 40,
  walked: 34,
  walked_all: 41,
  unvisited: 2,
  rows: [
    visited("c-cy", "翠苑", { planned: 0, walked: 0, walked_all: 0, last: null, unvisited: true }),
    visited("c-ygl", "阳光里", { planned: 2, walked: 0, walked_all: 0, last: "2026-10-19", unvisited: true, next: "2026-11-25" }),
    visited("c-dhhy", "东湖花园", { planned: 22, walked: 20, walked_all: 24, next: "2026-11-24" }),
    visited("c-mzy", "明珠苑", {}),
  ],
  may_plan: true,
};

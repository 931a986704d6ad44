import { describe, expect, it } from "vitest";
import { isStale } from "../../ipc/topics";
import { byRisk } from "../compound/CompoundsScreen";
import { countByBuilding } from "../compound/BuildingGrid";
import { caseCard } from "../case/fixture";
import { PAGE_ROWS, caseQuery, pagesFor } from "./useCasePages";

describe("pages of the list", () => {
  it("covers what is on screen with at most four pages", () => {
    expect(pagesFor(0, 12)).toEqual([0]);
    expect(pagesFor(195, 210)).toEqual([0, 1]);
    expect(pagesFor(0, 99_999)).toEqual([0, 1, 2, 3]);
    expect(pagesFor(99_990, 99_999)).toEqual([499]);
  });

  it("asks for exactly one page of rows", () => {
    expect(caseQuery({ status: "REPORTED,FILED", text: "8号" }, 3)).toMatchObject({ status: ["REPORTED", "FILED"], text: "8号", offset: 3 * PAGE_ROWS, limit: PAGE_ROWS, mine: false, compound_id: null });
  });
});

describe("what a change makes stale", () => {
  const change = (...topics: string[]) => ({ topics, ids: [], seq: 1 });

  it("reads again what the topic touches, and everything when nothing is said", () => {
    expect(isStale("case.get", change("case"))).toBe(true);
    expect(isStale("tray.list", change("case"))).toBe(false);
    expect(isStale("catalogue.get", change("case", "sync"))).toBe(false);
    expect(isStale("catalogue.get", change())).toBe(true);
    expect(isStale("today.show", change("case"))).toBe(true);
    expect(isStale("tray.list", change("a_later_topic"))).toBe(true);
  });
});

describe("compounds", () => {
  it("stand by risk", () => {
    const card = (name: string, overdue_cases: number, open_cases: number) => ({ id: name, name, initials: "", address: "", dwellings: 1, buildings: 1, open_cases, overdue_cases });
    expect([card("c", 0, 3), card("a", 2, 2), card("b", 0, 9)].sort(byRisk).map((c) => c.name)).toEqual(["a", "b", "c"]);
  });

  it("count open cases by building and leave out what is done", () => {
    const counts = countByBuilding([caseCard({ building: "8号", bucket: "overdue" }), caseCard({ building: "8号", bucket: "week" }), caseCard({ building: "8号", status: "CLOSED" })]);
    expect(counts.get("8号")).toEqual({ open: 2, overdue: 1 });
  });
});

import { describe, expect, test } from "vitest";
import type { DocumentView } from "../../ipc";
import { type StepDraft, documentsNeeded, isComplete, onDay, requestOf } from "./needs";
import { PROCEEDING, nextStep } from "./fixture";

const paper = (template: string): DocumentView => ({ template, number: "7", date: "2026-11-20", paper: "" });
const draft = (over: Partial<StepDraft> = {}): StepDraft => ({ date: "2026-11-20", officers: ["a", "b"], params: {}, documents: {}, ...over });

describe("what a step lacks", () => {
  test("a decision asks for the papers of what it decides", () => {
    const step = nextStep({ code: "E50", documents: ["F21|F22"] });
    expect(documentsNeeded(step, { decision: "both" })).toEqual(["F21", "F22"]);
    expect(documentsNeeded(step, { decision: "demolition" })).toEqual(["F22"]);
    expect(documentsNeeded(step, { decision: "none" })).toEqual(["F21"]);
  });

  test("two officers, every needed particular and every paper", () => {
    const step = nextStep({ officers: true, documents: ["F09"], params: [{ name: "correct_by", form: "date", choices: [], required: true }] });
    const whole = draft({ params: { correct_by: "2026-12-01" }, documents: { F09: paper("F09") } });
    expect(isComplete(step, whole)).toBe(true);
    expect(isComplete(step, { ...whole, officers: ["a"] })).toBe(false);
    expect(isComplete(step, { ...whole, params: { correct_by: " " } })).toBe(false);
    expect(isComplete(step, { ...whole, documents: {} })).toBe(false);
    expect(isComplete(step, { ...whole, date: "" })).toBe(false);
  });

  test("an earlier day takes the papers made elsewhere with it, and no issued one", () => {
    const moved = onDay(draft({ documents: { F07: paper("F07"), F09: { ...paper("F09"), paper: "p1" }, F11: { ...paper("F11"), date: "2026-11-18" } } }), "2026-11-19");
    expect(Object.values(moved.documents).map((d) => d.date)).toEqual(["2026-11-19", "2026-11-20", "2026-11-18"]);
  });

  test("papers of a choice taken back are not sent", () => {
    const step = nextStep({ code: "E50", documents: ["F21|F22"] });
    const sent = requestOf(PROCEEDING.card.id, step, draft({ params: { decision: "demolition" }, documents: { F21: paper("F21"), F22: paper("F22") } }));
    expect(sent.documents.map((d) => d.template)).toEqual(["F22"]);
  });
});

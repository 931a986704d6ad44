import { afterEach, describe, expect, it } from "vitest";
import { LANGUAGES, setLanguage } from "../i18n";
import type { ErrorCode } from "../ipc/api.gen";
import { optionHits } from "./ComboBox";
import { deadlineText, stepText } from "./deadlineWords";
import { decimalProblem, plainDecimal } from "./decimal";
import { errorWords } from "./errorWords";
import { keyWords } from "./Kbd";
import { forgetUndo, toast, undoLast } from "./toasts";

afterEach(() => setLanguage("zh-Hans"));

describe("decimals as text", () => {
  it("makes an input method's digits plain", () => {
    expect(plainDecimal("１２．５")).toBe("12.5");
    expect(plainDecimal("1,200 ")).toBe("1200");
    expect(plainDecimal("12。5")).toBe("12.5");
  });

  it("says what is wrong and deletes nothing", () => {
    expect(decimalProblem("12.50", 2)).toBeNull();
    expect(decimalProblem("12.505", 2)).toBe("too_fine");
    expect(decimalProblem("3.", 0)).toBeNull();
    expect(decimalProblem("3.1", 0)).toBe("too_fine");
    expect(decimalProblem("十二", 2)).toBe("not_a_number");
    expect(decimalProblem("-1", 2)).toBe("not_a_number");
    expect(plainDecimal("十二")).toBe("十二");
  });
});

describe("deadline in words", () => {
  it("always says working days and the date", () => {
    const year = new Date().getFullYear();
    const at = (workdays_left: number, bucket: string) => deadlineText({ due_date: `${year}-11-20`, workdays_left, bucket, provisional: false });
    expect(at(-1, "overdue")).toBe("逾期 1 个工作日（11-20）");
    expect(at(0, "overdue")).toBe("已逾期（11-20）");
    expect(at(0, "today")).toBe("今天到期（11-20）");
    expect(at(3, "week")).toBe("剩 3 个工作日（11-20）");
    setLanguage("en");
    expect(at(-1, "overdue")).toBe("1 working day overdue (20 Nov)");
    expect(at(-2, "overdue")).toBe("2 working days overdue (20 Nov)");
    setLanguage("zh-Hant");
    expect(at(-1, "overdue")).toBe("逾期 1 個工作日（11-20）");
  });

  it("words each kind of step", () => {
    const kinds = ["start_excluded", "counted", "weekend", "holiday", "make_up_workday", "rolled", "no_such_day", "due"];
    for (const language of LANGUAGES) {
      setLanguage(language);
      const texts = kinds.map((kind) => stepText({ at: "2026-11-24", kind, count: 2, name: "国庆节" }));
      // Hours are counted to the minute, and do not run to the end of the day.
      const hours = [["counted", 0], ["counted", 3], ["due", null]] as const;
      const timed = hours.map(([kind, count]) => stepText({ at: "2026-11-24T11:30:00", kind, count, name: null }));
      expect(timed.every((t) => t.includes("11:30"))).toBe(true);
      expect(new Set(timed).size).toBe(3);
      expect(new Set(texts).size).toBe(kinds.length);
      expect(texts.some((t, i) => t === kinds[i])).toBe(false);
    }
  });
});

describe("errors", () => {
  const error = (code: ErrorCode, params: Record<string, string> = {}) => ({ code, params, retry: false, field: null });

  it("say how much is left on the disk and how long to wait", () => {
    expect(errorWords(error("disk_full", { free_bytes: "80000000" })).what).toContain("80.0 MB");
    expect(errorWords(error("disk_full")).what).toContain("很少");
    expect(errorWords(error("too_many_tries", { retry_s: "45" })).next).toContain("45");
  });

  it("word an unknown code as internal", () => {
    expect(errorWords(error("of_a_later_version" as ErrorCode))).toEqual(errorWords(error("internal")));
  });
});

describe("small things", () => {
  it("finds an option by initials or words", () => {
    const option = { value: "1", label: "东湖花园", search: "dhhy", description: "东湖路 88 弄" };
    expect(["DH", "东湖", "88 弄", ""].map((t) => optionHits(option, t))).toEqual([true, true, true, true]);
    expect(optionHits(option, "mz")).toBe(false);
  });

  it("draws keys as they stand on the keyboard", () => {
    expect(keyWords("Mod+Enter")).toEqual(["Ctrl", "Enter"]);
    expect(keyWords("G T")).toEqual(["G", "T"]);
    expect(keyWords("n")).toEqual(["N"]);
  });

  it("takes back the latest act first, once, and nothing that was forgotten", () => {
    const done: string[] = [];
    toast("a", { undo: () => done.push("a") });
    toast("b", { undo: () => done.push("b") });
    const gone = toast("c", { undo: () => done.push("c") });
    forgetUndo(gone);
    expect([undoLast(), undoLast(), undoLast()]).toEqual([true, true, false]);
    expect(done).toEqual(["b", "a"]);
  });

  it("keeps at least fifty acts to take back", () => {
    let count = 0;
    for (let i = 0; i < 60; i++) toast(String(i), { undo: () => count++ });
    while (undoLast());
    expect(count).toBe(60);
  });
});

/** What a machine check found, in words. It points; the person decides. */
import { m, say } from "../../i18n";
import type { Category, CheckView } from "../../ipc";
import type { Sign, Tone } from "../../kit";
import { slotWords } from "../../photo/words";

export function checkWords(check: CheckView, category: Category | undefined): string {
  const { params, result } = check;
  switch (check.code) {
    case "slot_present": {
      const slot = slotWords(params.slot ?? "", category?.slots ?? []);
      return result === "pass" ? m.review_check_slot({ slot }) : m.review_check_no_slot({ slot });
    }
    case "taken_before_report":
      if (result === "pass") return m.review_check_taken();
      return params.days === undefined ? m.review_check_taken_after() : m.review_check_taken_early({ count: Number(params.days) });
    case "photo_reused":
      return result === "pass" ? m.review_check_not_reused() : m.review_check_reused({ count: Math.max(1, Number(params.cases ?? 2) - 1) });
    case "field_missing": {
      const field = category?.fields.find((f) => f.key === params.field);
      return m.review_check_field({ field: field ? say(field.label) : (params.field ?? "") });
    }
    default:
      return result === "pass" ? m.review_check_other_pass({ code: check.code }) : m.review_check_other_fail({ code: check.code });
  }
}

export function checkLook(result: string): { sign: Sign; tone: Tone } {
  if (result === "pass") return { sign: "tick", tone: "done" };
  if (result === "fail") return { sign: "cross", tone: "overdue" };
  return { sign: "question", tone: "today" };
}

/** The first photo slot the checks found empty: what a return most likely asks for. */
export function missingSlot(checks: readonly CheckView[]): string | null {
  return checks.find((c) => c.code === "slot_present" && c.result === "fail")?.params.slot ?? null;
}

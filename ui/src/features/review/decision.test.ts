import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../form/fixture";
import { begin, lacks, request, withReason, withText } from "./decision";

const zh = (label: { "zh-Hans": string }) => label["zh-Hans"];
const [first, second] = CATALOGUE.reasons.filter((r) => r.action === "return" && r.names_slot);
const plain = CATALOGUE.reasons.find((r) => r.action === "return" && !r.names_slot);
if (!first || !second || !plain) throw new Error("fixture");

describe("a decision at the desk", () => {
  it("approving needs nothing", () => {
    expect(lacks(begin("approve", "door"))).toBeNull();
    expect(request("c", withText(begin("approve", "door"), " 事实清楚 "))).toEqual({ case_id: "c", decision: "approve", reason_code: null, reason: "事实清楚", slot: null });
  });

  it("returning needs a reason, words and the missing slot", () => {
    const start = begin("return", null);
    expect(lacks(start)).toBe("reason");
    const reasoned = withReason(start, first, zh, "");
    expect(lacks(reasoned)).toBe("slot");
    expect(lacks({ ...reasoned, slot: "door" })).toBeNull();
    expect(lacks(withText({ ...reasoned, slot: "door" }, "  "))).toBe("text");
  });

  it("another template replaces a template, never somebody's own words", () => {
    const once = withReason(begin("return", "door"), first, zh, "");
    expect(withReason(once, second, zh, "").text).toBe(zh(second.template));
    const own = withText(once, "请站远一点拍。");
    expect(withReason(own, second, zh, "").text).toBe("请站远一点拍。");
  });

  it("names the slot in the template and only sends one the reason asks for", () => {
    const slotted = { ...first, template: { ...first.template, "zh-Hans": "请补拍{slot}。" } };
    expect(withReason(begin("return", "door"), slotted, zh, "门牌").text).toBe("请补拍门牌。");
    expect(request("c", withReason(begin("return", "door"), plain, zh, "")).slot).toBeNull();
    expect(request("c", withReason(begin("reject", "door"), first, zh, "")).slot).toBeNull();
  });
});

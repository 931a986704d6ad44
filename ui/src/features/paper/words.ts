/** Words for what papers are, how they stand and how they were served. */
import { m } from "../../i18n";
import type { PaperCard, PaperEntry } from "../../ipc";
import type { Tone } from "../../kit";

export function statusWords(card: PaperCard): { text: string; tone: Tone } {
  switch (card.status) {
    case "served":
      return { text: m.paper_status_served(), tone: card.bucket === "overdue" ? "overdue" : "primary" };
    case "checked":
      return { text: m.paper_status_checked(), tone: "done" };
    case "voided":
      return { text: m.paper_status_voided(), tone: "offline" };
    case "refused":
      return { text: m.paper_status_refused(), tone: "overdue" };
    default:
      return card.is_served_kind ? { text: m.paper_status_to_serve(), tone: "today" } : { text: m.paper_status_issued(), tone: "done" };
  }
}

const MODES: Record<string, () => string> = {
  direct: m.paper_mode_direct,
  left: m.paper_mode_left,
  post: m.paper_mode_post,
  electronic: m.paper_mode_electronic,
  entrusted: m.paper_mode_entrusted,
  forwarded: m.paper_mode_forwarded,
  notice: m.paper_mode_notice,
};
const RELATIONS: Record<string, () => string> = {
  self: m.paper_relation_self,
  family: m.paper_relation_family,
  legal_representative: m.paper_relation_legal_representative,
  responsible: m.paper_relation_responsible,
  mailroom: m.paper_relation_mailroom,
  agent: m.paper_relation_agent,
};
const FIELDS: Record<string, () => string> = {
  receiver: m.paper_field_receiver,
  relation: m.paper_field_relation,
  refusal: m.paper_field_refusal,
  tracking: m.paper_field_tracking,
  electronic_address: m.paper_field_electronic_address,
  consent: m.paper_field_consent,
  through: m.paper_field_through,
  notice_medium: m.paper_field_notice_medium,
  notice_reason: m.paper_field_notice_reason,
};
const RESULTS: Record<string, () => string> = { corrected: m.paper_result_corrected, partly: m.paper_result_partly, not: m.paper_result_not };

export const modeWords = (mode: string) => MODES[mode]?.() ?? mode;
export const relationWords = (relation: string) => RELATIONS[relation]?.() ?? relation;
export const serviceFieldWords = (key: string) => FIELDS[key]?.() ?? key;
export const resultWords = (result: string) => RESULTS[result]?.() ?? result;

export function entryWords(entry: PaperEntry): string {
  switch (entry.kind) {
    case "paper.issued":
      return [m.paper_kind_paper_issued(), entry.text].join(" ");
    case "paper.served":
      return [m.paper_kind_paper_served(), modeWords(entry.text)].join(" ");
    case "paper.checked":
      return [m.paper_kind_paper_checked(), resultWords(entry.text)].join(" ");
    case "paper.voided":
      return [m.paper_kind_paper_voided(), entry.text].join(" ");
    case "paper.printed":
      return m.paper_kind_paper_printed({ copies: entry.text });
    default:
      return m.paper_kind_paper_ruled();
  }
}

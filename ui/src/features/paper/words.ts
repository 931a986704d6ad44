/** Words for what papers are, how they stand and how they were served. */
import { m, say } from "../../i18n";
import type { PaperCard, PaperEntry, PaperView, PaperWaits, TimelineEntry } from "../../ipc";
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

/** Personal data of a paper, in the order it is shown. */
export const PERSONAL_FIELDS = ["recipient", "recipient_address", "receiver", "witness", "electronic_address"] as const;
const PERSONAL: Record<string, () => string> = { recipient: m.paper_recipient, recipient_address: m.paper_recipient_address, witness: m.paper_field_witness };

export const personalWords = (field: string) => PERSONAL[field]?.() ?? serviceFieldWords(field);
export const modeWords = (mode: string) => MODES[mode]?.() ?? mode;
export const relationWords = (relation: string) => RELATIONS[relation]?.() ?? relation;
export const serviceFieldWords = (key: string) => FIELDS[key]?.() ?? key;
export const resultWords = (result: string) => RESULTS[result]?.() ?? result;

/** Why the server did not accept a paper, where no rule of a proceeding says it. */
const REFUSALS: Record<string, () => string> = {
  no_such_proceeding: m.paper_why_proceeding,
  in_the_future: m.paper_why_future,
  no_certificate: m.paper_why_certificate,
  not_an_officer: m.paper_why_certificate,
  number_used: m.paper_why_number,
  number_not_leased: m.paper_why_number,
  wrong_number: m.paper_why_number,
  wrong_series: m.paper_why_number,
  case_not_accepted: m.paper_why_case,
  no_such_case: m.paper_why_case,
  no_such_round: m.paper_why_round,
};
const ownWords = (code: string) => REFUSALS[code]?.() ?? m.paper_why_other({ code });

export const refusedWords = (view: PaperView) => (view.refused_why !== null ? say(view.refused_why.label) : ownWords(view.card.refused ?? ""));
export const waitsWords = (waits: PaperWaits) => say(waits.why.label) || ownWords(waits.why.code);

/** An event of a paper as a line in the story of its case: what happened, to which paper. */
export function storyTitle(entry: TimelineEntry): string {
  const { paper } = entry;
  const name = paper === null ? "" : [say(paper.label), paper.number].filter(Boolean).join(" ");
  switch (entry.kind) {
    case "paper.issued":
      return m.paper_story_issued({ name });
    case "paper.served":
      return m.paper_story_served({ name });
    case "paper.checked":
      return m.paper_story_checked({ name });
    case "paper.voided":
      return m.paper_story_voided({ name });
    case "paper.printed":
      return m.paper_story_printed({ name });
    default:
      return m.paper_story_refused({ name });
  }
}

/** What is told of it beside: how, with which result, how often, why. */
export function storyText(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "paper.served":
      return modeWords(entry.text);
    case "paper.checked":
      return resultWords(entry.text);
    case "paper.printed":
      return m.paper_kind_paper_printed({ copies: entry.text });
    case "paper.voided":
      return entry.text;
    default:
      return "";
  }
}

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

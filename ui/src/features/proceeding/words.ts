/** Words for the particulars of a step, the party's fields, the clocks, and who takes a step. */
import { m } from "../../i18n";
import { dayText } from "../../i18n/format";
import type { ClockView, StepView } from "../../ipc";
import type { Tone } from "../../kit";

/** Roles that see proceedings at all (domain.md §7); Rust refuses the others. */
const SEES: ReadonlySet<string> = new Set(["R-ENF", "R-ENFL", "R-LEG", "R-HEAD", "R-FG", "R-LXB", "R-LD", "R-ARC"]);

export const seesProceedings = (roles: readonly string[]) => roles.some((r) => SEES.has(r));

const PARAMS: Record<string, () => string> = {
  reason: m.proceeding_param_reason,
  tools_held: m.proceeding_param_tools_held,
  correct_by: m.proceeding_param_correct_by,
  result: m.proceeding_param_result,
  planned: m.proceeding_param_planned,
  hearing_right: m.proceeding_param_hearing_right,
  announced_on: m.proceeding_param_announced_on,
  opinion: m.proceeding_param_opinion,
  serious: m.proceeding_param_serious,
  decision: m.proceeding_param_decision,
  fine: m.proceeding_param_fine,
  perform_by: m.proceeding_param_perform_by,
  mode: m.proceeding_param_mode,
  performed: m.proceeding_param_performed,
  begins: m.proceeding_param_begins,
  ends: m.proceeding_param_ends,
  urgent: m.proceeding_param_urgent,
  court: m.proceeding_param_court,
  demolished_m2: m.proceeding_param_demolished_m2,
  cause: m.proceeding_param_cause,
  ordered_by: m.proceeding_param_ordered_by,
  for: m.proceeding_param_for,
  things: m.proceeding_param_things,
  grounds: m.proceeding_param_grounds,
  outcome: m.proceeding_param_outcome,
  rule: m.proceeding_param_rule,
};
const CHOICES: Record<string, () => string> = {
  corrected: m.proceeding_choice_corrected,
  partly: m.proceeding_choice_partly,
  not: m.proceeding_choice_not,
  yes: m.proceeding_choice_yes,
  no: m.proceeding_choice_no,
  agree: m.proceeding_choice_agree,
  demolition: m.proceeding_choice_demolition,
  penalty: m.proceeding_choice_penalty,
  fine: m.proceeding_choice_penalty,
  both: m.proceeding_choice_both,
  none: m.proceeding_choice_none,
  direct: m.proceeding_choice_direct,
  left: m.proceeding_choice_left,
  post: m.proceeding_choice_post,
  electronic: m.proceeding_choice_electronic,
  entrusted: m.proceeding_choice_entrusted,
  notice: m.proceeding_choice_notice,
  substitute: m.proceeding_choice_substitute,
  upheld: m.proceeding_choice_upheld,
  withdrawn: m.proceeding_choice_withdrawn,
  revoked: m.proceeding_choice_revoked,
  real_difficulty: m.proceeding_choice_real_difficulty,
  third_party: m.proceeding_choice_third_party,
  irreparable_harm: m.proceeding_choice_irreparable_harm,
  party_gone: m.proceeding_choice_party_gone,
  object_lost: m.proceeding_choice_object_lost,
  basis_revoked: m.proceeding_choice_basis_revoked,
  no_property: m.proceeding_choice_no_property,
  other: m.proceeding_choice_other,
  returned: m.proceeding_choice_returned,
  seized: m.proceeding_choice_seized,
  transferred: m.proceeding_choice_transferred,
  confiscated: m.proceeding_choice_confiscated,
  appraisal: m.proceeding_choice_appraisal,
  hearing: m.proceeding_choice_hearing,
  public_notice: m.proceeding_choice_public_notice,
  E10: m.proceeding_choice_e10,
  E50: m.proceeding_choice_e50,
  E70: m.proceeding_choice_e70,
  E72F: m.proceeding_choice_e72f,
  E90: m.proceeding_choice_e90,
  KEEP: m.proceeding_choice_keep,
  SEIZE: m.proceeding_choice_seize,
  SEIZE2: m.proceeding_choice_seize2,
};
const FIELDS: Record<string, () => string> = {
  name: m.proceeding_party_name,
  id_no: m.proceeding_party_id_no,
  representative: m.proceeding_party_representative,
  address: m.proceeding_party_address,
  phone: m.proceeding_party_phone,
};
const ID_KINDS: Record<string, () => string> = {
  resident_id: m.proceeding_party_resident_id,
  credit_code: m.proceeding_party_credit_code,
  passport: m.proceeding_party_passport,
  none: m.proceeding_party_no_id,
};
const ROLES: Record<string, () => string> = {
  "R-ENF": m.proceeding_role_enf,
  "R-ENFL": m.proceeding_role_enfl,
  "R-LEG": m.proceeding_role_leg,
  "R-HEAD": m.proceeding_role_head,
  "R-ARC": m.proceeding_role_arc,
};

/** In the order of the form. */
export const PARTY_FIELDS = ["name", "id_no", "representative", "address", "phone"] as const;

export const paramWords = (name: string) => PARAMS[name]?.() ?? name;
export const choiceWords = (value: string) => CHOICES[value]?.() ?? value;
export const partyFieldWords = (name: string) => FIELDS[name]?.() ?? name;
export const idKindWords = (kind: string) => ID_KINDS[kind]?.() ?? kind;
export const rolesWords = (roles: readonly string[]) => roles.map((r) => ROLES[r]?.() ?? r).join(m.kit_list_sep());

/** Particulars that are typed as text: never taken for the code of a choice. */
const TYPED: ReadonlySet<string> = new Set(["reason", "tools_held", "planned", "serious", "fine", "urgent", "court", "ordered_by", "demolished_m2", "things", "grounds", "rule"]);

export function paramText(name: string, value: string): string {
  if (/^\d{4}-\d\d-\d\d$/u.test(value)) return dayText(value);
  return TYPED.has(name) ? value : choiceWords(value);
}

export function clockWords(clock: ClockView): { text: string; tone: Tone } {
  switch (clock.state) {
    case "met":
      return { text: m.proceeding_clock_met(), tone: "done" };
    case "overdue":
      return { text: m.proceeding_clock_overdue(), tone: "overdue" };
    case "ended":
      return { text: m.proceeding_clock_ended(), tone: "offline" };
    case "until_final":
      return { text: m.proceeding_clock_until_final(), tone: "offline" };
    default:
      return { text: m.proceeding_clock_running(), tone: "primary" };
  }
}

export function verdictWords(verdict: StepView["verdict"]): { text: string; tone: Tone } | undefined {
  if (verdict === "pending") return { text: m.proceeding_pending(), tone: "offline" };
  return verdict === "refused" ? { text: m.proceeding_refused(), tone: "overdue" } : undefined;
}

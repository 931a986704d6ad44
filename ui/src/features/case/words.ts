/** Words for events, actions and their consequences. */
import { m } from "../../i18n";
import type { TimelineEntry } from "../../ipc";
import { storyTitle } from "../paper/words";

/** A verb for a button, from the action's code. */
export function actionWords(action: string): string {
  switch (action) {
    case "approve":
      return m.case_act_approve();
    case "accept":
      return m.case_act_accept();
    case "file":
      return m.case_act_file();
    case "return":
      return m.case_act_return();
    case "resubmit":
      return m.case_act_resubmit();
    case "reject":
      return m.case_act_reject();
    case "difficult":
      return m.case_act_difficult();
    case "quick_close":
      return m.case_act_quick_close();
    case "refuse":
      return m.case_act_refuse();
    case "suspend":
      return m.case_act_suspend();
    case "pass":
      return m.case_act_pass();
    case "fail":
      return m.case_act_fail();
    case "close":
      return m.case_act_close();
    case "reopen":
      return m.case_act_reopen();
    case "archive":
      return m.case_act_archive();
    case "ask_void":
      return m.case_act_ask_void();
    case "void":
      return m.case_act_void();
    case "dispatch":
      return m.case_act_dispatch();
    case "redispatch":
      return m.case_act_redispatch();
    case "take":
      return m.case_act_take();
    case "report_done":
      return m.case_act_report_done();
    case "extend":
      return m.case_act_extend();
    case "merge":
      return m.case_act_merge();
    case "submit":
      return m.case_act_submit();
    case "hand_on":
      return m.case_act_hand_on();
    case "resume":
      return m.case_act_resume();
    case "ask_extend":
      return m.case_act_ask_extend();
    case "ask_suspend":
      return m.case_act_ask_suspend();
    case "assign_check":
      return m.case_act_assign_check();
    case "refer_out":
      return m.case_act_refer_out();
    case "ask_class":
      return m.case_act_ask_class();
    case "set_class":
      return m.case_act_set_class();
    case "keep_class":
      return m.case_act_keep_class();
    case "sample_pass":
      return m.case_act_sample_pass();
    case "sample_fail":
      return m.case_act_sample_fail();
    default:
      return action;
  }
}

/** What follows from it, said before it is done. */
export function consequence(action: string): string {
  switch (action) {
    case "approve":
    case "file":
      return m.case_then_file();
    case "reject":
      return m.case_then_reject();
    case "void":
      return m.case_then_void();
    case "close":
    case "quick_close":
      return m.case_then_close();
    case "reopen":
      return m.case_then_reopen();
    case "archive":
      return m.case_then_archive();
    case "refuse":
      return m.case_then_refuse();
    case "suspend":
      return m.case_then_suspend();
    case "dispatch":
    case "redispatch":
      return m.case_then_dispatch();
    case "report_done":
      return m.case_then_report_done();
    case "merge":
      return m.case_then_merge();
    case "refer_out":
      return m.case_then_refer_out();
    case "set_class":
      return m.case_then_set_class();
    default:
      return m.case_then_recorded();
  }
}

/** A particular of a step. */
export function paramWords(name: string): string {
  switch (name) {
    case "lead":
      return m.case_param_lead();
    case "assisting":
      return m.case_param_assisting();
    case "instruction":
      return m.case_param_instruction();
    case "conference":
      return m.case_param_conference();
    case "handover":
      return m.case_param_handover();
    case "handler":
      return m.case_param_handler();
    case "checker":
      return m.case_param_checker();
    case "result":
      return m.case_param_result();
    case "expected_end":
      return m.case_param_expected_end();
    case "document":
      return m.case_param_document();
    case "target":
      return m.case_param_target();
    case "receiver":
      return m.case_param_receiver();
    case "stock_class":
      return m.case_param_stock_class();
    case "lack":
      return m.case_param_lack();
    default:
      return name;
  }
}

/** What happened, as the line's first words. */
export function entryTitle(entry: TimelineEntry): string {
  const { kind, action } = entry;
  if (entry.paper !== null) return storyTitle(entry);
  switch (kind) {
    case "case.recorded":
      return m.case_event_recorded({ count: entry.photos.length });
    case "case.photo_added":
      return m.case_event_photos({ count: entry.photos.length });
    case "case.note_added":
      return m.case_event_note();
    case "case.field_set":
      return m.case_event_edit();
    case "case.conflict_resolved":
      return m.case_event_resolved();
    case "case.act":
      return actionWords(action ?? "");
    case "case.placed":
      return m.case_event_placed();
    case "case.marked":
      return m.case_event_marked();
    case "case.copied":
      return m.case_event_copied();
    case "case.unmarked":
      return m.case_event_unmarked();
    case "case.not_same":
      return m.case_event_not_same();
    case "case.recounted":
      return m.calendar_recounted();
    case "case.ruled":
      return entry.verdict === "refused" ? m.case_event_refused({ action: actionWords(action ?? "") }) : m.case_event_accepted({ action: actionWords(action ?? "") });
    default:
      return m.case_event_unknown({ kind });
  }
}

export function stateWords(state: string): string {
  switch (state) {
    case "only_here":
      return m.case_state_only_here();
    case "received":
      return m.case_state_received();
    case "waiting_ruling":
      return m.case_state_waiting();
    case "refused":
      return m.case_state_refused();
    case "quarantined":
      return m.case_state_quarantined();
    default:
      return state;
  }
}

export function whyWords(why: string): string {
  switch (why) {
    case "higher_severity":
      return m.case_why_higher();
    case "earlier_deadline":
      return m.case_why_earlier();
    case "server_assignment":
      return m.case_why_server();
    default:
      return m.case_why_both();
  }
}

/** A device's id is long: its beginning tells it from the others on this page. */
export function deviceWords(device: string): string {
  return device.length > 14 ? `${device.slice(0, 10)}…` : device;
}

/** `2 秒`, `3 分钟`: how far an estimate may be off. */
export function errorWords(ms: number): string {
  return ms < 60_000 ? m.case_seconds({ count: Math.max(1, Math.round(ms / 1000)) }) : m.case_minutes({ count: Math.round(ms / 60_000) });
}

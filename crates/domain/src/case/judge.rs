//! The town server's decision on one stored event (sync.md §3.4: accept first, judge afterwards). It reads
//! the graph, the grant and the table; never a device clock.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use super::archive;
use super::clocks::{started, starts_any, too_late};
use super::decide::{CLASS, class_locked};
use super::fold::fold;
use super::lifecycle::{self, Need, State, Transition};
use super::mark;
use super::payload::{self, Act, Payload, Recorded, Ruled};
use super::state::CaseState;
use crate::catalogue::FieldValue;
use crate::deadline::{read_stamp, stamp_of_ms};
use crate::event::FoldEvent;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may, sees_own_orders_only};
use crate::town::sample_percent;

mod needs;
mod valid;
pub(super) use needs::{Gap, gaps};

/// The table's entry: folds what stands and judges.
pub fn judge_event(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    judge(&fold(of.record, of.scope, of.events), event, grant, town)
}

/// Judges one event against the case as it stands. `state` is the fold of everything in sequence so far, and
/// may include the event itself. An event that was ruled on already gets no second ruling.
pub fn judge(state: &CaseState, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    let ruled_on = state.timeline.iter().any(|e| e.by_server && e.of.as_deref() == Some(&event.id));
    if event.by_server || ruled_on {
        return Judgement::default();
    }
    let payload = payload::read(&event.kind, event.tv, &event.data);
    let action = match &payload {
        Payload::Recorded(_) => "submit",
        Payload::Act(act) => act.action.as_str(),
        _ => "",
    };
    let from = if state.ruled { State::parse(&state.status) } else { Some(State::Draft) };
    let ruled = |verdict: &str| Ruled {
        of: event.id.clone(),
        verdict: verdict.into(),
        action: action.to_owned(),
        from: from.map_or_else(|| state.status.clone(), |s| s.code().to_owned()),
        ..Ruled::default()
    };
    match decide(state, event, &payload, grant, from, town) {
        Answer::Stands => Judgement::default(),
        Answer::Quarantined(code) => refuse(ruled("refused"), &code, true),
        Answer::Refused(code) => refuse(ruled("refused"), &code, false),
        Answer::Moves(to) => {
            let needs_no = to == State::Accepted && state.case_no.is_none();
            let case_no = needs_no.then(|| town.next_no(&state.category()));
            let ruling = Ruled { to: Some(to.code().to_owned()), case_no, ..ruled("accepted") };
            let ruling = with_the_clock(state, event, &payload, ruling, town);
            Judgement { quarantine: false, rulings: vec![serde_json::to_value(ruling).unwrap_or_default()] }
        }
    }
}

/// What the server's own clock adds to a grant: the officers' clocks that begin, a finding said to be later than its
/// receipt, the share of what is looked at again. Without a receipt, nothing.
fn with_the_clock(
    state: &CaseState,
    event: &FoldEvent,
    payload: &Payload,
    ruling: Ruled,
    town: &mut dyn Registry,
) -> Ruled {
    let Some(received) = event.received_ms else { return ruling };
    let Some(now) = read_stamp(&stamp_of_ms(received)) else { return ruling };
    let action = ruling.action.clone();
    let clocks =
        if starts_any(&action) { started(state, &action, now, &town.calendar(now.date().year())) } else { Vec::new() };
    let doubts = if let Payload::Recorded(recorded) = payload { doubts(recorded, event, received) } else { Vec::new() };
    let quick = action == "quick_close";
    let sample_percent = quick.then(|| sample_percent(&now.date().to_string())).flatten();
    Ruled { clocks, doubts, sample_percent, ..ruling }
}

/// Device and server may differ by this much without a remark (domain.md §3.5).
const CLOCK_DOUBT_MS: i64 = 5 * 60 * 1000;

/// A finding in the future, by the server's clock or the device's own (domain.md §3.1). A wrong clock never loses a record
/// (sync.md §4): it stands, with the doubt beside it.
fn doubts(recorded: &Recorded, event: &FoldEvent, received_ms: i64) -> Vec<String> {
    let Ok(found) = recorded.found_at.parse::<chrono::DateTime<chrono::FixedOffset>>() else {
        return vec!["found_at_unreadable".into()];
    };
    let after = |ms: i64| found.timestamp_millis() > ms.saturating_add(CLOCK_DOUBT_MS);
    let both = [(after(received_ms), "found_after_receipt"), (after(event.wall_ms), "found_after_report")];
    both.into_iter().filter(|(doubtful, _)| *doubtful).map(|(_, code)| code.to_owned()).collect()
}

fn refuse(ruling: Ruled, code: &str, quarantine: bool) -> Judgement {
    let ruling = Ruled { reason_code: Some(code.to_owned()), ..ruling };
    Judgement { quarantine, rulings: vec![serde_json::to_value(ruling).unwrap_or_default()] }
}

enum Answer {
    /// Needs no ruling.
    Stands,
    Quarantined(String),
    Refused(String),
    Moves(State),
}

fn quarantined(code: &str) -> Answer {
    Answer::Quarantined(code.to_owned())
}

fn decide(
    state: &CaseState,
    event: &FoldEvent,
    payload: &Payload,
    grant: &Grant,
    from: Option<State>,
    town: &mut dyn Registry,
) -> Answer {
    if grant.user != event.actor {
        return quarantined("not_the_actor");
    }
    if !grant.scopes.has(&state.scope) {
        return quarantined("outside_scope");
    }
    if !concerned(state, grant) && !matches!(payload, Payload::Recorded(_)) {
        return quarantined("not_own_order");
    }
    let allowed = |action| may(&grant.roles, action);
    match payload {
        Payload::Ruled(_) | Payload::Recounted(_) => quarantined("not_the_server"),
        Payload::Recorded(_) if !allowed(Action::Report) => quarantined("not_allowed"),
        Payload::Recorded(recorded) if !recorded.import.is_empty() && !allowed(Action::File) => {
            quarantined("not_allowed")
        }
        Payload::Recorded(recorded) => on_recorded(state, recorded, event),
        Payload::Act(act) => {
            let answer = on_act(state, act, grant, from, town);
            let late = came_too_late(state, event, act).filter(|_| matches!(answer, Answer::Moves(_)));
            late.map_or(answer, |code| Answer::Refused(code.to_owned()))
        }
        Payload::NotSame(_) if !allowed(Action::File) => quarantined("not_allowed"),
        Payload::NotSame(pair) if pair.other.is_empty() || pair.other == state.id => quarantined("invalid:other"),
        Payload::NotSame(pair) => valid::reason(&pair.reason).map_or(Answer::Stands, Answer::Quarantined),
        Payload::NoteAdded(_) | Payload::PhotoAdded(_) if !allowed(Action::Add) => quarantined("not_allowed"),
        Payload::NoteAdded(note) => valid::note(&note.text).map_or(Answer::Stands, Answer::Quarantined),
        Payload::PhotoAdded(_) => Answer::Stands,
        Payload::Marked(_) if !allowed(Action::Add) => quarantined("not_allowed"),
        Payload::Marked(marked) => on_marked(state, marked),
        Payload::Unmarked(gone) => on_unmarked(state, gone, grant),
        // Whoever sees a case may have taken a copy; that they did is never unsaid.
        Payload::Copied(_) if !allowed(Action::See) => quarantined("not_allowed"),
        Payload::Copied(copied) => valid::note(&copied.purpose).map_or(Answer::Stands, Answer::Quarantined),
        Payload::Placed(_) if !allowed(Action::Edit) => quarantined("not_allowed"),
        Payload::Placed(placed) => match placed.problem() {
            Some((field, _)) => quarantined(&format!("invalid:{field}")),
            None if state.is_open() => Answer::Stands,
            None => Answer::Refused("case_closed".into()),
        },
        Payload::FieldSet(_) | Payload::ConflictResolved(_) if !allowed(Action::Edit) => quarantined("not_allowed"),
        Payload::FieldSet(set) if set.deadline.is_some() && !allowed(Action::File) => quarantined("not_allowed"),
        Payload::FieldSet(set) if !(set.import.is_empty() && set.undoes.is_empty() || allowed(Action::File)) => {
            quarantined("not_allowed")
        }
        Payload::FieldSet(set) if changes_class(state, &set.set) => Answer::Refused("second_approver".into()),
        Payload::FieldSet(set) => on_edit(state, &set.set),
        Payload::ConflictResolved(r) if r.field == "deadline" => {
            if allowed(Action::File) {
                on_edit(state, &BTreeMap::new())
            } else {
                quarantined("not_allowed")
            }
        }
        Payload::ConflictResolved(r) => on_edit(state, &BTreeMap::from([(r.field.clone(), r.value.clone())])),
        Payload::Unknown if !known_kind(&event.kind) && allowed(Action::Add) => Answer::Stands,
        Payload::Unknown => quarantined("unreadable"),
    }
}

/// What the server received too late, by its own clock: a step counts when the server accepts it (domain.md §3.1, §3.5).
fn came_too_late(state: &CaseState, event: &FoldEvent, act: &Act) -> Option<&'static str> {
    let received = event.received_ms.and_then(|ms| read_stamp(&stamp_of_ms(ms)))?;
    too_late(state, &act.action, received)
}

/// An officer of a department writes only on what was given to it, or what is their own report.
fn concerned(state: &CaseState, grant: &Grant) -> bool {
    !sees_own_orders_only(&grant.roles) || state.order.concerns(&grant.unit) || state.author == grant.user
}

fn on_recorded(state: &CaseState, recorded: &Recorded, event: &FoldEvent) -> Answer {
    if recorded.compound_id != state.scope {
        return quarantined("scope_mismatch");
    }
    if state.ruled {
        return quarantined("recorded_twice");
    }
    valid::recorded(recorded, &event.blobs).map_or(Answer::Moves(State::Reported), Answer::Quarantined)
}

/// An unknown kind is of a newer version and may stand; a known kind that cannot be read is malformed.
fn known_kind(kind: &str) -> bool {
    payload::KINDS.contains(&kind)
}

/// A mark on a photo of the case. What the fold of the event itself added is not counted against it.
fn on_marked(state: &CaseState, marked: &payload::Marked) -> Answer {
    let there = state.marks.iter().filter(|m| m.photo == marked.photo).count();
    match marked.mark.problem() {
        Some(problem) => quarantined(&format!("invalid:{}", problem.field)),
        None if !state.photos.iter().any(|p| p.blob.h == marked.photo) => quarantined("invalid:photo"),
        None if there > mark::MARKS_MAX => quarantined("invalid:mark"),
        None => Answer::Stands,
    }
}

/// Marks go by their author's hand or the office's. One that is gone already harms nobody.
fn on_unmarked(state: &CaseState, gone: &payload::Unmarked, grant: &Grant) -> Answer {
    let by = state.timeline.iter().find(|e| e.event == gone.mark && e.kind == payload::MARKED);
    match by {
        None => quarantined("invalid:mark"),
        Some(made) if mark::may_unmark(&made.author, &grant.person()) => Answer::Stands,
        Some(_) => quarantined("not_allowed"),
    }
}

/// From filing on nobody changes 新增, 存量 alone (domain.md §2.3).
fn changes_class(state: &CaseState, set: &BTreeMap<String, FieldValue>) -> bool {
    let changed = set.get(CLASS).is_some_and(|to| state.value(CLASS) != Some(to));
    changed && class_locked(state)
}

fn on_edit(state: &CaseState, set: &BTreeMap<String, FieldValue>) -> Answer {
    if set.keys().any(|field| super::decide::FIXED_FIELDS.contains(&field.as_str())) {
        return quarantined("fixed_field");
    }
    if let Some(code) = valid::set(state, set) {
        return Answer::Quarantined(code);
    }
    if state.is_open() { Answer::Stands } else { Answer::Refused("case_closed".into()) }
}

fn on_act(state: &CaseState, act: &Act, grant: &Grant, from: Option<State>, town: &mut dyn Registry) -> Answer {
    let Some(transition) = from.and_then(|from| lifecycle::find(from, &act.action)) else {
        return misplaced(state, act, grant);
    };
    if !lifecycle::allows(transition.who, state, &grant.person()) {
        return quarantined("not_allowed");
    }
    if from.map(State::code) != Some(act.from.as_str()) {
        return Answer::Refused("state_moved".into());
    }
    if let Some(code) = lifecycle::blocked(transition, state, &grant.person()) {
        return Answer::Refused(code.to_owned());
    }
    if let Some(gap) = gaps(transition, state, act, &[]).first() {
        return Answer::Refused(format!("missing:{}", gap.field));
    }
    if transition.needs.contains(&Need::Target) {
        let target = town.case(act.params.get("target").map_or("", String::as_str));
        if let Some(code) = target_unfit(state, target.as_ref()) {
            return Answer::Refused(format!("{code}:target"));
        }
    }
    if transition.needs.contains(&Need::WholeFile) {
        let annex = archive::Annex::of(&state.id, town.annex(&state.scope));
        if let Some(key) = archive::lacking(state, &annex, act).first() {
            return Answer::Refused(format!("file_lacking:{key}"));
        }
    }
    Answer::Moves(transition.to.or(from).unwrap_or(State::Reported))
}

/// No such step from here: refused because the case has moved if the person could have asked where they
/// stood; otherwise they never could.
fn misplaced(state: &CaseState, act: &Act, grant: &Grant) -> Answer {
    let seen = State::parse(&act.from).and_then(|from| lifecycle::find(from, &act.action));
    let allowed = |t: &Transition| lifecycle::allows(t.who, state, &grant.person());
    match seen {
        Some(transition) if allowed(transition) => Answer::Refused("state_moved".into()),
        Some(_) => quarantined("not_allowed"),
        None => quarantined("no_such_step"),
    }
}

/// Why a case cannot be merged into another: it must be open, of the same category, in the same compound.
#[must_use]
pub fn target_unfit(state: &CaseState, target: Option<&CaseState>) -> Option<&'static str> {
    let Some(target) = target else { return Some("no_such_case") };
    match () {
        () if target.id == state.id => Some("same_case"),
        () if !target.ruled || !target.is_open() => Some("not_open"),
        () if target.scope != state.scope => Some("other_compound"),
        () if target.category() != state.category() => Some("other_type"),
        () => None,
    }
}

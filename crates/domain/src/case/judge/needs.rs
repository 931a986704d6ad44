//! What still has to come with a request before it can be granted.

use crate::case::decide::{class_gaps, set_class_gaps};
use crate::case::lifecycle::{Need, Transition};
use crate::case::payload::Act;
use crate::case::state::CaseState;
use crate::case::state::REFUSALS_TO_CONFERENCE;
use crate::catalogue::{self, Field, FieldValue};
use crate::decimal::Decimal;

/// One thing missing: a field of the request or of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// `reason`, `lead`, `deadline`, `photos`, or a field's key.
    pub field: String,
    /// `required` | `unknown_choice` | `same_department` | `conference_needed` | `out_of_range` | `not_from_old`
    pub code: &'static str,
}

/// Everything missing. `slots` are those of photos that come in the same commit.
pub fn gaps(transition: &Transition, state: &CaseState, act: &Act, slots: &[String]) -> Vec<Gap> {
    transition.needs.iter().flat_map(|need| need_gaps(*need, state, act, slots)).collect()
}

fn need_gaps(need: Need, state: &CaseState, act: &Act, slots: &[String]) -> Vec<Gap> {
    let wants = |met: bool, field: &str| if met { Vec::new() } else { vec![gap(field)] };
    match need {
        Need::Reason => {
            wants(act.reason_code.as_ref().is_some_and(|c| !c.is_empty()) || !act.reason.trim().is_empty(), "reason")
        }
        Need::May(_) | Need::Target | Need::WholeFile => Vec::new(),
        Need::NewClass => class_gaps(state, act),
        Need::AskedClass => set_class_gaps(state, act),
        Need::Param("result") => result_gaps(act),
        Need::Param(name) => wants(!param(act, name).is_empty(), name),
        Need::Reply => wants(state.text("source") != "hotline" || !act.reason.trim().is_empty(), "reason"),
        Need::Words => wants(!act.reason.trim().is_empty(), "reason"),
        Need::Lead => lead_gaps(act),
        Need::OtherLead => other_lead_gaps(state, act),
        Need::Measures => measure_gaps(state, act),
        Need::NewPhotos(n) => {
            let in_all = usize::try_from(state.new_photos).unwrap_or(usize::MAX).saturating_add(slots.len());
            wants(u32::try_from(in_all).unwrap_or(u32::MAX) >= n, "photos")
        }
        Need::LaterDeadline => later_gaps(state, act),
        Need::Change => {
            wants(state.changed_since_return || !slots.is_empty() || !act.reason.trim().is_empty(), "photos")
        }
        Need::PhotoIn(slot) => {
            wants(slots.iter().any(|s| s == slot) || state.photos.iter().any(|p| p.slot == slot), "photos")
        }
        Need::Deadline => wants(act.deadline.as_ref().is_some_and(|d| !d.due_at.is_empty()), "deadline"),
        Need::OnlyReason(code) if act.reason_code.as_deref() == Some(code) => Vec::new(),
        Need::OnlyReason(_) => vec![Gap { field: "reason".into(), code: "unknown_choice" }],
        Need::Complete => incomplete(state),
    }
}

fn param<'a>(act: &'a Act, name: &str) -> &'a str {
    act.params.get(name).map_or("", |v| v.trim())
}

fn wrong(field: &str, code: &'static str) -> Vec<Gap> {
    vec![Gap { field: field.to_owned(), code }]
}

fn result_gaps(act: &Act) -> Vec<Gap> {
    match param(act, "result") {
        "" => vec![gap("result")],
        result if catalogue::standard().outcome(result).is_some() => Vec::new(),
        _ => wrong("result", "unknown_choice"),
    }
}

fn lead_gaps(act: &Act) -> Vec<Gap> {
    match param(act, "lead") {
        "" => vec![gap("lead")],
        lead if catalogue::standard().departments.iter().any(|d| d.id == lead) => Vec::new(),
        _ => wrong("lead", "unknown_choice"),
    }
}

/// A refusal is answered by another department or by the joint conference; from the second on by the conference.
fn other_lead_gaps(state: &CaseState, act: &Act) -> Vec<Gap> {
    let unsound = lead_gaps(act);
    if !unsound.is_empty() || !param(act, "conference").is_empty() {
        return unsound;
    }
    let refused = &state.order.refused_by;
    match () {
        () if refused.len() >= REFUSALS_TO_CONFERENCE => wrong("conference", "conference_needed"),
        () if refused.iter().any(|r| r.department == param(act, "lead")) => wrong("lead", "same_department"),
        () => Vec::new(),
    }
}

/// What the type asks for at the end of the work, where something was put right.
fn measure_gaps(state: &CaseState, act: &Act) -> Vec<Gap> {
    let measured = catalogue::standard().outcome(param(act, "result")).is_some_and(|o| o.measured);
    let Some(category) = catalogue::standard().category(&state.category()).filter(|_| measured) else {
        return Vec::new();
    };
    let asked = category.fields.iter().filter(|f| f.required_to_finish);
    let missing = asked.filter(|f| state.text(&f.key).is_empty()).map(|f| gap(&f.key));
    let over = category.fields.iter().filter(|f| exceeds(state, f));
    missing.chain(over.map(|f| Gap { field: f.key.clone(), code: "out_of_range" })).collect()
}

fn exceeds(state: &CaseState, field: &Field) -> bool {
    let value = |key: &str| Decimal::parse(&state.text(key));
    let limit = field.at_most.as_deref().and_then(value);
    limit.is_some_and(|most| value(&field.key).is_some_and(|v| v > most))
}

/// An extension counts from the old due date and ends after it (domain.md §4.1 R15).
fn later_gaps(state: &CaseState, act: &Act) -> Vec<Gap> {
    let Some(new) = act.deadline.as_ref().filter(|d| !d.due_at.is_empty()) else { return vec![gap("deadline")] };
    let sound = state.deadline().is_none_or(|old| new.start == old.due_at && new.due_at > old.due_at);
    if sound { Vec::new() } else { wrong("deadline", "not_from_old") }
}

fn gap(field: &str) -> Gap {
    Gap { field: field.to_owned(), code: "required" }
}

/// What filing (立案) asks of a case: domain.md §3.1, and the type's own fields.
fn incomplete(state: &CaseState) -> Vec<Gap> {
    let common = ["type_code", "compound_id", "severity"].into_iter().filter(|f| state.text(f).is_empty()).map(gap);
    let deadline = state.deadline().is_none().then(|| gap("deadline"));
    common.chain(deadline).chain(type_gaps(state)).collect()
}

fn type_gaps(state: &CaseState) -> Vec<Gap> {
    let Some(category) = catalogue::standard().category(&state.category()) else { return Vec::new() };
    let empty = |key: &str| match state.value(key) {
        None => true,
        Some(FieldValue::Text(text)) => text.is_empty(),
        Some(FieldValue::Many(all)) => all.is_empty(),
        Some(_) => false,
    };
    let value = |key: &str| state.value(key).cloned();
    let asked = category.fields.iter().filter(|f| f.required_to_file || f.required);
    asked.filter(|f| f.is_shown(value) && empty(&f.key)).map(|f| gap(&f.key)).collect()
}

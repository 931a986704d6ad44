//! What still has to come with a request before it can be granted.

use crate::case::lifecycle::{Need, Transition};
use crate::case::payload::Act;
use crate::case::state::CaseState;
use crate::catalogue::{self, FieldValue};

/// One thing missing: a field of the request or of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// `reason`, `lead`, `deadline`, `photos`, or a field's key.
    pub field: String,
    /// `required` | `unknown_choice`
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
        Need::Param(name) => wants(act.params.get(name).is_some_and(|v| !v.trim().is_empty()), name),
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

//! 受理, 立案, 退回, 重新上报, …: a request to move the case.

use super::edit::accepted_all;
use super::{ActInput, Author, Refusal, event};
use crate::case::draft::{FieldProblem, NOTE_CHARS_MAX};
use crate::case::judge::{Gap, gaps};
use crate::case::lifecycle::{self, State, Transition};
use crate::case::payload::{ACT, Act, FIELD_SET, FieldSet, PHOTO_ADDED, PhotoAdded};
use crate::case::register::Register;
use crate::case::state::CaseState;
use crate::catalogue;
use crate::event::NewEvent;

/// The events of a request: photos first if any came with it, then the request; `approve` is two requests,
/// accept and file.
///
/// # Errors
/// What the server would refuse is refused here already, with the same table.
pub fn act(state: &CaseState, author: &Author, input: &ActInput) -> Result<Vec<NewEvent>, Refusal> {
    let mut at = State::parse(&state.expected).ok_or_else(|| illegal(state, &input.action))?;
    check_words(input)?;
    let mut events = Vec::new();
    let measured = measured(state, author, input)?;
    let state = measured.as_ref().map_or(state, |(_, with)| with);
    events.extend(measured.as_ref().map(|(set, _)| event(state, author, FIELD_SET, set, Vec::new())));
    if !input.photos.is_empty() {
        events.push(event(state, author, PHOTO_ADDED, &PhotoAdded::default(), input.photos.clone()));
    }
    for action in steps(at, &input.action) {
        let transition = lifecycle::find(at, action).ok_or_else(|| illegal(state, &input.action))?;
        let request = request(state, author, input, transition, at)?;
        events.push(event(state, author, ACT, &request, Vec::new()));
        at = transition.to.unwrap_or(at);
    }
    Ok(events)
}

/// The fields that come with a request, in their form, and the case as it stands with them.
fn measured(state: &CaseState, author: &Author, input: &ActInput) -> Result<Option<(FieldSet, CaseState)>, Refusal> {
    if input.fields.is_empty() {
        return Ok(None);
    }
    let set = accepted_all(state, author, &input.fields, catalogue::standard())?;
    let mut with = state.clone();
    with.fields.extend(set.iter().map(|(key, value)| (key.clone(), Register::of(value.clone(), &author.user))));
    Ok(Some((FieldSet { set, ..FieldSet::default() }, with)))
}

fn steps(at: State, action: &str) -> Vec<&str> {
    match (action, at) {
        ("approve", State::Accepted) => vec!["file"],
        ("approve", _) => vec!["accept", "file"],
        _ => vec![action],
    }
}

fn request(state: &CaseState, author: &Author, input: &ActInput, step: &Transition, at: State) -> Result<Act, Refusal> {
    let action = step.action.to_owned();
    if !lifecycle::allows(step.who, state, &author.person()) {
        return Err(Refusal::NotAllowed { action });
    }
    if let Some(code) = lifecycle::blocked(step, state, &author.person()) {
        return Err(Refusal::Blocked { action, code });
    }
    let act = Act {
        action,
        from: at.code().to_owned(),
        reason_code: input.reason_code.clone().filter(|c| !c.is_empty()),
        reason: input.reason.trim().to_owned(),
        slot: input.slot.clone().filter(|s| !s.is_empty()),
        params: input.params.clone(),
        deadline: input.deadline.clone(),
    };
    let slots: Vec<String> = input.photos.iter().map(|p| p.facts.get("slot").cloned().unwrap_or_default()).collect();
    let missing = gaps(step, state, &act, &slots);
    if missing.is_empty() { Ok(act) } else { Err(Refusal::Invalid(missing.iter().map(problem).collect())) }
}

fn problem(gap: &Gap) -> FieldProblem {
    FieldProblem::new(&gap.field, gap.code)
}

/// A reason must be one of the catalogue, and not a book.
fn check_words(input: &ActInput) -> Result<(), Refusal> {
    if let Some(problem) = FieldProblem::of_text("reason", &input.reason, NOTE_CHARS_MAX) {
        return Err(Refusal::Invalid(vec![problem]));
    }
    let reasons = &catalogue::standard().reasons;
    match input.reason_code.as_deref().filter(|c| !c.is_empty()) {
        Some(code) if !reasons.iter().any(|r| r.code == code) => {
            Err(Refusal::Invalid(vec![FieldProblem::new("reason", "unknown_choice").with("value", code)]))
        }
        _ => Ok(()),
    }
}

fn illegal(state: &CaseState, action: &str) -> Refusal {
    Refusal::IllegalTransition { from: state.expected.clone(), action: action.to_owned() }
}

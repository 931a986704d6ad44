//! 带个人信息的导出: asked for with a reason, answered by a second person, used once (domain.md §7, §8.2; PIPL 6, 51).

use serde::{Deserialize, Serialize};

use crate::case::decide::Refusal;
use crate::case::draft::FieldProblem;
use crate::event::{FoldEvent, NewEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::ledger;
use crate::permission::{Action, Grant, Person};
use crate::record::{self, TOWN};

pub const ASKED: &str = "export.asked";
pub const ANSWERED: &str = "export.answered";
pub const DONE: &str = "export.done";

const REASON_CHARS_MAX: usize = 500;
const WORDS_CHARS_MAX: usize = 200;

/// What somebody wishes to take out, and why. The approval is for this and nothing wider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub ledger: String,
    /// Only this compound; all of the person's where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub compound: String,
    /// Only these states; the usual ones where empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    /// Words of the search.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answered {
    pub approved: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Done {
    /// As the file says it.
    pub number: String,
    pub rows: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportState {
    pub id: String,
    /// `asked` | `approved` | `refused` | `done`
    pub status: String,
    pub asked: Asked,
    pub author: String,
    pub asked_ms: i64,
    pub answered: Option<Answered>,
    pub answered_by: String,
    pub done: Option<Done>,
}

fn event(id: &str, actor: &str, kind: &str, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: format!("export:{id}"),
        scope: TOWN.into(),
        kind: kind.into(),
        tv: 1,
        actor: actor.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

fn invalid(field: &str, code: &str) -> Refusal {
    Refusal::Invalid(vec![FieldProblem::new(field, code)])
}

fn allowed(person: &Person<'_>) -> Result<(), Refusal> {
    if person.may(Action::TakeOut) { Ok(()) } else { Err(Refusal::NotAllowed { action: "take_out".into() }) }
}

fn from(state: &ExportState, action: &str) -> Refusal {
    Refusal::IllegalTransition { from: state.status.clone(), action: action.into() }
}

/// # Errors
/// Not one of those who may; no reason; a ledger that has no personal data.
pub fn ask(id: &str, person: &Person<'_>, asked: &Asked) -> Result<NewEvent, Refusal> {
    allowed(person)?;
    let ledger = ledger::standard().iter().find(|l| l.id == asked.ledger);
    let long = |text: &str| text.chars().count() > WORDS_CHARS_MAX;
    match ledger {
        Some(ledger) if ledger.columns.iter().any(|c| c.personal) => {}
        _ => return Err(invalid("ledger", "unknown_choice")),
    }
    match asked.reason.trim().chars().count() {
        0 => return Err(invalid("reason", "required")),
        n if n > REASON_CHARS_MAX => return Err(invalid("reason", "too_long")),
        _ => {}
    }
    if [&asked.text, &asked.compound].into_iter().any(|t| long(t)) || asked.status.len() > 40 {
        return Err(invalid("text", "too_long"));
    }
    Ok(event(id, person.user, ASKED, asked))
}

/// # Errors
/// Not one of those who may, the person who asked, or something answered already.
pub fn answer(state: &ExportState, person: &Person<'_>, answered: &Answered) -> Result<NewEvent, Refusal> {
    allowed(person)?;
    if person.user == state.author {
        return Err(Refusal::Blocked { action: "answer_export".into(), code: "second_person_needed" });
    }
    if state.status != "asked" {
        return Err(from(state, "answer_export"));
    }
    if answered.note.chars().count() > REASON_CHARS_MAX {
        return Err(invalid("note", "too_long"));
    }
    if !answered.approved && answered.note.trim().is_empty() {
        return Err(invalid("note", "required"));
    }
    Ok(event(&state.id, person.user, ANSWERED, answered))
}

/// Whether this person may take it out now.
///
/// # Errors
/// Somebody else's, or not approved, or used already.
pub fn may_use(state: &ExportState, person: &Person<'_>) -> Result<(), Refusal> {
    allowed(person)?;
    if person.user != state.author {
        return Err(Refusal::NotAllowed { action: "take_out".into() });
    }
    if state.status == "approved" { Ok(()) } else { Err(from(state, "export")) }
}

/// # Errors
/// As [`may_use`].
pub fn used(state: &ExportState, person: &Person<'_>, done: &Done) -> Result<NewEvent, Refusal> {
    may_use(state, person)?;
    Ok(event(&state.id, person.user, DONE, done))
}

/// An answer of the person who asked is none, whoever stored it.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> ExportState {
    let graph = Graph::new(events);
    let mut state = ExportState { id: record::id_of(record).to_owned(), ..ExportState::default() };
    for (_, event) in graph.iter().filter(|(_, e)| e.tv == 1) {
        match (event.kind.as_str(), state.status.as_str()) {
            (ASKED, "") => {
                state.asked = Asked::deserialize(&event.data).unwrap_or_default();
                state.author.clone_from(&event.actor);
                state.asked_ms = event.wall_ms;
                state.status = "asked".into();
            }
            (ANSWERED, "asked") if event.actor != state.author => {
                let answered = Answered::deserialize(&event.data).unwrap_or_default();
                state.status = if answered.approved { "approved" } else { "refused" }.into();
                state.answered = Some(answered);
                state.answered_by.clone_from(&event.actor);
            }
            (DONE, "approved") if event.actor == state.author => {
                state.done = Done::deserialize(&event.data).ok();
                state.status = "done".into();
            }
            _ => {}
        }
    }
    state
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: "export".into(),
        scope: scope.to_owned(),
        status: state.status.clone(),
        due: None,
        search: String::new(),
        facets: vec![("author".into(), state.author.clone()), ("ledger".into(), state.asked.ledger.clone())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// The same rules as on the laptop, against the record as the server has it.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let before: Vec<FoldEvent> = of.events.iter().filter(|e| e.id != event.id).cloned().collect();
    let (state, person) = (fold(of.record, &before), grant.person());
    let stands = grant.user == event.actor
        && match event.kind.as_str() {
            ASKED => state.status.is_empty() && read(event, |a: &Asked| ask(&state.id, &person, a).is_ok()),
            ANSWERED => read(event, |a: &Answered| answer(&state, &person, a).is_ok()),
            DONE => read(event, |d: &Done| used(&state, &person, d).is_ok()),
            _ => false,
        };
    Judgement::stands(event.by_server || stands)
}

fn read<T: serde::de::DeserializeOwned>(event: &FoldEvent, fits: impl Fn(&T) -> bool) -> bool {
    serde_json::from_value::<T>(event.data.clone()).is_ok_and(|data| fits(&data))
}

#[cfg(test)]
mod tests;

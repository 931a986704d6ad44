//! 台账导入: what one import of a ledger was, so that it can be looked up and taken back. What it changed is in the
//! records themselves, each of whose events names the import; this one holds counts and never a row.

use serde::{Deserialize, Serialize};

use crate::event::{FoldEvent, NewEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::ledger::{self, Ledger};
use crate::permission::{Action, Grant, Person};
use crate::record::{self, TOWN};

pub const BEGUN: &str = "import.begun";
pub const ENDED: &str = "import.ended";
pub const UNDONE: &str = "import.undone";

const NAME_CHARS_MAX: usize = 200;

/// Said before the first row is written: what is broken off can be taken back too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub ledger: String,
    /// Name of the file.
    pub file: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ended {
    pub created: u32,
    pub changed: u32,
    /// Somebody stopped it; what was written stays.
    pub stopped: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Undone {
    pub restored: u32,
    /// Records left as they are, because somebody has changed them since.
    pub kept: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportState {
    pub id: String,
    pub begun: Begun,
    pub author: String,
    pub at_ms: i64,
    pub ended: Option<Ended>,
    pub undone: Option<Undone>,
}

/// Who imports this ledger: the office its cases, whoever keeps a register that register.
#[must_use]
pub fn action(ledger: &Ledger) -> Action {
    match ledger.of.as_str() {
        "case" => Action::File,
        "company" | "dwelling" => Action::Companies,
        _ => Action::Accounts,
    }
}

#[must_use]
pub fn event(id: &str, actor: &str, kind: &str, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: format!("import:{id}"),
        scope: TOWN.into(),
        kind: kind.into(),
        tv: 1,
        actor: actor.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> ImportState {
    let graph = Graph::new(events);
    let mut state = ImportState { id: record::id_of(record).to_owned(), ..ImportState::default() };
    for (_, event) in graph.iter().filter(|(_, e)| e.tv == 1) {
        match event.kind.as_str() {
            BEGUN if state.author.is_empty() => {
                state.begun = Begun::deserialize(&event.data).unwrap_or_default();
                state.author.clone_from(&event.actor);
                state.at_ms = event.wall_ms;
            }
            ENDED => state.ended = Ended::deserialize(&event.data).ok(),
            UNDONE => state.undone = Undone::deserialize(&event.data).ok(),
            _ => {}
        }
    }
    state
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let status = match (&state.ended, &state.undone) {
        (_, Some(_)) => "undone",
        (Some(_), None) => "ended",
        (None, None) => "begun",
    };
    Projection {
        kind: "import".into(),
        scope: scope.to_owned(),
        status: status.into(),
        due: None,
        search: String::new(),
        facets: vec![("author".into(), state.author.clone()), ("ledger".into(), state.begun.ledger.clone())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// Whether this person may begin an import of a ledger, or take one back.
#[must_use]
pub fn allowed(ledger: &str, person: &Person<'_>) -> bool {
    ledger::standard().iter().find(|l| l.id == ledger).is_some_and(|l| person.may(action(l)))
}

/// Begun once, by whoever may import that ledger; ended by the same person; taken back by anybody who may import it.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let before: Vec<FoldEvent> = of.events.iter().filter(|e| e.id != event.id).cloned().collect();
    let state = fold(of.record, &before);
    let person = grant.person();
    let stands = grant.user == event.actor
        && match event.kind.as_str() {
            BEGUN => Begun::deserialize(&event.data).is_ok_and(|b| {
                state.author.is_empty() && allowed(&b.ledger, &person) && b.file.chars().count() <= NAME_CHARS_MAX
            }),
            ENDED => state.author == event.actor && Ended::deserialize(&event.data).is_ok(),
            UNDONE => allowed(&state.begun.ledger, &person) && Undone::deserialize(&event.data).is_ok(),
            _ => false,
        };
    Judgement::stands(event.by_server || stands)
}

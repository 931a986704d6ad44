//! 执法程序: the legal record beside a case (domain.md §0.1, §3.2-3.4). A case has none, one or several; they are
//! linked and never merged.
//!
//! [`payload`] what its events carry; [`fold()`] how they become a [`ProceedingState`]; [`steps`] the table of what
//! may follow what; [`check()`] every rule of law a step is held to, on laptop and server alike; [`clocks()`] what runs.
mod check;
mod clock;
mod fold;
mod guard;
mod judge;
pub mod party;
pub mod payload;
mod rule;
mod state;
pub mod steps;

pub use check::{Problem, World, check, document_waits, offered};
pub use clock::{Clock, clocks, demolition_from, grown, served_on};
pub use fold::{fold, project};
pub use judge::{judge, judge_event, opening_unfit};
pub use party::{Party, party_problem};
pub use payload::{Document, Opened, Step};
pub use rule::{Rule, StepWords, rule, rules, step_words};
pub use state::{Done, ProceedingState};

use crate::event::NewEvent;
use serde::Serialize;

/// An event of a proceeding; its parents are the heads when it is committed.
#[must_use]
pub fn event(id: &str, scope: &str, actor: &str, kind: &str, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: format!("proceeding:{id}"),
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        tv: payload::TV,
        actor: actor.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

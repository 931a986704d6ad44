//! 环节时限: the officers' own clocks (domain.md §3.1): what starts and ends each. How long they give is the town's, in
//! `assets/catalogue/clocks.json`. The server counts one when it grants the step that starts it, and says the sum with
//! its ruling: what was promised is not counted again by a fold.
//!
//! `T_handle`, the time for the work itself, is the deadline of the order and is kept with it.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::decide::moved_on;
use super::history::History;
use super::lifecycle::State::{self, Checking, Dispatched, Filed, Handled, Handling, Refused, Reported, Suspended};
use super::payload::{DeadlineFact, Payload};
use super::state::CaseState;
use crate::catalogue::Label;
use crate::deadline::{self, Calendar};
use crate::event::EventId;

const FILE: &str = include_str!("../../../../assets/catalogue/clocks.json");

static LENGTHS: LazyLock<Vec<Length>> = LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

pub const ACCEPT: &str = "T_accept";
pub const RECEIVE: &str = "T_receive";
pub const CHECK: &str = "T_check";
pub const CASE: &str = "T_case";

/// How long the town gives, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Length {
    pub id: String,
    /// For cases of this category alone; empty for all others.
    #[serde(default)]
    pub category: String,
    pub label: Label,
    pub rule: String,
    pub n: u32,
    pub unit: String,
    pub basis: String,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

/// When a clock runs.
struct Clock {
    id: &'static str,
    starts: &'static [&'static str],
    /// It ends when the case leaves these.
    runs_in: &'static [State],
    /// Steps that end it though the case stays.
    ends: &'static [&'static str],
}

const CLOCKS: &[Clock] = &[
    Clock { id: ACCEPT, starts: &["submit", "resubmit"], runs_in: &[Reported], ends: &[] },
    Clock { id: RECEIVE, starts: &["dispatch", "redispatch", "hand_on"], runs_in: &[Dispatched], ends: &[] },
    Clock { id: CHECK, starts: &["assign_check"], runs_in: &[Checking], ends: &["pass"] },
    Clock {
        id: CASE,
        starts: &["file", "reopen"],
        runs_in: &[Filed, Dispatched, Refused, Handling, Suspended, Handled, Checking],
        ends: &[],
    },
];

/// A clock of this case, running or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockState {
    /// As the server counted it, or counted it again; its `id` names the clock.
    pub fact: DeadlineFact,
    /// What it was before it was counted again, or before it stood still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<DeadlineFact>,
    /// The ruling that started it.
    pub event: EventId,
    /// When the server granted the step that ended it; none while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_ms: Option<i64>,
}

impl ClockState {
    /// `running` | `met` | `late`, by the town's clock: `2026-11-26T15:00:00`.
    #[must_use]
    pub fn stands(&self, now: &str) -> &'static str {
        let (end, over) = match self.ended_ms {
            Some(ms) => (deadline::stamp_of_ms(ms), "met"),
            None => (now.to_owned(), "running"),
        };
        if end > self.fact.due_at { "late" } else { over }
    }
}

/// The length of a clock for a category as it counts on a day, `2026-11-24`.
#[must_use]
pub fn length(id: &str, category: &str, on: &str) -> Option<&'static Length> {
    let holds = |l: &&Length| l.effective_from.as_str() <= on && l.effective_to.as_deref().is_none_or(|to| on <= to);
    let of = |category: &str| LENGTHS.iter().filter(holds).find(|l| l.id == id && l.category == category);
    of(category).filter(|_| !category.is_empty()).or_else(|| of(""))
}

/// `T_accept`, …
#[must_use]
pub fn is_clock(id: &str) -> bool {
    CLOCKS.iter().any(|clock| clock.id == id)
}

/// Whether granting this step starts a clock, or moves one.
pub(super) fn starts_any(action: &str) -> bool {
    action == "resume" || CLOCKS.iter().any(|clock| clock.starts.contains(&action))
}

/// What the server says with the grant of a step received at `now`: the clocks it starts, and after a stop the time for
/// the whole case, moved by the days it stood still (domain.md §3.1: all clocks pause).
pub(super) fn started(state: &CaseState, action: &str, now: NaiveDateTime, calendar: &Calendar) -> Vec<DeadlineFact> {
    let starting = CLOCKS.iter().filter(|clock| clock.starts.contains(&action));
    let mut said: Vec<DeadlineFact> = starting.filter_map(|clock| counted(clock.id, state, now, calendar)).collect();
    if action == "resume" {
        said.extend(after_stop(state, now, calendar));
    }
    said
}

fn counted(id: &str, state: &CaseState, now: NaiveDateTime, calendar: &Calendar) -> Option<DeadlineFact> {
    let length = length(id, &state.category(), &now.date().to_string())?;
    let found = deadline::named(calendar, &length.rule, length.n, &length.unit, now, &[]).ok()?;
    Some(DeadlineFact {
        due_at: deadline::stamp(found.due_at),
        id: id.to_owned(),
        label: length.label.clone(),
        rule: length.rule.clone(),
        n: length.n,
        unit: length.unit.clone(),
        basis: length.basis.clone(),
        start: deadline::stamp(now),
        provisional: found.provisional,
        calendar_version: calendar.version.clone(),
    })
}

fn after_stop(state: &CaseState, now: NaiveDateTime, calendar: &Calendar) -> Option<DeadlineFact> {
    let old = &running(state, CASE)?.fact;
    let from = state.order.open_stop()?.from.parse::<NaiveDate>().ok()?;
    let moved = moved_on(old, from, now, calendar).ok()?;
    Some(DeadlineFact { id: old.id.clone(), label: old.label.clone(), ..moved })
}

/// The clock of this name that runs now.
#[must_use]
pub fn running<'a>(state: &'a CaseState, id: &str) -> Option<&'a ClockState> {
    state.clocks.iter().find(|c| c.fact.id == id && c.ended_ms.is_none())
}

/// Why this step comes too late, by the town's clock: an extension after the due date (domain.md §3.1), a refusal after
/// the time for it.
#[must_use]
pub fn too_late(state: &CaseState, action: &str, now: NaiveDateTime) -> Option<&'static str> {
    let over = |fact: &DeadlineFact| deadline::stamp(now) > fact.due_at;
    match action {
        "extend" => state.deadline().filter(|due| over(due)).map(|_| "past_due"),
        "refuse" => running(state, RECEIVE).filter(|clock| over(&clock.fact)).map(|_| "receive_over"),
        _ => None,
    }
}

/// The clocks of a case from its rulings, in the order they began.
pub(super) fn fold_clocks(case: &History) -> Vec<ClockState> {
    let mut all: Vec<ClockState> = Vec::new();
    for (_, event, ruled) in case.accepted() {
        let to = ruled.to.as_deref().and_then(State::parse);
        for clock in all.iter_mut().filter(|c| c.ended_ms.is_none()) {
            if ends(&clock.fact.id, &ruled.action, to) {
                clock.ended_ms = Some(event.wall_ms);
            }
        }
        for fact in &ruled.clocks {
            let new = |original| ClockState { fact: fact.clone(), original, event: event.id.clone(), ended_ms: None };
            match all.iter_mut().find(|c| c.fact.id == fact.id && c.ended_ms.is_none()) {
                Some(old) => *old = new(Some(old.fact.clone())),
                None => all.push(new(None)),
            }
        }
    }
    for (_, event, payload) in case.iter() {
        let Payload::Recounted(again) = payload else { continue };
        let own = |c: &&mut ClockState| c.event == again.of && c.fact.id == again.deadline.id;
        if let Some(clock) = all.iter_mut().find(own).filter(|_| event.by_server) {
            let first = clock.original.take().unwrap_or_else(|| clock.fact.clone());
            *clock = ClockState { fact: again.deadline.clone(), original: Some(first), ..clock.clone() };
        }
    }
    all
}

fn ends(id: &str, action: &str, to: Option<State>) -> bool {
    let clock = CLOCKS.iter().find(|clock| clock.id == id);
    clock.is_none_or(|clock| clock.ends.contains(&action) || to.is_none_or(|to| !clock.runs_in.contains(&to)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{CLOCKS, LENGTHS, Length, length};

    #[test]
    fn every_clock_has_a_length_and_every_length_a_clock() {
        let read: Vec<Length> = serde_json::from_str(super::FILE).unwrap();
        assert_eq!(read, *LENGTHS);
        assert!(CLOCKS.iter().all(|c| length(c.id, "WJ", "2026-11-24").is_some()));
        assert!(read.iter().all(|l| CLOCKS.iter().any(|c| c.id == l.id)));
        assert_ne!(length("T_case", "WJ", "2026-11-24").unwrap().n, length("T_case", "QZ", "2026-11-24").unwrap().n);
        assert!(length("T_case", "QZ", "1999-12-31").is_none(), "not before it counts");
    }
}

//! A folded proceeding.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::party::Party;
use super::payload::{Document, Opened};
use crate::event::EventId;

/// A step somebody recorded, with the server's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub event: EventId,
    pub code: String,
    pub date: String,
    pub officers: Vec<String>,
    pub documents: Vec<Document>,
    pub params: BTreeMap<String, String>,
    pub author: String,
    /// `accepted` | `refused` | `pending`
    pub verdict: String,
    pub reason_code: Option<String>,
    pub article: String,
}

impl Done {
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        day(&self.date)
    }
}

/// `2026-01-05`
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProceedingState {
    /// Without the `proceeding:` before it.
    pub id: String,
    pub scope: String,
    pub opened: Opened,
    pub author: String,
    /// Whether the server has accepted the opening; refused with a reason otherwise.
    pub opening: String,
    pub opening_refused: Option<String>,
    /// The stage by the server's rulings alone: `E00`, `E10`, …
    pub status: String,
    /// The stage if everything that waits is accepted.
    pub expected: String,
    /// Accepted ones in the order of their rulings, then those that wait, then those refused.
    pub steps: Vec<Done>,
    pub party: Option<Party>,
    pub heads: Vec<EventId>,
}

impl ProceedingState {
    /// As if everything that waits had been accepted: what the next step is decided on before the server answers.
    #[must_use]
    pub fn assumed(&self) -> Self {
        let mut state = self.clone();
        state.status.clone_from(&self.expected);
        for step in state.steps.iter_mut().filter(|s| s.verdict == "pending") {
            step.verdict = "accepted".into();
        }
        state
    }

    pub fn accepted(&self) -> impl DoubleEndedIterator<Item = &Done> {
        self.steps.iter().filter(|s| s.verdict == "accepted")
    }

    /// The newest accepted step of this code.
    #[must_use]
    pub fn last(&self, code: &str) -> Option<&Done> {
        self.accepted().rfind(|s| s.code == code)
    }

    fn place(&self, code: &str) -> Option<usize> {
        self.accepted().enumerate().filter(|(_, s)| s.code == code).map(|(at, _)| at).last()
    }

    /// Whether `begins` has happened and `ends` has not happened since.
    #[must_use]
    pub fn pending(&self, begins: &str, ends: &str) -> bool {
        self.place(begins) > self.place(ends)
    }

    /// Everybody who signed as an officer.
    #[must_use]
    pub fn investigators(&self) -> BTreeSet<&str> {
        self.accepted().flat_map(|s| s.officers.iter().map(String::as_str)).collect()
    }

    /// Who approved this step since it was last taken.
    #[must_use]
    pub fn approval(&self, code: &str) -> Option<&Done> {
        let taken = self.place(code);
        let given =
            self.accepted().enumerate().filter(|(at, s)| s.code == "OK" && s.param("for") == code && Some(*at) > taken);
        given.map(|(_, s)| s).last()
    }

    /// 在建: decided on the fast path.
    #[must_use]
    pub fn fast(&self) -> bool {
        self.last("E50F").is_some()
    }

    #[must_use]
    pub fn decision(&self) -> &str {
        self.last("E50").map_or(if self.fast() { "demolition" } else { "" }, |s| s.param("decision"))
    }

    #[must_use]
    pub fn orders_demolition(&self) -> bool {
        ["demolition", "both"].contains(&self.decision())
    }

    /// Yuan, where the decision names a fine.
    #[must_use]
    pub fn fine(&self) -> Option<&str> {
        ["penalty", "both"].contains(&self.decision()).then(|| self.last("E50").map_or("", |s| s.param("fine")))
    }

    fn performed(&self, what: &str) -> Option<&Done> {
        let did =
            |s: &&Done| ["E60", "E80"].contains(&s.code.as_str()) && [what, "both"].contains(&s.param("performed"));
        self.accepted().find(did)
    }

    #[must_use]
    pub fn paid_on(&self) -> Option<NaiveDate> {
        self.performed("fine").and_then(Done::day)
    }

    #[must_use]
    pub fn demolished(&self) -> bool {
        self.performed("demolition").is_some()
    }

    /// First and last day of each time between two steps; one that goes on ends on `until`.
    #[must_use]
    pub fn spans(&self, begins: &str, ends: &str, until: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
        let (mut open, mut all) = (None, Vec::new());
        for step in self.accepted() {
            if step.code == begins {
                open = step.day();
            } else if step.code == ends
                && let (Some(from), Some(to)) = (open.take(), step.day())
            {
                all.push((from, to));
            }
        }
        all.extend(open.map(|from| (from, until.max(from))));
        all
    }
}

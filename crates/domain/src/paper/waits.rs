//! A document of a proceeding is not made before its step may be taken (domain.md §3.2): no order to demolish without
//! notice, review and the head's approval, no reminder before the time to perform has ended.

use super::payload::Issued;
use super::terms::terms;
use crate::deadline::Calendar;
use crate::proceeding::{ProceedingState, Step, document_waits, rule};

/// What a paper waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// The step it is the document of: `E50`.
    pub step: String,
    /// A code of `proceeding-rules.json`, or of the paper itself.
    pub code: &'static str,
}

impl Waits {
    /// The article of law it rests on.
    #[must_use]
    pub fn article(&self) -> &'static str {
        rule(self.code).map_or("", |r| r.article.as_str())
    }
}

const CLOSED: &[&str] = &["E01", "E90", "E95"];

/// What stands in the way of this paper in its proceeding, as the server has ruled so far: what waits for a ruling
/// does not count, for the paper is handed over for good.
#[must_use]
pub fn waits(issued: &Issued, of: &ProceedingState, actor: &str, calendar: &Calendar) -> Option<Waits> {
    let awaited = terms(&issued.sheet.template).map(|t| t.awaits.as_slice()).unwrap_or_default();
    let whole = |code| Some(Waits { step: awaited.first().cloned().unwrap_or_default(), code });
    if of.opened.case_id != issued.case_id || of.opening != "accepted" {
        return whole("no_such_proceeding");
    }
    if CLOSED.contains(&of.status.as_str()) {
        return whole("not_from_here");
    }
    let document = Step {
        date: issued.sheet.date.clone(),
        officers: issued.officers.iter().map(|o| o.user.clone()).collect(),
        ..Step::default()
    };
    // Decided already, and otherwise.
    if issued.sheet.template == "F22" && !of.decision().is_empty() && !of.orders_demolition() {
        return whole("no_demolition");
    }
    let mut found = Vec::new();
    for step in awaited {
        match document_waits(of, step, &document, actor, calendar) {
            None => return None,
            Some(problem) => found.push(Waits { step: step.clone(), code: problem.code }),
        }
    }
    // Of two ways the one that is nearer: it is further than being out of place.
    let near = found.iter().position(|w| w.code != "not_from_here").unwrap_or(0);
    found.into_iter().nth(near)
}

//! 重新计算: what a newly published calendar does to the deadlines of an open case (domain.md §4.2). Said by the server
//! alone, one event for each deadline, and never twice for the same calendar.

use super::payload::{DeadlineFact, Recounted};
use super::state::CaseState;
use crate::deadline::{self, Calendar};

/// The statements to make on this case under this calendar; none when nothing changes.
#[must_use]
pub fn recounts(state: &CaseState, calendar: &Calendar) -> Vec<Recounted> {
    let open = state.is_open() && state.ruled;
    let versions = if open { state.deadlines.as_slice() } else { &[] };
    let orders = versions.iter().filter_map(|version| recount(&version.event, &version.fact, calendar));
    let running = state.clocks.iter().filter(|clock| open && clock.ended_ms.is_none());
    orders.chain(running.filter_map(|clock| recount(&clock.event, &clock.fact, calendar))).collect()
}

/// The same length from the same start. A date whose sum comes out the same, with nothing provisional lifted, is
/// left alone; so is one that cannot be counted again.
fn recount(of: &str, old: &DeadlineFact, calendar: &Calendar) -> Option<Recounted> {
    if old.calendar_version == calendar.version {
        return None;
    }
    let start = deadline::read_stamp(&old.start)?;
    let counted = deadline::named(calendar, &old.rule, old.n, &old.unit, start, &[]).ok()?;
    let due_at = deadline::stamp(counted.due_at);
    if due_at == old.due_at && counted.provisional == old.provisional {
        return None;
    }
    let deadline = DeadlineFact {
        due_at,
        provisional: counted.provisional,
        calendar_version: calendar.version.clone(),
        ..old.clone()
    };
    Some(Recounted {
        of: of.to_owned(),
        old_due_at: old.due_at.clone(),
        old_calendar: old.calendar_version.clone(),
        deadline,
    })
}

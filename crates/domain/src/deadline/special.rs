//! Clocks that stop, and the earliest day of a forced demolition.

use chrono::{NaiveDate, NaiveDateTime};

use super::calendar::{Calendar, next};
use super::compute::{Deadline, DeadlineError, Trail, compute};

/// A calendar deadline whose clock stood still in `stops` (first and last day, both included): the end moves
/// by the stopped days, then off a rest day (强制法 39; domain.md §4.2 SUSPEND).
///
/// # Errors
/// As [`compute`].
pub fn suspended(
    calendar: &Calendar,
    n: u32,
    unit: &str,
    start: NaiveDateTime,
    stops: &[(NaiveDate, NaiveDate)],
) -> Result<Deadline, DeadlineError> {
    let base = compute(calendar, "CAL_ROLL", n, unit, start)?;
    let days = days_covered(stops);
    let moved = base.due_at.date() + chrono::Duration::days(days);
    let mut trail = Trail::from(calendar, start.date());
    trail.push(base.due_at.date(), "counted", Some(n), None);
    trail.push(moved, "counted", u32::try_from(days).ok(), None);
    let due = trail.roll(moved, next);
    Ok(trail.due(due))
}

/// Days on which at least one stop held; a day in two of them is one day.
pub(super) fn days_covered(stops: &[(NaiveDate, NaiveDate)]) -> i64 {
    let mut spans: Vec<_> = stops.iter().filter(|(from, to)| from <= to).collect();
    spans.sort();
    let mut until = NaiveDate::MIN;
    let mut days = 0;
    for (from, to) in spans {
        let begins = (*from).max(if until == NaiveDate::MIN { *from } else { next(until) });
        days += ((*to - begins).num_days() + 1).max(0);
        until = until.max(*to);
    }
    days
}

/// The first day a structure may be demolished by force after the decision was served: the day after both
/// remedies have run out, 60 days and 6 months (强制法 44; domain.md §4.2).
///
/// # Errors
/// As [`compute`].
pub fn earliest_demolition(calendar: &Calendar, served: NaiveDateTime) -> Result<Deadline, DeadlineError> {
    let review = compute(calendar, "CAL_ROLL", 60, "day", served)?;
    let court = compute(calendar, "CAL_ROLL", 6, "month", served)?;
    let later = if review.due_at >= court.due_at { review } else { court };
    let mut steps = later.steps;
    let due = later.due_at + chrono::Duration::days(1);
    let closing = compute(calendar, "CAL_HARD", 1, "day", later.due_at)?;
    steps.extend(closing.steps.into_iter().filter(|s| s.kind == "due"));
    Ok(Deadline { due_at: due, provisional: later.provisional || closing.provisional, steps })
}

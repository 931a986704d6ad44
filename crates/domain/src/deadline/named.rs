//! Every way of counting, reached by the name a worked example gives it.

use chrono::{NaiveDate, NaiveDateTime};

use super::COUNT_MAX;
use super::calendar::Calendar;
use super::compute::{Deadline, DeadlineError, compute};
use super::special::{earliest_demolition, suspended};

/// Counts by a rule's name: those of [`compute`], and `EARLIEST_DEMOLITION` (which has its own length) and
/// `CAL_ROLL_SUSPEND:FROM..TO`, or several spans with commas. `stops` are further days, both ends included, on which a `CAL_ROLL` clock stood still.
/// `WORKHOURS` and `workhour` are read as `WORK_HOURS` and `work_hour`.
///
/// # Errors
/// A name, unit or combination that is none; more than [`COUNT_MAX`]; a date no calendar can name.
pub fn named(
    calendar: &Calendar,
    rule: &str,
    n: u32,
    unit: &str,
    start: NaiveDateTime,
    stops: &[(NaiveDate, NaiveDate)],
) -> Result<Deadline, DeadlineError> {
    let unknown = || DeadlineError::UnknownRule { rule: rule.to_owned(), unit: unit.to_owned() };
    if n > COUNT_MAX {
        return Err(DeadlineError::OutOfRange);
    }
    let unit = if unit == "workhour" { "work_hour" } else { unit };
    if let Some(span) = rule.strip_prefix("CAL_ROLL_SUSPEND:") {
        let mut all = stops.to_vec();
        for span in span.split(',') {
            all.push(read_span(span).ok_or_else(unknown)?);
        }
        return suspended(calendar, n, unit, start, &all);
    }
    match (rule, stops) {
        ("EARLIEST_DEMOLITION", []) => earliest_demolition(calendar, start),
        ("WORKHOURS", []) => compute(calendar, "WORK_HOURS", n, unit, start),
        (_, []) => compute(calendar, rule, n, unit, start),
        ("CAL_ROLL", _) => suspended(calendar, n, unit, start, stops),
        _ => Err(unknown()),
    }
}

/// `2026-03-07..2026-04-12`, first and last day, in order.
#[must_use]
pub fn read_span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = text.split_once("..")?;
    let day = |t: &str| NaiveDate::parse_from_str(t, "%Y-%m-%d").ok();
    let (from, to) = (day(from)?, day(to)?);
    (from <= to).then_some((from, to))
}

//! 期限: how the town counts time (domain.md §4). Every rule names its source in law; the calendar is data.
//!
//! [`Calendar`] knows which days are worked; [`compute()`] counts; [`workdays_left`] and [`bucket`] say how a
//! deadline stands today.
mod calendar;
mod compute;
mod hours;
mod limit;
mod named;
mod special;
mod standing;
mod surcharge;

pub use calendar::{Calendar, CalendarError, Day};
pub use compute::{Deadline, DeadlineError, Step, compute};
pub use hours::worked;
pub use limit::{Limit, LimitError, builtin_limits, limit, limits};
pub use named::{named, read_span};
pub use special::{earliest_demolition, suspended};
pub use standing::{bucket, workdays_left};
pub use surcharge::{Surcharge, surcharge};

use chrono::NaiveDateTime;

/// `2026-11-26T23:59:59`
#[must_use]
pub fn stamp(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The local time in Shanghai of a moment in milliseconds since 1970, as [`stamp`] writes it.
#[must_use]
pub fn stamp_of_ms(ms: i64) -> String {
    stamp((chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default() + chrono::Duration::hours(8)).naive_utc())
}

/// Reads what [`stamp`] wrote.
#[must_use]
pub fn read_stamp(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok()
}

/// Rules an officer may choose, with their units.
const OFFERED: &[(&str, &[&str])] = &[
    ("CAL_ROLL", &["day", "month", "year"]),
    ("CAL_HARD", &["day", "month", "year"]),
    ("WORK", &["workday"]),
    ("WORK_HOURS", &["work_hour"]),
    ("HOURS", &["hour"]),
];

/// Longest count, whatever the unit.
pub const COUNT_MAX: u32 = 3660;

/// Whether an officer may set this rule with this unit and length.
#[must_use]
pub fn is_offered(rule: &str, unit: &str, n: u32) -> bool {
    (1..=COUNT_MAX).contains(&n) && OFFERED.iter().any(|(r, units)| *r == rule && units.contains(&unit))
}

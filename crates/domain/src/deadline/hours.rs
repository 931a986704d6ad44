//! Hours: plain ones run from the moment itself, through nights and holidays (民法典 201 (2)); work hours
//! run only while the office is open (domain.md §4.1 R14).

use chrono::{Duration, NaiveDateTime};

use super::calendar::{Calendar, next};
use super::compute::{Deadline, DeadlineError, Trail};

pub(super) fn plain(calendar: &Calendar, start: NaiveDateTime, n: u32) -> Result<Deadline, DeadlineError> {
    let due = start.checked_add_signed(Duration::hours(n.into())).ok_or(DeadlineError::OutOfRange)?;
    let mut trail = Trail::bare(calendar);
    trail.hour(start, "counted", Some(0));
    Ok(trail.due_at(due))
}

/// How much of the office's time lies between two moments.
#[must_use]
pub fn worked(calendar: &Calendar, from: NaiveDateTime, to: NaiveDateTime) -> Duration {
    let mut all = Duration::zero();
    let mut day = from.date();
    while day <= to.date() {
        if calendar.is_work(day) {
            for (open, close) in &calendar.office_hours {
                let (start, end) = (day.and_time(*open).max(from), day.and_time(*close).min(to));
                all += (end - start).max(Duration::zero());
            }
        }
        if next(day) == day {
            return all;
        }
        day = next(day);
    }
    all
}

pub(super) fn office(calendar: &Calendar, start: NaiveDateTime, n: u32) -> Result<Deadline, DeadlineError> {
    let mut left = Duration::hours(n.into());
    let mut trail = Trail::bare(calendar);
    trail.hour(start, "counted", Some(0));
    if calendar.office_hours.is_empty() {
        return Err(DeadlineError::OutOfRange);
    }
    let mut day = start.date();
    loop {
        if calendar.is_work(day) {
            trail.lean_on(day);
            for (open, close) in &calendar.office_hours {
                let (from, to) = (day.and_time(*open).max(start), day.and_time(*close));
                if to >= from && to - from >= left {
                    return Ok(trail.due_at(from + left));
                }
                if to > from {
                    left -= to - from;
                    let done = (Duration::hours(n.into()) - left).num_hours();
                    trail.hour(to, "counted", u32::try_from(done).ok());
                }
            }
        } else {
            trail.rest(day);
        }
        if next(day) == day {
            return Err(DeadlineError::OutOfRange);
        }
        day = next(day);
    }
}

//! How a deadline stands today.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

use super::calendar::{Calendar, next};

/// Working days until due, the due day counted and today not; negative when overdue: working days passed
/// since, at least one.
#[must_use]
pub fn workdays_left(calendar: &Calendar, due_at: NaiveDateTime, now: NaiveDateTime) -> i32 {
    let (due, today) = (due_at.date(), now.date());
    if due_at < now {
        return -between(calendar, due, today).max(1);
    }
    between(calendar, today, due)
}

fn between(calendar: &Calendar, after: NaiveDate, through: NaiveDate) -> i32 {
    let mut day = after;
    let mut count = 0;
    while day < through {
        day = next(day);
        count += i32::from(calendar.is_work(day));
    }
    count
}

/// `overdue` | `today` | `week` (through Sunday) | `later`
#[must_use]
pub fn bucket(due_at: NaiveDateTime, now: NaiveDateTime) -> &'static str {
    let (due, today) = (due_at.date(), now.date());
    let sunday = today + Duration::days(6 - i64::from(today.weekday().num_days_from_monday()));
    match () {
        () if due_at < now => "overdue",
        () if due == today => "today",
        () if due <= sunday => "week",
        () => "later",
    }
}

//! Counting (domain.md §4.1, §4.2). The start day is never counted (民法典 201); months and years end on the
//! corresponding day or the month's last (202); an end on a rest day moves to the next working day (203); a
//! count backwards moves to the working day before.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::calendar::{Calendar, Day, next, previous};
use super::hours;

/// One line of 怎么算的?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `2026-11-24`, or a date-time for hours.
    pub at: String,
    /// `start_excluded` | `counted` | `weekend` | `holiday` | `make_up_workday` | `rolled` | `no_such_day` | `due`
    pub kind: &'static str,
    pub count: Option<u32>,
    pub name: Option<String>,
}

/// A computed deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Local date-time Asia/Shanghai; 23:59:59 where a whole day counts (民法典 203 (2)).
    pub due_at: NaiveDateTime,
    /// The calendar of some day it depends on is not published yet.
    pub provisional: bool,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineError {
    /// No such rule, or not with this unit.
    UnknownRule { rule: String, unit: String },
    /// Beyond the dates a calendar can name, or a calendar without office hours.
    OutOfRange,
}

impl std::fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownRule { rule, unit } => write!(f, "no deadline rule {rule} in {unit}"),
            Self::OutOfRange => write!(f, "deadline beyond the calendar"),
        }
    }
}

impl std::error::Error for DeadlineError {}

/// Days listed one by one in the explanation; longer counts show their end.
const LISTED_MAX: u32 = 31;

/// Counts `n` units from `start` (for `BACK_…` rules: back from it).
///
/// # Errors
/// An unknown rule or unit, or a date no calendar can name.
pub fn compute(
    calendar: &Calendar,
    rule: &str,
    n: u32,
    unit: &str,
    start: NaiveDateTime,
) -> Result<Deadline, DeadlineError> {
    let unknown = || DeadlineError::UnknownRule { rule: rule.to_owned(), unit: unit.to_owned() };
    let day = start.date();
    match (rule, unit) {
        ("CAL_ROLL", "day" | "month" | "year") => calendar_days(calendar, day, n, unit, End::Forward),
        ("CAL_HARD", "day" | "month" | "year") => calendar_days(calendar, day, n, unit, End::Stays),
        ("BACK_CAL", "day" | "month" | "year") => calendar_days(calendar, day, n, unit, End::Back),
        ("WORK", "workday") => work_days(calendar, day, n, next),
        ("BACK_WORK", "workday") => work_days(calendar, day, n, previous),
        ("HOURS", "hour") => hours::plain(calendar, start, n),
        ("WORK_HOURS", "work_hour") => hours::office(calendar, start, n),
        _ => Err(unknown()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Forward,
    Stays,
    Back,
}

fn calendar_days(
    calendar: &Calendar,
    start: NaiveDate,
    n: u32,
    unit: &str,
    end: End,
) -> Result<Deadline, DeadlineError> {
    let last = shifted(start, n, unit, end == End::Back).ok_or(DeadlineError::OutOfRange)?;
    let mut trail = Trail::from(calendar, start);
    if unit == "day" && n <= LISTED_MAX {
        let step = if end == End::Back { previous } else { next };
        let mut day = start;
        for count in 1..n {
            day = step(day);
            trail.counted(day, count);
        }
    }
    if unit != "day" && chrono::Datelike::day(&last) != chrono::Datelike::day(&start) {
        trail.push(last, "no_such_day", None, None);
    }
    trail.counted(last, n);
    let due = match end {
        End::Stays => last,
        End::Forward => trail.roll(last, next),
        End::Back => trail.roll(last, previous),
    };
    Ok(trail.due(due))
}

fn shifted(start: NaiveDate, n: u32, unit: &str, back: bool) -> Option<NaiveDate> {
    let months = if unit == "year" { n.checked_mul(12)? } else { n };
    match (unit, back) {
        ("day", false) => start.checked_add_days(chrono::Days::new(n.into())),
        ("day", true) => start.checked_sub_days(chrono::Days::new(n.into())),
        (_, false) => start.checked_add_months(Months::new(months)),
        (_, true) => start.checked_sub_months(Months::new(months)),
    }
}

fn work_days(
    calendar: &Calendar,
    start: NaiveDate,
    n: u32,
    step: fn(NaiveDate) -> NaiveDate,
) -> Result<Deadline, DeadlineError> {
    let mut trail = Trail::from(calendar, start);
    let (mut day, mut count) = (start, 0);
    while count < n {
        let following = step(day);
        if following == day {
            return Err(DeadlineError::OutOfRange);
        }
        day = following;
        if calendar.is_work(day) {
            count += 1;
            trail.counted_work(day, count);
        } else {
            trail.rest(day);
        }
    }
    Ok(trail.due(day))
}

/// The explanation as it grows, and whether every day it leans on is official.
pub(super) struct Trail<'a> {
    calendar: &'a Calendar,
    steps: Vec<Step>,
    provisional: bool,
}

impl<'a> Trail<'a> {
    pub fn from(calendar: &'a Calendar, start: NaiveDate) -> Self {
        let mut trail = Self { calendar, steps: Vec::new(), provisional: false };
        trail.push(start, "start_excluded", None, None);
        trail
    }

    pub fn push(&mut self, day: NaiveDate, kind: &'static str, count: Option<u32>, name: Option<String>) {
        self.steps.push(Step { at: day.to_string(), kind, count, name });
    }

    /// A natural day, counted whatever it is.
    fn counted(&mut self, day: NaiveDate, count: u32) {
        self.push(day, "counted", Some(count), None);
    }

    fn counted_work(&mut self, day: NaiveDate, count: u32) {
        self.lean_on(day);
        match self.calendar.day(day) {
            Day::MakeUp(name) => self.push(day, "make_up_workday", Some(count), Some(name)),
            _ => self.push(day, "counted", Some(count), None),
        }
    }

    pub fn rest(&mut self, day: NaiveDate) {
        self.lean_on(day);
        match self.calendar.day(day) {
            Day::Holiday(name) => self.push(day, "holiday", None, Some(name)),
            _ => self.push(day, "weekend", None, None),
        }
    }

    pub fn lean_on(&mut self, day: NaiveDate) {
        self.provisional |= !self.calendar.is_official(day);
    }

    /// From a rest day to the working day after or before it.
    pub fn roll(&mut self, from: NaiveDate, step: fn(NaiveDate) -> NaiveDate) -> NaiveDate {
        let mut day = from;
        while !self.calendar.is_work(day) && step(day) != day {
            self.rest(day);
            day = step(day);
        }
        if day != from {
            self.push(day, "rolled", None, None);
        }
        day
    }

    /// Closes the trail at the end of a day.
    pub fn due(mut self, day: NaiveDate) -> Deadline {
        self.lean_on(day);
        self.push(day, "due", None, None);
        let end = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        Deadline { due_at: day.and_time(end), provisional: self.provisional, steps: self.steps }
    }

    /// Closes the trail at an hour.
    pub fn due_at(mut self, at: NaiveDateTime) -> Deadline {
        self.steps.push(Step { at: super::stamp(at), kind: "due", count: None, name: None });
        Deadline { due_at: at, provisional: self.provisional, steps: self.steps }
    }

    pub fn hour(&mut self, at: NaiveDateTime, kind: &'static str, count: Option<u32>) {
        self.steps.push(Step { at: super::stamp(at), kind, count, name: None });
    }

    pub fn bare(calendar: &'a Calendar) -> Self {
        Self { calendar, steps: Vec::new(), provisional: false }
    }
}

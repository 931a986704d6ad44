//! Which days are worked. A weekend day may be a working day (调休) and a weekday a holiday.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;

use crate::calendar::Published;

const HEAD: &str = include_str!("../../../../assets/calendar/calendar.json");
const OFFICIAL: &str = include_str!("../../../../assets/calendar/holidays.json");
const PROVISIONAL: &str = include_str!("../../../../assets/calendar/holidays-2027-provisional.json");
const FESTIVALS: &str = include_str!("../../../../assets/calendar/statutory-festivals.json");

static BUILTIN: LazyLock<Calendar> = LazyLock::new(|| Calendar::builtin().unwrap_or_default());

/// What kind of day it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Day {
    Work,
    /// 调休上班, with the holiday's name.
    MakeUp(String),
    Weekend,
    Holiday(String),
}

impl Day {
    #[must_use]
    pub fn is_work(&self) -> bool {
        matches!(self, Self::Work | Self::MakeUp(_))
    }
}

/// Holidays, make-up days and office hours, under one version that is stored with every deadline.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    pub version: String,
    official: (i32, i32),
    /// Years published in the town.
    published: BTreeSet<i32>,
    listed: BTreeMap<NaiveDate, Listed>,
    festivals: BTreeMap<NaiveDate, String>,
    pub(super) office_hours: Vec<(NaiveTime, NaiveTime)>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Listed {
    name: String,
    off: bool,
}

#[derive(Deserialize)]
struct Head {
    version: String,
    official_from: i32,
    official_through: i32,
    office_hours: Vec<(String, String)>,
}

/// The calendar files do not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarError {
    /// File name in `assets/calendar/`.
    pub file: &'static str,
    pub cause: String,
}

impl std::fmt::Display for CalendarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "calendar {}: {}", self.file, self.cause)
    }
}

impl std::error::Error for CalendarError {}

impl Calendar {
    /// The calendar this version ships.
    ///
    /// # Errors
    /// A file of `assets/calendar/` that does not read.
    pub fn builtin() -> Result<Self, CalendarError> {
        let head: Head = parse("calendar.json", HEAD)?;
        let mut listed: BTreeMap<NaiveDate, Listed> = parse("holidays-2027-provisional.json", PROVISIONAL)?;
        listed.extend(parse::<BTreeMap<NaiveDate, Listed>>("holidays.json", OFFICIAL)?);
        let hours = head.office_hours.iter().map(|(from, to)| Ok((time(from)?, time(to)?)));
        Ok(Self {
            version: head.version,
            official: (head.official_from, head.official_through),
            published: BTreeSet::new(),
            listed,
            festivals: parse("statutory-festivals.json", FESTIVALS)?,
            office_hours: hours.collect::<Result<_, CalendarError>>()?,
        })
    }

    /// [`Calendar::builtin`], read once.
    #[must_use]
    pub fn standard() -> &'static Self {
        &BUILTIN
    }

    /// Listed days first; without a notice for the year, weekends and statutory festivals (domain.md §4.2).
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match (self.listed.get(&date), self.festivals.get(&date)) {
            (Some(listed), _) if listed.off => Day::Holiday(listed.name.clone()),
            (Some(listed), _) if weekend => Day::MakeUp(listed.name.clone()),
            (Some(_), _) => Day::Work,
            (None, Some(name)) => Day::Holiday(name.clone()),
            (None, None) if weekend => Day::Weekend,
            (None, None) => Day::Work,
        }
    }

    #[must_use]
    pub fn is_work(&self, date: NaiveDate) -> bool {
        self.day(date).is_work()
    }

    /// 法定节假日 proper: no forced demolition on it (强制法 43).
    #[must_use]
    pub fn festival(&self, date: NaiveDate) -> Option<&str> {
        self.festivals.get(&date).map(String::as_str)
    }

    /// Whether the State Council's notice for that year is in.
    #[must_use]
    pub fn is_official(&self, date: NaiveDate) -> bool {
        self.is_official_year(date.year())
    }

    #[must_use]
    pub fn is_official_year(&self, year: i32) -> bool {
        (self.official.0..=self.official.1).contains(&year) || self.published.contains(&year)
    }

    /// First and last year whose notice is shipped.
    #[must_use]
    pub fn shipped(&self) -> (i32, i32) {
        self.official
    }

    /// 法定节假日 of a year; none where they are not known.
    #[must_use]
    pub fn festivals_of(&self, year: i32) -> Vec<(NaiveDate, String)> {
        let of = self.festivals.iter().filter(|(date, _)| date.year() == year);
        of.map(|(date, name)| (*date, name.clone())).collect()
    }

    /// This calendar under a published year: what the notice says of the year replaces everything listed for it, and
    /// what it says of the end of the year before is added (domain.md §4.3).
    #[must_use]
    pub fn with(mut self, published: &Published, version: &str) -> Self {
        self.listed.retain(|date, _| date.year() != published.year);
        for day in &published.days {
            self.listed.insert(day.date, Listed { name: day.name.clone(), off: day.off });
        }
        if !published.statutory.is_empty() {
            self.festivals.retain(|date, _| date.year() != published.year);
            self.festivals.extend(published.statutory.iter().map(|d| (d.date, d.name.clone())));
        }
        self.published.insert(published.year);
        self.version = format!("{}+{version}", self.version);
        self
    }
}

/// The next or the previous date; the same at the end of time.
pub(super) fn next(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

pub(super) fn previous(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(1)).unwrap_or(date)
}

fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, CalendarError> {
    serde_json::from_str(text).map_err(|e| CalendarError { file, cause: e.to_string() })
}

fn time(text: &str) -> Result<NaiveTime, CalendarError> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|e| CalendarError { file: "calendar.json", cause: e.to_string() })
}

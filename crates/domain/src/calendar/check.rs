//! What is wrong with a year's days before they count for a town.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use ts_rs::TS;

use super::Published;
use crate::deadline::Calendar;

/// Years a notice can be for: 2007 is the first in which the notices have today's form.
const YEARS: std::ops::RangeInclusive<i32> = 2007..=2100;
/// More days than any notice names.
const DAYS_MAX: usize = 120;
const WORDS_MAX: usize = 300;

/// One thing wrong, or worth a look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[ts(rename = "CalendarProblem")]
pub struct Problem {
    /// `no_days` | `bad_year` | `outside` | `twice` | `both` | `festival_missing` | `worked_festival` | `plain_workday`
    /// | `plain_weekend` | `festivals_unknown` | `too_long`; of a text also `year_missing` | `other_year` | `no_such_date`
    /// | `weekday_wrong` | `count_wrong` | `unread` | `not_a_file` | `date_unclear`
    pub code: String,
    /// `2027-02-06`, or empty.
    pub date: String,
    /// What was found: words of the text, a name, a number.
    pub found: String,
    /// What it should be; empty where nothing can be said.
    pub expected: String,
    /// Whether it stands in the way of publishing.
    pub blocks: bool,
}

impl Problem {
    #[must_use]
    pub fn new(code: &str, date: Option<NaiveDate>) -> Self {
        Self {
            code: code.to_owned(),
            date: date.map(|d| d.to_string()).unwrap_or_default(),
            found: String::new(),
            expected: String::new(),
            blocks: true,
        }
    }

    #[must_use]
    pub fn found(mut self, found: impl std::fmt::Display) -> Self {
        self.found = found.to_string();
        self
    }

    #[must_use]
    pub fn expected(mut self, expected: impl std::fmt::Display) -> Self {
        self.expected = expected.to_string();
        self
    }

    /// Worth a look, and no hindrance.
    #[must_use]
    pub fn remark(mut self) -> Self {
        self.blocks = false;
        self
    }
}

/// Everything about these days that cannot be, and what is unusual.
#[must_use]
pub fn check(published: &Published) -> Vec<Problem> {
    let year = published.year;
    if !YEARS.contains(&year) {
        return vec![Problem::new("bad_year", None).found(year)];
    }
    if published.days.is_empty() {
        return vec![Problem::new("no_days", None)];
    }
    if published.days.len() > DAYS_MAX {
        return vec![Problem::new("too_long", None).found(published.days.len()).expected(DAYS_MAX)];
    }
    let mut problems = long_words(published);
    let mut seen: BTreeMap<NaiveDate, bool> = BTreeMap::new();
    for day in &published.days {
        if !belongs(year, day.date) {
            problems.push(Problem::new("outside", Some(day.date)).found(&day.name));
        }
        match seen.insert(day.date, day.off) {
            Some(off) if off != day.off => problems.push(Problem::new("both", Some(day.date)).found(&day.name)),
            Some(_) => problems.push(Problem::new("twice", Some(day.date)).found(&day.name)),
            None => {}
        }
        let weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
        if !day.off && !weekend {
            problems.push(Problem::new("plain_workday", Some(day.date)).found(&day.name).remark());
        }
    }
    problems.extend(festivals(published, &seen));
    problems.sort();
    problems
}

/// A notice for a year may touch the end of the year before, and the first days of the next.
fn belongs(year: i32, date: NaiveDate) -> bool {
    date.year() == year || date.year() == year - 1 && date.month() == 12 || date.year() == year + 1 && date.month() == 1
}

/// 法定节假日 are days off whatever the notice says of the rest (全国年节及纪念日放假办法 2); one that falls on a weekend need
/// not be named.
fn festivals(published: &Published, named: &BTreeMap<NaiveDate, bool>) -> Vec<Problem> {
    let known = Calendar::standard().festivals_of(published.year);
    let own: Vec<(NaiveDate, String)> = published.statutory.iter().map(|d| (d.date, d.name.clone())).collect();
    let all = if own.is_empty() { known } else { own };
    if all.is_empty() {
        return vec![Problem::new("festivals_unknown", None).found(published.year).remark()];
    }
    let problem = |(date, name): &(NaiveDate, String)| {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match named.get(date) {
            Some(true) => None,
            Some(false) => Some(Problem::new("worked_festival", Some(*date)).found(name)),
            None if weekend => Some(Problem::new("plain_weekend", Some(*date)).found(name).remark()),
            None => Some(Problem::new("festival_missing", Some(*date)).found(name)),
        }
    };
    all.iter().filter_map(problem).collect()
}

fn long_words(published: &Published) -> Vec<Problem> {
    let names = published.days.iter().chain(&published.statutory).map(|d| d.name.as_str());
    let all = names.chain([published.notice_no.as_str(), published.source.as_str()]);
    let long = all.filter(|w| w.chars().count() > WORDS_MAX);
    long.map(|w| Problem::new("too_long", None).found(w.chars().take(20).collect::<String>())).collect()
}

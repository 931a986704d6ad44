//! The usual files: JSON with `year` and `days` (`date`, `name`, `isOffDay`), JSON by date (`off`, `name`), and a
//! table with tabs (date, 休 or 班, name).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::check::Problem;
use super::notice::{self, Read};
use super::{NamedDay, Published};

/// Longest text anybody may paste, in bytes.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;

#[derive(Deserialize)]
struct WithDays {
    year: i32,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    date: NaiveDate,
    name: String,
    #[serde(rename = "isOffDay")]
    off: bool,
}

#[derive(Deserialize)]
struct ByDate {
    name: String,
    off: bool,
}

/// Reads whatever was given: a file's content, or the notice's text. `year` is what the person says, where they do.
#[must_use]
pub fn read(text: &str, year: Option<i32>) -> Read {
    if text.len() > TEXT_BYTES_MAX {
        return failed(Problem::new("too_long", None).found(text.len()).expected(TEXT_BYTES_MAX));
    }
    let text = text.trim().trim_start_matches('\u{feff}');
    let read = match text.chars().next() {
        None => failed(Problem::new("no_days", None)),
        Some('{') => json(text, year),
        Some(_) if text.lines().any(|line| line.contains('\t')) => table(text, year),
        Some(_) => notice::read(text, year),
    };
    match year {
        Some(year) if read.published.year != 0 && read.published.year != year => {
            let other = Problem::new("other_year", None).found(read.published.year).expected(year);
            Read { problems: read.problems.into_iter().chain([other]).collect(), ..read }
        }
        _ => read,
    }
}

fn failed(problem: Problem) -> Read {
    Read { published: Published::default(), problems: vec![problem], unread: Vec::new() }
}

fn json(text: &str, year: Option<i32>) -> Read {
    if let Ok(file) = serde_json::from_str::<WithDays>(text) {
        let days = file.days.into_iter().map(|d| NamedDay { date: d.date, off: d.off, name: d.name }).collect();
        let source = file.papers.first().cloned().unwrap_or_default();
        return whole(Published { year: file.year, source, days, ..Published::default() }, Vec::new());
    }
    match serde_json::from_str::<BTreeMap<NaiveDate, ByDate>>(text) {
        Ok(by_date) => {
            let days = by_date.into_iter().map(|(date, d)| NamedDay { date, off: d.off, name: d.name }).collect();
            dated(days, year, Vec::new())
        }
        Err(e) => failed(Problem::new("not_a_file", None).found(e)),
    }
}

fn table(text: &str, year: Option<i32>) -> Read {
    let mut problems = Vec::new();
    let mut days = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let date = cells.first().and_then(|c| c.replace('/', "-").parse::<NaiveDate>().ok());
        let off = cells.get(1).and_then(|c| match c.to_lowercase().as_str() {
            "休" | "off" | "true" | "放假" => Some(true),
            "班" | "work" | "false" | "上班" => Some(false),
            _ => None,
        });
        match (date, off) {
            (Some(date), Some(off)) => {
                days.push(NamedDay { date, off, name: cells.get(2).copied().unwrap_or_default().to_owned() });
            }
            // The heading.
            (None, None) if i == 0 => {}
            _ => problems.push(Problem::new("unread", None).found(line.trim()).expected(i + 1)),
        }
    }
    dated(days, year, problems)
}

/// Days without a word on their year: it is the one most of them lie in.
fn dated(days: Vec<NamedDay>, year: Option<i32>, problems: Vec<Problem>) -> Read {
    let mut count: BTreeMap<i32, usize> = BTreeMap::new();
    for day in &days {
        *count.entry(chrono::Datelike::year(&day.date)).or_default() += 1;
    }
    let most = count.into_iter().max_by_key(|(_, n)| *n).map(|(year, _)| year);
    whole(Published { year: year.or(most).unwrap_or_default(), days, ..Published::default() }, problems)
}

pub(super) fn whole(mut published: Published, mut problems: Vec<Problem>) -> Read {
    published.days.sort();
    problems.extend(super::check(&published));
    Read { published, problems, unread: Vec::new() }
}

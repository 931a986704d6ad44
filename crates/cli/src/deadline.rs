//! `deadline`: a due date and how it was counted, or a table of them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde_json::json;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_domain::deadline::{Calendar, Deadline, limit, named, read_span};

use crate::answer::Answer;
use crate::arguments::DeadlineArguments;

/// One deadline, as `{due, provisional, steps}`.
pub fn one(asked: &DeadlineArguments, calendar: &Calendar) -> Answer {
    let from = asked.from.as_deref().unwrap_or_default();
    let start = read_start(from).ok_or_else(|| invalid("from", from))?;
    let mut stops = Vec::new();
    for span in &asked.suspended {
        stops.push(read_span(span).ok_or_else(|| invalid("suspended", span))?);
    }
    if let Some(id) = &asked.limit {
        return statutory(id, start, &stops, calendar);
    }
    let rule = asked.rule.as_deref().unwrap_or_default();
    let n = match asked.n {
        Some(n) => n,
        None if rule == "EARLIEST_DEMOLITION" => 0,
        None => return Err(invalid("n", "missing").into()),
    };
    let found = named(calendar, rule, n, &asked.unit, start, &stops).map_err(|e| invalid("rule", &e.to_string()))?;
    Ok(json!({ "due": due(&found), "provisional": found.provisional, "steps": found.steps }))
}

/// A limit of the catalogue as the law stands on the day it is counted from, with the law it comes from.
fn statutory(id: &str, start: NaiveDateTime, stops: &[(NaiveDate, NaiveDate)], calendar: &Calendar) -> Answer {
    let (plain, variant) = id.split_once(':').unwrap_or((id, ""));
    let day = start.date().to_string();
    let law = limit(plain, variant, &day).ok_or_else(|| invalid("limit", "none of this id in force on that day"))?;
    let found =
        named(calendar, &law.rule, law.n, &law.unit, start, stops).map_err(|e| invalid("limit", &e.to_string()))?;
    Ok(json!({
        "due": due(&found), "provisional": found.provisional, "steps": found.steps, "label": law.label,
        "source": law.source, "confidence": law.confidence,
    }))
}

/// A due value for every row, or nothing and the first row that cannot be counted.
pub fn batch(table: &Path, calendar: &Calendar) -> ExitCode {
    match std::fs::read_to_string(table).map_err(|e| e.to_string()).and_then(|text| rows(&text, calendar)) {
        Ok(lines) => {
            print!("{lines}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("xunjuctl: {}: {problem}; nothing was printed", table.display());
            ExitCode::FAILURE
        }
    }
}

fn rows(text: &str, calendar: &Calendar) -> Result<String, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate();
    let (_, heading) = lines.next().ok_or("the table is empty")?;
    let heading: Vec<&str> = heading.split('\t').map(str::trim).collect();
    let column =
        |name: &str| heading.iter().position(|h| *h == name).ok_or_else(|| format!("there is no column {name}"));
    let (start, rule, n, unit) = (column("start_date")?, column("rule")?, column("n")?, column("unit")?);
    let mut out = String::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let row: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |at: usize| row.get(at).copied().unwrap_or_default();
        let wrong = |what: &str| format!("line {}: {what}", index + 1);
        let from = read_start(cell(start)).ok_or_else(|| wrong("start_date is not a date"))?;
        let count = cell(n).parse().map_err(|_| wrong("n is not a number"))?;
        let found = named(calendar, cell(rule), count, cell(unit), from, &[]).map_err(|e| wrong(&e.to_string()))?;
        writeln!(out, "{}", due(&found)).map_err(|e| e.to_string())?;
    }
    Ok(out)
}

/// A day, or a moment where hours were counted (民法典 203: a day ends at 24:00, kept as 23:59:59).
fn due(found: &Deadline) -> String {
    let whole_day = found.due_at.num_seconds_from_midnight() == 86_399;
    found.due_at.format(if whole_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M" }).to_string()
}

fn read_start(text: &str) -> Option<NaiveDateTime> {
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|d| d.and_time(NaiveTime::MIN));
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok().or_else(day)
}

fn invalid(field: &str, problem: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid).at(field).with("problem", problem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::{Calendar, one, rows};
    use crate::arguments::DeadlineArguments;

    const EXAMPLES: &str = include_str!("../../domain/tests/data/deadline-examples.tsv");

    #[test]
    fn every_worked_example_comes_out_of_a_table() {
        let expected: Vec<&str> = EXAMPLES.lines().skip(1).map(|l| l.split('\t').nth(4).unwrap()).collect();
        let found = rows(EXAMPLES, Calendar::standard()).unwrap();
        assert_eq!(found.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_row_that_cannot_be_counted_is_named() {
        let heading = "start_date\trule\tn\tunit\n";
        let problem = |row: &str| {
            rows(&format!("{heading}2026-03-02\tCAL_ROLL\t7\tday\n{row}"), Calendar::standard()).unwrap_err()
        };
        assert_eq!(problem("2026-02-30\tWORK\t5\tworkday"), "line 3: start_date is not a date");
        assert_eq!(problem("2026-02-27\tWORK\tfive\tworkday"), "line 3: n is not a number");
        assert_eq!(problem("2026-02-27\tSOON\t5\tday"), "line 3: no deadline rule SOON in day");
        assert_eq!(problem("2026-02-27\tWORK\t4294967295\tworkday"), "line 3: deadline beyond the calendar");
        assert_eq!(rows("start_date\trule\tn\n", Calendar::standard()).unwrap_err(), "there is no column unit");
    }

    #[test]
    fn a_limit_of_the_law_is_counted_with_its_source() {
        let asked = |id: &str, from: &str| DeadlineArguments {
            from: Some(from.to_owned()),
            limit: Some(id.to_owned()),
            rule: None,
            n: None,
            unit: String::new(),
            suspended: Vec::new(),
            batch: None,
        };
        let hearing = one(&asked("D13", "2026-02-09"), Calendar::standard()).ok().unwrap();
        assert_eq!((hearing["due"].as_str(), hearing["source"].as_str()), (Some("2026-02-14"), Some("行政处罚法 64")));
        assert_eq!(
            one(&asked("D09:city_management", "2025-08-08"), Calendar::standard()).ok().unwrap()["due"],
            "2025-10-09"
        );
        assert!(one(&asked("D13", "2001-01-01"), Calendar::standard()).is_err(), "before that law");
        assert!(one(&asked("D99", "2026-02-09"), Calendar::standard()).is_err());
    }

    #[test]
    fn a_clock_that_stood_still_ends_later_and_a_missing_count_is_refused() {
        let asked = |n, suspended: &[&str]| DeadlineArguments {
            from: Some("2026-03-02".to_owned()),
            rule: Some("CAL_ROLL".to_owned()),
            n,
            unit: "day".to_owned(),
            suspended: suspended.iter().map(|s| (*s).to_owned()).collect(),
            limit: None,
            batch: None,
        };
        let due = |n, suspended: &[&str]| {
            one(&asked(n, suspended), Calendar::standard()).ok().map(|found| found["due"].clone())
        };
        assert_eq!(due(Some(15), &[]).unwrap(), "2026-03-17");
        assert_eq!(due(Some(15), &["2026-03-07..2026-04-12"]).unwrap(), "2026-04-23");
        assert_eq!(due(Some(15), &["2026-04-12..2026-03-07"]), None);
        assert_eq!(due(None, &[]), None);
    }
}

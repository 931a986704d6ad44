//! Every worked example, counted by hand, and what must hold for all the rest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use proptest::prelude::*;
use xunju_domain::deadline::{Calendar, Deadline, bucket, compute, named, stamp, workdays_left};

fn calendar() -> &'static Calendar {
    Calendar::standard()
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

fn moment(text: &str) -> NaiveDateTime {
    let full = if text.contains('T') { format!("{text}:00") } else { format!("{text}T09:00:00") };
    NaiveDateTime::parse_from_str(&full, "%Y-%m-%dT%H:%M:%S").unwrap()
}

fn count(rule: &str, start: &str, n: u32, unit: &str) -> Deadline {
    let cal = calendar();
    let start = moment(start);
    named(cal, rule, n, unit, start, &[]).unwrap()
}

#[test]
fn every_worked_example_comes_out() {
    let mut rows = 0;
    for line in include_str!("data/deadline-examples.tsv").lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let found = count(row[1], row[0], row[2].parse().unwrap(), row[3]);
        let due = stamp(found.due_at);
        let expected = if row[4].contains('T') { format!("{}:00", row[4]) } else { format!("{}T23:59:59", row[4]) };
        assert_eq!(due, expected, "{line}");
        assert_eq!(found.provisional, row[7] == "provisional-2027", "{line}");
        assert_eq!(found.steps.last().unwrap().kind, "due", "{line}");
        rows += 1;
    }
    assert_eq!(rows, 35);
}

/// The ten of domain.md §4.4 that catch most bugs.
#[test]
fn the_traps_are_not_fallen_into() {
    let traps = [
        ("2024-02-07", "WORK", 5, "workday", "2024-02-20"),
        ("2024-03-29", "CAL_ROLL", 7, "day", "2024-04-07"),
        ("2024-09-12", "CAL_ROLL", 30, "day", "2024-10-12"),
        ("2025-08-31", "CAL_ROLL", 6, "month", "2026-02-28"),
        ("2025-08-08", "CAL_ROLL", 60, "day", "2025-10-09"),
        ("2026-02-09", "WORK", 10, "workday", "2026-02-28"),
        ("2026-05-13", "BACK_WORK", 7, "workday", "2026-04-30"),
        ("2026-03-10", "EARLIEST_DEMOLITION", 0, "", "2026-09-11"),
    ];
    for (start, rule, n, unit, due) in traps {
        assert_eq!(count(rule, start, n, unit).due_at.date(), day(due), "{start} {rule} {n}");
    }
}

#[test]
fn the_explanation_names_what_was_passed_over() {
    let found = count("WORK", "2025-01-21", 7, "workday");
    let kinds: Vec<(&str, &str)> = found.steps.iter().map(|s| (s.at.as_str(), s.kind)).collect();
    assert_eq!(kinds[0], ("2025-01-21", "start_excluded"));
    assert!(kinds.contains(&("2025-01-25", "weekend")));
    assert!(kinds.contains(&("2025-01-26", "make_up_workday")));
    assert!(kinds.contains(&("2025-01-28", "holiday")));
    assert_eq!(found.steps.iter().find(|s| s.kind == "holiday").unwrap().name.as_deref(), Some("春节"));
    assert_eq!(found.steps.iter().filter_map(|s| s.count).max(), Some(7));
    let rolled = count("CAL_ROLL", "2026-02-06", 15, "day");
    assert!(rolled.steps.iter().any(|s| s.kind == "rolled" && s.at == "2026-02-24"));
    let short = count("CAL_ROLL", "2025-08-31", 6, "month");
    assert!(short.steps.iter().any(|s| s.kind == "no_such_day"));
}

#[test]
fn an_unknown_rule_is_said_to_be_unknown() {
    assert!(compute(calendar(), "SOON", 3, "day", moment("2026-01-01")).is_err());
    assert!(compute(calendar(), "WORK", 3, "month", moment("2026-01-01")).is_err());
}

#[test]
fn how_a_deadline_stands_today() {
    let cal = calendar();
    let end = |d: &str| day(d).and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap());
    let now = moment("2026-11-23T10:00");
    assert_eq!((workdays_left(cal, end("2026-11-20"), now), bucket(end("2026-11-20"), now)), (-1, "overdue"));
    assert_eq!((workdays_left(cal, end("2026-11-22"), now), bucket(end("2026-11-22"), now)), (-1, "overdue"));
    assert_eq!((workdays_left(cal, end("2026-11-23"), now), bucket(end("2026-11-23"), now)), (0, "today"));
    assert_eq!((workdays_left(cal, end("2026-11-26"), now), bucket(end("2026-11-26"), now)), (3, "week"));
    assert_eq!((workdays_left(cal, end("2026-11-29"), now), bucket(end("2026-11-29"), now)), (4, "week"));
    assert_eq!((workdays_left(cal, end("2026-11-30"), now), bucket(end("2026-11-30"), now)), (5, "later"));
    assert_eq!(bucket(moment("2026-11-23T09:00"), now), "overdue");
}

#[test]
fn new_years_eve_2024_was_a_working_day() {
    assert!(calendar().is_work(day("2024-02-09")));
    assert!(!calendar().is_work(day("2024-02-10")));
    assert_eq!(calendar().festival(day("2026-02-16")), Some("春节"));
}

fn any_start() -> impl Strategy<Value = NaiveDateTime> {
    (0u64..7600, 0u32..24).prop_map(|(d, h)| (day("2007-03-01") + Days::new(d)).and_hms_opt(h, 0, 0).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rolled_deadline_is_a_working_day(start in any_start(), n in 1u32..200, unit in prop::sample::select(vec!["day", "month"])) {
        let n = if unit == "month" { n % 24 + 1 } else { n };
        let due = compute(calendar(), "CAL_ROLL", n, unit, start).unwrap().due_at.date();
        let hard = compute(calendar(), "CAL_HARD", n, unit, start).unwrap().due_at.date();
        prop_assert!(calendar().is_work(due));
        prop_assert!(due >= hard);
        prop_assert!((due - hard).num_days() <= 12);
    }

    #[test]
    fn counting_back_never_rolls_forward(start in any_start(), n in 1u32..60) {
        let due = compute(calendar(), "BACK_CAL", n, "day", start).unwrap().due_at.date();
        prop_assert!(calendar().is_work(due));
        prop_assert!(due <= start.date() - Days::new(n.into()));
        let work = compute(calendar(), "BACK_WORK", n, "workday", start).unwrap().due_at.date();
        prop_assert!(calendar().is_work(work) && work < start.date());
    }

    #[test]
    fn more_days_are_never_earlier(start in any_start(), n in 1u32..120) {
        for (rule, unit) in [("CAL_ROLL", "day"), ("CAL_HARD", "day"), ("WORK", "workday"), ("HOURS", "hour"), ("WORK_HOURS", "work_hour")] {
            let less = compute(calendar(), rule, n, unit, start).unwrap().due_at;
            let more = compute(calendar(), rule, n + 1, unit, start).unwrap().due_at;
            prop_assert!(more >= less, "{rule}");
        }
    }

    #[test]
    fn forward_and_back_meet(start in any_start(), n in 1u32..40) {
        let due = compute(calendar(), "WORK", n, "workday", start).unwrap().due_at;
        let back = compute(calendar(), "BACK_WORK", n, "workday", due).unwrap().due_at.date();
        prop_assert!(back <= start.date() || !calendar().is_work(start.date()));
        prop_assert_eq!(workdays_left(calendar(), due, start), i32::try_from(n).unwrap());
    }
}

#[test]
fn every_statutory_limit_is_there_and_counts() {
    use xunju_domain::deadline::{builtin_limits, limit, limits, named};
    assert_eq!(builtin_limits().unwrap().len(), limits().len());
    let calendar = Calendar::standard();
    let start = chrono::NaiveDate::from_ymd_opt(2026, 3, 10).unwrap().and_hms_opt(10, 0, 0).unwrap();
    for n in 1..=54 {
        let id = format!("D{n:02}");
        let found = limit(&id, "", "2026-11-24").unwrap_or_else(|| panic!("{id} is missing"));
        assert!(["V", "S", "K", "unverified"].contains(&found.confidence.as_str()), "{id}");
    }
    for l in limits() {
        let counted = named(calendar, &l.rule, l.n, &l.unit, start, &[])
            .unwrap_or_else(|e| panic!("{} {}: {e}", l.id, l.variant));
        assert_eq!(l.rule.starts_with("BACK"), counted.due_at < start, "{} {}: {}", l.id, l.variant, counted.due_at);
        for label in [&l.label.zh_hans, &l.label.zh_hant, &l.label.en] {
            assert!(!label.is_empty() && !l.source.is_empty(), "{}", l.id);
        }
    }
    assert_eq!(
        limit("D09", "city_management", "2026-11-24").map(|l| l.n),
        Some(60),
        "both lengths of the law are kept"
    );
    assert!(limit("D13", "", "2001-01-01").is_none(), "not before the law was in force");
}

#[test]
fn a_day_in_two_stops_is_lost_once() {
    use xunju_domain::deadline::{named, read_span};
    let calendar = Calendar::standard();
    let start = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(9, 0, 0).unwrap();
    let due = |stops: &[&str]| {
        let stops: Vec<_> = stops.iter().map(|s| read_span(s).unwrap()).collect();
        named(calendar, "CAL_ROLL", 30, "day", start, &stops).unwrap().due_at.date().to_string()
    };
    let once = due(&["2026-03-10..2026-03-19"]);
    assert_eq!(due(&["2026-03-10..2026-03-19", "2026-03-10..2026-03-19"]), once);
    assert_eq!(due(&["2026-03-10..2026-03-15", "2026-03-12..2026-03-19"]), once);
    assert_eq!(due(&["2026-03-16..2026-03-19", "2026-03-10..2026-03-15"]), once, "in any order");
}

//! 镇内规定: what the town itself has set, each with the day it counts from (`assets/catalogue/town.json`).

use std::sync::LazyLock;

use serde::Deserialize;

const FILE: &str = include_str!("../../../assets/catalogue/town.json");

static RULES: LazyLock<Rules> = LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Rules {
    baseline: Vec<Baseline>,
    sample: Vec<Sample>,
    stopped_within: Vec<Days>,
    rebound_within: Vec<Months>,
}

/// 新增 or 存量: a structure finished on or after this day is new (domain.md §2.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Baseline {
    /// `2016-01-01`
    pub date: String,
    /// Days within which 存量-待定 must be settled.
    pub settle_days: u32,
    effective_from: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Sample {
    percent: u32,
    effective_from: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Days {
    days: u32,
    effective_from: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Months {
    months: u32,
    effective_from: String,
}

/// The newest that counts on the day.
fn of<'a, T>(rules: &'a [T], on: &str, from: impl Fn(&T) -> &str) -> Option<&'a T> {
    rules.iter().filter(|r| from(r) <= on).max_by(|a, b| from(a).cmp(from(b)))
}

/// The baseline as it counts on a day, `2026-11-24`.
#[must_use]
pub fn baseline(on: &str) -> Option<&'static Baseline> {
    of(&RULES.baseline, on, |r| &r.effective_from)
}

/// How many of a hundred cases closed on the spot are drawn for a re-check (domain.md §3.1 quick flow).
#[must_use]
pub fn sample_percent(on: &str) -> Option<u32> {
    of(&RULES.sample, on, |r| &r.effective_from).map(|r| r.percent)
}

/// Days within which a new structure must be gone to count as stopped (domain.md §6.8 新增制止率).
#[must_use]
pub fn stopped_within_days(on: &str) -> u32 {
    of(&RULES.stopped_within, on, |r| &r.effective_from).map_or(0, |r| r.days)
}

/// Months after its closing within which a case that comes back counts as a rebound (domain.md §3.1).
#[must_use]
pub fn rebound_within_months(on: &str) -> u32 {
    of(&RULES.rebound_within, on, |r| &r.effective_from).map_or(0, |r| r.months)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn the_towns_rules_read_and_count_from_their_day() {
        let read: super::Rules = serde_json::from_str(super::FILE).unwrap();
        assert_eq!(read, *super::RULES);
        let day = "2026-11-24";
        assert!(super::baseline(day).is_some_and(|b| b.date.parse::<chrono::NaiveDate>().is_ok()));
        assert!(super::sample_percent(day).is_some_and(|p| (1..=100).contains(&p)));
        assert!(super::stopped_within_days(day) > 0 && super::rebound_within_months(day) > 0);
        assert_eq!(super::sample_percent("1999-12-31"), None);
    }
}

//! 加处罚款: what a fine grows by when it is not paid (行政处罚法 72, 73; 行政强制法 45; domain.md §4.1 R16).

use chrono::NaiveDate;

use super::special::days_covered;
use crate::decimal::Decimal;

/// Hundredths of the fine for each day.
const PERCENT_A_DAY: u64 = 3;
/// It never passes the fine itself.
const PERCENT_MAX: u64 = 100;

/// What has grown by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surcharge {
    /// Days counted: from the day after the due date through `as_of`, without those in review or in court.
    pub days: u32,
    /// Yuan, two digits, cut off.
    pub amount: String,
    /// Whether it has reached the fine itself: from the 34th day on.
    pub capped: bool,
}

/// The surcharge on a fine in yuan, due on `due` and unpaid through `as_of`. `stops` are first and last days of
/// administrative review or litigation, which do not count (行政处罚法 73).
///
/// None where the fine is too large to count with.
#[must_use]
pub fn surcharge(
    fine: Decimal,
    due: NaiveDate,
    as_of: NaiveDate,
    stops: &[(NaiveDate, NaiveDate)],
) -> Option<Surcharge> {
    let first = due.succ_opt()?;
    let late = (as_of - due).num_days().max(0);
    let within: Vec<_> = stops.iter().map(|(from, to)| ((*from).max(first), (*to).min(as_of))).collect();
    let days = u32::try_from((late - days_covered(&within)).max(0)).ok()?;
    let percent = (PERCENT_A_DAY * u64::from(days)).min(PERCENT_MAX);
    let amount = fine.times(percent)?.per(100, 2)?;
    Some(Surcharge { days, amount, capped: percent == PERCENT_MAX })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn grown(as_of: &str, stops: &[(&str, &str)]) -> (u32, String, bool) {
        let stops: Vec<_> = stops.iter().map(|(from, to)| (day(from), day(to))).collect();
        let s = surcharge(Decimal::whole(10_000), day("2026-03-10"), day(as_of), &stops).unwrap();
        (s.days, s.amount, s.capped)
    }

    #[test]
    fn three_in_a_hundred_a_day_from_the_day_after_and_never_more_than_the_fine() {
        assert_eq!(grown("2026-03-10", &[]), (0, "0.00".into(), false), "paid on the last day");
        assert_eq!(grown("2026-03-01", &[]), (0, "0.00".into(), false));
        assert_eq!(grown("2026-03-11", &[]), (1, "300.00".into(), false));
        assert_eq!(grown("2026-04-12", &[]), (33, "9900.00".into(), false), "33 days make 99 %");
        assert_eq!(grown("2026-04-13", &[]), (34, "10000.00".into(), true), "the cap is reached on day 34");
        assert_eq!(grown("2027-01-01", &[]), (297, "10000.00".into(), true));
    }

    #[test]
    fn days_in_review_or_in_court_do_not_count() {
        assert_eq!(grown("2026-03-20", &[("2026-03-12", "2026-03-15")]), (6, "1800.00".into(), false));
        let overlapping = [("2026-03-01", "2026-03-12"), ("2026-03-11", "2026-03-13"), ("2026-03-19", "2026-04-30")];
        assert_eq!(grown("2026-03-20", &overlapping), (5, "1500.00".into(), false), "a day in two stops is one day");
    }

    #[test]
    fn a_fen_is_never_rounded_up() {
        let s = surcharge(Decimal::parse("0.33").unwrap(), day("2026-03-10"), day("2026-03-11"), &[]).unwrap();
        assert_eq!(s.amount, "0.00");
    }
}

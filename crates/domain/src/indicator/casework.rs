//! The indicators of domain.md §6.8 beyond stock and closing: how much of the stock is gone, how fast work is done, how
//! often it comes back, whether the officers kept their own times.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDateTime};

use super::{Facts, Period, Ratio, is_stock};
use crate::case::clocks::{ACCEPT, CHECK, RECEIVE};
use crate::deadline::{Calendar, read_stamp, stamp_of_ms, worked};
use crate::town;

/// Part of an area, in hundredths of a square metre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub met: i64,
    pub of: i64,
}

impl Share {
    /// `15.10`, rounded half up; none of nothing is nothing.
    #[must_use]
    pub fn percent(&self) -> Option<String> {
        if self.of <= 0 || self.met < 0 {
            return None;
        }
        let hundredths = (self.met * 20_000 + self.of) / (2 * self.of);
        Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

/// How long the work took, from dispatch to done, without the days the clock stood still. Hundredths of an hour of the
/// office's, hundredths of a day of the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handling {
    pub cases: Vec<String>,
    pub mean_hours: Option<i64>,
    pub median_hours: Option<i64>,
    pub mean_days: Option<i64>,
    pub median_days: Option<i64>,
}

/// The numbers of a period, beside those of [`super::Indicators`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Casework {
    /// 存量拆除率: wholly demolished by the end, of the old stock known by then; by number and by area.
    pub stock_gone: Ratio,
    pub stock_gone_area: Share,
    /// 新增制止率: gone within the days the town gives, of the new structures found.
    pub stopped: Ratio,
    /// 平均处置时长, of what was done in the period.
    pub handling: Handling,
    /// 反弹率: cases that came back, of those closed in the months before the end.
    pub rebound: Ratio,
    /// 群租消除率: no longer open at the end, of those open at the start and found since.
    pub shared_gone: Ratio,
    /// Cases the hotline sent in.
    pub hotline: Vec<String>,
    /// Of those, the same place and kind called in again within thirty days.
    pub hotline_again: Ratio,
    /// 抽查: looked at in the period, of those drawn and closed by its end; passed, of those looked at.
    pub sampled: Ratio,
    pub sample_passed: Ratio,
    /// The officers' clocks that were over or ended in the period, and were kept.
    pub accepted_in_time: Ratio,
    pub received_in_time: Ratio,
    pub checked_in_time: Ratio,
}

/// Days within which a second call about the same thing counts as repeated (domain.md §6.8).
const AGAIN_DAYS: i64 = 30;

pub(super) fn count(facts: &[Facts], period: Period, calendar: &Calendar) -> Casework {
    let end = period.to.and_hms_opt(23, 59, 59).unwrap_or_default();
    let those = |keep: &dyn Fn(&Facts) -> bool| facts.iter().filter(|f| keep(f)).collect::<Vec<_>>();
    let known = |f: &Facts| f.found.is_some_and(|at| at <= end);
    let gone_by_end = |f: &Facts| f.wholly_demolished().is_some_and(|day| day <= period.to);
    let old = those(&|f| is_old(f) && known(f) && f.written_off().is_none_or(|day| day > period.to || gone_by_end(f)));
    let new = those(&|f| f.is_new() && period.has(f.found));
    let shared =
        those(&|f| f.case.category() == "QZ" && known(f) && (period.has(f.found) || f.is_open_at(before(period))));
    let hotline = those(&|f| f.case.text("source") == "hotline" && period.has(f.found));
    let drawn = those(&|f| {
        f.case.sample.as_ref().is_some_and(crate::case::Sample::drawn) && f.closed.is_some_and(|at| at <= end)
    });
    let looked: Vec<&Facts> = drawn.iter().copied().filter(|f| period.has(looked_at(f))).collect();
    let due_look = drawn.iter().copied().filter(|f| looked_at_by(f, period.from)).collect::<Vec<_>>();
    Casework {
        stock_gone: Ratio::over(&old, gone_by_end),
        stock_gone_area: Share {
            met: old.iter().filter_map(|f| f.demolished()).filter(|(day, _)| *day <= period.to).map(|(_, a)| a).sum(),
            of: old.iter().map(|f| f.area()).sum(),
        },
        stopped: Ratio::over(&new, in_time_gone),
        handling: handling(&those(&|f| period.has(f.handled) && f.dispatched.is_some()), calendar),
        rebound: rebound(facts, period, end),
        shared_gone: Ratio::over(&shared, |f| !f.is_open_at(end)),
        hotline_again: Ratio::over(&hotline, |f| called_before(f, facts)),
        hotline: hotline.iter().map(|f| f.case.id.clone()).collect(),
        sampled: Ratio::over(&due_look, |f| period.has(looked_at(f))),
        sample_passed: Ratio::over(&looked, |f| f.case.sample.as_ref().is_some_and(|s| s.result == "passed")),
        accepted_in_time: in_time(facts, ACCEPT, period),
        received_in_time: in_time(facts, RECEIVE, period),
        checked_in_time: in_time(facts, CHECK, period),
    }
}

fn before(period: Period) -> NaiveDateTime {
    period.from.and_hms_opt(0, 0, 0).unwrap_or_default() - chrono::Duration::seconds(1)
}

impl Facts<'_> {
    fn is_new(&self) -> bool {
        is_stock(self.case) && self.case.text("stock_class") == "new"
    }

    /// Whether work on it went on at a moment: found, and neither closed nor ended otherwise.
    fn is_open_at(&self, at: NaiveDateTime) -> bool {
        let over = |end: Option<NaiveDateTime>| end.is_some_and(|end| end <= at);
        self.found.is_some_and(|found| found <= at) && !over(self.closed) && !over(self.ended_otherwise)
    }
}

fn is_old(f: &Facts) -> bool {
    is_stock(f.case) && !f.is_new()
}

fn in_time_gone(f: &Facts) -> bool {
    let found = f.found.map(|at| at.date());
    let days = found.map_or(0, |day| i64::from(town::stopped_within_days(&day.to_string())));
    f.wholly_demolished().zip(found).is_some_and(|(gone, found)| (gone - found).num_days() <= days)
}

fn looked_at(f: &Facts) -> Option<NaiveDateTime> {
    read_stamp(&stamp_of_ms(f.case.sample.as_ref()?.at_ms?))
}

/// Still to be looked at when the period began, or looked at in it.
fn looked_at_by(f: &Facts, from: chrono::NaiveDate) -> bool {
    looked_at(f).is_none_or(|at| at.date() >= from)
}

/// Clocks of a kind that ended in the period or were over in it; kept: ended by their time.
fn in_time(facts: &[Facts], id: &str, period: Period) -> Ratio {
    let mut ratio = Ratio::default();
    for f in facts {
        let own = f.case.clocks.iter().filter(|clock| clock.fact.id == id);
        let mut kept = own.filter_map(|clock| {
            let ended = clock.ended_ms.map(stamp_of_ms);
            let counts_at = ended.clone().map_or(clock.fact.due_at.clone(), |end| end.min(clock.fact.due_at.clone()));
            let counts = period.has(read_stamp(&counts_at));
            counts.then(|| ended.is_some_and(|end| end <= clock.fact.due_at))
        });
        // One case counts once: with a clock that was not kept it was not in time.
        if let Some(first) = kept.next() {
            ratio.of.push(f.case.id.clone());
            if first && kept.all(|k| k) {
                ratio.met.push(f.case.id.clone());
            }
        }
    }
    ratio
}

/// domain.md §6.8: cases whose parent was closed in the months before the end, of those closed in these months.
fn rebound(facts: &[Facts], period: Period, end: NaiveDateTime) -> Ratio {
    let months = town::rebound_within_months(&period.to.to_string());
    let from = period.to.checked_sub_months(Months::new(months)).and_then(|day| day.and_hms_opt(23, 59, 59));
    let closed: BTreeMap<&str, NaiveDateTime> = facts
        .iter()
        .filter_map(|f| Some((f.case.id.as_str(), f.closed?)))
        .filter(|(_, at)| *at <= end && from.is_some_and(|from| *at > from))
        .collect();
    let came_back = facts.iter().filter(|f| {
        let parent = closed.get(f.case.rebound_of.as_str());
        parent.zip(f.found).is_some_and(|(parent, found)| found <= end && found >= *parent)
    });
    Ratio {
        met: came_back.map(|f| f.case.id.clone()).collect(),
        of: closed.keys().map(|id| (*id).to_owned()).collect(),
    }
}

fn called_before(f: &Facts, all: &[Facts]) -> bool {
    let place =
        |f: &Facts| [f.case.text("compound_id"), f.case.text("building"), f.case.text("room"), f.case.category()];
    let Some(at) = f.found else { return false };
    let mine = place(f);
    all.iter().any(|other| {
        let earlier = other.found.is_some_and(|then| then < at && (at - then).num_days() <= AGAIN_DAYS);
        other.case.id != f.case.id && earlier && other.case.text("source") == "hotline" && place(other) == mine
    })
}

fn handling(done: &[&Facts], calendar: &Calendar) -> Handling {
    let spans: Vec<(i64, i64)> = done.iter().filter_map(|f| span(f, calendar)).collect();
    let hours: Vec<i64> = spans.iter().map(|(minutes, _)| minutes * 100 / 60).collect();
    let days: Vec<i64> = spans.iter().map(|(_, minutes)| minutes * 100 / (24 * 60)).collect();
    Handling {
        cases: done.iter().map(|f| f.case.id.clone()).collect(),
        mean_hours: mean(spans.iter().map(|(minutes, _)| *minutes), 60),
        median_hours: median(hours),
        mean_days: mean(spans.iter().map(|(_, minutes)| *minutes), 24 * 60),
        median_days: median(days),
    }
}

/// Minutes of the office's and minutes of the calendar from the last dispatch before it to its end.
fn span(f: &Facts, calendar: &Calendar) -> Option<(i64, i64)> {
    let (from, to) = (f.dispatched?, f.handled?);
    let stops = f.case.order.stops.iter().filter_map(|stop| {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
        let (start, end) = (day(&stop.from)?.max(from), day(&stop.to).unwrap_or(to).min(to));
        (end > start).then_some((start, end))
    });
    let (mut office, mut whole) = (worked(calendar, from, to), to - from);
    for (start, end) in stops {
        office -= worked(calendar, start, end);
        whole -= end - start;
    }
    (to >= from).then(|| (office.num_minutes().max(0), whole.num_minutes().max(0)))
}

/// In hundredths, rounded half up.
fn mean(minutes: impl ExactSizeIterator<Item = i64>, unit: i64) -> Option<i64> {
    let n = i64::try_from(minutes.len()).ok().filter(|n| *n > 0)?;
    let sum: i64 = minutes.sum();
    Some((sum * 200 + n * unit) / (2 * n * unit))
}

fn median(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    let middle = all.len() / 2;
    let (low, high) = (all.get(middle.checked_sub(1).unwrap_or(middle)).copied(), all.get(middle).copied());
    if all.len() % 2 == 1 { high } else { Some((low? + high?) / 2) }
}

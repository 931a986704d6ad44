//! 指标: each defined once, over the same facts of a case that lists read (domain.md §6.8, stock equation §2.3).
//! Every count is a list of case ids, so that a number can be opened.

mod casework;

pub use casework::{Casework, Handling, Share};

use chrono::{Duration, NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::case::CaseState;
use crate::catalogue;
use crate::deadline::{Calendar, read_stamp};
use crate::decimal::Decimal;

/// First and last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    fn has(&self, at: Option<NaiveDateTime>) -> bool {
        at.is_some_and(|at| (self.from..=self.to).contains(&at.date()))
    }
}

/// Items and floor area, in hundredths of a square metre.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items {
    pub cases: Vec<String>,
    pub area: i64,
}

impl Items {
    fn add(&mut self, id: &str, area: i64) {
        self.cases.push(id.to_owned());
        self.area += area;
    }

    #[must_use]
    pub fn number(&self) -> usize {
        self.cases.len()
    }

    /// `1300.00`
    #[must_use]
    pub fn square_metres(&self) -> String {
        let sign = if self.area < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.area.abs() / 100, self.area.abs() % 100)
    }
}

/// 存量 of illegal structures over a period: `end = start + found_old + new − demolished − written_off`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stock {
    pub start: Items,
    pub found_old: Items,
    pub new: Items,
    /// Wholly demolished: number and area.
    pub demolished: Items,
    /// In part: area, and no number.
    pub partly: Items,
    /// 认定合法, 历史保留, 重复.
    pub written_off: Items,
    /// What stands at the end, counted item by item and not by the equation.
    pub end: Items,
}

impl Stock {
    /// Whether the items that stand are what the equation says.
    #[must_use]
    pub fn balances(&self) -> bool {
        let n = |items: &Items| i64::try_from(items.number()).unwrap_or(i64::MAX);
        let number = n(&self.start) + n(&self.found_old) + n(&self.new) - n(&self.demolished) - n(&self.written_off);
        let gained = self.start.area + self.found_old.area + self.new.area;
        let area = gained - self.demolished.area - self.partly.area - self.written_off.area;
        number == n(&self.end) && area == self.end.area
    }
}

/// So many of so many; which, by case id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ratio {
    pub of: Vec<String>,
    pub met: Vec<String>,
}

impl Ratio {
    fn over<'a>(facts: &[&'a Facts<'a>], met: impl Fn(&Facts) -> bool) -> Self {
        let id = |f: &&Facts| f.case.id.clone();
        Self { of: facts.iter().map(id).collect(), met: facts.iter().filter(|f| met(f)).map(id).collect() }
    }

    /// `94.55`, rounded half up; none of nothing is nothing.
    #[must_use]
    pub fn percent(&self) -> Option<String> {
        let (met, of) = (self.met.len(), self.of.len());
        if of == 0 {
            return None;
        }
        let hundredths = (met * 20_000 + of) / (2 * of);
        Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

/// The numbers of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Indicators {
    pub stock: Stock,
    /// 立案
    pub filed: Vec<String>,
    /// 结案率, 立案 version: closed, of those filed in the period.
    pub closed_of_filed: Ratio,
    /// 结案率, 应结案 version: closed by the end, of those due in the period.
    pub closed_of_due: Ratio,
    /// 按期整改率: closed, and reported done by the due date, of those due in the period.
    pub on_time: Ratio,
    /// 返工率: failed a re-check at least once, of those re-checked in the period.
    pub reworked: Ratio,
    /// 退单率: refused at least once, of those dispatched in the period.
    pub refused: Ratio,
    /// 延期率: extended at least once, of those dispatched in the period.
    pub extended: Ratio,
    pub casework: Casework,
}

/// What a case says of itself, once.
struct Facts<'a> {
    case: &'a CaseState,
    found: Option<NaiveDateTime>,
    filed: Option<NaiveDateTime>,
    dispatched: Option<NaiveDateTime>,
    handled: Option<NaiveDateTime>,
    checked: Option<NaiveDateTime>,
    closed: Option<NaiveDateTime>,
    due: Option<NaiveDateTime>,
    /// Merged, void, rejected, referred out.
    ended_otherwise: Option<NaiveDateTime>,
}

impl<'a> Facts<'a> {
    fn of(case: &'a CaseState) -> Self {
        let last = |actions: &[&str]| when(case, actions).last().copied();
        // A case that was opened again is closed when it is closed again.
        let reopened = last(&["reopen"]);
        let closed = last(&["close", "quick_close"]).filter(|at| reopened.is_none_or(|again| *at > again));
        Self {
            case,
            found: found_at(case),
            filed: when(case, &["file"]).first().copied(),
            dispatched: when(case, &["dispatch"]).first().copied(),
            handled: last(&["report_done", "quick_close"]),
            checked: last(&["pass", "fail"]),
            closed,
            due: case.deadline().and_then(|d| read_stamp(&d.due_at)),
            ended_otherwise: last(&["merge", "void", "reject", "refer_out"]),
        }
    }

    /// Whether it counts among what should have been closed.
    fn counts_as_due(&self) -> bool {
        self.ended_otherwise.is_none() && self.case.order.open_stop().is_none() && self.filed.is_some()
    }

    fn area(&self) -> i64 {
        hundredths(&self.case.text("area_m2"))
    }

    /// What was demolished, and when: on the day measured, else when it was reported done.
    fn demolished(&self) -> Option<(NaiveDate, i64)> {
        let area = hundredths(&self.case.text("demolished_m2"));
        let day = self.case.text("demolished_at").parse().ok().or(self.handled.map(|at| at.date()))?;
        (area > 0).then_some((day, area))
    }

    fn wholly_demolished(&self) -> Option<NaiveDate> {
        self.demolished().filter(|(_, area)| *area >= self.area()).map(|(day, _)| day)
    }

    /// Found lawful, or the same as another.
    fn written_off(&self) -> Option<NaiveDate> {
        let unmeasured = catalogue::standard().outcome(&self.case.order.result).is_some_and(|o| !o.measured);
        let lawful = self.closed.filter(|_| unmeasured);
        self.ended_otherwise.or(lawful).map(|at| at.date())
    }

    /// Floor area standing at the end of a day; none where nothing stands.
    fn stands(&self, day: NaiveDate) -> Option<i64> {
        let found = self.found.is_some_and(|at| at.date() <= day);
        let gone = |at: Option<NaiveDate>| at.is_some_and(|at| at <= day);
        if !found || gone(self.wholly_demolished()) || gone(self.written_off()) {
            return None;
        }
        let taken = self.demolished().filter(|(at, _)| *at <= day).map_or(0, |(_, area)| area);
        Some(self.area() - taken)
    }
}

/// Counts a period over these cases.
#[must_use]
pub fn count(cases: &[CaseState], period: Period, calendar: &Calendar) -> Indicators {
    let facts: Vec<Facts> = cases.iter().filter(|c| c.ruled).map(Facts::of).collect();
    let those = |keep: &dyn Fn(&Facts) -> bool| facts.iter().filter(|f| keep(f)).collect::<Vec<_>>();
    let end = period.to.and_hms_opt(23, 59, 59).unwrap_or_default();
    let closed = |f: &Facts| f.closed.is_some_and(|at| at <= end);
    let filed = those(&|f| period.has(f.filed));
    let due = those(&|f| period.has(f.due) && f.counts_as_due());
    let dispatched = those(&|f| period.has(f.dispatched));
    let in_time = |f: &Facts| closed(f) && f.handled.zip(f.due).is_some_and(|(done, due)| done <= due);
    Indicators {
        stock: stock(&facts, period),
        filed: filed.iter().map(|f| f.case.id.clone()).collect(),
        closed_of_filed: Ratio::over(&filed, closed),
        closed_of_due: Ratio::over(&due, closed),
        on_time: Ratio::over(&due, in_time),
        reworked: Ratio::over(&those(&|f| period.has(f.checked)), |f| f.case.order.reworked > 0),
        refused: Ratio::over(&dispatched, |f| f.case.refusals > 0),
        extended: Ratio::over(&dispatched, |f| f.case.extensions > 0),
        casework: casework::count(&facts, period, calendar),
    }
}

fn stock(facts: &[Facts], period: Period) -> Stock {
    let mut stock = Stock::default();
    let before = period.from - Duration::days(1);
    let within = |day: Option<NaiveDate>| day.is_some_and(|d| (period.from..=period.to).contains(&d));
    for f in facts.iter().filter(|f| is_stock(f.case)) {
        let id = f.case.id.as_str();
        if let Some(area) = f.stands(before) {
            stock.start.add(id, area);
        }
        if within(f.found.map(|at| at.date())) {
            let side = if f.case.text("stock_class") == "new" { &mut stock.new } else { &mut stock.found_old };
            side.add(id, f.area());
        }
        match f.demolished() {
            Some((day, area)) if within(Some(day)) => {
                let side = if area >= f.area() { &mut stock.demolished } else { &mut stock.partly };
                side.add(id, area);
            }
            _ => {}
        }
        // One thing leaves the stock once, and with what still stood of it.
        let off = f.written_off().filter(|off| f.wholly_demolished().is_none_or(|gone| *off < gone));
        if let Some(day) = off.filter(|day| within(Some(*day))) {
            stock.written_off.add(id, f.stands(day - Duration::days(1)).unwrap_or_else(|| f.area()));
        }
        if let Some(area) = f.stands(period.to) {
            stock.end.add(id, area);
        }
    }
    stock
}

/// 在建 is no stock: it is stopped or finished first.
fn is_stock(case: &CaseState) -> bool {
    case.category() == "WJ" && ["new", "stock", "pending"].contains(&case.text("stock_class").as_str())
}

/// When the server granted a step, by its own clock, in the order of the story.
fn when(case: &CaseState, actions: &[&str]) -> Vec<NaiveDateTime> {
    let granted = case.timeline.iter().filter(|e| e.by_server && e.verdict.as_deref() == Some("accepted"));
    let of = granted.filter(|e| e.action.as_deref().is_some_and(|a| actions.contains(&a)));
    let mut all: Vec<NaiveDateTime> =
        of.filter_map(|e| read_stamp(&crate::deadline::stamp_of_ms(e.times.wall_ms))).collect();
    all.sort_unstable();
    all
}

/// When it was found; a device's clock that ran ahead counts for no later than the receipt.
fn found_at(case: &CaseState) -> Option<NaiveDateTime> {
    let received = when(case, &["submit"]).first().copied();
    Some(found_by_device(case)?).map(|at| received.filter(|r| !case.doubts.is_empty() && *r < at).unwrap_or(at))
}

fn found_by_device(case: &CaseState) -> Option<NaiveDateTime> {
    let found: chrono::DateTime<chrono::FixedOffset> = case.text("found_at").parse().ok()?;
    read_stamp(&crate::deadline::stamp_of_ms(found.timestamp_millis()))
}

fn hundredths(text: &str) -> i64 {
    let digits = Decimal::parse(text).map(|d| d.text(2).replace('.', ""));
    digits.and_then(|d| d.parse().ok()).unwrap_or(0)
}

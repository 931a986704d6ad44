//! 指标 over the cases this person may see.

use chrono::NaiveDate;
use xunju_domain::case::CaseState;
use xunju_domain::indicator::{Indicators, Items, Period, Ratio, Stock, count};
use xunju_domain::permission::Action;
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::case::CasePage;
use crate::view::indicator::{
    IndicatorCasesQuery, IndicatorLine, IndicatorQuery, IndicatorView, ItemsView, RatioView, StockView,
};
use crate::{Api, Caller, doc};

/// Cases read at once.
const PAGE: u32 = 500;
/// Rows a list of cases may hold.
const ROWS_MAX: u32 = 200;

/// # Errors
/// `NotAllowed` for roles without case content; `Invalid` for a day that is none, or a period that ends before it begins.
pub fn show(api: &Api, caller: &Caller, asked: IndicatorQuery) -> Result<IndicatorView, ApiError> {
    caller.require(Action::See)?;
    let period = period(&asked.from, &asked.to)?;
    let found = api.indicators(caller, period)?;
    let lines = lines(&found).into_iter().map(|line| line.view()).collect();
    Ok(IndicatorView {
        lines,
        from: period.from.to_string(),
        to: period.to.to_string(),
        stock: stock(found.stock),
        filed: found.filed,
        closed_of_filed: ratio(found.closed_of_filed),
        closed_of_due: ratio(found.closed_of_due),
        on_time: ratio(found.on_time),
        reworked: ratio(found.reworked),
        refused: ratio(found.refused),
        extended: ratio(found.extended),
    })
}

/// The cases behind a number.
///
/// # Errors
/// As [`show`]; `Invalid` for a list that is none.
pub fn cases(api: &Api, caller: &Caller, asked: IndicatorCasesQuery) -> Result<CasePage, ApiError> {
    caller.require(Action::See)?;
    let found = api.indicators(caller, period(&asked.from, &asked.to)?)?;
    let unknown = || ApiError::new(ErrorCode::Invalid).at("list").with("problem", "unknown_choice");
    let (key, side) = asked.list.split_once('.').ok_or_else(unknown)?;
    let line = lines(&found).into_iter().find(|line| line.key == key).ok_or_else(unknown)?;
    let ids = match side {
        "met" => line.met,
        "of" => line.of,
        _ => None,
    };
    let ids = ids.ok_or_else(unknown)?;
    let limit = if asked.limit == 0 { ROWS_MAX } else { asked.limit.min(ROWS_MAX) };
    let shown = ids.iter().skip(asked.offset.try_into().unwrap_or(usize::MAX)).take(limit.try_into().unwrap_or(0));
    let names = api.names()?;
    let rows = shown.map(|id| api.card(&api.case(caller, id)?, &names)).collect::<Result<_, _>>()?;
    Ok(CasePage { total: counted(ids), rows })
}

impl Api {
    fn indicators(&self, caller: &Caller, period: Period) -> Result<Indicators, ApiError> {
        Ok(count(&all_cases(self, caller)?, period, &self.calendar()))
    }
}

fn period(from: &str, to: &str) -> Result<Period, ApiError> {
    let period = Period { from: day("from", from)?, to: day("to", to)? };
    if period.to < period.from {
        return Err(ApiError::new(ErrorCode::Invalid).at("to").with("problem", "out_of_range"));
    }
    Ok(period)
}

fn counted(ids: &[String]) -> u32 {
    u32::try_from(ids.len()).unwrap_or(u32::MAX)
}

/// A number with the lists behind it.
struct Line<'a> {
    key: &'static str,
    value: Option<String>,
    unit: &'static str,
    met: Option<&'a [String]>,
    of: Option<&'a [String]>,
}

impl Line<'_> {
    fn view(&self) -> IndicatorLine {
        IndicatorLine {
            key: self.key.to_owned(),
            value: self.value.clone(),
            unit: self.unit.to_owned(),
            met: self.met.map(counted),
            of: self.of.map(counted),
        }
    }
}

/// Every number of a period, in the order of the report.
fn lines<'a>(found: &'a Indicators) -> Vec<Line<'a>> {
    let work = &found.casework;
    let list = |key, ids: &'a [String]| Line {
        key,
        value: Some(counted(ids).to_string()),
        unit: "cases",
        met: Some(ids),
        of: None,
    };
    let of = |key, ratio: &'a Ratio| Line {
        key,
        value: ratio.percent(),
        unit: "percent",
        met: Some(&ratio.met),
        of: Some(&ratio.of),
    };
    let bare = |key, value, unit| Line { key, value, unit, met: None, of: None };
    let area = |key, items: &Items| bare(key, Some(items.square_metres()), "m2");
    let stock = &found.stock;
    let time = |key, hundredths: Option<i64>, unit| {
        let text = hundredths.map(|n| format!("{}.{:02}", n / 100, n % 100));
        Line { met: Some(work.handling.cases.as_slice()), ..bare(key, text, unit) }
    };
    vec![
        list("stock_start", &stock.start.cases),
        area("stock_start_area", &stock.start),
        list("found_old", &stock.found_old.cases),
        area("found_old_area", &stock.found_old),
        list("found_new", &stock.new.cases),
        area("found_new_area", &stock.new),
        list("demolished", &stock.demolished.cases),
        area("demolished_area", &stock.demolished),
        list("partly", &stock.partly.cases),
        area("partly_area", &stock.partly),
        list("written_off", &stock.written_off.cases),
        area("written_off_area", &stock.written_off),
        list("stock_end", &stock.end.cases),
        area("stock_end_area", &stock.end),
        of("stock_gone", &work.stock_gone),
        bare("stock_gone_area", work.stock_gone_area.percent(), "percent"),
        of("stopped", &work.stopped),
        of("shared_gone", &work.shared_gone),
        list("filed", &found.filed),
        of("closed_of_filed", &found.closed_of_filed),
        of("closed_of_due", &found.closed_of_due),
        of("on_time", &found.on_time),
        of("accepted_in_time", &work.accepted_in_time),
        of("received_in_time", &work.received_in_time),
        of("checked_in_time", &work.checked_in_time),
        time("mean_hours", work.handling.mean_hours, "hours"),
        time("median_hours", work.handling.median_hours, "hours"),
        time("mean_days", work.handling.mean_days, "days"),
        time("median_days", work.handling.median_days, "days"),
        of("reworked", &found.reworked),
        of("refused", &found.refused),
        of("extended", &found.extended),
        of("rebound", &work.rebound),
        of("sampled", &work.sampled),
        of("sample_passed", &work.sample_passed),
        list("hotline", &work.hotline),
        of("hotline_again", &work.hotline_again),
    ]
}

fn all_cases(api: &Api, caller: &Caller) -> Result<Vec<CaseState>, ApiError> {
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let query = Query { order: Order::Oldest, offset, limit: PAGE, ..caller.cases(Vec::new()) };
        let rows = api.store().records(&query).refused()?;
        let last = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        all.extend(rows.iter().map(doc).collect::<Result<Vec<CaseState>, _>>()?);
        if last {
            return Ok(all);
        }
    }
}

fn day(field: &str, text: &str) -> Result<NaiveDate, ApiError> {
    text.parse().map_err(|_| ApiError::new(ErrorCode::Invalid).at(field).with("problem", "unknown_choice"))
}

fn stock(stock: Stock) -> StockView {
    StockView {
        balances: stock.balances(),
        start: items(stock.start),
        found_old: items(stock.found_old),
        new: items(stock.new),
        demolished: items(stock.demolished),
        partly: items(stock.partly),
        written_off: items(stock.written_off),
        end: items(stock.end),
    }
}

fn items(items: Items) -> ItemsView {
    let count = u32::try_from(items.number()).unwrap_or(u32::MAX);
    ItemsView { count, area_m2: items.square_metres(), cases: items.cases }
}

fn ratio(ratio: Ratio) -> RatioView {
    RatioView { percent: ratio.percent(), met: ratio.met, of: ratio.of }
}

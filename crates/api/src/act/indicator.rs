//! 指标 over the cases this person may see.

use chrono::NaiveDate;
use xunju_domain::case::CaseState;
use xunju_domain::indicator::{Items, Period, Ratio, Stock, count};
use xunju_domain::permission::Action;
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::indicator::{IndicatorQuery, IndicatorView, ItemsView, RatioView, StockView};
use crate::{Api, Caller, doc};

/// Cases read at once.
const PAGE: u32 = 500;

/// # Errors
/// `NotAllowed` for roles without case content; `Invalid` for a day that is none, or a period that ends before it begins.
pub fn show(api: &Api, caller: &Caller, asked: IndicatorQuery) -> Result<IndicatorView, ApiError> {
    caller.require(Action::See)?;
    let period = Period { from: day("from", &asked.from)?, to: day("to", &asked.to)? };
    if period.to < period.from {
        return Err(ApiError::new(ErrorCode::Invalid).at("to").with("problem", "out_of_range"));
    }
    let found = count(&all_cases(api, caller)?, period);
    Ok(IndicatorView {
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

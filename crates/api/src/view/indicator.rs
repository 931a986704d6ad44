//! 指标: every count opens to its cases.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IndicatorQuery {
    /// First and last day, both included: `2026-06-01`.
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ItemsView {
    pub count: u32,
    /// Square metres, two digits.
    pub area_m2: String,
    pub cases: Vec<String>,
}

/// `end = start + found_old + new - demolished - written_off`; what was demolished in part counts in area alone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StockView {
    pub start: ItemsView,
    pub found_old: ItemsView,
    pub new: ItemsView,
    pub demolished: ItemsView,
    pub partly: ItemsView,
    pub written_off: ItemsView,
    pub end: ItemsView,
    /// Whether the items that stand are what the equation says.
    pub balances: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RatioView {
    /// `94.55`; none of nothing is nothing.
    pub percent: Option<String>,
    pub met: Vec<String>,
    pub of: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IndicatorView {
    pub from: String,
    pub to: String,
    pub stock: StockView,
    pub filed: Vec<String>,
    pub closed_of_filed: RatioView,
    pub closed_of_due: RatioView,
    pub on_time: RatioView,
    pub reworked: RatioView,
    pub refused: RatioView,
    pub extended: RatioView,
    /// Every number of the period as one line, in the order of the report. Each opens to its cases.
    pub lines: Vec<IndicatorLine>,
}

/// One number. `indicator.cases` with `key.met` or `key.of` gives as many cases as are counted here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndicatorLine {
    pub key: String,
    /// `94.55`, `1300.00`; none where there is nothing to count.
    pub value: Option<String>,
    /// `percent` | `cases` | `m2` | `hours` | `days`
    pub unit: String,
    /// How many count towards it, and of how many; none where the number is no share.
    pub met: Option<u32>,
    pub of: Option<u32>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct IndicatorCasesQuery {
    pub from: String,
    pub to: String,
    /// `on_time.met`, `on_time.of`
    pub list: String,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

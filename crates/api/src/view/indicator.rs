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
}

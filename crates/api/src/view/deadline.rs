//! 怎么算的? Every date explains itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::Label;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeadlineView {
    /// Local date-time Asia/Shanghai, `2026-11-26T23:59:59` (民法典 203 (2)).
    pub due_at: String,
    /// Date part, for lists.
    pub due_date: String,
    /// `CAL_ROLL`, `WORK`, `WORK_HOURS`, `HOURS`, …
    pub rule: String,
    pub n: u32,
    /// `day` | `month` | `year` | `workday` | `work_hour` | `hour`
    pub unit: String,
    pub label: Label,
    /// Where the length comes from, verbatim: `沪拆违规定 7`, or `镇内规定(可改)`.
    pub basis: String,
    pub start: String,
    /// The calendar of the end year is not published yet.
    pub provisional: bool,
    pub calendar_version: String,
    /// Where it was counted again: what was decided first, `2027-02-11T23:59:59`.
    pub was: Option<String>,
    pub steps: Vec<DeadlineStep>,
    /// Whole working days until due by the town's clock; negative when overdue.
    pub workdays_left: i32,
    /// `overdue` | `today` | `week` | `later`
    pub bucket: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeadlineStep {
    /// `2026-11-24`, or a date-time for hours.
    pub at: String,
    /// `start_excluded` | `counted` | `weekend` | `holiday` | `make_up_workday` | `rolled` | `no_such_day` | `due`
    pub kind: String,
    /// Running count, where it counts.
    pub count: Option<u32>,
    /// The holiday's name, where there is one.
    pub name: Option<String>,
}

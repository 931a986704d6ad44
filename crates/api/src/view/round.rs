//! 巡查.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::plan::Pin;
pub use xunju_domain::round::{Finding, Sheet};

use super::case::CaseCard;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoundCard {
    pub id: String,
    pub compound_id: String,
    pub compound: String,
    /// Shown name.
    pub walker: String,
    pub date: String,
    /// `PLANNED` | `WALKING` | `ENDED` | `DROPPED`
    pub status: String,
    /// Planned for a day that is over, and not begun.
    pub missed: bool,
    pub mine: bool,
    pub stops: u32,
    pub done: u32,
    pub skipped: u32,
    pub doors_visited: u32,
    pub doors_all: u32,
    pub findings: u32,
    pub walked_on: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundView {
    pub card: RoundCard,
    pub planner: String,
    /// Of the plan.
    pub note: String,
    /// Of the walker, at the end.
    pub end_note: String,
    pub dropped: String,
    pub started_ms: Option<i64>,
    pub ended_ms: Option<i64>,
    pub stops: Vec<RoundStopView>,
    pub findings: Vec<CaseCard>,
    /// `start`, `stop`, `end`, `drop`: only what this person may do now.
    pub actions: Vec<String>,
    /// Steps the server has not received yet.
    pub pending: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundStopView {
    pub id: String,
    pub label: String,
    pub door: bool,
    /// By the register.
    pub rooms: Vec<String>,
    /// `done` | `skipped`; empty while open.
    pub result: String,
    pub reason: String,
    pub at_ms: Option<i64>,
    pub visits: Vec<VisitView>,
    pub pin: Option<Pin>,
    /// Open cases at this doorway.
    pub open_cases: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VisitView {
    pub room: String,
    /// `nobody` | `refused` | `entered`
    pub outcome: String,
    pub at_ms: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoundRef {
    pub id: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RoundPlanRequest {
    /// A round is made for each.
    pub compounds: Vec<String>,
    /// User id; oneself when empty.
    pub walker: String,
    /// Local date; today when empty.
    pub date: String,
    /// In order; every doorway of the register when empty. Only for a plan of one compound.
    pub stops: Vec<RoundStopRequest>,
    pub note: String,
}

/// A doorway by its plate, or a point by a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RoundStopRequest {
    pub label: String,
    pub pin: Option<Pin>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RoundActRequest {
    pub id: String,
    /// `start` | `stop` | `visit` | `end` | `drop`
    pub action: String,
    pub stop: String,
    /// `done` | `skipped` | `open`
    pub result: String,
    pub reason: String,
    pub room: String,
    /// `nobody` | `refused` | `entered` | `none`
    pub outcome: String,
    pub note: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RoundQuery {
    pub compound_id: Option<String>,
    pub mine: bool,
    /// Only those that are not over.
    pub open: bool,
    pub offset: u32,
    /// At most 100.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundList {
    pub total: u32,
    pub rows: Vec<RoundCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Walker {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CoverageQuery {
    /// Local dates, both included; the last 30 days when empty. At most 92 days.
    pub from: String,
    pub to: String,
}

/// 巡查覆盖率 (domain.md §6.6): compound-days patrolled of those planned.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CoverageView {
    pub from: String,
    pub to: String,
    pub planned: u32,
    /// Of the planned.
    pub walked: u32,
    /// Days on which somebody walked without a plan for it are among `walked_all` alone.
    pub walked_all: u32,
    /// Not visited for 30 days.
    pub unvisited: u32,
    pub rows: Vec<CoverageRow>,
    pub may_plan: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CoverageRow {
    pub compound_id: String,
    pub compound: String,
    pub planned: u32,
    pub walked: u32,
    pub walked_all: u32,
    /// None: not within the last 92 days.
    pub last: Option<String>,
    pub unvisited: bool,
    /// The next day that is planned, today included.
    pub next: Option<String>,
}

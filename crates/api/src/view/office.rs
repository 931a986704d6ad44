//! What the office watches over a case: its clocks, the second look, 新增 or 存量, the file for the archive; and two cases
//! beside each other.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::Label;

use super::case::{CaseCard, FactView};
use super::deadline::DeadlineView;
use super::photo::PhotoView;

/// 环节时限: one clock of the case, running or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfficerClock {
    /// `T_accept` | `T_receive` | `T_handle` | `T_check` | `T_case`
    pub id: String,
    pub deadline: DeadlineView,
    /// `running` | `stopped` | `met` | `late`
    pub stands: String,
    /// When the step that ended it was granted; none while it runs.
    pub ended_ms: Option<i64>,
}

/// 抽查: the draw of a case closed on the spot, with the sum behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SampleView {
    pub ruling: String,
    pub month: String,
    pub number: u32,
    pub percent: u32,
    pub drawn: bool,
    /// `open` | `passed` | `failed`; empty for what was not drawn.
    pub stands: String,
    pub reason: String,
    pub by: String,
    pub at_ms: Option<i64>,
}

/// Another class proposed for a structure, and not decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClassAskView {
    pub from: Label,
    pub to: Label,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

/// One part of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchivePartView {
    pub key: String,
    pub label: Label,
    /// `there` | `lacking` | `not_needed`
    pub stands: String,
    /// The file may go without it, with words why.
    pub may_lack: bool,
    pub pages: Vec<ArchivePageView>,
}

/// One thing in the file, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchivePageView {
    /// Running number through the whole file, from 1.
    pub no: u32,
    /// `event` | `photos` | `paper` | `proceeding`
    pub kind: String,
    /// Action of an event; number of a paper; stage of a proceeding.
    pub name: String,
    pub label: Option<Label>,
    /// How many photos.
    pub count: u32,
    pub at_ms: Option<i64>,
    pub at_end: bool,
}

/// 可能重复: two open cases that may be one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PairCard {
    pub one: CaseCard,
    pub other: CaseCard,
    /// `door` | `near` | `photo`
    pub why: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PairList {
    pub total: u32,
    /// Newest first; at most 200.
    pub rows: Vec<PairCard>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairRef {
    pub one: String,
    pub other: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairNotSameRequest {
    pub one: String,
    pub other: String,
    pub reason: String,
}

/// Two cases laid side by side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PairView {
    pub why: Vec<String>,
    pub one: PairSide,
    pub other: PairSide,
    /// Facts of either, aligned.
    pub facts: Vec<PairFact>,
    /// Whether this person may merge the second into the first, or the first into the second; why not, if not.
    pub other_into_one: Option<String>,
    pub one_into_other: Option<String>,
    pub may_decide: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PairSide {
    pub card: CaseCard,
    pub found_at: String,
    pub note: String,
    pub photos: Vec<PhotoView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PairFact {
    pub one: Option<FactView>,
    pub other: Option<FactView>,
    pub differs: bool,
}

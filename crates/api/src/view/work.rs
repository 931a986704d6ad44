//! 今天, 核查台, 小区, 同步.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::case::{CaseCard, ReturnedView};
use super::draft::DraftCard;
use super::missing::LatePhotos;
use super::round::RoundCard;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TodayView {
    /// Local date Asia/Shanghai by the best clock known.
    pub date: String,
    /// 1 Monday … 7 Sunday
    pub weekday: u8,
    /// 本轮巡查: the round being walked.
    pub round: Option<RoundCard>,
    /// Planned for today or earlier, and not begun.
    pub rounds: Vec<RoundCard>,
    pub returned: Vec<ReturnedCase>,
    pub drafts: Vec<DraftCard>,
    /// 待办: lists of work that wait for this person's own next step.
    pub duties: Vec<DutyView>,
    /// Photos three days on one machine only, if any.
    pub late_photos: Option<LatePhotos>,
    /// 可能重复: pairs for the office to decide on; the list of pairs has as many.
    pub pairs: u32,
    pub overdue: Bucket,
    pub today: Bucket,
    pub week: Bucket,
    /// 等别人: waiting for somebody else's act.
    pub waiting: Bucket,
    pub done_today: u32,
    /// Compounds not visited for 30 days, for the empty state.
    pub unvisited: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnedCase {
    pub card: CaseCard,
    pub returned: ReturnedView,
}

/// One list of work: `to_dispatch`, `to_take`, …; the same `duty` of a case query gives the whole of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyView {
    pub key: String,
    pub bucket: Bucket,
}

/// Counts equal lists: `count` is the length of the whole, `rows` its first 50.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Bucket {
    pub count: u32,
    pub rows: Vec<CaseCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompoundCard {
    pub id: String,
    pub name: String,
    /// Pinyin initials: `dhhy`.
    pub initials: String,
    pub address: String,
    pub dwellings: u32,
    pub buildings: u32,
    pub open_cases: u32,
    pub overdue_cases: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompoundView {
    pub card: CompoundCard,
    pub buildings: Vec<BuildingView>,
}

/// One doorway (号), the unit an address names in Shanghai (domain.md §8.7).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuildingView {
    /// As written on the plate: `8号`.
    pub no: String,
    pub floors: u32,
    pub rooms: Vec<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CompoundQuery {
    /// Name, address or pinyin initials.
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompoundRef {
    pub id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompoundList {
    pub rows: Vec<CompoundCard>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewQuery {
    /// `to_review` | `returned` | `difficult`
    pub queue: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewQueueView {
    pub queue: String,
    pub to_review: u32,
    pub returned: u32,
    pub difficult: u32,
    pub done_today: u32,
    pub done_last_hour: u32,
    /// By deadline, soonest first; at most 200.
    pub rows: Vec<CaseCard>,
    /// Decisions in their ten seconds of grace.
    pub held: Vec<HeldView>,
}

/// A decision that does not count yet and can be taken back without a trace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeldView {
    pub id: String,
    pub case_id: String,
    pub case_no: String,
    /// `approve` | `return` | `reject` | `difficult`
    pub decision: String,
    pub left_ms: u32,
    /// Set when the decision could not be carried out at the end of the grace.
    pub failed: Option<crate::error::ApiError>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewDecideRequest {
    pub case_id: String,
    /// `approve` (受理并立案) | `return` (退回补正) | `reject` (不予立案) | `difficult` (转疑难)
    pub decision: String,
    pub reason_code: Option<String>,
    pub reason: String,
    pub slot: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HeldRef {
    pub id: String,
}

/// The sync chip and the 同步 screen (ui.md §5.2, sync.md §12.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncView {
    pub chip: Chip,
    /// Items (records' events and photos) not yet received.
    pub pending_events: u32,
    pub pending_photos: u32,
    pub pending_bytes: u64,
    /// Device time of the oldest undelivered item.
    pub oldest_ms: Option<i64>,
    /// Device time of the last complete exchange.
    pub last_sync_ms: Option<i64>,
    pub sending_done: u32,
    pub sending_total: u32,
    /// Why nothing moves, as an error code, if so.
    pub stuck: Option<crate::error::ApiError>,
    pub items: Vec<SyncItem>,
    pub server_url: Option<String>,
    pub kept: KeptView,
}

/// How far the town keeps what was delivered (sync.md §7.4), and what this laptop let go of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptView {
    /// 最近备份: server's clock. None before the first.
    pub backed_ms: Option<i64>,
    /// Own delivered events that no backup holds yet.
    pub not_backed: u32,
    /// 最近授时
    pub stamped_ms: Option<i64>,
    /// Originals here that a backup holds as well.
    pub freeable_photos: u64,
    pub freeable_bytes: u64,
    /// Originals no longer here.
    pub freed_photos: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Chip {
    /// 已同步: only when nothing is pending.
    Synced,
    /// 本机已存 · N 条待发
    Waiting,
    /// 正在发送 7/12
    Sending,
    /// 离线 · 都在本机
    Offline,
    /// 1 条要你处理
    NeedsPerson,
    /// 没有存上: the only red one.
    NotSaved,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncItem {
    /// Event id or photo hash.
    pub id: String,
    /// `event` | `photo`
    pub kind: String,
    pub case_id: Option<String>,
    pub case_no: Option<String>,
    /// Event kind, or the photo's file name.
    pub title: String,
    pub bytes: u64,
    /// Bytes the server holds durably.
    pub sent_bytes: u64,
    /// `saved_here` | `sending` | `received` | `waiting_ruling` | `refused` | `thumb_sent` | `verified` | `quarantined` | `missing`
    pub state: String,
    pub since_ms: i64,
    /// Receipt, once there is one: `epoch/dev/inc/upto_n`.
    pub receipt: Option<String>,
}

//! The case page, and the line a case makes in a list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::{Choice, DeadlineChoice, FieldValue, Label};

use super::deadline::DeadlineView;
use super::office::{ArchivePartView, ClassAskView, OfficerClock, SampleView};
use super::photo::PhotoView;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseCard {
    pub id: String,
    pub no: String,
    pub no_is_temporary: bool,
    pub type_code: String,
    pub type_label: Label,
    /// State codes of domain.md §3.1: `REPORTED`, `RETURNED`, `FILED`, …
    pub status: String,
    /// An action asked for and not yet ruled on by the server.
    pub requested: Option<String>,
    pub compound_id: String,
    pub compound: String,
    pub building: String,
    pub room: String,
    pub severity: String,
    pub due_date: Option<String>,
    pub workdays_left: Option<i32>,
    /// `overdue` | `today` | `week` | `later`
    pub bucket: Option<String>,
    pub provisional: bool,
    pub thumb: Option<String>,
    pub photo_count: u32,
    pub reported_ms: i64,
    pub author: String,
    pub conflicts: u32,
    /// Events of this case not yet received by the server.
    pub pending: u32,
    /// 疑难
    pub difficult: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CaseQuery {
    /// Any of these states; all when empty.
    pub status: Vec<String>,
    pub compound_id: Option<String>,
    pub category: Option<String>,
    /// Number, compound, building, room.
    pub text: String,
    /// `overdue` | `today` | `week` | `later` | `waiting`
    pub bucket: Option<String>,
    pub mine: bool,
    /// A list of work: `to_dispatch`, `to_take`, … Only one's own.
    pub duty: Option<String>,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasePage {
    pub total: u32,
    pub rows: Vec<CaseCard>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaseRef {
    pub id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseView {
    pub card: CaseCard,
    pub location_text: String,
    pub source: String,
    /// Device time of the finding, RFC 3339 with offset.
    pub found_at: String,
    pub facts: Vec<FactView>,
    pub geo: Option<super::plan::GeoView>,
    /// Where on the compound's plan.
    pub pin: Option<xunju_domain::plan::Pin>,
    /// The round it was found on.
    pub round: Option<String>,
    pub notes: Vec<NoteView>,
    pub photos: Vec<PhotoView>,
    /// Whether marks may be drawn on them.
    pub may_mark: bool,
    /// Whether covered parts may be looked at.
    pub may_look_under: bool,
    /// Whether the evidence bundle may be taken out.
    pub may_bundle: bool,
    pub may_place: bool,
    pub deadline: Option<DeadlineView>,
    pub conflicts: Vec<ConflictView>,
    pub timeline: Vec<TimelineEntry>,
    /// From the first dispatch on.
    pub order: Option<OrderView>,
    /// Where texts of law disagree on who is competent.
    pub competence: Option<Label>,
    /// 反弹: the closed case this one follows, and those that follow this one.
    pub rebound_of: Option<CaseCard>,
    pub rebounds: Vec<CaseCard>,
    /// 并案: the case this one was merged into, and those merged into this one.
    pub merged_into: Option<CaseCard>,
    pub merged: Vec<CaseCard>,
    /// Only what this person may do now.
    pub actions: Vec<ActionView>,
    /// Set while the case is sent back.
    pub returned: Option<ReturnedView>,
    /// What the type's standard asks for, checked by machine: the person decides.
    pub checks: Vec<CheckView>,
    /// Other cases at the same place that are not possible duplicates.
    pub history: Vec<CaseCard>,
    /// Open cases of the same category at the same place.
    pub possible_duplicates: Vec<CaseCard>,
    /// 环节时限, in the order of the case's life.
    pub clocks: Vec<OfficerClock>,
    /// `found_after_receipt`, …: what the server found doubtful about the report.
    pub doubts: Vec<String>,
    /// 抽查: for a case closed on the spot.
    pub sample: Option<SampleView>,
    /// 新增, 存量: proposed and not decided.
    pub class_ask: Option<ClassAskView>,
    /// The file in the order of its pages, from the closing on.
    pub archive: Vec<ArchivePartView>,
    /// Head events: what an edit made now would follow.
    pub heads: Vec<String>,
}

/// One value of a field, in words of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FactView {
    /// `building`, `room`, `severity`, …, or a key of the type.
    pub key: String,
    pub label: Label,
    pub value: Option<FieldValue>,
    /// The value as words, in each language.
    pub text: Label,
    pub unit: Option<String>,
    /// More than one value stands: see `conflicts`.
    pub in_conflict: bool,
    pub editable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteView {
    pub event: String,
    pub text: String,
    pub author: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedView {
    /// Code of the reason (assets/catalogue/reasons.json).
    pub reason_code: String,
    pub reason: String,
    /// The photo slot asked for, if one is missing.
    pub slot: Option<String>,
    pub slot_label: Option<Label>,
    pub by: String,
    pub wall_ms: i64,
}

/// Two or more people set the same field without seeing each other (sync.md §2.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ConflictView {
    pub field: String,
    pub label: Label,
    pub versions: Vec<VersionView>,
    /// The value in force until somebody decides, and why.
    pub effective: Option<FieldValue>,
    /// `higher_severity` | `earlier_deadline` | `both_shown` | `server_assignment`
    pub effective_why: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VersionView {
    pub event: String,
    pub value: FieldValue,
    pub text: Label,
    pub author: String,
    pub device: String,
    pub mine: bool,
    pub time: EventTimes,
}

/// Three clocks, never merged (sync.md §4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventTimes {
    /// What the device's clock said, milliseconds since 1970.
    pub wall_ms: i64,
    /// `+08:00`
    pub tz: String,
    /// Server's receipt, milliseconds since 1970; none until received.
    pub received_ms: Option<i64>,
    /// The device's best guess of server time, with ± error in ms; none where uncalibrated.
    pub estimate_ms: Option<i64>,
    pub estimate_error_ms: Option<i64>,
    /// Drift between device and server beyond five minutes.
    pub drifted: bool,
    /// 已入链: a signed checkpoint that this machine saw holds it.
    pub logged: bool,
    /// 已备份: a checked backup of the town holds it.
    pub backed_up: bool,
    /// 已授时: a time stamp (RFC 3161) holds it.
    pub stamped: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TimelineEntry {
    pub event: String,
    /// `case.recorded`, `case.act`, `case.ruled`, …
    pub kind: String,
    /// For acts and rulings: `file`, `return`, …
    pub action: Option<String>,
    /// `accepted` | `refused`, for rulings.
    pub verdict: Option<String>,
    pub reason_code: Option<String>,
    pub text: String,
    pub slot: Option<String>,
    /// For a deadline counted again: what it was, `2027-02-11T23:59:59`; else empty.
    pub was: String,
    /// Fields set, as words.
    pub changes: Vec<FactView>,
    pub photos: Vec<String>,
    pub author: String,
    pub author_name: String,
    pub device: String,
    pub time: EventTimes,
    /// Of an event of one of its papers: which.
    pub paper: Option<PaperMention>,
    /// Place in the town's log; none until received.
    pub seq: Option<u64>,
    /// `only_here` | `received` | `waiting_ruling` | `refused` | `quarantined`
    pub state: String,
}

/// A paper as the story of its case names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaperMention {
    pub id: String,
    pub label: Label,
    /// Empty for papers without one.
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActionView {
    /// `resubmit`, `accept`, `file`, `return`, `reject`, `void`, …
    pub action: String,
    pub needs_reason: bool,
    /// Reason codes that may be given.
    pub reasons: Vec<String>,
    pub may_name_slot: bool,
    /// What else comes with it, in the order it is asked for.
    pub params: Vec<ParamView>,
    /// Keys of the type's fields asked for at the end of the work.
    pub measures: Vec<String>,
    /// `keep` | `new` | `again` | `later` | `moved`
    pub deadline: Option<String>,
    /// Slot in which a photo must stand, and how many must be new.
    pub photo_slot: Option<String>,
    pub new_photos: u32,
    /// Legal effect: the UI asks once, naming object and consequence.
    pub confirm: bool,
}

/// One thing that comes with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParamView {
    /// `lead`, `assisting`, `instruction`, `conference`, `handler`, `checker`, `result`, `expected_end`, `document`, `target`, `receiver`
    pub name: String,
    pub required: bool,
    /// What may be chosen; empty where it is typed.
    pub choices: Vec<Choice>,
    /// What the form starts from.
    pub proposed: String,
}

/// 派遣: the order as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderView {
    pub lead: Option<Label>,
    pub assisting: Vec<Label>,
    pub instruction: String,
    /// Shown name of who took it; empty until then.
    pub handler: String,
    pub checker: String,
    pub result: Option<Label>,
    /// 返工
    pub reworked: u32,
    pub extensions: u32,
    pub refused_by: Vec<RefusedOrderView>,
    /// Asked for by the department and not yet granted.
    pub asks: Vec<AskView>,
    /// Set while the clock stands still.
    pub stopped: Option<StopView>,
    /// Two refusals: the joint conference decides.
    pub on_agenda: bool,
    pub referred_to: String,
    pub referred_by_paper: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusedOrderView {
    pub department: Label,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskView {
    /// `ask_extend` | `ask_suspend`
    pub action: String,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StopView {
    /// Local date.
    pub from: String,
    pub expected_end: String,
    pub reason: Label,
}

/// ✓ ✗ ? against the type's standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckView {
    /// `slot_present` | `taken_before_report` | `photo_reused` | `field_missing` | …
    pub code: String,
    /// `pass` | `fail` | `unsure`
    pub result: String,
    pub params: BTreeMap<String, String>,
    /// The photo that shows it.
    pub photo: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CaseActRequest {
    pub id: String,
    pub action: String,
    pub reason_code: Option<String>,
    pub reason: String,
    pub slot: Option<String>,
    pub photos: Vec<super::draft::DraftPhoto>,
    /// As the action's `params` ask.
    pub params: BTreeMap<String, String>,
    /// The time limit chosen, where one is asked for.
    pub deadline: Option<DeadlineChoice>,
    /// What was measured.
    pub fields: BTreeMap<String, FieldValue>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaseEditRequest {
    pub id: String,
    pub field: String,
    pub value: FieldValue,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaseResolveRequest {
    pub id: String,
    pub field: String,
    pub value: FieldValue,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CasePlaceRequest {
    pub id: String,
    #[serde(default)]
    pub geo: Option<xunju_domain::geo::Geo>,
    #[serde(default)]
    pub pin: Option<xunju_domain::plan::Pin>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaseNoteRequest {
    pub id: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CaseAddPhotosRequest {
    pub id: String,
    pub photos: Vec<super::draft::DraftPhoto>,
}

/// What a write did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Written {
    pub case_id: String,
    pub events: Vec<String>,
}

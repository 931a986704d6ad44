//! What each event of a case carries in `data`. Within a version fields are only added, never changed
//! (sync.md §2.4); codes travel with the codebook they were read from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::mark::Mark;
use crate::catalogue::{FieldValue, Label};
use crate::geo::Geo;
use crate::plan::Pin;

pub const RECORDED: &str = "case.recorded";
pub const FIELD_SET: &str = "case.field_set";
pub const NOTE_ADDED: &str = "case.note_added";
pub const PHOTO_ADDED: &str = "case.photo_added";
pub const ACT: &str = "case.act";
pub const CONFLICT_RESOLVED: &str = "case.conflict_resolved";
pub const RULED: &str = "case.ruled";
pub const NOT_SAME: &str = "case.not_same";
pub const PLACED: &str = "case.placed";
pub const MARKED: &str = "case.marked";
pub const UNMARKED: &str = "case.unmarked";
pub const COPIED: &str = "case.copied";
/// Said by the server alone.
pub const RECOUNTED: &str = "case.recounted";

/// Every kind this version reads.
pub const KINDS: &[&str] = &[
    RECORDED,
    FIELD_SET,
    NOTE_ADDED,
    PHOTO_ADDED,
    ACT,
    CONFLICT_RESOLVED,
    RULED,
    RECOUNTED,
    NOT_SAME,
    PLACED,
    MARKED,
    UNMARKED,
    COPIED,
];

/// The version of every payload here.
pub const TV: u32 = 1;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recorded {
    pub type_code: String,
    /// What the catalogue of that day called the code.
    pub type_label: Label,
    /// Version of that catalogue.
    pub catalogue: String,
    pub compound_id: String,
    pub compound_name: String,
    pub building: String,
    pub room: String,
    pub location_text: String,
    /// `patrol`, `hotline`, … (catalogue sources)
    pub source: String,
    /// Device time of the finding, RFC 3339.
    pub found_at: String,
    pub severity: String,
    pub in_progress: bool,
    pub fields: BTreeMap<String, FieldValue>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DeadlineFact>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub no_photo_reason: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_same_as: Vec<String>,
    /// 反弹: the closed case at the same place that this one follows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rebound_of: String,
    /// Where, as coordinates, as they were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<Geo>,
    /// Where on the compound's plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
    /// The round it was found on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub round: String,
    /// The import of a ledger it came with.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub import: String,
}

/// A deadline as it was computed when somebody decided it. Never computed again by the fold: the calendar
/// may change, what was promised does not (sync.md §0, A5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeadlineFact {
    /// Local date-time Asia/Shanghai: `2026-11-26T23:59:59`.
    pub due_at: String,
    /// Id of the catalogue's rule; empty when the officer chose.
    pub id: String,
    pub label: Label,
    pub rule: String,
    pub n: u32,
    pub unit: String,
    pub basis: String,
    /// Local date-time the count starts from.
    pub start: String,
    pub provisional: bool,
    pub calendar_version: String,
}

impl DeadlineFact {
    /// `2026-11-26`
    #[must_use]
    pub fn due_date(&self) -> &str {
        self.due_at.get(..10).unwrap_or(&self.due_at)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldSet {
    pub set: BTreeMap<String, FieldValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DeadlineFact>,
    /// The import of a ledger it came with; empty for an edit by hand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub import: String,
    /// What stood before, where it came with an import: what taking the import back puts there again.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, FieldValue>,
    /// The import that this takes back.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub undoes: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteAdded {
    pub text: String,
}

/// The photos are in the event's `blobs`; their slots in each blob's facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhotoAdded {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Where it is, said after it was recorded. What is left out stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<Geo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
}

impl Placed {
    /// The first thing wrong with it: field and code.
    #[must_use]
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        match (&self.geo, &self.pin) {
            (None, None) => Some(("place", "required")),
            (Some(geo), _) if geo.problem().is_some() => geo.problem().map(|code| ("geo", code)),
            (_, Some(pin)) if !pin.is_sound() => Some(("pin", "out_of_range")),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marked {
    /// SHA-256 of the photo.
    pub photo: String,
    pub mark: Mark,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unmarked {
    pub photo: String,
    /// The event that made it.
    pub mark: String,
}

/// A copy that left, with what was hidden in it: together these are the register of what was covered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Copied {
    /// SHA-256 of the original.
    pub photo: String,
    /// SHA-256 of the copy.
    pub copy: String,
    /// Areas hidden in it.
    pub hidden: u32,
    pub purpose: String,
}

/// A request to move the case. It takes effect by the server's ruling alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Act {
    pub action: String,
    /// The state the person saw.
    pub from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// `lead`, `handler`, `result`, `target`, … as the action's row in the table asks.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DeadlineFact>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictResolved {
    pub field: String,
    pub value: FieldValue,
    #[serde(default)]
    pub reason: String,
}

/// The town server's answer to one event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruled {
    /// Event id.
    pub of: String,
    /// `accepted` | `refused`
    pub verdict: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    pub from: String,
    /// The legal state from here on; none when refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_no: Option<String>,
    /// The officers' clocks this step starts or moves, counted by the server.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<DeadlineFact>,
    /// What is doubtful about what was ruled on, and is kept all the same: `found_after_receipt`,
    /// [`AFTER_REASSIGNMENT`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// For a case closed on the spot: how many of a hundred are looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_percent: Option<u32>,
}

/// Among the doubts: recorded before its author could know that the compound was no longer theirs (sync.md §5.4).
pub const AFTER_REASSIGNMENT: &str = "after_reassignment";

/// 不是同一件: somebody of the office laid this case beside another and found two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotSame {
    /// The other case's id.
    pub other: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// 重新计算: the town server counted a deadline again because a year's calendar came in (domain.md §4.2). The one
/// it was counted from stays in the story; this one is in force until somebody decides another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recounted {
    /// The event whose deadline was counted again.
    pub of: String,
    pub old_due_at: String,
    pub old_calendar: String,
    pub deadline: DeadlineFact,
}

/// An event of a case, read.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    Recorded(Box<Recorded>),
    FieldSet(FieldSet),
    NoteAdded(NoteAdded),
    PhotoAdded(PhotoAdded),
    Act(Act),
    ConflictResolved(ConflictResolved),
    Ruled(Ruled),
    Recounted(Recounted),
    NotSame(NotSame),
    Placed(Placed),
    Marked(Marked),
    Unmarked(Unmarked),
    Copied(Copied),
    /// Of a newer version, or not of this shape: kept and shown, without effect.
    Unknown,
}

/// Reads `data` by kind and version. Never fails: what this version cannot read is [`Payload::Unknown`].
#[must_use]
pub fn read(kind: &str, tv: u32, data: &Value) -> Payload {
    if tv != TV {
        return Payload::Unknown;
    }
    let read = match kind {
        RECORDED => Recorded::deserialize(data).map(|r| Payload::Recorded(Box::new(r))),
        FIELD_SET => FieldSet::deserialize(data).map(Payload::FieldSet),
        NOTE_ADDED => NoteAdded::deserialize(data).map(Payload::NoteAdded),
        PHOTO_ADDED => PhotoAdded::deserialize(data).map(Payload::PhotoAdded),
        ACT => Act::deserialize(data).map(Payload::Act),
        CONFLICT_RESOLVED => ConflictResolved::deserialize(data).map(Payload::ConflictResolved),
        RULED => Ruled::deserialize(data).map(Payload::Ruled),
        RECOUNTED => Recounted::deserialize(data).map(Payload::Recounted),
        NOT_SAME => NotSame::deserialize(data).map(Payload::NotSame),
        PLACED => Placed::deserialize(data).map(Payload::Placed),
        MARKED => Marked::deserialize(data).map(Payload::Marked),
        UNMARKED => Unmarked::deserialize(data).map(Payload::Unmarked),
        COPIED => Copied::deserialize(data).map(Payload::Copied),
        _ => return Payload::Unknown,
    };
    read.unwrap_or(Payload::Unknown)
}

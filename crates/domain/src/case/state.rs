//! A folded case: what `Projection.doc` holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::assignment::Order;
use super::clocks::ClockState;
use super::lifecycle::State;
use super::mark::PhotoMark;
use super::payload::DeadlineFact;
use super::register::Register;
use super::sample::Sample;
use crate::catalogue::{FieldValue, Label};
use crate::event::{BlobRef, EventId};
use crate::geo::{Geo, near::Spot};
use crate::plan::Pin;

/// Refusals after which the joint conference decides who leads (domain.md §3.1).
pub const REFUSALS_TO_CONFERENCE: usize = 2;

/// What the device's clock said, and its best guess of the server's. Shown, never decided on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub wall_ms: i64,
    pub tz: String,
    pub estimate_ms: Option<i64>,
    pub estimate_error_ms: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseState {
    /// Without the `case:` before it.
    pub id: String,
    pub scope: String,
    /// Official number, once accepted.
    pub case_no: Option<String>,
    /// `T-3fa9c1-12`, from the device's id and the event's place in its chain.
    pub temporary_no: String,
    /// The legal state of domain.md §3.1, by the server's rulings alone. A case recorded and not yet ruled
    /// on shows `REPORTED`, with `submit` among its requests; one whose submission was refused shows `DRAFT`.
    pub status: String,
    /// Whether any ruling has been made: false while only recorded here.
    pub ruled: bool,
    /// The state after the requests still waiting, if all of them are accepted.
    pub expected: String,
    /// Asked for and not ruled on, in causal order.
    pub requests: Vec<Request>,
    pub refused: Vec<Refused>,
    pub returned: Option<Returned>,
    /// 疑难
    pub difficult: bool,
    /// What the last accepted request was, and whose.
    pub last: Option<LastRuling>,
    /// Two accepted rulings that do not know of each other named different states; the less closed is in force.
    pub lifecycle_conflict: bool,
    pub catalogue: String,
    pub type_label: Label,
    pub fields: BTreeMap<String, Register>,
    /// Every deadline nobody has replaced.
    pub deadlines: Vec<DeadlineVersion>,
    pub no_photo_reason: String,
    pub not_same_as: Vec<String>,
    /// 反弹: the closed case this one follows; empty for most.
    pub rebound_of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<Geo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
    /// The round it was found on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub round: String,
    pub photos: Vec<Photo>,
    /// Marks on them, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<PhotoMark>,
    pub notes: Vec<Note>,
    /// Who recorded it, with what, when.
    pub author: String,
    pub device: String,
    pub reported: Times,
    /// Everybody who took the order or reported it done: they may not re-check it.
    pub handlers: BTreeSet<String>,
    /// 延期 granted so far.
    pub extensions: u32,
    /// 退单 so far.
    pub refusals: u32,
    /// Whether anything was added since it was last sent back.
    pub changed_since_return: bool,
    /// Photos added since the last accepted step.
    pub new_photos: u32,
    #[serde(default)]
    pub order: Order,
    /// 环节时限, in the order they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<ClockState>,
    /// What the server found doubtful about the report: `found_after_receipt`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// 抽查: for a case closed on the spot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// 新增, 存量: proposed and not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_ask: Option<ClassAsk>,
    /// Imports of ledgers that changed it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub imports: BTreeSet<String>,
    pub timeline: Vec<Entry>,
    pub heads: Vec<EventId>,
    /// Some event is of a newer version.
    pub needs_newer: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub event: EventId,
    pub action: String,
    pub author: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub event: EventId,
    pub action: String,
    pub reason_code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRuling {
    pub event: EventId,
    pub action: String,
    /// Who had asked.
    pub author: String,
}

/// Another class proposed for a structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassAsk {
    pub event: EventId,
    pub from: String,
    pub to: String,
    pub reason_code: String,
    pub reason: String,
    pub by: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub event: EventId,
    pub reason_code: String,
    pub reason: String,
    pub slot: Option<String>,
    pub by: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadlineVersion {
    pub event: EventId,
    /// The one in force: as it was decided, or as it was counted again since.
    pub fact: DeadlineFact,
    /// As it was decided, where it was counted again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<DeadlineFact>,
    pub author: String,
    pub device: String,
    pub times: Times,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub blob: BlobRef,
    /// `far`, `near`, …; empty where none.
    pub slot: String,
    pub event: EventId,
    pub author: String,
    pub device: String,
    pub wall_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub event: EventId,
    pub text: String,
    pub author: String,
    pub device: String,
    pub wall_ms: i64,
}

/// One event in the story of the case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub event: EventId,
    pub kind: String,
    pub action: Option<String>,
    /// For rulings `accepted` | `refused`; for what was ruled on, the answer.
    pub verdict: Option<String>,
    /// For rulings: the event ruled on.
    pub of: Option<EventId>,
    pub reason_code: Option<String>,
    /// What the person wrote.
    pub text: String,
    pub slot: Option<String>,
    pub changes: BTreeMap<String, FieldValue>,
    /// For a deadline counted again: what it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// Photo hashes.
    pub photos: Vec<String>,
    pub author: String,
    pub device: String,
    pub inc: u32,
    pub n: u64,
    pub by_server: bool,
    pub times: Times,
    /// Waits for the server's ruling.
    pub pending: bool,
    /// Of a version this program cannot read.
    pub needs_newer: bool,
}

impl CaseState {
    /// Official number, or the temporary one.
    #[must_use]
    pub fn no(&self) -> &str {
        self.case_no.as_deref().unwrap_or(&self.temporary_no)
    }

    /// The value in force (see [`Register::effective`]).
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&FieldValue> {
        self.fields.get(field)?.effective(field)
    }

    /// The value in force as plain text; all of them with ` / ` between where they differ and neither wins.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        let Some(register) = self.fields.get(field) else { return String::new() };
        if register.why(field) != "both_shown" {
            return register.effective(field).map(plain).unwrap_or_default();
        }
        let all: BTreeSet<String> = register.versions.iter().map(|v| plain(&v.value)).collect();
        all.into_iter().collect::<Vec<_>>().join(" / ")
    }

    /// Every standing value of a text field.
    #[must_use]
    pub fn texts(&self, field: &str) -> BTreeSet<String> {
        let versions = self.fields.get(field).map(|r| r.versions.as_slice()).unwrap_or_default();
        versions.iter().map(|v| plain(&v.value)).filter(|t| !t.is_empty()).collect()
    }

    /// The one type code in force: on conflict the first, with both shown by [`CaseState::text`].
    #[must_use]
    pub fn type_code(&self) -> String {
        self.value("type_code").map(plain).unwrap_or_default()
    }

    #[must_use]
    pub fn category(&self) -> String {
        self.type_code().split('-').next().unwrap_or_default().to_owned()
    }

    #[must_use]
    pub fn in_progress(&self) -> bool {
        self.value("in_progress") == Some(&FieldValue::Flag(true))
    }

    /// Whether what was found at this spot, of which `building` and `room` are the words, is at the same place.
    #[must_use]
    pub fn is_at(&self, spot: &Spot<'_>, within_m: f64) -> bool {
        let (compound, building, room) = (self.text("compound_id"), self.text("building"), self.text("room"));
        let own = Spot { compound: &compound, building: &building, room: &room, geo: self.geo.as_ref() };
        crate::geo::near::at_one_place(&own, spot, within_m)
    }

    /// The deadline in force: the earliest that stands.
    #[must_use]
    pub fn deadline(&self) -> Option<&DeadlineFact> {
        self.deadlines.iter().map(|d| &d.fact).min_by(|a, b| a.due_at.cmp(&b.due_at))
    }

    #[must_use]
    pub fn deadline_in_conflict(&self) -> bool {
        let first = self.deadlines.first().map(|d| &d.fact.due_at);
        self.deadlines.iter().any(|d| Some(&d.fact.due_at) != first)
    }

    /// Fields with more than one value, `deadline` among them, with why the value in force is in force.
    #[must_use]
    pub fn conflicts(&self) -> Vec<(String, &'static str)> {
        let fields = self.fields.iter().filter(|(_, r)| r.in_conflict()).map(|(f, r)| (f.clone(), r.why(f)));
        let deadline = self.deadline_in_conflict().then(|| ("deadline".to_owned(), "earlier_deadline"));
        fields.chain(deadline).collect()
    }

    /// Refused twice and not given out again: the joint conference decides (domain.md §3.1).
    #[must_use]
    pub fn on_agenda(&self) -> bool {
        self.status == State::Refused.code() && self.order.refused_by.len() >= REFUSALS_TO_CONFERENCE
    }

    /// What was asked for last and not ruled on.
    #[must_use]
    pub fn requested(&self) -> Option<&str> {
        self.requests.last().map(|r| r.action.as_str())
    }

    /// Whether work on it goes on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        State::parse(&self.status).is_none_or(State::is_open)
    }
}

fn plain(value: &FieldValue) -> String {
    match value {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Whole(n) => n.to_string(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Many(all) => all.join("、"),
    }
}

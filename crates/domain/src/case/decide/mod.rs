//! What a person's wish becomes: events, or the reason why not. The events have no parents yet: that means
//! "the heads of the record when they are committed"; several of one wish follow each other.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use serde::Serialize;
use serde_json::Value;

use super::draft::FieldProblem;
use super::payload::{DeadlineFact, TV};
use super::state::CaseState;
use crate::catalogue::FieldValue;
use crate::event::{BlobRef, NewEvent};
use crate::permission::{Person, Role};

mod act;
mod class;
mod clock;
mod edit;
mod import;
mod mark;
mod pair;
mod place;
mod record;

pub use act::act;
pub(in crate::case) use class::{CLASS, class_gaps, set_class_gaps};
pub use class::{class_by_baseline, class_locked};
pub(in crate::case) use clock::moved_on;
pub use clock::{clock_for, clock_offered};
pub(in crate::case) use edit::accepted;
pub use edit::{add_photos, edit, is_editable, note, resolve};
pub use import::{import, import_new, is_as_imported, is_of_import, taken, undo_import};
pub use mark::{copied, mark, unmark};
pub use pair::not_same;
pub use place::place;
pub use record::{deadline_of, record};

/// Fields that stay as they were recorded.
pub const FIXED_FIELDS: &[&str] = &["compound_id", "compound_name", "source", "found_at"];

/// Who wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub user: String,
    pub roles: Vec<Role>,
    /// Department id; empty where none is recorded.
    pub unit: String,
}

impl Author {
    #[must_use]
    pub fn person(&self) -> Person<'_> {
        Person { user: &self.user, roles: &self.roles, unit: &self.unit }
    }
}

/// When, by the device's clock. Recorded, never decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub wall_ms: i64,
    /// `+08:00`
    pub tz: String,
}

impl Moment {
    /// Local time in Shanghai, where every deadline of the town runs: `+08:00` all year.
    #[must_use]
    pub fn shanghai(&self) -> NaiveDateTime {
        let at = DateTime::from_timestamp_millis(self.wall_ms).unwrap_or_default();
        (at + chrono::Duration::hours(8)).naive_utc()
    }

    /// RFC 3339 in the device's own zone.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        let at = DateTime::from_timestamp_millis(self.wall_ms).unwrap_or_default();
        let zone: Option<FixedOffset> = self.tz.parse().ok();
        zone.map_or_else(|| at.to_rfc3339(), |z| at.with_timezone(&z).to_rfc3339())
    }
}

/// What comes with a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActInput {
    /// An action of the table, or `approve`.
    pub action: String,
    pub reason_code: Option<String>,
    pub reason: String,
    pub slot: Option<String>,
    /// Added first, as an event of their own; each blob's facts name its slot.
    pub photos: Vec<BlobRef>,
    /// `lead`, `handler`, `result`, … as the offer asks.
    pub params: BTreeMap<String, String>,
    pub deadline: Option<DeadlineFact>,
    /// Set first, as an event of their own: what was measured.
    pub fields: BTreeMap<String, FieldValue>,
}

/// Why a wish becomes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The role does not allow it.
    NotAllowed { action: String },
    /// The table has no such step from here.
    IllegalTransition { from: String, action: String },
    /// The step exists, and something about the case forbids it: `own_work`, `second_person_needed`, …
    Blocked { action: String, code: &'static str },
    /// Something is missing or wrong.
    Invalid(Vec<FieldProblem>),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Refusal {}

/// An event of a case that exists.
fn event(state: &CaseState, author: &Author, kind: &str, data: &impl Serialize, blobs: Vec<BlobRef>) -> NewEvent {
    NewEvent {
        record: format!("case:{}", state.id),
        scope: state.scope.clone(),
        kind: kind.to_owned(),
        tv: TV,
        actor: author.user.clone(),
        parents: Vec::new(),
        blobs,
        data: serde_json::to_value(data).unwrap_or(Value::Null),
    }
}

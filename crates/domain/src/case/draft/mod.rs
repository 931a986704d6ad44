//! 草稿: a half-typed case, and what stands in the way of saving it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::catalogue::{DeadlineChoice, FieldValue};
use crate::geo::Geo;
use crate::plan::Pin;

mod check;
mod computed;
mod value;

pub use check::{DraftCheck, check};
pub use computed::all as computed_fields;
pub use value::{canonical, canonical_fields};

/// Longest remark, in characters.
pub const NOTE_CHARS_MAX: usize = 2000;
/// Longest single line, in characters.
pub const LINE_CHARS_MAX: usize = 200;
/// Longest building or room, in characters.
pub const DOOR_CHARS_MAX: usize = 40;

/// What the inspector has typed so far. Every field may be empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftContent {
    pub compound_id: Option<String>,
    /// 楼 (号): as typed; normalised copies are made by `domain`.
    pub building: String,
    /// 室
    pub room: String,
    pub location_text: String,
    /// `CC-SS` of the catalogue.
    pub type_code: Option<String>,
    pub fields: BTreeMap<String, FieldValue>,
    pub note: String,
    /// `general` | `serious` | `major` | `urgent`; the type's own default when none.
    pub severity: Option<String>,
    /// 在建
    pub in_progress: bool,
    pub photos: Vec<DraftPhoto>,
    /// Required when there is no photo.
    pub no_photo_reason: String,
    /// The officer's own choice; the type's rule when none.
    pub deadline: Option<DeadlineChoice>,
    /// Cases the inspector looked at and called 不是同一处.
    pub not_same_as: Vec<String>,
    /// The closed case at this place that this one follows (反弹); none while nobody has said.
    pub rebound_of: Option<String>,
    /// Coordinates, typed or from a photo.
    pub geo: Option<Geo>,
    /// Not even those of a photo.
    pub no_geo: bool,
    /// Set on the compound's plan.
    pub pin: Option<Pin>,
    /// The round it was found on.
    pub round: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftPhoto {
    pub hash: String,
    pub slot: String,
}

/// One thing wrong with one field. The UI words it by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// `compound`, `building`, `type`, `photos`, `note`, or a field's key.
    pub field: String,
    /// `required` | `not_a_number` | `out_of_range` | `unknown_choice` | `too_long` | `unknown_field` | `duplicate_unanswered` | `id_number`
    pub code: String,
    pub params: BTreeMap<String, String>,
}

impl FieldProblem {
    #[must_use]
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), params: BTreeMap::new() }
    }

    /// What is wrong with a typed text: too long, or a person's ID number in it. A case holds none; they belong to the
    /// party of a proceeding (个人信息保护法 6, 28; domain.md §8.1).
    #[must_use]
    pub fn of_text(field: &str, text: &str, max: usize) -> Option<Self> {
        let chars = text.chars().count();
        if chars > max {
            return Some(Self::new(field, "too_long").with("max", max).with("chars", chars));
        }
        crate::identifier::names_resident_id(text).then(|| Self::new(field, "id_number"))
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }
}

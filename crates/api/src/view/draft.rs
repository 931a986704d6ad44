//! 新建案件: a half-typed case, kept on disk from the first keystroke.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::{DeadlineChoice, FieldValue};

use super::case::CaseCard;
use super::deadline::DeadlineView;
use super::photo::TrayPhoto;

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
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftPhoto {
    pub hash: String,
    pub slot: String,
}

/// The draft with everything the program knows about it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftView {
    pub id: String,
    pub content: DraftContent,
    /// Device time of the last save, milliseconds since 1970.
    pub saved_ms: i64,
    pub created_ms: i64,
    pub photos: Vec<TrayPhoto>,
    /// What stands in the way of saving the case; empty means it can be saved.
    pub problems: Vec<FieldProblem>,
    /// Keys of the type's fields that apply, given what is typed.
    pub visible: Vec<String>,
    /// Computed fields by key, already formatted.
    pub computed: BTreeMap<String, String>,
    /// Open or recent cases at the same place of the same category.
    pub duplicates: Vec<CaseCard>,
    pub deadline: Option<DeadlineView>,
}

/// One thing wrong with one field. The UI words it by `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// `compound`, `building`, `type`, `photos`, `note`, or a field's key.
    pub field: String,
    /// `required` | `not_a_number` | `out_of_range` | `unknown_choice` | `too_long` | `unknown_field` | `duplicate_unanswered`
    pub code: String,
    pub params: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftCard {
    pub id: String,
    pub saved_ms: i64,
    pub compound: Option<String>,
    pub building: String,
    pub room: String,
    pub type_code: Option<String>,
    pub photo_count: u32,
    pub thumb: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftNewRequest {
    /// Kept from the case before (保存并再建一条); the current round's compound when none.
    pub compound_id: Option<String>,
    pub building: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftSaveRequest {
    pub id: String,
    pub content: DraftContent,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftRef {
    pub id: String,
}

/// 已保存本机: the case is durable on this laptop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Recorded {
    pub case_id: String,
    /// `T-…`, until the server gives the official number.
    pub case_no: String,
    pub events: Vec<String>,
    pub saved_ms: i64,
}

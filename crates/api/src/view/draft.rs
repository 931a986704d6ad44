//! 新建案件: a half-typed case, kept on disk from the first keystroke.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
pub use xunju_domain::case::draft::{DraftContent, DraftPhoto, FieldProblem};

use super::case::CaseCard;
use super::deadline::DeadlineView;
use super::photo::TrayPhoto;

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
    /// The coordinates it would be recorded with: typed, or of the first photo that has any.
    pub geo: Option<super::plan::GeoView>,
    /// `typed` | `photo`; empty without coordinates.
    pub geo_from: String,
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
    /// Set on the compound's plan.
    #[serde(default)]
    pub pin: Option<xunju_domain::plan::Pin>,
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

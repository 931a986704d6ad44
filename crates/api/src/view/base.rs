//! 底册: what is written of compounds, companies and dwellings, and what may be changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::Label;
use xunju_domain::compound::{Doorway, Renamed};

use super::case::CaseCard;
use super::photo::PhotoView;

/// The register entry of a compound.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegisterView {
    pub id: String,
    pub name: String,
    pub initials: String,
    pub address: String,
    pub committee: String,
    pub lanes: Vec<String>,
    pub doorways: Vec<Doorway>,
    pub renamed: Vec<Renamed>,
    pub company: String,
    pub company_name: String,
    /// Masked.
    pub manager: String,
    pub inspectors: Vec<PersonRef>,
    pub grids: Vec<String>,
    pub category: String,
    pub priority: String,
    pub may_edit: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRef {
    pub id: String,
    pub name: String,
}

/// A register entry as it shall be. Personal data left out stays as it is: nobody need see it to keep it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CompoundDefineRequest {
    /// None: a new compound.
    pub id: Option<String>,
    pub name: String,
    pub initials: String,
    pub address: String,
    pub committee: String,
    pub lanes: Vec<String>,
    pub doorways: Vec<Doorway>,
    pub renamed: Vec<Renamed>,
    pub company: String,
    pub manager: Option<String>,
    pub inspectors: Vec<String>,
    pub grids: Vec<String>,
    pub category: String,
    pub priority: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompanyCard {
    pub id: String,
    pub name: String,
    pub credit_code: String,
    pub compounds: u32,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CompanyQuery {
    /// Name, pinyin, initials or code.
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompanyList {
    pub rows: Vec<CompanyCard>,
    pub may_edit: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompanyRef {
    pub id: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompanyView {
    pub card: CompanyCard,
    /// Masked.
    pub representative: String,
    pub place: String,
    pub grade: String,
    pub managers: Vec<ManagerView>,
    pub note: String,
    pub compounds: Vec<PersonRef>,
    pub may_edit: bool,
}

/// 项目经理; name and telephone masked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ManagerView {
    pub name: String,
    pub no: String,
    pub phone: String,
}

/// Personal data left out stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CompanySaveRequest {
    /// None: a new company.
    pub id: Option<String>,
    pub name: String,
    pub credit_code: String,
    pub representative: Option<String>,
    pub place: String,
    pub grade: String,
    pub managers: Vec<ManagerInput>,
    pub note: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ManagerInput {
    /// Place in the list as it was shown; none for a new one.
    pub was: Option<u32>,
    pub name: Option<String>,
    pub no: String,
    pub phone: Option<String>,
}

/// A door, in any spelling.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DwellingRef {
    pub compound: String,
    pub building: String,
    pub room: String,
}

/// Everything known at one door.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DossierView {
    pub compound: String,
    pub compound_name: String,
    /// As the register has it; as asked where it has none.
    pub building: String,
    pub room: String,
    pub floor: Option<i32>,
    /// Whether the register has this door.
    pub registered: bool,
    pub area_m2: String,
    pub certificate_use: String,
    pub note: String,
    pub may_edit: bool,
    pub open: u32,
    pub rebounds: u32,
    /// Newest first.
    pub cases: Vec<DossierCase>,
    /// Other records that name this place: papers, proceedings.
    pub others: Vec<DossierRecord>,
    pub photos: Vec<DossierPhoto>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DossierCase {
    pub card: CaseCard,
    /// 反弹: the closed case this one follows.
    pub rebound_of: Option<PersonRef>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DossierRecord {
    pub id: String,
    pub kind: String,
    pub status: String,
    pub due: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DossierPhoto {
    pub case_id: String,
    pub case_no: String,
    pub photo: PhotoView,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DwellingSaveRequest {
    pub compound: String,
    pub building: String,
    pub room: String,
    pub area_m2: String,
    pub certificate_use: String,
    pub note: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct SearchQuery {
    pub text: String,
    /// Hits of each kind, at most 50.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchView {
    /// The text this answers.
    pub text: String,
    /// In the order they are shown.
    pub groups: Vec<SearchGroup>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchGroup {
    /// `compound` | `company` | `person` | `dwelling` | `case`
    pub kind: String,
    /// Exact up to 1000; then there are more.
    pub total: u32,
    pub rows: Vec<SearchHit>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    pub kind: String,
    /// Without the kind before it; for a dwelling its compound.
    pub id: String,
    pub title: String,
    pub detail: String,
    /// The type of a case.
    pub label: Option<Label>,
    /// Characters of the title that answer: from, to.
    pub marks: Vec<(u32, u32)>,
    /// What opens it, for a dwelling: `building`, `room`.
    pub at: BTreeMap<String, String>,
    /// The number asked for, whole.
    pub exact: bool,
}

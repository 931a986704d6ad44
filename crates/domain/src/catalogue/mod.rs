//! The case catalogue: codes, fields, departments, legal basis, proposed deadlines. Data with dates,
//! read from `assets/catalogue/`; the capture form is drawn from it and validated by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod builtin;
mod find;

pub use builtin::{CatalogueError, builtin, standard};

/// A word on screen in the three languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Label {
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    pub en: String,
}

/// A value of a field. Decimals are text (`"12.50"`): events carry no floats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum FieldValue {
    Flag(bool),
    Whole(i64),
    Text(String),
    Many(Vec<String>),
}

/// The fourteen field kinds of ui.md §3 that a case type may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    /// Non-negative whole number.
    Whole,
    /// Non-negative decimal with `scale` digits, as text.
    Decimal,
    OneOf,
    ManyOf,
    /// Yes / no / unknown as `"yes" | "no" | "unknown"`.
    YesNoUnknown,
    Flag,
    Date,
    /// Computed by `domain`; never typed.
    Computed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    pub value: String,
    pub label: Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Field {
    pub key: String,
    pub label: Label,
    pub kind: FieldKind,
    /// Needed before the inspector can save.
    #[serde(default)]
    pub required: bool,
    /// Needed before the office can file (立案).
    #[serde(default)]
    pub required_to_file: bool,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub scale: u32,
    #[serde(default)]
    pub min: Option<String>,
    #[serde(default)]
    pub max: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Needed before the department can report the work done.
    #[serde(default)]
    pub required_to_finish: bool,
    /// Key of the field it may reach and not pass: the area demolished is at most the area built.
    #[serde(default)]
    pub at_most: Option<String>,
    /// Shown only when the named field has one of these values.
    #[serde(default)]
    pub shown_if: Option<ShownIf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShownIf {
    pub field: String,
    pub any_of: Vec<String>,
}

/// A photo the type asks for: 全景, 近景, 门牌, …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoSlot {
    pub key: String,
    pub label: Label,
    /// Expected by the type's standard: a missing one is pointed out at review, never blocks capture.
    pub expected: bool,
}

/// The deadline the type proposes (domain.md §4.6: defaults, editable).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeadlineRule {
    pub id: String,
    pub label: Label,
    /// `CAL_ROLL` | `CAL_HARD` | `WORK` | `WORK_HOURS` | `HOURS`
    pub rule: String,
    pub n: u32,
    /// `day` | `month` | `year` | `workday` | `work_hour` | `hour`
    pub unit: String,
    pub basis: String,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

/// What the officer chose instead of the proposed rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeadlineChoice {
    pub rule: String,
    pub n: u32,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    pub id: String,
    pub label: Label,
    /// Names before it was renamed, newest first: 工商 → 市场监管.
    #[serde(default)]
    pub former: Vec<String>,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

/// Who handles a category or one code of it, from when to when (domain.md §2.4). The first that leads is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Route {
    /// `WM` or `JG-WZ`.
    pub code: String,
    pub lead: Vec<String>,
    #[serde(default)]
    pub assisting: Vec<String>,
    /// Where texts of law disagree on who is competent: shown to the office, never settled here.
    #[serde(default)]
    pub conflict: Option<Label>,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LegalBasis {
    pub id: String,
    pub act: String,
    pub prohibition: String,
    pub order: String,
    pub fine: String,
    /// Full titles and articles, as a paper cites them; empty where unverified: the officer writes it.
    #[serde(default)]
    pub cite: String,
    /// `V` read in the text, `S` stated on a public page, `K` practice, `unverified`.
    pub confidence: String,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

/// `WJ`, `QZ`, …: fields and slots are common to a category's codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Category {
    pub code: String,
    pub label: Label,
    pub fields: Vec<Field>,
    pub slots: Vec<PhotoSlot>,
    pub legal_basis: Vec<String>,
    pub deadline: DeadlineRule,
    /// `general` | `serious` | `major` | `urgent`
    pub severity: String,
}

/// `WJ-TJ`, …: overrides only what differs from its category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseType {
    pub code: String,
    pub category: String,
    pub label: Label,
    #[serde(default)]
    pub legal_basis: Option<Vec<String>>,
    #[serde(default)]
    pub deadline: Option<DeadlineRule>,
    #[serde(default)]
    pub severity: Option<String>,
}

/// A tile of the capture form: a whole category or one code of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tile {
    /// `WJ` or `XF-FX`.
    pub code: String,
    pub label: Label,
    /// `lucide` icon name.
    pub icon: String,
}

/// A reason that may be given with an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    pub code: String,
    /// `return`, `reject`, `void`, …
    pub action: String,
    pub label: Label,
    /// Editable sentence the office starts from.
    pub template: Label,
    /// Whether it names a missing photo slot.
    #[serde(default)]
    pub names_slot: bool,
}

/// 办理结果: what came of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Outcome {
    pub value: String,
    pub label: Label,
    /// Whether something was put right, so that its measure is asked for.
    pub measured: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Phrase {
    pub category: String,
    pub label: Label,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Catalogue {
    /// Travels with every code an event uses.
    pub version: String,
    pub tiles: Vec<Tile>,
    pub categories: Vec<Category>,
    pub types: Vec<CaseType>,
    pub departments: Vec<Department>,
    pub routes: Vec<Route>,
    pub legal_basis: Vec<LegalBasis>,
    pub reasons: Vec<Reason>,
    pub phrases: Vec<Phrase>,
    /// State codes of domain.md §3.1 with their names.
    pub states: BTreeMap<String, Label>,
    /// Sources (巡查, 12345, …) by key.
    pub sources: Vec<Choice>,
    pub severities: Vec<Choice>,
    pub outcomes: Vec<Outcome>,
}

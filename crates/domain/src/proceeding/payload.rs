//! What each event of a proceeding carries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub const OPENED: &str = "proceeding.opened";
pub const STEP: &str = "proceeding.step";
pub const PARTY_SET: &str = "proceeding.party_set";
pub const RULED: &str = "proceeding.ruled";
pub const TV: u32 = 1;

/// E00: a source is being checked, for one case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opened {
    /// Without the `case:` before it.
    pub case_id: String,
    /// Official number of the case, as it was.
    pub case_no: String,
    /// `WJ`: which rules of the place apply.
    pub category: String,
    /// 在建: the fast path is open.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_progress: bool,
    /// 案由, without personal data.
    pub cause: String,
    /// `2026-01-05`
    pub date: String,
}

/// One step of the table, as it was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// `E10`, `R1`, …
    pub code: String,
    /// The stage the person saw.
    pub from: String,
    /// The day it was done, `2026-01-05`: dates of law are carried and not read off a device.
    pub date: String,
    /// User ids of the officers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// `fine`, `perform_by`, `mode`, … as the row asks.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Step {
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }
}

/// A document of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Code of domain.md §5.2: `F09`.
    pub template: String,
    pub number: String,
    pub date: String,
    /// Id of the paper record, where it was made here.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub paper: String,
}

/// The town server's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruled {
    pub of: String,
    /// `accepted` | `refused`
    pub verdict: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    /// The article of law the refusal rests on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub article: String,
}

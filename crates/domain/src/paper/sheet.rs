//! Everything the pages of a paper show, frozen when it is issued: the same sheet gives the same PDF on every machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// Template code of domain.md §5.2: `F09`.
    pub template: String,
    /// Version of the template's data and layout.
    pub version: u32,
    /// Printed at the head: `责令限期改正通知书`.
    pub title: String,
    /// Who issues it: `示例镇人民政府`.
    pub organ: String,
    /// Document number as printed: `示综执责改字〔2026〕第 0001 号`; empty for papers without one.
    pub number: String,
    /// The case's number, official or temporary.
    pub case_no: String,
    /// Day of issue, `YYYY-MM-DD`.
    pub date: String,
    /// By the template's field keys.
    pub fields: BTreeMap<String, SheetValue>,
    pub photos: Vec<SheetPhoto>,
    /// What the page's QR code says; empty for none.
    pub qr: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(untagged)]
pub enum SheetValue {
    Text(String),
    /// Paragraphs or numbered items.
    List(Vec<String>),
    /// Rows of cells, in the order of the template's columns.
    Table(Vec<Vec<String>>),
}

/// A picture on a page, with what proves it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetPhoto {
    /// SHA-256 of the untouched original, lower-case hex.
    pub sha256: String,
    /// What it shows and proves.
    pub caption: String,
    /// `2026-11-20 10:02`
    pub taken_at: String,
    pub place: String,
    pub taken_by: String,
}

//! What each template asks for: `assets/papers/templates.json`, checked alike on the form and at the server.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::sheet::{Sheet, SheetValue};
use crate::case::draft::FieldProblem;
use crate::catalogue::{Choice, Label};

const FILE: &str = include_str!("../../../../assets/papers/templates.json");

/// Characters a field may hold, and rows or items.
const TEXT_CHARS_MAX: usize = 4_000;
const ROWS_MAX: usize = 100;

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| builtin().unwrap_or_default());

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Form {
    /// `F09`
    pub code: String,
    pub version: u32,
    pub label: Label,
    pub needs_number: bool,
    /// `none` | `optional` | `required`
    pub photos: String,
    pub fields: Vec<FormField>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormField {
    pub key: String,
    /// `text` | `long` | `list` | `table` | `date` | `datetime` | `choice` | `yes_no`
    pub kind: String,
    pub label: Label,
    pub required: bool,
    /// Personal data: masked for those who may not see it.
    pub personal: bool,
    #[serde(default)]
    pub group: Option<String>,
    /// Asked for only where another field says so.
    #[serde(default)]
    pub when: Option<When>,
    /// Required only where another field says so.
    #[serde(default)]
    pub required_when: Option<When>,
    /// Not asked for where this other field is filled.
    #[serde(default)]
    pub unless: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub columns: Vec<Column>,
    #[serde(default)]
    pub default: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct When {
    pub key: String,
    pub is: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Column {
    pub key: String,
    pub label: Label,
}

/// Reads the shipped templates.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin() -> Result<Vec<Form>, String> {
    serde_json::from_str(FILE).map_err(|e| format!("templates.json: {e}"))
}

#[must_use]
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The newest form of a template.
#[must_use]
pub fn form(code: &str) -> Option<&'static Form> {
    FORMS.iter().filter(|form| form.code == code).max_by_key(|form| form.version)
}

impl FormField {
    /// Whether the field is asked for, given the others.
    #[must_use]
    pub fn is_asked(&self, sheet: &Sheet) -> bool {
        let spared = self.unless.as_ref().is_some_and(|key| !text(sheet, key).is_empty());
        !spared && self.when.as_ref().is_none_or(|when| when.holds(sheet))
    }

    fn is_required(&self, sheet: &Sheet) -> bool {
        self.is_asked(sheet) && (self.required || self.required_when.as_ref().is_some_and(|when| when.holds(sheet)))
    }

    fn fault(&self, sheet: &Sheet) -> Option<&'static str> {
        let value = sheet.fields.get(&self.key).filter(|value| !is_empty(value));
        let Some(value) = value else { return self.is_required(sheet).then_some("required") };
        match (self.kind.as_str(), value) {
            ("list", SheetValue::List(items)) => long(items.iter()).or((items.len() > ROWS_MAX).then_some("too_long")),
            ("table", SheetValue::Table(rows)) => {
                let ragged = rows.iter().any(|row| row.len() != self.columns.len());
                let fault = ragged.then_some("wrong_type").or((rows.len() > ROWS_MAX).then_some("too_long"));
                fault.or_else(|| long(rows.iter().flatten()))
            }
            ("list" | "table", _) | (_, SheetValue::Table(_)) => Some("wrong_type"),
            ("long", SheetValue::List(items)) => long(items.iter()),
            (_, SheetValue::List(_)) => Some("wrong_type"),
            ("choice", SheetValue::Text(text)) => {
                (!self.choices.iter().any(|c| c.value == *text)).then_some("unknown_choice")
            }
            ("yes_no", SheetValue::Text(text)) => (!matches!(text.as_str(), "yes" | "no")).then_some("unknown_choice"),
            ("date", SheetValue::Text(text)) => (!is_date(text)).then_some("not_a_date"),
            (_, SheetValue::Text(text)) => long(std::iter::once(text)),
        }
    }
}

impl When {
    fn holds(&self, sheet: &Sheet) -> bool {
        self.is.iter().any(|word| *word == text(sheet, &self.key))
    }
}

impl Form {
    /// Everything missing or wrong on a sheet of this form, field by field.
    #[must_use]
    pub fn problems(&self, sheet: &Sheet) -> Vec<FieldProblem> {
        let found = self.fields.iter().filter_map(|f| Some(FieldProblem::new(&f.key, f.fault(sheet)?)));
        let unknown = sheet.fields.keys().filter(|key| !self.fields.iter().any(|f| f.key == **key));
        let unknown = unknown.map(|key| FieldProblem::new(key, "unknown_field"));
        let photos = match self.photos.as_str() {
            "required" if sheet.photos.is_empty() => Some(FieldProblem::new("photos", "required")),
            "none" if !sheet.photos.is_empty() => Some(FieldProblem::new("photos", "unknown_field")),
            _ => None,
        };
        found.chain(unknown).chain(photos).collect()
    }
}

/// A field's words; of a list its items, one after the other.
#[must_use]
pub fn text(sheet: &Sheet, key: &str) -> String {
    match sheet.fields.get(key) {
        Some(SheetValue::Text(text)) => text.trim().to_owned(),
        Some(SheetValue::List(items)) => items.join("；"),
        Some(SheetValue::Table(rows)) => rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("；"),
        None => String::new(),
    }
}

fn is_empty(value: &SheetValue) -> bool {
    match value {
        SheetValue::Text(text) => text.trim().is_empty(),
        SheetValue::List(items) => items.iter().all(|item| item.trim().is_empty()),
        SheetValue::Table(rows) => rows.iter().flatten().all(|cell| cell.trim().is_empty()),
    }
}

fn long<'a>(mut texts: impl Iterator<Item = &'a String>) -> Option<&'static str> {
    texts.any(|text| text.chars().count() > TEXT_CHARS_MAX).then_some("too_long")
}

/// `2026-11-24`, of a day there is.
#[must_use]
pub fn is_date(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|day| day.to_string() == text)
}

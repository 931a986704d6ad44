//! The ledgers this version ships, read from `assets/ledgers/`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::{self, Choice, Field, FieldKind, Label};

macro_rules! ledger {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../assets/ledgers/", $name, ".json")))
    };
}

const FILES: &[(&str, &str)] = &[
    ledger!("wj"),
    ledger!("qz"),
    ledger!("jg"),
    ledger!("wm"),
    ledger!("ls"),
    ledger!("compounds"),
    ledger!("doorways"),
    ledger!("dwellings"),
    ledger!("companies"),
];

static STANDARD: LazyLock<Vec<Ledger>> = LazyLock::new(|| builtin().unwrap_or_default());

/// How a column is written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Text,
    Whole,
    Decimal,
    Date,
    OneOf,
    /// Words with `、` between.
    ManyOf,
    YesNo,
    YesNoUnknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Column {
    pub key: String,
    pub label: Label,
    /// `row`, `no`, `field:area_m2`, `photos:before`, `when:file`, …
    pub source: String,
    pub kind: ColumnKind,
    pub width: u16,
    #[serde(default)]
    pub required: bool,
    /// 🔒: masked unless the export was approved.
    #[serde(default)]
    pub personal: bool,
    /// What a `one_of` column takes: as the file has it, else filled from the catalogue.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ledger {
    pub id: String,
    pub label: Label,
    pub version: String,
    /// Categories of cases in it; none for a register.
    pub categories: Vec<String>,
    /// `case`, `compound`, `doorway`, `dwelling`, `company`: what a row is.
    pub of: String,
    pub columns: Vec<Column>,
}

/// A ledger's file does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerError {
    pub file: &'static str,
    pub cause: String,
}

impl Ledger {
    /// The type's field behind a column, where there is one.
    #[must_use]
    pub fn field(&self, column: &Column) -> Option<&'static Field> {
        let key = column.source.strip_prefix("field:")?;
        let categories = self.categories.iter().filter_map(|code| catalogue::standard().category(code));
        categories.flat_map(|c| &c.fields).find(|f| f.key == key)
    }

    fn filled(mut self) -> Self {
        let choices: Vec<Vec<Choice>> = self.columns.iter().map(|column| self.choices(column)).collect();
        for (column, choices) in self.columns.iter_mut().zip(choices) {
            column.choices = choices;
        }
        self
    }

    fn choices(&self, column: &Column) -> Vec<Choice> {
        let catalogue = catalogue::standard();
        match (column.source.as_str(), column.kind) {
            _ if !column.choices.is_empty() => column.choices.clone(),
            ("type", _) => {
                let types = catalogue.types.iter().filter(|t| self.categories.contains(&t.category));
                types.map(|t| Choice { value: t.code.clone(), label: t.label.clone() }).collect()
            }
            ("source", _) => catalogue.sources.clone(),
            ("severity", _) => catalogue.severities.clone(),
            (_, ColumnKind::YesNo) => answers().into_iter().take(2).collect(),
            (_, ColumnKind::YesNoUnknown) => answers().into(),
            _ => match self.field(column) {
                Some(field) if field.kind == FieldKind::YesNoUnknown => answers().into(),
                Some(field) => field.choices.clone(),
                None => Vec::new(),
            },
        }
    }
}

fn answers() -> [Choice; 3] {
    let word = |value: &str, zh_hans: &str, zh_hant: &str| Choice {
        value: value.to_owned(),
        label: Label { zh_hans: zh_hans.to_owned(), zh_hant: zh_hant.to_owned(), en: value.to_owned() },
    };
    [word("yes", "是", "是"), word("no", "否", "否"), word("unknown", "不明", "不明")]
}

impl Column {
    /// The word of a value, as the town's own form has it.
    #[must_use]
    pub fn word(&self, value: &str) -> String {
        self.choices.iter().find(|c| c.value == value).map_or_else(|| value.to_owned(), |c| c.label.zh_hans.clone())
    }

    /// The value of a word in any of the three languages.
    #[must_use]
    pub fn value(&self, word: &str) -> Option<&str> {
        let is = |c: &&Choice| [&c.value, &c.label.zh_hans, &c.label.zh_hant, &c.label.en].contains(&&word.to_owned());
        self.choices.iter().find(is).map(|c| c.value.as_str())
    }

    /// Whether a heading means this column.
    #[must_use]
    pub fn is_called(&self, heading: &str) -> bool {
        let plain = heading.trim().trim_end_matches(['*', '🔒']).trim();
        [&self.label.zh_hans, &self.label.zh_hant, &self.label.en].iter().any(|l| l.as_str() == plain)
    }
}

/// Reads the shipped ledgers.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin() -> Result<Vec<Ledger>, LedgerError> {
    let read = |(file, text): &(&'static str, &'static str)| {
        let read = serde_json::from_str::<Ledger>(text).map(Ledger::filled);
        read.map_err(|e| LedgerError { file, cause: e.to_string() })
    };
    FILES.iter().map(read).collect()
}

/// [`builtin`], read once.
#[must_use]
pub fn standard() -> &'static [Ledger] {
    &STANDARD
}

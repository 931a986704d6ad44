//! What somebody typed into a ledger's row: which fields of the case it changes, and what is wrong, by cell.

use std::collections::BTreeMap;

use super::cases::{Known, row};
use super::column::{Column, ColumnKind, Ledger};
use crate::case::CaseState;
use crate::case::decide;
use crate::catalogue::{self, FieldValue};

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Place of the column in the ledger.
    pub column: usize,
    /// `unknown_choice` | `not_a_number` | `out_of_range` | `too_long` | `not_editable` | …
    pub code: String,
    /// What may stand there, where that is a list.
    pub allowed: Vec<String>,
}

/// Fields to set, with the values that stood before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    pub set: BTreeMap<String, FieldValue>,
    pub before: BTreeMap<String, FieldValue>,
}

/// Compares a row with the case it came from. An empty cell says nothing: it never wipes a value. A cell that
/// differs from what the program itself keeps (numbers, states, dates of steps) is a problem, not an edit.
///
/// # Errors
/// Every cell that cannot be taken; then nothing of the row is.
pub fn changes(
    ledger: &Ledger,
    state: &CaseState,
    cells: &[String],
    known: &Known,
) -> Result<Change, Vec<CellProblem>> {
    let now = row(ledger, state, known, 0);
    let (mut change, mut problems) = (Change::default(), Vec::new());
    for (at, (column, (typed, stands))) in ledger.columns.iter().zip(cells.iter().zip(&now)).enumerate() {
        let typed = typed.trim();
        let untouched = typed.is_empty() || typed == stands.trim() || column.source == "row" || column.source == "none";
        if untouched || column.personal || typed == super::masked_text(stands).trim() {
            continue;
        }
        match field_of(column).ok_or_else(|| "not_editable".to_owned()).and_then(|key| {
            let value = value(column, typed)?;
            let value = decide::taken(state, key, &value, catalogue::standard())?;
            Ok((key, value))
        }) {
            Ok((key, value)) if state.value(key) == Some(&value) => {}
            Ok((key, value)) => {
                change.before.extend(state.value(key).map(|before| (key.to_owned(), before.clone())));
                change.set.insert(key.to_owned(), value);
            }
            Err(code) => {
                let allowed = column.choices.iter().map(|c| c.label.zh_hans.clone()).collect();
                problems.push(CellProblem { column: at, code, allowed });
            }
        }
    }
    if problems.is_empty() { Ok(change) } else { Err(problems) }
}

/// The field of a case that a column edits; none for those the program keeps.
fn field_of(column: &Column) -> Option<&str> {
    match column.source.as_str() {
        "building" | "room" | "location_text" | "severity" => Some(&column.source),
        "type" => Some("type_code"),
        other => other.strip_prefix("field:"),
    }
}

fn value(column: &Column, typed: &str) -> Result<FieldValue, String> {
    let known = |word: &str| column.value(word.trim()).map(str::to_owned).ok_or_else(|| "unknown_choice".to_owned());
    match column.kind {
        ColumnKind::ManyOf => {
            let words = typed.split(['、', ',', ',', ';']).filter(|w| !w.trim().is_empty());
            words.map(known).collect::<Result<Vec<_>, _>>().map(FieldValue::Many)
        }
        ColumnKind::OneOf | ColumnKind::YesNo | ColumnKind::YesNoUnknown => known(typed).map(FieldValue::Text),
        _ => Ok(FieldValue::Text(typed.to_owned())),
    }
}

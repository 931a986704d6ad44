//! What somebody typed into a case's row: which fields it changes, and what is wrong, by cell.

use std::collections::BTreeMap;

use super::column::{Column, ColumnKind, Ledger};
use super::said::{CellProblem, Said, choices, parts, said};
use crate::case::CaseState;
use crate::case::decide;
use crate::catalogue::{self, FieldValue};

/// Fields to set, with the values that stood before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    pub set: BTreeMap<String, FieldValue>,
    pub before: BTreeMap<String, FieldValue>,
}

/// Compares a row with the case it came from. An empty cell says nothing: it never wipes a value. A cell that
/// differs from what the program itself keeps (numbers, states, dates of steps) is a problem, not an edit.
/// `now` is the case's row as it stands, `base` the one the file was written with.
///
/// # Errors
/// Every cell that cannot be taken; then nothing of the row is.
pub fn changes(
    ledger: &Ledger,
    state: &CaseState,
    cells: &[String],
    now: &[String],
    base: &[String],
) -> Result<(Change, Vec<CellProblem>), Vec<CellProblem>> {
    let (mut change, mut problems) = (Change::default(), Vec::new());
    let rows = cells.iter().zip(now.iter().zip(base));
    for (at, (column, (typed, (now, base)))) in ledger.columns.iter().zip(rows).enumerate() {
        let typed = match said(column, typed, now, base) {
            Said::Nothing => continue,
            _ if of_others(column) => continue,
            _ if named_elsewhere(column) => {
                problems.push(CellProblem::remark(Some(at), "not_taken"));
                continue;
            }
            Said::Clash if field_of(column).is_some() => {
                problems.push(CellProblem::new(Some(at), "changed_since").with(vec![now.clone()]));
                continue;
            }
            Said::Clash | Said::Edit(_) => typed.trim(),
        };
        let taken = field_of(column).ok_or_else(|| "not_editable".to_owned()).and_then(|key| {
            let value = decide::taken(state, key, &value(column, typed)?, catalogue::standard())?;
            Ok((key, value))
        });
        match taken {
            Ok((key, value)) if state.value(key) == Some(&value) => {}
            Ok((key, value)) => {
                change.before.extend(state.value(key).map(|before| (key.to_owned(), before.clone())));
                change.set.insert(key.to_owned(), value);
            }
            Err(code) => problems.push(CellProblem::new(Some(at), &code).with(choices(column))),
        }
    }
    if problems.iter().any(|p| p.blocks) { Err(problems) } else { Ok((change, problems)) }
}

/// Cells that other records fill: personal data is masked in most files, and none of it is kept in a case.
fn of_others(column: &Column) -> bool {
    let source = column.source.as_str();
    column.personal
        || source.starts_with("paper_on:")
        || ["papers", "filing_no", "penalty", "rebounds"].contains(&source)
}

/// Cells whose words come from registers and accounts: a name may have changed since the file was written.
fn named_elsewhere(column: &Column) -> bool {
    ["committee", "grid", "author", "lead", "handler", "compound"].contains(&column.source.as_str())
}

/// The field of a case that a column edits; none for those the program keeps.
pub(super) fn field_of(column: &Column) -> Option<&str> {
    match column.source.as_str() {
        "building" | "room" | "location_text" | "severity" => Some(&column.source),
        "type" => Some("type_code"),
        other => other.strip_prefix("field:"),
    }
}

pub(super) fn value(column: &Column, typed: &str) -> Result<FieldValue, String> {
    let known = |word: &str| column.value(word.trim()).map(str::to_owned).ok_or_else(|| "unknown_choice".to_owned());
    match column.kind {
        ColumnKind::ManyOf => parts(typed).map(known).collect::<Result<Vec<_>, _>>().map(FieldValue::Many),
        ColumnKind::OneOf | ColumnKind::YesNo | ColumnKind::YesNoUnknown => known(typed).map(FieldValue::Text),
        _ => Ok(FieldValue::Text(typed.to_owned())),
    }
}

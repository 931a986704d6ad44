//! A row of an imported ledger changes a case; taking the import back changes it again.

use std::collections::BTreeMap;

use super::{Author, Refusal, edit, event};
use crate::case::payload::{FIELD_SET, FieldSet, Payload, read};
use crate::case::state::CaseState;
use crate::catalogue::{Catalogue, FieldValue};
use crate::event::{FoldEvent, NewEvent};
use crate::ledger::Change;
use crate::permission::Action;

/// The value as this field of this case takes it.
///
/// # Errors
/// The code of what is wrong with it.
pub fn taken(state: &CaseState, field: &str, value: &FieldValue, catalogue: &Catalogue) -> Result<FieldValue, String> {
    edit::accepted(state, field, value, catalogue).map_err(|refusal| match refusal {
        Refusal::Invalid(problems) => problems.into_iter().next().map_or_else(|| "not_editable".into(), |p| p.code),
        _ => "not_editable".into(),
    })
}

/// One row: one event with every field of it, or none. Only the office imports ledgers.
///
/// # Errors
/// Not the office's, a closed case, a value the field does not take.
pub fn import(
    state: &CaseState,
    author: &Author,
    change: &Change,
    import: &str,
    catalogue: &Catalogue,
) -> Result<Vec<NewEvent>, Refusal> {
    of_the_office(author)?;
    let set = edit::accepted_all(state, author, &change.set, catalogue)?;
    let before = change.before.clone();
    let data = FieldSet { set, before, import: import.to_owned(), ..FieldSet::default() };
    Ok(vec![event(state, author, FIELD_SET, &data, Vec::new())])
}

/// Puts back what the import replaced. What somebody has changed since stays as it is; so does a field that had no
/// value before, for nothing can be unsaid: its name is in the second half of the answer.
///
/// # Errors
/// Not the office's, or a case closed meanwhile.
pub fn undo_import(
    state: &CaseState,
    events: &[FoldEvent],
    author: &Author,
    import: &str,
    catalogue: &Catalogue,
) -> Result<(Vec<NewEvent>, Vec<String>), Refusal> {
    of_the_office(author)?;
    let (mut set, mut kept) = (BTreeMap::new(), Vec::new());
    for event in events {
        let Payload::FieldSet(made) = read(&event.kind, event.tv, &event.data) else { continue };
        if made.import != import {
            continue;
        }
        for (key, value) in &made.set {
            let untouched = state
                .fields
                .get(key)
                .is_some_and(|r| r.versions.iter().all(|v| v.event == event.id && v.value == *value));
            match made.before.get(key) {
                Some(before) if untouched => drop(set.insert(key.clone(), before.clone())),
                _ if state.value(key) == made.before.get(key) => {}
                _ => kept.push(key.clone()),
            }
        }
    }
    if set.is_empty() {
        return Ok((Vec::new(), kept));
    }
    let set = edit::accepted_all(state, author, &set, catalogue)?;
    let data = FieldSet { set, undoes: import.to_owned(), ..FieldSet::default() };
    Ok((vec![event(state, author, FIELD_SET, &data, Vec::new())], kept))
}

fn of_the_office(author: &Author) -> Result<(), Refusal> {
    if author.person().may(Action::File) { Ok(()) } else { Err(Refusal::NotAllowed { action: "import".into() }) }
}

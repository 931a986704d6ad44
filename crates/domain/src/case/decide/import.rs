//! A row of an imported ledger changes a case; taking the import back changes it again.

use std::collections::BTreeMap;

use super::{Author, Moment, Refusal, edit, event, record};
use crate::case::payload::{FIELD_SET, FieldSet, Payload, RECORDED, read};
use crate::case::state::CaseState;
use crate::catalogue::{Catalogue, FieldValue};
use crate::deadline::Calendar;
use crate::event::{FoldEvent, NewEvent};
use crate::ledger::{self, Change, Fresh};
use crate::permission::Action;

/// Fields that are left, each with `changed_since` | `no_value_before`.
pub type Kept = Vec<(String, &'static str)>;

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

/// A case that only the ledger knows: recorded like any other, on the day the ledger names. Its deadline counts from
/// now, for nobody could have kept it before. Fields of later stages follow as an event of their own.
///
/// # Errors
/// What stands in the way, by field.
pub fn import_new(
    case_id: &str,
    fresh: &Fresh,
    author: &Author,
    now: &Moment,
    calendar: &Calendar,
    import: &str,
    catalogue: &Catalogue,
) -> Result<Vec<NewEvent>, Refusal> {
    of_the_office(author)?;
    let (draft, name) = (&fresh.draft, &fresh.compound_name);
    let mut first = record(case_id, draft, Vec::new(), author, now, catalogue, calendar, name, &fresh.source)
        .map_err(Refusal::Invalid)?;
    if let Some(data) = first.data.as_object_mut() {
        data.insert("found_at".into(), format!("{}T00:00:00+08:00", fresh.found_on).into());
        data.insert("import".into(), import.into());
    }
    let mut events = vec![first];
    if !fresh.later.set.is_empty() {
        let mut state = ledger::recorded(draft.type_code.as_deref().unwrap_or_default());
        state.id = case_id.to_owned();
        state.scope = draft.compound_id.clone().unwrap_or_default();
        events.extend(self::import(&state, author, &fresh.later, import, catalogue)?);
    }
    Ok(events)
}

/// Whether an import made this case, and nobody has written on it since.
#[must_use]
pub fn is_as_imported(events: &[FoldEvent], import: &str) -> bool {
    let own = |e: &FoldEvent| match read(&e.kind, e.tv, &e.data) {
        Payload::Recorded(recorded) => recorded.import == import,
        Payload::FieldSet(set) => set.import == import,
        _ => false,
    };
    events.iter().all(|e| e.by_server || own(e)) && events.iter().any(|e| e.kind == RECORDED)
}

/// Whether an import made this case.
#[must_use]
pub fn is_of_import(events: &[FoldEvent], import: &str) -> bool {
    let made = |e: &FoldEvent| matches!(read(&e.kind, e.tv, &e.data), Payload::Recorded(r) if r.import == import);
    events.iter().any(made)
}

/// Puts back what the import replaced. What somebody has changed since stays as it is; so does a field that had no
/// value before, for nothing can be unsaid: its name is in the second half of the answer, with the reason.
///
/// # Errors
/// Not the office's, or a case closed meanwhile.
pub fn undo_import(
    state: &CaseState,
    events: &[FoldEvent],
    author: &Author,
    import: &str,
    catalogue: &Catalogue,
) -> Result<(Vec<NewEvent>, Kept), Refusal> {
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
                None if untouched => kept.push((key.clone(), "no_value_before")),
                _ => kept.push((key.clone(), "changed_since")),
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

//! A changed field, a settled conflict, a note, more photos.

use std::collections::BTreeMap;

use super::class::{CLASS, class_locked, guard_class};
use super::{Author, FIXED_FIELDS, Refusal, event};
use crate::case::draft::{DOOR_CHARS_MAX, FieldProblem, LINE_CHARS_MAX, NOTE_CHARS_MAX, canonical};
use crate::case::payload::{
    CONFLICT_RESOLVED, ConflictResolved, FIELD_SET, FieldSet, NOTE_ADDED, NoteAdded, PHOTO_ADDED, PhotoAdded,
};
use crate::case::register::SEVERITIES;
use crate::case::state::CaseState;
use crate::catalogue::{Catalogue, FieldValue};
use crate::event::{BlobRef, NewEvent};
use crate::permission::{Action, may};

/// Sets one field. Whoever edits it meanwhile without having seen this makes a conflict, not a loss.
///
/// # Errors
/// Not allowed, closed, a field that stays as recorded, or a value the field does not take.
pub fn edit(
    state: &CaseState,
    author: &Author,
    field: &str,
    value: &FieldValue,
    catalogue: &Catalogue,
) -> Result<Vec<NewEvent>, Refusal> {
    may_edit(state, author, "edit")?;
    let value = accepted(state, field, value, catalogue)?;
    guard_class(state, [(&field.to_owned(), &value)])?;
    let set = FieldSet { set: BTreeMap::from([(field.to_owned(), value)]), ..FieldSet::default() };
    Ok(vec![event(state, author, FIELD_SET, &set, Vec::new())])
}

/// Several fields at once, each in the form it takes.
pub(super) fn accepted_all(
    state: &CaseState,
    author: &Author,
    fields: &BTreeMap<String, FieldValue>,
    catalogue: &Catalogue,
) -> Result<BTreeMap<String, FieldValue>, Refusal> {
    may_edit(state, author, "edit")?;
    guard_class(state, fields)?;
    fields.iter().map(|(key, value)| Ok((key.clone(), accepted(state, key, value, catalogue)?))).collect()
}

/// Decides between values: the chosen one follows, and so replaces, every value this person sees.
///
/// # Errors
/// As [`edit`]; and `IllegalTransition` when the field is not in conflict.
pub fn resolve(
    state: &CaseState,
    author: &Author,
    field: &str,
    value: &FieldValue,
    reason: &str,
    catalogue: &Catalogue,
) -> Result<Vec<NewEvent>, Refusal> {
    may_edit(state, author, "resolve")?;
    if !state.conflicts().iter().any(|(f, _)| f == field) {
        return Err(Refusal::IllegalTransition { from: state.expected.clone(), action: "resolve".into() });
    }
    if field == "deadline" && !may(&author.roles, Action::File) {
        return Err(Refusal::NotAllowed { action: "resolve".into() });
    }
    let value = if field == "deadline" {
        a_standing_deadline(state, value)?
    } else {
        accepted(state, field, value, catalogue)?
    };
    let resolved = ConflictResolved { field: field.to_owned(), value, reason: words("reason", reason)? };
    Ok(vec![event(state, author, CONFLICT_RESOLVED, &resolved, Vec::new())])
}

/// Adds a remark. Remarks are only ever added.
///
/// # Errors
/// Not allowed, empty, or too long.
pub fn note(state: &CaseState, author: &Author, text: &str) -> Result<Vec<NewEvent>, Refusal> {
    may_add(author, "note")?;
    let text = words("note", text)?;
    if text.is_empty() {
        return Err(invalid(FieldProblem::new("note", "required")));
    }
    Ok(vec![event(state, author, NOTE_ADDED, &NoteAdded { text }, Vec::new())])
}

/// Adds photos; each blob's facts name its slot.
///
/// # Errors
/// Not allowed, or none given.
pub fn add_photos(state: &CaseState, author: &Author, photos: Vec<BlobRef>) -> Result<Vec<NewEvent>, Refusal> {
    may_add(author, "add_photos")?;
    if photos.is_empty() {
        return Err(invalid(FieldProblem::new("photos", "required")));
    }
    Ok(vec![event(state, author, PHOTO_ADDED, &PhotoAdded::default(), photos)])
}

/// Whether this field of this case may be edited at all.
#[must_use]
pub fn is_editable(state: &CaseState, field: &str, catalogue: &Catalogue) -> bool {
    let common = ["building", "room", "location_text", "type_code", "severity", "in_progress"].contains(&field);
    let of_type = || catalogue.category(&state.category()).is_some_and(|c| c.fields.iter().any(|f| f.key == field));
    let alone = field != CLASS || !class_locked(state);
    state.is_open() && alone && !FIXED_FIELDS.contains(&field) && (common || of_type())
}

pub(super) fn may_edit(state: &CaseState, author: &Author, action: &str) -> Result<(), Refusal> {
    if !may(&author.roles, Action::Edit) {
        return Err(Refusal::NotAllowed { action: action.to_owned() });
    }
    if state.is_open() {
        Ok(())
    } else {
        Err(Refusal::IllegalTransition { from: state.status.clone(), action: action.to_owned() })
    }
}

fn may_add(author: &Author, action: &str) -> Result<(), Refusal> {
    if may(&author.roles, Action::Add) { Ok(()) } else { Err(Refusal::NotAllowed { action: action.to_owned() }) }
}

/// The value in the form the field takes.
pub(in crate::case) fn accepted(
    state: &CaseState,
    field: &str,
    value: &FieldValue,
    catalogue: &Catalogue,
) -> Result<FieldValue, Refusal> {
    let wrong = |code: &str| invalid(FieldProblem::new(field, code));
    let text = if let FieldValue::Text(text) = value { Some(text.trim()) } else { None };
    match (field, text) {
        ("building" | "room", Some(text)) => line(field, text, DOOR_CHARS_MAX),
        ("location_text", Some(text)) => line(field, text, LINE_CHARS_MAX),
        ("severity", Some(text)) if SEVERITIES.contains(&text) => Ok(FieldValue::Text(text.to_owned())),
        ("type_code", Some(code)) if catalogue.case_type(code).is_some() => Ok(FieldValue::Text(code.to_owned())),
        ("in_progress", Some("true" | "false")) => Ok(FieldValue::Flag(text == Some("true"))),
        ("in_progress", None) if matches!(value, FieldValue::Flag(_)) => Ok(value.clone()),
        ("severity" | "type_code" | "in_progress", _) => Err(wrong("unknown_choice")),
        _ if FIXED_FIELDS.contains(&field) => Err(wrong("unknown_field")),
        _ => {
            let category = catalogue.category(&state.category());
            let known = category.and_then(|c| c.fields.iter().find(|f| f.key == field));
            let known = known.ok_or_else(|| wrong("unknown_field"))?;
            canonical(known, value).map_err(invalid)
        }
    }
}

fn a_standing_deadline(state: &CaseState, value: &FieldValue) -> Result<FieldValue, Refusal> {
    let stands = state.deadlines.iter().any(|d| FieldValue::Text(d.fact.due_at.clone()) == *value);
    if stands { Ok(value.clone()) } else { Err(invalid(FieldProblem::new("deadline", "unknown_choice"))) }
}

fn line(field: &str, text: &str, max: usize) -> Result<FieldValue, Refusal> {
    let problem = FieldProblem::of_text(field, text, max);
    problem.map_or_else(|| Ok(FieldValue::Text(text.to_owned())), |problem| Err(invalid(problem)))
}

fn words(field: &str, text: &str) -> Result<String, Refusal> {
    line(field, text.trim(), NOTE_CHARS_MAX).map(|_| text.trim().to_owned())
}

fn invalid(problem: FieldProblem) -> Refusal {
    Refusal::Invalid(vec![problem])
}

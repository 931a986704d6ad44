//! The form, checked by the catalogue: the same on laptop, web desk and command line.

use std::collections::BTreeMap;

use super::{DOOR_CHARS_MAX, DraftContent, FieldProblem, LINE_CHARS_MAX, NOTE_CHARS_MAX, computed, value};
use crate::case::register::SEVERITIES;
use crate::catalogue::{Catalogue, Category, Field, FieldKind, FieldValue};
use crate::deadline;
use crate::geo::Geo;

/// The draft, seen by the catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DraftCheck {
    /// Empty means it can be saved.
    pub problems: Vec<FieldProblem>,
    /// Keys of the type's fields that apply now, in the catalogue's order.
    pub visible: Vec<String>,
    /// Computed fields by key, formatted.
    pub computed: BTreeMap<String, String>,
}

/// Checks everything typed. Fields that do not apply (`shown_if`) are neither asked for nor complained of.
#[must_use]
pub fn check(draft: &DraftContent, catalogue: &Catalogue) -> DraftCheck {
    let mut problems = where_and_what(draft, catalogue);
    problems.extend(evidence(draft));
    problems.extend(lengths(draft));
    problems.extend(points(draft));
    let category = draft.type_code.as_deref().and_then(|code| catalogue.category_of(code));
    let Some(category) = category else { return DraftCheck { problems, ..DraftCheck::default() } };
    let known = |key: &str| value_of(draft, category, key);
    let shown: Vec<&Field> = category.fields.iter().filter(|f| f.is_shown(known)).collect();
    problems.extend(shown.iter().flat_map(|f| one(f, draft)));
    problems.extend(strangers(draft, category));
    problems.extend(slots(draft, category));
    DraftCheck {
        problems,
        visible: shown.iter().map(|f| f.key.clone()).collect(),
        computed: computed::all(category, &draft.fields),
    }
}

/// What a condition may name besides the type's own fields: fields for later stages are not asked for, nor
/// taken, while a case is being recorded.
const STAGE: &str = "stage";

fn value_of(draft: &DraftContent, category: &Category, key: &str) -> Option<FieldValue> {
    match key {
        "in_progress" => Some(FieldValue::Flag(draft.in_progress)),
        STAGE => Some(FieldValue::Text("capture".into())),
        _ => {
            let typed = draft.fields.get(key)?;
            let field = category.fields.iter().find(|f| f.key == key);
            Some(field.and_then(|f| value::canonical(f, typed).ok()).unwrap_or_else(|| typed.clone()))
        }
    }
}

fn where_and_what(draft: &DraftContent, catalogue: &Catalogue) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if draft.compound_id.as_deref().unwrap_or_default().is_empty() {
        problems.push(FieldProblem::new("compound", "required"));
    }
    if draft.building.trim().is_empty() && draft.location_text.trim().is_empty() {
        problems.push(FieldProblem::new("building", "required"));
    }
    match draft.type_code.as_deref() {
        None | Some("") => problems.push(FieldProblem::new("type", "required")),
        Some(code) if catalogue.case_type(code).is_none() => {
            problems.push(FieldProblem::new("type", "unknown_choice").with("value", code));
        }
        Some(_) => {}
    }
    if let Some(severity) = draft.severity.as_deref().filter(|s| !SEVERITIES.contains(s)) {
        problems.push(FieldProblem::new("severity", "unknown_choice").with("value", severity));
    }
    if let Some(choice) = draft.deadline.as_ref().filter(|c| !deadline::is_offered(&c.rule, &c.unit, c.n)) {
        problems.push(FieldProblem::new("deadline", "unknown_choice").with("value", &choice.rule));
    }
    problems
}

fn evidence(draft: &DraftContent) -> Option<FieldProblem> {
    let none = draft.photos.is_empty() && draft.no_photo_reason.trim().is_empty();
    none.then(|| FieldProblem::new("photos", "required"))
}

fn lengths(draft: &DraftContent) -> impl Iterator<Item = FieldProblem> {
    let lines = [
        ("building", &draft.building, DOOR_CHARS_MAX),
        ("room", &draft.room, DOOR_CHARS_MAX),
        ("location_text", &draft.location_text, LINE_CHARS_MAX),
        ("note", &draft.note, NOTE_CHARS_MAX),
        ("no_photo_reason", &draft.no_photo_reason, LINE_CHARS_MAX),
    ];
    lines.into_iter().filter_map(|(field, text, max)| FieldProblem::of_text(field, text, max))
}

fn points(draft: &DraftContent) -> impl Iterator<Item = FieldProblem> {
    let geo = draft.geo.as_ref().and_then(Geo::problem).map(|code| FieldProblem::new("geo", code));
    let pin = draft.pin.as_ref().filter(|p| !p.is_sound()).map(|_| FieldProblem::new("pin", "out_of_range"));
    let round = draft.round.as_ref().filter(|r| r.len() > DOOR_CHARS_MAX);
    geo.into_iter().chain(pin).chain(round.map(|_| FieldProblem::new("round", "too_long")))
}

fn one(field: &Field, draft: &DraftContent) -> Option<FieldProblem> {
    let typed = draft.fields.get(&field.key);
    match typed.filter(|v| !value::is_empty(v)) {
        None if field.required && field.kind != FieldKind::Computed => Some(FieldProblem::new(&field.key, "required")),
        None => None,
        Some(typed) => value::canonical(field, typed).err(),
    }
}

fn strangers<'a>(draft: &'a DraftContent, category: &'a Category) -> impl Iterator<Item = FieldProblem> + 'a {
    let later = |field: &Field| field.shown_if.as_ref().is_some_and(|s| s.field == STAGE);
    let known = move |key: &str| category.fields.iter().any(|f| f.key == key && !later(f));
    draft.fields.keys().filter(move |key| !known(key)).map(|key| FieldProblem::new(key, "unknown_field"))
}

fn slots<'a>(draft: &'a DraftContent, category: &'a Category) -> impl Iterator<Item = FieldProblem> + 'a {
    let known = |slot: &str| slot.is_empty() || category.slots.iter().any(|s| s.key == slot);
    let strange = draft.photos.iter().filter(move |p| !known(&p.slot));
    strange.map(|p| FieldProblem::new("photos", "unknown_choice").with("value", &p.slot))
}

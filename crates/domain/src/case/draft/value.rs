//! A typed value in the one form events carry: decimals as text of fixed scale, whole numbers as numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{FieldProblem, LINE_CHARS_MAX, NOTE_CHARS_MAX};
use crate::catalogue::{Category, Field, FieldKind, FieldValue};
use crate::decimal::Decimal;

/// Whether nothing was typed.
pub(super) fn is_empty(value: &FieldValue) -> bool {
    match value {
        FieldValue::Text(text) => text.trim().is_empty(),
        FieldValue::Many(all) => all.is_empty(),
        FieldValue::Flag(_) | FieldValue::Whole(_) => false,
    }
}

/// The value as the field's kind wants it. Text is accepted for every kind, so that a command line can fill
/// any field: `12.5`, `true`, `fire,light`.
///
/// # Errors
/// What is wrong with it, by code.
pub fn canonical(field: &Field, value: &FieldValue) -> Result<FieldValue, FieldProblem> {
    let wrong = |code: &str| FieldProblem::new(&field.key, code);
    match field.kind {
        FieldKind::Whole => number(field, value, 0)
            .and_then(|n| n.text(0).parse().map_err(|_| wrong("not_a_number")))
            .map(FieldValue::Whole),
        FieldKind::Decimal => number(field, value, field.scale).map(|n| FieldValue::Text(n.text(field.scale))),
        FieldKind::Flag => flag(value).map(FieldValue::Flag).ok_or_else(|| wrong("unknown_choice")),
        FieldKind::OneOf => one_of(field, &text(value)).map(FieldValue::Text),
        FieldKind::ManyOf => many_of(field, value).map(FieldValue::Many),
        FieldKind::YesNoUnknown => {
            let word = text(value);
            let known = ["yes", "no", "unknown"].contains(&word.as_str());
            if known { Ok(FieldValue::Text(word)) } else { Err(wrong("unknown_choice").with("value", word)) }
        }
        FieldKind::Date => {
            let day = text(value);
            let sound = day.len() == 10 && NaiveDate::parse_from_str(&day, "%Y-%m-%d").is_ok();
            if sound { Ok(FieldValue::Text(day)) } else { Err(wrong("out_of_range").with("value", day)) }
        }
        FieldKind::Text => line(field, value, LINE_CHARS_MAX),
        FieldKind::LongText => line(field, value, NOTE_CHARS_MAX),
        FieldKind::Computed => Err(wrong("unknown_field")),
    }
}

/// The fields to record: those that apply and are filled, each in its form. Call after a clean check.
#[must_use]
pub fn canonical_fields(
    category: &Category,
    fields: &BTreeMap<String, FieldValue>,
    in_progress: bool,
) -> BTreeMap<String, FieldValue> {
    let known = |key: &str| match key {
        "in_progress" => Some(FieldValue::Flag(in_progress)),
        _ => fields.get(key).cloned(),
    };
    let shown = category.fields.iter().filter(|f| f.is_shown(known));
    let filled = shown.filter_map(|f| Some((f, fields.get(&f.key).filter(|v| !is_empty(v))?)));
    filled.filter_map(|(f, value)| Some((f.key.clone(), canonical(f, value).ok()?))).collect()
}

fn text(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.trim().to_owned(),
        FieldValue::Whole(n) => n.to_string(),
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Many(all) => all.join(","),
    }
}

fn number(field: &Field, value: &FieldValue, scale: u32) -> Result<Decimal, FieldProblem> {
    let typed = text(value);
    let number =
        Decimal::parse(&typed).ok_or_else(|| FieldProblem::new(&field.key, "not_a_number").with("value", &typed))?;
    let bound = |limit: &Option<String>| limit.as_deref().and_then(Decimal::parse);
    let range = || {
        let problem = FieldProblem::new(&field.key, "out_of_range").with("value", &typed).with("scale", scale);
        let problem = field.min.iter().fold(problem, |p, min| p.with("min", min));
        field.max.iter().fold(problem, |p, max| p.with("max", max))
    };
    let outside =
        bound(&field.min).is_some_and(|min| number < min) || bound(&field.max).is_some_and(|max| number > max);
    if outside || number.digits() > scale { Err(range()) } else { Ok(number) }
}

fn flag(value: &FieldValue) -> Option<bool> {
    match text(value).as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

fn one_of(field: &Field, word: &str) -> Result<String, FieldProblem> {
    let known = field.choices.iter().any(|c| c.value == word);
    if known { Ok(word.to_owned()) } else { Err(FieldProblem::new(&field.key, "unknown_choice").with("value", word)) }
}

fn many_of(field: &Field, value: &FieldValue) -> Result<Vec<String>, FieldProblem> {
    let typed: Vec<String> = match value {
        FieldValue::Many(all) => all.clone(),
        other => text(other).split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect(),
    };
    let mut words = typed.iter().map(|w| one_of(field, w)).collect::<Result<Vec<_>, _>>()?;
    words.sort();
    words.dedup();
    Ok(words)
}

fn line(field: &Field, value: &FieldValue, max: usize) -> Result<FieldValue, FieldProblem> {
    let text = text(value);
    FieldProblem::of_text(&field.key, &text, max).map_or(Ok(FieldValue::Text(text)), Err)
}

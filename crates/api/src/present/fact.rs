//! Field values in words of the catalogue.

use xunju_domain::case::clocks;
use xunju_domain::case::decide::is_editable;
use xunju_domain::case::{CaseState, Register};
use xunju_domain::catalogue::{self, Choice, Field, FieldKind, FieldValue, Label};
use xunju_domain::permission::{Action, may};

use crate::Caller;
use crate::view::case::FactView;

fn label(zh_hans: &str, zh_hant: &str, en: &str) -> Label {
    Label { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into() }
}

fn same(text: &str) -> Label {
    label(text, text, text)
}

/// Fields every case has, in the order they are shown.
fn common() -> [(&'static str, Label); 6] {
    [
        ("type_code", label("违法类型", "違法類型", "Type")),
        ("building", label("楼", "樓", "Building")),
        ("room", label("室", "室", "Room")),
        ("location_text", label("位置", "位置", "Location")),
        ("severity", label("严重程度", "嚴重程度", "Severity")),
        ("in_progress", label("正在施工", "正在施工", "Under construction")),
    ]
}

/// The catalogue's name of the type; the one that travelled with the event where the code is gone.
pub fn type_label(state: &CaseState) -> Label {
    catalogue::standard().case_type(&state.type_code()).map_or_else(|| state.type_label.clone(), |t| t.label.clone())
}

pub fn category_label(state: &CaseState) -> Label {
    catalogue::standard().category(&state.category()).map(|c| c.label.clone()).unwrap_or_default()
}

pub fn slot_label(state: &CaseState, slot: &str) -> Option<Label> {
    let category = catalogue::standard().category(&state.category())?;
    category.slots.iter().find(|s| s.key == slot).map(|s| s.label.clone())
}

fn type_field<'a>(state: &CaseState, key: &str) -> Option<&'a Field> {
    catalogue::standard().category(&state.category())?.fields.iter().find(|f| f.key == key)
}

/// A day no rule has ended by.
const FOREVER: &str = "9999-12-31";

/// What a field is called.
pub fn field_label(state: &CaseState, key: &str) -> Label {
    let of_case = common().into_iter().find(|(name, _)| *name == key).map(|(_, label)| label);
    of_case
        .or_else(|| type_field(state, key).map(|f| f.label.clone()))
        .or_else(|| clocks::length(key, "", FOREVER).map(|clock| clock.label.clone()))
        .unwrap_or_else(|| if key == "deadline" { label("期限", "期限", "Deadline") } else { same(key) })
}

/// A value as a person reads it, in each language.
pub fn words(state: &CaseState, key: &str, value: &FieldValue) -> Label {
    let catalogue = catalogue::standard();
    let named = |choices: &[Choice], value: &str| {
        choices.iter().find(|c| c.value == value).map_or_else(|| same(value), |c| c.label.clone())
    };
    match (key, value) {
        ("type_code", FieldValue::Text(code)) => {
            catalogue.case_type(code).map_or_else(|| same(code), |t| t.label.clone())
        }
        ("severity", FieldValue::Text(text)) => named(&catalogue.severities, text),
        (_, FieldValue::Flag(true)) => label("是", "是", "yes"),
        (_, FieldValue::Flag(false)) => label("否", "否", "no"),
        (_, FieldValue::Whole(n)) => same(&n.to_string()),
        (_, FieldValue::Text(text)) => match type_field(state, key) {
            Some(f) if f.kind == FieldKind::YesNoUnknown => yes_no_unknown(text),
            field => named(field.map(|f| f.choices.as_slice()).unwrap_or_default(), text),
        },
        (_, FieldValue::Many(all)) => {
            let choices = type_field(state, key).map(|f| f.choices.as_slice()).unwrap_or_default();
            let each: Vec<Label> = all.iter().map(|v| named(choices, v)).collect();
            let join = |pick: fn(&Label) -> &str, by: &str| each.iter().map(pick).collect::<Vec<_>>().join(by);
            Label {
                zh_hans: join(|l| &l.zh_hans, "、"),
                zh_hant: join(|l| &l.zh_hant, "、"),
                en: join(|l| &l.en, ", "),
            }
        }
    }
}

fn yes_no_unknown(text: &str) -> Label {
    match text {
        "yes" => label("是", "是", "yes"),
        "no" => label("否", "否", "no"),
        _ => label("不明", "不明", "unknown"),
    }
}

/// One fact with the value in force, or both where neither is.
pub fn fact(state: &CaseState, key: &str, value: Option<&FieldValue>, caller: Option<&Caller>) -> FactView {
    let editable =
        caller.is_some_and(|c| may(&c.roles(), Action::Edit) && is_editable(state, key, catalogue::standard()));
    FactView {
        key: key.to_owned(),
        label: field_label(state, key),
        text: value.map(|v| words(state, key, v)).unwrap_or_default(),
        value: value.cloned(),
        unit: type_field(state, key).and_then(|f| f.unit.clone()),
        in_conflict: state.fields.get(key).is_some_and(Register::in_conflict),
        editable,
    }
}

/// Every fact of a case: the common ones, then the type's own in the catalogue's order.
pub fn facts(state: &CaseState, caller: &Caller) -> Vec<FactView> {
    let of_type = catalogue::standard().category(&state.category()).map(|c| c.fields.as_slice()).unwrap_or_default();
    let shown = |f: &&Field| f.is_shown(|key| state.value(key).cloned()) || state.value(&f.key).is_some();
    let keys =
        common().into_iter().map(|(key, _)| key.to_owned()).chain(of_type.iter().filter(shown).map(|f| f.key.clone()));
    keys.map(|key| fact(state, &key, state.value(&key), Some(caller))).collect()
}

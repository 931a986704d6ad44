#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use std::collections::BTreeSet;

use super::*;
use crate::case::{CaseState, Register};
use crate::catalogue::FieldValue;

fn ledger(id: &str) -> &'static Ledger {
    standard().iter().find(|l| l.id == id).unwrap()
}

fn case() -> CaseState {
    let text = |t: &str| FieldValue::Text(t.into());
    let mut state = CaseState { status: "FILED".into(), case_no: Some("WJ-2026-00001".into()), ..CaseState::default() };
    let fields = [
        ("type_code", text("WJ-TJ")),
        ("compound_name", text("东湖花园")),
        ("building", text("8号")),
        ("room", text("0601")),
        ("area_m2", text("12.50")),
        ("demolished_m2", text("2.25")),
        ("stock_class", text("new")),
        ("floors", FieldValue::Whole(1)),
        ("affects", FieldValue::Many(vec!["fire".into(), "light".into()])),
        ("severity", text("general")),
    ];
    state.fields.extend(fields.map(|(key, value)| (key.to_owned(), Register::of(value, "wang"))));
    state
}

fn at(ledger: &Ledger, key: &str) -> usize {
    ledger.columns.iter().position(|c| c.key == key).unwrap()
}

fn edited(key: &str, text: &str) -> Result<Change, Vec<CellProblem>> {
    let (wj, state) = (ledger("wj"), case());
    let mut cells = case_row(wj, &state, &Known::default(), 1);
    cells[at(wj, key)] = text.into();
    changes(wj, &state, &cells, &Known::default())
}

#[test]
fn every_ledger_reads_and_every_source_of_a_column_is_known() {
    let all = builtin().unwrap();
    assert_eq!(all.len(), 8);
    for ledger in &all {
        let keys: BTreeSet<_> = ledger.columns.iter().map(|c| &c.key).collect();
        assert_eq!(keys.len(), ledger.columns.len(), "{} names a column twice", ledger.id);
        for column in &ledger.columns {
            let heading = &column.label.zh_hans;
            let same = ledger.columns.iter().filter(|c| c.is_called(heading)).count();
            assert_eq!(same, 1, "{}: one heading {heading}", ledger.id);
            if column.source.starts_with("field:") {
                assert!(ledger.field(column).is_some(), "{}: no field behind {}", ledger.id, column.source);
            }
            if column.kind == ColumnKind::OneOf {
                assert!(!column.choices.is_empty(), "{}: nothing to choose in {}", ledger.id, column.key);
            }
        }
    }
}

#[test]
fn a_case_fills_its_row_in_the_towns_words() {
    let (wj, state) = (ledger("wj"), case());
    let row = case_row(wj, &state, &Known::default(), 7);
    let cell = |key: &str| row[at(wj, key)].as_str();
    assert_eq!(cell("seq"), "7");
    assert_eq!(cell("room"), "0601", "a leading zero stays");
    assert_eq!(cell("stock_class"), "新增");
    assert_eq!(cell("affects"), "消防、采光");
    assert_eq!(cell("left_m2"), "10.25");
    assert_eq!(cell("status"), "已立案");
    assert_eq!(cell("party_id"), "", "nothing is behind it, so nothing is in it");
}

#[test]
fn a_row_nobody_touched_changes_nothing() {
    for ledger in standard().iter().filter(|l| l.of == "case") {
        let row = case_row(ledger, &case(), &Known::default(), 1);
        assert_eq!(changes(ledger, &case(), &row, &Known::default()), Ok(Change::default()), "{}", ledger.id);
    }
}

#[test]
fn what_was_typed_becomes_the_field_with_what_stood_before() {
    for (key, typed, field, value) in [
        ("area_m2", "13", "area_m2", FieldValue::Text("13.00".into())),
        ("area_m2", "１３．５", "area_m2", FieldValue::Text("13.50".into())),
        ("stock_class", "存量", "stock_class", FieldValue::Text("stock".into())),
        ("floors", "2", "floors", FieldValue::Whole(2)),
        ("affects", "通行、消防", "affects", FieldValue::Many(vec!["fire".into(), "passage".into()])),
        ("room", "0602甲", "room", FieldValue::Text("0602甲".into())),
        ("danger", "重大", "severity", FieldValue::Text("major".into())),
    ] {
        let change = edited(key, typed).unwrap();
        assert_eq!(change.set.get(field), Some(&value), "{key} {typed}");
        assert_eq!(change.before.get(field), case().value(field), "{key} {typed}");
    }
    assert_eq!(edited("area_m2", "").unwrap(), Change::default(), "an empty cell wipes nothing");
}

#[test]
fn what_cannot_stand_in_a_cell_is_said_with_what_may() {
    for (key, typed, code) in [
        ("area_m2", "十二", "not_a_number"),
        ("area_m2", "12.345", "out_of_range"),
        ("stock_class", "旧的", "unknown_choice"),
        ("affects", "消防、好看", "unknown_choice"),
        ("demolished_at", "昨天", "out_of_range"),
        ("status", "已结案", "not_editable"),
        ("ledger_no", "WJ-2026-9", "not_editable"),
    ] {
        let problems = edited(key, typed).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].column, problems[0].code.as_str()), (at(ledger("wj"), key), code), "{key} {typed}");
    }
    assert_eq!(edited("stock_class", "旧的").unwrap_err()[0].allowed.len(), 4);
}

#[test]
fn long_numbers_in_free_words_are_masked() {
    assert_eq!(masked_text("业主电话13812345678,602室"), "业主电话138******78,602室");
    assert_eq!(masked_text("证号31011219000101001X。"), "证号310*************1X。");
    assert_eq!(masked_text("110 弄 1234 号"), "110 弄 1234 号");
}

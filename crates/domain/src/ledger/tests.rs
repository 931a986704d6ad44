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

fn line(ledger: &Ledger, state: &CaseState, number: u64) -> Vec<String> {
    case_row(ledger, state, &Known::default(), &Beside::default(), number)
}

fn edited(key: &str, text: &str) -> Result<Change, Vec<CellProblem>> {
    let (wj, state) = (ledger("wj"), case());
    let now = line(wj, &state, 1);
    let mut cells = now.clone();
    cells[at(wj, key)] = text.into();
    changes(wj, &state, &cells, &now, &now).map(|(change, _)| change)
}

#[test]
fn every_ledger_reads_and_every_source_of_a_column_is_known() {
    let all = builtin().unwrap();
    assert_eq!(all.len(), 9);
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
    let row = line(wj, &state, 7);
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
        let row = line(ledger, &case(), 1);
        assert_eq!(changes(ledger, &case(), &row, &row, &row), Ok(Default::default()), "{}", ledger.id);
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
        assert_eq!(
            (problems[0].column, problems[0].code.as_str()),
            (Some(at(ledger("wj"), key)), code),
            "{key} {typed}"
        );
    }
    assert_eq!(edited("stock_class", "旧的").unwrap_err()[0].allowed.len(), 4);
}

#[test]
fn long_numbers_in_free_words_are_masked() {
    assert_eq!(masked_text("业主电话13812345678,602室"), "业主电话138******78,602室");
    assert_eq!(masked_text("证号31011219000101001X。"), "证号310*************1X。");
    assert_eq!(masked_text("110 弄 1234 号"), "110 弄 1234 号");
}

#[test]
fn an_old_file_puts_nothing_back_that_somebody_changed_since() {
    let (wj, state) = (ledger("wj"), case());
    let now = line(wj, &state, 1);
    let area = at(wj, "area_m2");
    let mut base = now.clone();
    base[area] = "9.00".into();
    base[at(wj, "status")] = "已上报".into();
    // Nobody touched the file: it says 9.00, and 12.50 stays.
    assert_eq!(changes(wj, &state, &base, &now, &base), Ok(Default::default()));
    let mut cells = base.clone();
    cells[area] = "10.00".into();
    let problems = changes(wj, &state, &cells, &now, &base).unwrap_err();
    assert_eq!((problems[0].column, problems[0].code.as_str()), (Some(area), "changed_since"));
    assert_eq!(problems[0].allowed, ["12.50"]);
}

fn known() -> Known {
    let place = Place { name: "东湖花园".into(), ..Place::default() };
    Known { compounds: [("cmp-001".to_owned(), place)].into(), today: "2026-11-24".into(), ..Known::default() }
}

fn typed(set: &[(&str, &str)]) -> Vec<String> {
    let wj = ledger("wj");
    let mut cells = vec![String::new(); wj.columns.len()];
    let usual = [
        ("compound", "东湖花园"),
        ("building", "８号"),
        ("room", "0601"),
        ("type", "天井搭建"),
        ("stock_class", "存量"),
        ("found_at", "2019-05-01"),
        ("source", "巡查"),
        ("area_m2", "12.5"),
    ];
    let types = &wj.columns[at(wj, "type")].choices;
    let first = types[0].label.zh_hans.clone();
    for (key, text) in usual.iter().chain(set) {
        cells[at(wj, key)] = if *key == "type" && *text == "天井搭建" { first.clone() } else { (*text).to_owned() };
    }
    cells
}

#[test]
fn a_row_without_a_record_becomes_a_case_of_its_day_and_place() {
    let (fresh, remarks) =
        fresh(ledger("wj"), &typed(&[("demolished_m2", "2"), ("party_name", "张三")]), &known()).unwrap();
    assert_eq!(fresh.draft.compound_id.as_deref(), Some("cmp-001"));
    assert_eq!(
        (fresh.draft.room.as_str(), fresh.found_on.as_str(), fresh.source.as_str()),
        ("0601", "2019-05-01", "patrol")
    );
    assert_eq!(fresh.place, crate::address::place("cmp-001", "8", "0601"));
    assert_eq!(
        fresh.later.set.get("demolished_m2"),
        Some(&FieldValue::Text("2.00".into())),
        "set after it is recorded"
    );
    assert_eq!(remarks.len(), 1);
    assert_eq!(
        (remarks[0].column, remarks[0].code.as_str()),
        (Some(at(ledger("wj"), "party_name")), "personal_not_taken")
    );
}

#[test]
fn a_new_row_says_every_cell_that_is_wrong_and_nothing_of_it_is_taken() {
    for (key, text, code) in [
        ("compound", "没有的小区", "unknown_compound"),
        ("building", "", "required"),
        ("type", "乱搭", "unknown_choice"),
        ("type", "", "required"),
        ("stock_class", "旧的", "unknown_choice"),
        ("found_at", "去年", "not_a_date"),
        ("found_at", "2027-01-01", "out_of_range"),
        ("found_at", "", "required"),
        ("source", "听说", "unknown_choice"),
        ("area_m2", "十二", "not_a_number"),
        ("demolished_m2", "一点", "not_a_number"),
    ] {
        let problems = fresh(ledger("wj"), &typed(&[(key, text)]), &known()).unwrap_err();
        let told: Vec<_> = problems.iter().filter(|p| p.blocks).map(|p| (p.column, p.code.as_str())).collect();
        assert!(told.contains(&(Some(at(ledger("wj"), key)), code)), "{key} {text}: {told:?}");
    }
}

#[test]
fn a_register_takes_what_was_typed_and_says_what_it_cannot() {
    use crate::compound::{Defined, Doorway};
    let (doors, of) = (ledger("doorways"), Defined { name: "东湖花园".into(), ..Defined::default() });
    let door = Doorway { no: "8号".into(), floors: 6, rooms_per_floor: 2, ..Doorway::default() };
    let of = Defined { doorways: vec![door.clone(), Doorway { no: "9号".into(), ..door.clone() }], ..of };
    let now = base_row(doors, Entry::Doorway(&of, &door), &known(), 1, true);
    let read = |key: &str, text: &str| {
        let mut cells = now.clone();
        cells[at(doors, key)] = text.into();
        doorway(doors, &cells, &of, Some(&door), None, &known())
    };
    assert_eq!(read("floors", "7").unwrap().0, Doorway { floors: 7, ..door.clone() });
    assert_eq!(read("without", "101、102").unwrap().0.without, ["101", "102"]);
    for (key, text, code) in [
        ("floors", "六", "not_a_number"),
        ("floors", "120", "too_many"),
        ("no", "9号", "twice"),
        ("dwellings", "3", "not_editable"),
    ] {
        let problems = read(key, text).unwrap_err();
        assert_eq!(problems[0].code, code, "{key} {text}: {problems:?}");
    }
    let firms = ledger("companies");
    let mut cells = vec![String::new(); firms.columns.len()];
    cells[at(firms, "name")] = "示例物业".into();
    cells[at(firms, "credit_code")] = "91310112MA1QX0002C".into();
    let problems = company(firms, &cells, None, None, &known()).unwrap_err();
    assert_eq!(problems[0].column, Some(at(firms, "credit_code")));
    cells[at(firms, "credit_code")] = "91310112MA1QX0002B".into();
    cells[at(firms, "representative")] = "王*".into();
    assert_eq!(company(firms, &cells, None, None, &known()).unwrap_err()[0].code, "masked_value");
}

//! The capture form, checked: what may be saved and in which form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeMap;

use town::{author, draft, moment, photo};
use xunju_domain::case::decide::record;
use xunju_domain::case::draft::{DraftCheck, DraftContent, DraftPhoto, check};
use xunju_domain::catalogue::{Catalogue, DeadlineChoice, FieldValue, standard};
use xunju_domain::deadline::Calendar;
use xunju_domain::permission::Role;

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.into())
}

fn with(type_code: &str, fields: &[(&str, FieldValue)]) -> DraftContent {
    DraftContent { fields: fields.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect(), ..draft(type_code) }
}

fn problems(check: &DraftCheck) -> Vec<(&str, &str)> {
    check.problems.iter().map(|p| (p.field.as_str(), p.code.as_str())).collect()
}

fn data(draft: &DraftContent) -> serde_json::Value {
    let made = record(
        "x",
        draft,
        vec![],
        &author("ins", Role::Ins),
        &moment(),
        standard(),
        Calendar::standard(),
        "东湖花园",
        "patrol",
    );
    made.unwrap().data
}

#[test]
fn an_empty_draft_says_everything_it_lacks() {
    let found = check(&DraftContent::default(), standard());
    assert_eq!(
        problems(&found),
        [("compound", "required"), ("building", "required"), ("type", "required"), ("photos", "required")]
    );
    assert!(found.visible.is_empty());
}

#[test]
fn a_point_does_for_a_building_and_a_reason_for_a_photo() {
    let mut d = draft("LS-SB");
    d.building.clear();
    d.location_text = "北侧绿地".into();
    d.photos.clear();
    d.no_photo_reason = "夜间".into();
    assert!(check(&d, standard()).problems.is_empty());
}

#[test]
fn five_square_metres_a_person_to_the_last_digit() {
    for (usable, persons, shown, test) in [
        ("15.00", 3, "5.00", "pass"),
        ("14.97", 3, "4.99", "fail"),
        ("14.99", 3, "4.99", "fail"),
        ("15.03", 3, "5.01", "pass"),
        ("34.99", 7, "4.99", "fail"),
        ("35", 7, "5.00", "pass"),
    ] {
        let d = with("QZ-MJ", &[("usable_m2", text(usable)), ("tenants", FieldValue::Whole(persons))]);
        let computed = check(&d, standard()).computed;
        assert_eq!(
            (computed["per_person_m2"].as_str(), computed["per_person_test"].as_str()),
            (shown, test),
            "{usable}/{persons}"
        );
    }
    let nobody = with("QZ-MJ", &[("usable_m2", text("15")), ("tenants", FieldValue::Whole(0))]);
    assert!(check(&nobody, standard()).computed.is_empty());
}

#[test]
fn values_are_checked_by_kind() {
    for (field, value, code) in [
        ("area_m2", text("twelve"), "not_a_number"),
        ("area_m2", text("-1"), "not_a_number"),
        ("area_m2", text("12.345"), "out_of_range"),
        ("area_m2", text("0"), "out_of_range"),
        ("area_m2", text("100000"), "out_of_range"),
        ("floors", text("1.5"), "out_of_range"),
        ("floors", FieldValue::Whole(-1), "not_a_number"),
        ("floors", FieldValue::Whole(61), "out_of_range"),
        ("structure", text("marble"), "unknown_choice"),
        ("affects", FieldValue::Many(vec!["fire".into(), "noise".into()]), "unknown_choice"),
        ("owner_known", text("maybe"), "unknown_choice"),
        ("beds", FieldValue::Whole(3), "unknown_field"),
        ("demolished_m2", text("3"), "unknown_field"),
    ] {
        let found = check(&with("WJ-TJ", &[(field, value.clone())]), standard());
        assert_eq!(problems(&found), [(field, code)], "{field} {value:?}");
    }
}

#[test]
fn text_from_a_command_line_takes_the_form_of_the_field() {
    let d = with(
        "WJ-TJ",
        &[
            ("area_m2", text("１２．５")),
            ("floors", text("2")),
            ("affects", text("light, fire,light")),
            ("dissuaded", text("yes")),
            ("structure", text(" brick ")),
        ],
    );
    let fields = data(&d)["fields"].clone();
    assert_eq!(
        fields,
        serde_json::json!({
            "area_m2": "12.50", "floors": 2, "affects": ["fire", "light"], "dissuaded": true, "structure": "brick", "stock_class": "pending"
        })
    );
}

#[test]
fn a_field_shows_when_another_says_so() {
    let before = check(&with("WJ-TJ", &[]), standard());
    assert!(!before.visible.contains(&"built_certainty".to_owned()));
    assert!(!before.visible.contains(&"demolished_m2".to_owned()), "later stages are not asked for");
    let after = check(&with("WJ-TJ", &[("stock_class", text("stock"))]), standard());
    assert!(after.visible.contains(&"built_certainty".to_owned()));
    let hidden = with("WJ-TJ", &[("stock_class", text("in_progress")), ("built_certainty", text("exact"))]);
    assert!(check(&hidden, standard()).problems.is_empty());
    assert!(data(&hidden)["fields"].get("built_certainty").is_none(), "what does not apply is not recorded");
}

#[test]
fn a_required_field_is_asked_for_only_while_it_shows() {
    let mut catalogue: Catalogue = standard().clone();
    let category = catalogue.categories.iter_mut().find(|c| c.code == "WJ").unwrap();
    for key in ["area_m2", "built_certainty"] {
        category.fields.iter_mut().find(|f| f.key == key).unwrap().required = true;
    }
    assert_eq!(problems(&check(&with("WJ-TJ", &[("area_m2", text(" "))]), &catalogue)), [("area_m2", "required")]);
    let both = check(&with("WJ-TJ", &[("stock_class", text("stock"))]), &catalogue);
    assert_eq!(problems(&both), [("area_m2", "required"), ("built_certainty", "required")]);
}

#[test]
fn lengths_count_characters_not_bytes() {
    let mut d = draft("LS-SB");
    d.note = "𠮷".repeat(2000);
    d.room = "室".repeat(40);
    assert!(check(&d, standard()).problems.is_empty());
    d.note.push('一');
    d.room.push('一');
    assert_eq!(problems(&check(&d, standard())), [("room", "too_long"), ("note", "too_long")]);
    assert_eq!(check(&d, standard()).problems[1].params["max"], "2000");
}

#[test]
fn no_text_of_a_case_holds_an_id_number() {
    let mut d = with("WJ-TJ", &[("area_m2", text("12.5"))]);
    assert!(check(&d, standard()).problems.is_empty());
    d.note = "业主 11010519491231002X 不在家".into();
    d.location_text = "310112 19000101 0010".into();
    assert_eq!(problems(&check(&d, standard())), [("location_text", "id_number"), ("note", "id_number")]);
}

#[test]
fn strange_choices_are_named() {
    let mut d = draft("XX-YY");
    assert_eq!(problems(&check(&d, standard())), [("type", "unknown_choice")]);
    d = draft("LS-SB");
    d.severity = Some("terrible".into());
    d.deadline = Some(DeadlineChoice { rule: "WORK".into(), n: 3, unit: "day".into() });
    d.photos.push(DraftPhoto { hash: "bb".into(), slot: "moon".into() });
    assert_eq!(
        problems(&check(&d, standard())),
        [("severity", "unknown_choice"), ("deadline", "unknown_choice"), ("photos", "unknown_choice")]
    );
}

#[test]
fn what_is_recorded_carries_its_codebook_and_its_deadline() {
    let d = DraftContent { in_progress: true, ..draft("WJ-TJ") };
    let photos = vec![photo("aa", "")];
    let made = record(
        "x",
        &d,
        photos,
        &author("ins", Role::Ins),
        &moment(),
        standard(),
        Calendar::standard(),
        "东湖花园",
        "patrol",
    )
    .unwrap();
    assert_eq!((made.record.as_str(), made.scope.as_str(), made.kind.as_str()), ("case:x", "cmp-001", "case.recorded"));
    assert_eq!(made.blobs[0].facts["slot"], "far");
    let data = &made.data;
    assert_eq!(data["type_label"]["zh-Hans"], "天井搭建");
    assert_eq!(data["catalogue"], standard().version);
    assert_eq!(data["severity"], "serious");
    assert_eq!(data["fields"]["stock_class"], "in_progress");
    assert_eq!(data["found_at"], "2026-11-23T10:13:20+08:00");
    let deadline = &data["deadline"];
    assert_eq!((deadline["due_at"].as_str(), deadline["id"].as_str()), (Some("2026-11-30T23:59:59"), Some("K-WJ")));
    assert_eq!(deadline["calendar_version"], Calendar::standard().version);
    assert_eq!(deadline["start"], "2026-11-23T10:13:20");
    let chosen =
        DraftContent { deadline: Some(DeadlineChoice { rule: "WORK".into(), n: 3, unit: "workday".into() }), ..d };
    let data = self::data(&chosen);
    assert_eq!(
        (data["deadline"]["due_at"].as_str(), data["deadline"]["id"].as_str()),
        (Some("2026-11-26T23:59:59"), Some(""))
    );
}

#[test]
fn who_may_not_report_is_told() {
    let refused = record(
        "x",
        &draft("LS-SB"),
        vec![],
        &author("ld", Role::Ld),
        &moment(),
        standard(),
        Calendar::standard(),
        "",
        "patrol",
    );
    assert_eq!(refused.unwrap_err()[0].code, "not_allowed");
}

#[test]
fn no_event_of_any_type_carries_a_float() {
    fn floats(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Number(n) => n.is_f64(),
            serde_json::Value::Array(all) => all.iter().any(floats),
            serde_json::Value::Object(all) => all.values().any(floats),
            _ => false,
        }
    }
    let fields = BTreeMap::from([
        ("area_m2", "12.5"),
        ("usable_m2", "7.5"),
        ("size_m", "0.5"),
        ("extent_m2", "3.25"),
        ("corridor_blocked_m", "0.8"),
    ]);
    for t in &standard().types {
        let known = &standard().category(&t.category).unwrap().fields;
        let own: Vec<(&str, FieldValue)> =
            fields.iter().filter(|(k, _)| known.iter().any(|f| f.key == **k)).map(|(k, v)| (*k, text(v))).collect();
        let data = data(&with(&t.code, &own));
        assert!(!floats(&data), "{}", t.code);
        assert!(data["deadline"]["due_at"].is_string(), "{}", t.code);
    }
}

//! What the office decides over cases that stand beside each other or are closed: pairs, the second look, 新增 or 存量, the
//! archive. Counts equal the lists they lead to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::case::{CasePage, CaseView, Written};
use xunju_api::view::office::{PairList, PairView};
use xunju_api::view::work::TodayView;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town, case_with, scene};

fn pairs(who: &Inspector) -> PairList {
    let list: PairList = who.ask("pair.list", json!({})).unwrap();
    let today: TodayView = who.ask("today.show", json!({})).unwrap();
    assert_eq!(today.pairs, list.total, "the count on 今天 is the length of the list");
    list
}

fn of<'a>(list: &'a PairList, id: &str) -> Vec<&'a xunju_api::view::office::PairCard> {
    list.rows.iter().filter(|p| p.one.id == id || p.other.id == id).collect()
}

fn duty(who: &Inspector, key: &str) -> u32 {
    let today: TodayView = who.ask("today.show", json!({})).unwrap();
    let count = today.duties.iter().find(|d| d.key == key).map_or(0, |d| d.bucket.count);
    let list: Result<CasePage, ApiError> = who.ask("case.page", json!({ "duty": key }));
    assert_eq!(list.map_or(0, |page| page.total), count, "the count of {key} is the length of its list");
    count
}

fn act(who: &Inspector, id: &str, action: &str, more: Value) -> Result<CaseView, ApiError> {
    let mut request = json!({ "id": id, "action": action });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    who.ask::<Written>("case.act", request)?;
    who.sync();
    Ok(who.case(id))
}

#[test]
fn two_laptops_offline_file_one_finding_and_the_office_sees_the_pair_and_merges() {
    let town = Town::start();
    let enrol = |user: &str, folder: &str| Inspector::enrol(&town, user, folder, Options::default());
    let (one, two, office) = (enrol("inspector1", "one"), enrol("inspector2", "two"), enrol("reviewer1", "office"));
    let before = pairs(&office).total;

    // Neither knows of the other: both laptops are away, and both cases are kept.
    [&one, &two].into_iter().for_each(|who| who.laptop.stop());
    let compound = one.compound("东湖花园");
    let photo = scene(71);
    let mut content = case_with(&compound, "9号", "403", &[(one.import(&photo, "A.JPG"), "far")]);
    let first = one.record(&content).unwrap().case_id;
    content = case_with(&compound, "９号", "403", &[(two.import(&photo, "B.JPG"), "far")]);
    content["fields"]["area_m2"] = json!("14.00");
    let second = two.record(&content).unwrap().case_id;
    [&one, &two, &office].into_iter().for_each(Inspector::sync);
    assert_eq!(
        (office.case(&first).card.status.as_str(), office.case(&second).card.status.as_str()),
        ("REPORTED", "REPORTED")
    );

    let list = pairs(&office);
    assert_eq!(list.total, before + 1);
    let pair = of(&list, &first)[0];
    assert_eq!(pair.why, ["door", "photo"], "one door, one photo");
    let refused = one.ask::<PairList>("pair.list", json!({})).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "the office decides");

    // Side by side: what differs is marked, and nothing else.
    let view: PairView = office.ask("pair.get", json!({ "one": first, "other": second })).unwrap();
    let differing: Vec<&str> = view
        .facts
        .iter()
        .filter(|f| f.differs)
        .filter_map(|f| f.one.as_ref().or(f.other.as_ref()))
        .map(|f| f.key.as_str())
        .collect();
    assert!(differing.contains(&"area_m2") && !differing.contains(&"room"), "{differing:?}");
    assert_eq!((view.other_into_one, view.one.photos[0].hash.clone()), (None, view.other.photos[0].hash.clone()));

    let merged = act(&office, &second, "merge", json!({ "params": { "target": first } })).unwrap();
    assert_eq!((merged.card.status.as_str(), merged.merged_into.map(|c| c.id)), ("MERGED", Some(first.clone())));
    assert_eq!(pairs(&office).total, before, "decided is decided");
    two.sync();
    assert_eq!(two.case(&second).card.status, "MERGED", "and the second inspector is told");

    // Found to be two: remembered for both, and the pair does not come back.
    let third =
        two.record(&case_with(&compound, "9号", "403", &[(two.import(&scene(72), "C.JPG"), "far")])).unwrap().case_id;
    [&two, &office].into_iter().for_each(Inspector::sync);
    assert_eq!(of(&pairs(&office), &third).len(), 1);
    office
        .ask::<Written>("pair.not_same", json!({ "one": third, "other": first, "reason": "两处不同的搭建" }))
        .unwrap();
    assert_eq!(of(&pairs(&office), &third).len(), 0, "at once");
    office.sync();
    for id in [&first, &third] {
        assert!(office.case(id).timeline.iter().any(|t| t.kind == "case.not_same" && t.text == "两处不同的搭建"));
    }
    act(&office, &third, "approve", json!({})).unwrap();
    assert_eq!(of(&pairs(&office), &third).len(), 0, "and not after another step");
    assert!(one.ask::<Written>("pair.not_same", json!({ "one": third, "other": first, "reason": "" })).is_err());
}

#[test]
fn a_structures_class_needs_two_and_a_small_case_goes_to_the_archive_with_what_it_has() {
    let town = Town::start();
    let enrol = |user: &str| Inspector::enrol(&town, user, user, Options::default());
    let (inspector, office, archivist) = (enrol("inspector1"), enrol("reviewer1"), enrol("archivist1"));
    let compound = inspector.compound("东湖花园");
    let content = case_with(&compound, "10号", "302", &[(inspector.import(&scene(81), "A.JPG"), "far")]);
    let id = inspector.record(&content).unwrap().case_id;
    [&inspector, &office].into_iter().for_each(Inspector::sync);
    act(&office, &id, "approve", json!({})).unwrap();
    inspector.sync();

    let edit = json!({ "id": id, "field": "stock_class", "value": "new" });
    let refused = office.ask::<Written>("case.edit", edit).unwrap_err();
    assert_eq!(refused.params.get("reason").map(String::as_str), Some("second_approver"));
    let to_decide = duty(&office, "to_decide_class");
    let before = inspector.case(&id).facts.into_iter().find(|f| f.key == "stock_class").unwrap().text;
    let ask = json!({
        "params": { "stock_class": "new" }, "reason_code": "ask_class.aerial", "reason": "航片显示 2019 年新建",
    });
    act(&inspector, &id, "ask_class", ask).unwrap();
    office.sync();
    assert_eq!(duty(&office, "to_decide_class"), to_decide + 1);
    let asked = office.case(&id).class_ask.unwrap();
    assert_eq!((asked.from, asked.to.zh_hans.as_str()), (before, "新增"));
    let view = act(&office, &id, "set_class", json!({ "params": { "stock_class": "new" } })).unwrap();
    let class = view.facts.iter().find(|f| f.key == "stock_class").unwrap();
    assert_eq!((class.text.zh_hans.as_str(), class.editable), ("新增", false));
    assert_eq!(duty(&office, "to_decide_class"), to_decide);
    let told = view.timeline.iter().find(|t| t.action.as_deref() == Some("ask_class") && t.kind == "case.act").unwrap();
    assert_eq!(
        (told.was.as_str(), told.changes[0].text.zh_hans.as_str()),
        ("pending", "新增"),
        "both values in the story"
    );

    // A small case closed on the spot: drawn or not by the server's ruling, and archived whole.
    let mut small = case_with(&compound, "10号", "303", &[(inspector.import(&scene(82), "B.JPG"), "far")]);
    small["type_code"] = json!("LS-SB");
    small["fields"] = json!({});
    let small = inspector.record(&small).unwrap().case_id;
    inspector.sync();
    let after = json!({ "photos": [{ "hash": inspector.import(&scene(83), "C.JPG"), "slot": "after" }] });
    let view = act(&inspector, &small, "quick_close", after).unwrap();
    let sample = view.sample.clone().unwrap();
    assert_eq!((view.card.status.as_str(), sample.percent), ("CLOSED", 10));
    archivist.sync();
    let other = enrol("inspector2");
    other.sync();
    assert!(!inspector.case(&small).actions.iter().any(|a| a.action.starts_with("sample")), "not one's own work");
    let offered = other.case(&small).actions.iter().any(|a| a.action == "sample_pass");
    assert_eq!(offered, sample.drawn, "drawn is looked at by another");
    let part = |view: &CaseView, key: &str| view.archive.iter().find(|p| p.key == key).unwrap().stands.clone();
    if sample.drawn {
        let refused = act(&archivist, &small, "archive", json!({})).unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("archive")));
        let seen = json!({ "photos": [{ "hash": other.import(&scene(84), "D.JPG"), "slot": "after" }] });
        act(&other, &small, "sample_pass", seen).unwrap();
        archivist.sync();
    }
    let view = archivist.case(&small);
    assert_eq!((part(&view, "report").as_str(), part(&view, "closing").as_str()), ("there", "there"));
    let numbers: Vec<u32> = view.archive.iter().flat_map(|p| &p.pages).map(|p| p.no).collect();
    assert_eq!(numbers, (1..=u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>(), "pages in their order");
    let to_archive = duty(&archivist, "to_archive");
    assert_eq!(act(&archivist, &small, "archive", json!({})).unwrap().card.status, "ARCHIVED");
    assert_eq!(duty(&archivist, "to_archive"), to_archive - 1);
}

#[test]
fn what_waits_for_others_is_counted_as_its_list() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    for bucket in ["overdue", "today", "week", "waiting"] {
        let today: TodayView = inspector.ask("today.show", json!({})).unwrap();
        let count = match bucket {
            "overdue" => today.overdue.count,
            "today" => today.today.count,
            "week" => today.week.count,
            _ => today.waiting.count,
        };
        let list: CasePage = inspector.ask("case.page", json!({ "bucket": bucket })).unwrap();
        assert_eq!(list.total, count, "{bucket}");
    }
}

//! What is drawn on a photo travels to the laptop that took it and back; a place found later does, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::access::AccessPage;
use xunju_api::view::case::CaseView;
use xunju_api::view::copy::{PhotoCopy, StampView};
use xunju_api::view::photo::RecycledHit;
use xunju_api::view::plan::PlanView;
use xunju_domain::case::MarkKind;
use xunju_link::Options;
use xunju_photos::sha256_hex;
use xunju_testkit::{Desk, Inspector, Town, scene};

fn mark(who: &Inspector, case: &str, hash: &str, mark: &Value) -> Result<Value, ApiError> {
    let mut asked = json!({ "case_id": case, "hash": hash });
    asked.as_object_mut().unwrap().extend(mark.as_object().unwrap().clone());
    who.ask("photo.mark", asked)
}

fn texts(who: &Inspector, case: &str) -> Vec<(String, bool)> {
    who.case(case).photos[0].marks.iter().map(|m| (m.text.clone(), m.removable)).collect()
}

#[test]
fn a_comment_on_a_point_reaches_the_inspector_offline_and_the_answer_comes_back() {
    let mut town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let other = Inspector::enrol(&town, "inspector2", "other", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let case = inspector.record_at("8号", "601", 60).case_id;
    inspector.sync();
    office.sync();
    let photo = office.case(&case).photos[0].clone();
    let bytes = || {
        let api = inspector.laptop.api().unwrap();
        api.photo(&api.laptop_caller().unwrap(), &photo.hash).unwrap()
    };
    let before = bytes();
    let point = json!({ "kind": "comment", "x1": 40, "y1": 30, "x2": 40, "y2": 30, "text": "这里看不清，请补近景" });
    mark(&office, &case, &photo.hash, &point).unwrap();
    let face = json!({ "kind": "mosaic", "x1": 1, "y1": 1, "x2": 30, "y2": 30, "hides": "face" });
    mark(&office, &case, &photo.hash, &face).unwrap();
    office.sync();
    inspector.sync();

    // No network: the inspector reads it on the spot and answers on the same photo.
    town.kill();
    let seen = inspector.case(&case);
    assert_eq!(seen.photos[0].marks.iter().map(|m| m.kind).collect::<Vec<_>>(), [MarkKind::Comment, MarkKind::Mosaic]);
    assert_eq!(texts(&inspector, &case), [("这里看不清，请补近景".to_owned(), false), (String::new(), false)]);
    let size = json!({ "kind": "length", "x1": 10, "y1": 50, "x2": 90, "y2": 50, "text": "3.20 m" });
    mark(&inspector, &case, &photo.hash, &size).unwrap();
    let own = inspector.case(&case).photos[0].marks[2].id.clone();
    let anothers = seen.photos[0].marks[0].id.clone();
    let refused = inspector.ask::<Value>("photo.unmark", json!({ "case_id": case, "mark": anothers })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let wrong = json!({ "kind": "length", "x1": 10, "y1": 50, "x2": 90, "y2": 50 });
    let refused = mark(&inspector, &case, &photo.hash, &wrong).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("text")));

    town.restart();
    inspector.sync();
    office.sync();
    assert_eq!(texts(&office, &case)[2], ("3.20 m".to_owned(), true), "the office may take any away");
    other.sync();
    assert_eq!(texts(&other, &case).len(), 3);
    office.ask::<Value>("photo.unmark", json!({ "case_id": case, "mark": own })).unwrap();
    office.sync();
    inspector.sync();
    assert_eq!(texts(&inspector, &case).len(), 2);
    let story = inspector.case(&case).timeline;
    assert_eq!(story.iter().filter(|e| e.kind == "case.marked").count(), 3, "what was said stays in the story");
    assert!(bytes() == before, "no byte of the photo moved");
}

#[test]
fn a_case_is_put_on_the_plan_after_it_was_recorded() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let compound = office.compound("东湖花园");
    let picture = office.import(&scene(40), "总平面.jpg");
    office.ask::<Value>("plan.set", json!({ "id": compound, "hash": picture })).unwrap();
    office.sync();
    let case = inspector.record_at("77号", "101", 61).case_id;
    inspector.sync();
    let plan: PlanView = inspector.ask("plan.get", json!({ "id": compound })).unwrap();
    assert!(plan.pins.iter().all(|p| p.case_id != case), "nobody knows yet where it is");
    let image = plan.image.unwrap().hash;
    let pin = json!({ "plan": image, "x": 25_000, "y": 75_000 });
    let nothing = inspector.ask::<Value>("case.place", json!({ "id": case })).unwrap_err();
    assert_eq!((nothing.code, nothing.field.as_deref()), (ErrorCode::Invalid, Some("place")));
    inspector.ask::<Value>("case.place", json!({ "id": case, "pin": pin })).unwrap();
    let geo = json!({
        "lon": "121.4737021", "lat": "31.2304", "accuracy_m": 8, "datum": "wgs84", "method": "gps",
        "captured_at": "2026-11-25T10:00:00+08:00",
    });
    inspector.ask::<Value>("case.place", json!({ "id": case, "geo": geo })).unwrap();
    inspector.sync();
    office.sync();
    let seen = office.case(&case);
    assert_eq!((seen.pin.unwrap().x, seen.geo.unwrap().given.lon.as_str()), (25_000, "121.4737021"));
    let plan: PlanView = office.ask("plan.get", json!({ "id": compound })).unwrap();
    assert_eq!(plan.pins.iter().filter(|p| p.case_id == case).count(), 1);
}

/// The middle of an area of a picture, in hundredths of its sides: how far its pixels lie from their own cell's.
fn detail(jpeg: &[u8], (x, y): (u32, u32)) -> u32 {
    let picture = image::load_from_memory(jpeg).unwrap().into_luma8();
    let (left, top) = (picture.width() * x / 100, picture.height() * y / 100);
    let shade = |dx: u32| i64::from(picture.get_pixel(left + dx, top).0[0]);
    (1..8).map(|dx| u32::try_from((shade(dx) - shade(dx - 1)).abs()).unwrap()).sum()
}

#[test]
fn a_covered_face_is_gone_from_every_copy_and_from_the_screens_of_those_who_may_not_know() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let (office, leader) = (
        Inspector::enrol(&town, "reviewer1", "office", Options::default()),
        Inspector::enrol(&town, "leader1", "leader", Options::default()),
    );
    let case = inspector.record_at("8号", "601", 62).case_id;
    inspector.sync();
    office.sync();
    let photo = office.case(&case).photos[0].clone();
    let (w, h) = (photo.width, photo.height);
    let cover = json!({
        "kind": "mosaic", "x1": w / 4, "y1": h / 4, "x2": w * 3 / 4, "y2": h * 3 / 4, "hides": "face",
    });
    let arrow = json!({ "kind": "arrow", "x1": 5, "y1": 5, "x2": w / 5, "y2": h / 5, "text": "违建㛃部位" });
    for one in [&cover, &arrow] {
        mark(&office, &case, &photo.hash, one).unwrap();
    }
    office.sync();
    leader.sync();
    let preview = photo.preview.clone().unwrap();
    let seen = |who: &Inspector| {
        let api = who.laptop.api().unwrap();
        api.photo(&api.laptop_caller().unwrap(), &preview).unwrap()
    };
    let (whole, covered) = (seen(&office), seen(&leader));
    assert!(whole != covered, "a leader sees the case and not the face");
    assert!(detail(&whole, (10, 90)).abs_diff(detail(&covered, (10, 90))) < 30, "the rest is as it was");

    // A copy: without a purpose none; with one it is in the log, in the story, and nothing is under the cover.
    town.set_password("reviewer1", "R-LXB", "a-long-password-1");
    let desk = Desk::sign_in(&town.server.url, "reviewer1", "a-long-password-1");
    let both = |view: &CaseView| view.photos[0].marks.len() == 2 && view.photos[0].original_here;
    let _come: CaseView = desk.ask_until("case.get", &json!({ "id": case }), both);
    let ask = |purpose: &str| json!({ "case_id": case, "hash": photo.hash, "marks": true, "stamp": true, "purpose": purpose });
    let refused = desk.call("photo.copy", &ask(" ")).unwrap_err();
    assert_eq!((refused["code"].as_str(), refused["field"].as_str()), (Some("invalid"), Some("purpose")));
    let copy: PhotoCopy = desk.ask("photo.copy", &ask("公示"));
    let (status, bytes) = desk.get(&copy.url.unwrap());
    assert_eq!(status, 200);
    assert_eq!((copy.sha256.as_str(), copy.hidden), (sha256_hex(&bytes).as_str(), 1));
    assert!(!bytes.windows(4).any(|w| w == b"Exif"), "no position, no embedded thumbnail");
    town.set_password("leader1", "R-LD", "a-long-password-1");
    let other = Desk::sign_in(&town.server.url, "leader1", "a-long-password-1");
    let same: PhotoCopy = other.ask("photo.copy", &ask("汇报"));
    assert_eq!(same.sha256, copy.sha256, "whoever takes it, the copy is the same");
    if let Some(folder) = std::env::var_os("XUNJU_SHOTS") {
        std::fs::write(std::path::Path::new(&folder).join("copy.jpg"), &bytes).unwrap();
        std::fs::write(std::path::Path::new(&folder).join("covered.jpg"), &covered).unwrap();
    }
    office.sync();
    let story = office.case(&case).timeline;
    let told = story.iter().find(|e| e.kind == "case.copied").unwrap();
    assert_eq!((told.text.as_str(), told.photos.as_slice()), ("公示", [photo.hash.clone()].as_slice()));
    let log: AccessPage = desk.ask("access.page", &json!({ "action": "export" }));
    assert!(log.rows[0].objects.contains(&format!("copy:{}", copy.sha256)));
}

#[test]
fn the_town_words_the_stamp_and_every_laptop_prints_it() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let case = inspector.record_at("8号", "701", 64).case_id;
    inspector.sync();
    let hash = inspector.case(&case).photos[0].hash.clone();
    let copy = || {
        let ask = json!({ "case_id": case, "hash": hash, "marks": true, "stamp": true, "purpose": "核对" });
        inspector.ask::<PhotoCopy>("photo.copy", ask).unwrap().sha256
    };
    let before = copy();
    let lines = |lines: &[&str]| json!({ "lines": lines });
    let refused = office.ask::<StampView>("stamp.set", lines(&["{time} {case}"])).unwrap_err();
    assert_eq!((refused.code, refused.params["problem"].as_str()), (ErrorCode::Invalid, "required"));
    let wanted = ["{town} 城市网格化综合管理中心", "{time} {place}", "{case} {by} {hash}"];
    let refused = inspector.ask::<StampView>("stamp.set", lines(&wanted)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let seen: StampView = office.ask("stamp.preview", lines(&wanted)).unwrap();
    assert_eq!(seen.shown[0], "示例镇 城市网格化综合管理中心");
    assert!(seen.shown[2].ends_with("本图为副本"));
    let still: StampView = office.ask("stamp.get", json!({})).unwrap();
    assert_eq!((still.lines.len(), still.may_edit), (2, true), "a preview changes nothing");
    office.ask::<StampView>("stamp.set", lines(&wanted)).unwrap();
    office.sync();
    inspector.sync();
    let told: StampView = inspector.ask("stamp.get", json!({})).unwrap();
    assert_eq!((told.lines.as_slice(), told.may_edit), (wanted.map(str::to_owned).as_slice(), false));
    assert_ne!(copy(), before);
}

#[test]
fn the_same_file_in_another_case_is_said_and_no_more_than_one_may_see() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "inspector", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let (first, second) =
        (inspector.record_at("8号", "601", 900_063).case_id, inspector.record_at("9号", "402", 900_063).case_id);
    let alone = inspector.record_at("10号", "101", 900_100).case_id;
    inspector.sync();
    office.sync();
    let hits = |who: &Inspector, case: &str| {
        let hash = who.case(case).photos[0].hash.clone();
        who.ask::<Vec<RecycledHit>>("photo.recycled", json!({ "case_id": case, "hash": hash })).unwrap()
    };
    let found = hits(&office, &second);
    assert_eq!((found.len(), found[0].case_id.as_deref(), found[0].score), (1, Some(first.as_str()), 100));
    assert_eq!(hits(&office, &first)[0].case_id.as_deref(), Some(second.as_str()));
    assert!(hits(&office, &alone).is_empty(), "no false alarm");

    // An officer who was given one of the two is told that there is another, and not which.
    let act = |action: &str, more: Value| {
        let mut asked = json!({ "id": second, "action": action });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        office.ask::<Value>("case.act", asked).unwrap();
        office.sync();
    };
    act("approve", json!({}));
    act("dispatch", json!({ "params": { "lead": "enforcement", "assisting": "police" } }));
    let police = Inspector::enrol(&town, "officer1", "officer1", Options::default());
    police.sync();
    let told = hits(&police, &second);
    assert_eq!((told.len(), told[0].case_id.clone(), told[0].case_no.as_str()), (1, None, ""));
    assert!(told[0].photo.is_none() && told[0].compound.is_empty());
}

//! A laptop that meets no network: what it holds comes to the town by hand, and is there once, however it comes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunju_api::error::ErrorCode;
use xunju_api::view::photo::PhotoState;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town};

const PHRASE: &str = "写在纸上的一句口令";

fn export(laptop: &Inspector, to: &Path) -> (PathBuf, Value) {
    let done: Value = laptop.ask("rescue.export", json!({ "folder": to, "passphrase": PHRASE })).unwrap();
    (PathBuf::from(done["path"].as_str().unwrap()), done)
}

#[test]
fn what_a_laptop_holds_is_carried_to_the_town_by_hand_and_is_there_once() {
    let mut town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let stick = town.folder("stick");
    std::fs::create_dir(&stick).unwrap();
    let nothing =
        inspector.ask::<Value>("rescue.export", json!({ "folder": stick, "passphrase": PHRASE })).unwrap_err();
    assert_eq!(nothing.code, ErrorCode::NotFound, "nothing is undelivered");

    town.kill();
    let case = inspector.record_at("8号", "602", 61).case_id;
    let weak = inspector.ask::<Value>("rescue.export", json!({ "folder": stick, "passphrase": "short" })).unwrap_err();
    assert_eq!((weak.code, weak.field.as_deref()), (ErrorCode::Invalid, Some("passphrase")));
    let gone = json!({ "folder": town.folder("not-plugged-in"), "passphrase": PHRASE });
    assert_eq!(inspector.ask::<Value>("rescue.export", gone).unwrap_err().code, ErrorCode::DiskFailed);
    let (file, done) = export(&inspector, &stick);
    assert!(done["events"].as_u64().unwrap() >= 1 && done["files"].as_u64().unwrap() == 6, "{done}");
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 1, "one file, and no half one");
    assert_eq!(inspector.case(&case).photos[0].state, PhotoState::OnlyHere, "carried is not delivered");

    // Taken in beside the running server; another passphrase, a broken file, another town take nothing in.
    town.restart();
    assert!(town.import(&file, "another passphrase").is_err());
    let mut broken = std::fs::read(&file).unwrap();
    let middle = broken.len() / 2;
    broken[middle] ^= 1;
    let spoilt = stick.join("spoilt.xunju");
    std::fs::write(&spoilt, broken).unwrap();
    assert!(town.import(&spoilt, PHRASE).is_err(), "what was good before the broken place is taken");
    assert!(Town::start().import(&file, PHRASE).is_err());
    let taken = town.import(&file, PHRASE).unwrap();
    assert_eq!((taken["events_held"].as_u64(), taken["files_held"].as_u64()), (done["events"].as_u64(), Some(6)));
    office.sync();
    let view = office.case(&case);
    assert_eq!((view.card.status.as_str(), view.photos.len()), ("REPORTED", 2));
    let before = town.verify();
    assert_eq!(town.import(&file, PHRASE).unwrap()["files_held"].as_u64(), Some(6), "twice is once");

    // Then there is a network after all: the laptop hears that it was received, and nothing is doubled.
    inspector.sync();
    let after = town.verify();
    assert_eq!(after["findings"], json!([]));
    assert_eq!(after["photos"], before["photos"]);
    assert!(inspector.case(&case).photos.iter().all(|photo| photo.state == PhotoState::Verified));
    office.sync();
    assert_eq!(office.case(&case).timeline.len(), inspector.case(&case).timeline.len());
}

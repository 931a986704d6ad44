//! Plugs pulled, answers lost, clocks wrong by ten years: nothing lost, nothing doubled, order unchanged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use xunju_api::error::ErrorCode;
use xunju_api::view::case::{CaseCard, CasePage, CaseView};
use xunju_api::view::draft::DraftCard;
use xunju_evidence::Hash;
use xunju_link::{Laptop, Options, Outcome};
use xunju_store::{Faults, Step, StoreError};
use xunju_testkit::{Cut, Inspector, Proxy, SkewedClock, Town, camera_photos, case_with, scene};

/// The file of a photo in the server's folder.
fn server_blob(town: &Town, hash: &str) -> Vec<u8> {
    std::fs::read(town.data().join("blobs").join(&hash[..2]).join(&hash[2..4]).join(hash)).unwrap()
}

/// Every event of the case once, received, in an order all agree on.
fn whole_and_single(view: &CaseView) {
    let ids: BTreeSet<_> = view.timeline.iter().map(|t| &t.event).collect();
    assert_eq!(ids.len(), view.timeline.len());
    let seqs: BTreeSet<_> = view.timeline.iter().map(|t| t.seq.expect("received")).collect();
    assert_eq!(seqs.len(), view.timeline.len());
}

/// Cases recorded in exactly this room.
fn cases_at(who: &Inspector, room: &str) -> Vec<CaseCard> {
    let page: CasePage = who.ask("case.page", json!({ "text": room, "mine": true })).unwrap();
    page.rows.into_iter().filter(|card| card.room == room).collect()
}

#[test]
fn the_server_dies_in_the_middle_of_a_push() {
    let mut town = Town::start();
    let proxy = Proxy::to(&town.server.addr);
    let inspector = Inspector::enrol_through(&town, &proxy.url, "inspector1", "walker", Options::default());
    for bytes_through in [1, 200, 700, 1_500] {
        let room = format!("77{bytes_through}");
        let case = inspector.record_at("9号", &room, bytes_through).case_id;
        let pid = town.server.pid().to_string();
        proxy.cut_and(Cut::AfterUp(bytes_through), move || {
            Command::new("kill").args(["-9", &pid]).status().unwrap();
        });
        assert!(matches!(inspector.outcome(), Outcome::Stuck(_)));
        proxy.set(Cut::Never);
        town.restart();
        inspector.sync();
        whole_and_single(&inspector.case(&case));
        assert_eq!(cases_at(&inspector, &room).len(), 1);
    }
    assert!(proxy.cuts() >= 4, "each plug was pulled");
}

#[test]
fn the_server_dies_in_the_middle_of_a_photo_and_the_upload_goes_on() {
    let mut town = Town::start();
    let proxy = Proxy::to(&town.server.addr);
    let inspector = Inspector::enrol_through(&town, &proxy.url, "inspector1", "walker", Options::default());
    let compound = inspector.compound("东湖花园");
    // Larger than several pieces, so that the cut falls inside the original.
    let mut large = scene(5);
    large.extend(std::iter::repeat_n(0xA5, 3 * 1024 * 1024));
    let hash = inspector.import(&large, "IMG_9.JPG");
    let case = inspector.record(&case_with(&compound, "9号", "901", &[(hash.clone(), "far")])).unwrap().case_id;
    for bytes_through in [600_000, 900_000] {
        let pid = town.server.pid().to_string();
        proxy.cut_and(Cut::AfterUp(bytes_through), move || {
            Command::new("kill").args(["-9", &pid]).status().unwrap();
        });
        assert!(matches!(inspector.outcome(), Outcome::Stuck(_)));
        proxy.set(Cut::Never);
        town.restart();
    }
    inspector.sync();
    assert!(proxy.cuts() >= 2, "both plugs were pulled inside the upload");
    assert_eq!(server_blob(&town, &hash), large);
    whole_and_single(&inspector.case(&case));
}

#[test]
fn an_answer_nobody_hears_is_asked_for_again_and_doubles_nothing() {
    let town = Town::start();
    let proxy = Proxy::to(&town.server.addr);
    let inspector = Inspector::enrol_through(&town, &proxy.url, "inspector1", "walker", Options::default());
    let case = inspector.record_at("2号", "2023", 60).case_id;
    for _ in 0..3 {
        proxy.set(Cut::Answers);
        assert!(matches!(inspector.outcome(), Outcome::Stuck(e) if e.code == ErrorCode::Offline));
        proxy.set(Cut::Never);
    }
    assert!(proxy.cuts() >= 3);
    inspector.sync();
    whole_and_single(&inspector.case(&case));
    assert_eq!(cases_at(&inspector, "2023").len(), 1);
}

#[test]
fn the_laptop_dies_after_each_step_of_saving() {
    let town = Town::start();
    let mut inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let compound = inspector.compound("东湖花园");
    for (i, step) in Step::ALL.into_iter().enumerate() {
        let room = format!("58{i}1");
        let armed = Arc::new(AtomicBool::new(false));
        let trigger = Arc::clone(&armed);
        let faults =
            Faults::new(
                move |at| {
                    if at == step && trigger.load(Ordering::SeqCst) { Err(StoreError::Killed) } else { Ok(()) }
                },
            );
        inspector = inspector.reopen(Options { faults, ..Options::default() });
        let photo = inspector.import(&scene(100 + i as u64), "IMG.JPG");
        armed.store(true, Ordering::SeqCst);
        inspector.record(&case_with(&compound, "6号", &room, &[(photo.clone(), "far")])).unwrap_err();
        inspector = inspector.reopen(Options::default());

        let drafts: Vec<DraftCard> = inspector.ask("draft.list", json!({})).unwrap();
        let cases = cases_at(&inspector, &room);
        let draft = drafts.iter().find(|d| d.room == room);
        assert_eq!(
            usize::from(draft.is_some()) + cases.len(),
            1,
            "{step:?}: a draft or a case, never both, never neither"
        );
        if let Some(draft) = draft {
            inspector.ask::<serde_json::Value>("draft.record", json!({ "id": draft.id })).unwrap();
        }
        inspector.sync();
        let cases = cases_at(&inspector, &room);
        assert_eq!(cases.len(), 1, "{step:?}");
        whole_and_single(&inspector.case(&cases[0].id));
        assert_eq!(Hash::of(&server_blob(&town, &photo)).hex(), photo);
    }
}

#[test]
fn clocks_ten_years_ahead_and_behind_change_no_order_and_refuse_nothing() {
    let town = Town::start();
    let ahead =
        Inspector::enrol(&town, "inspector1", "ahead", Options { clock: SkewedClock::years(10), ..Options::default() });
    let behind = Inspector::enrol(
        &town,
        "inspector1",
        "behind",
        Options { clock: SkewedClock::years(-10), ..Options::default() },
    );
    let right = Inspector::enrol(&town, "reviewer1", "right", Options::default());
    let case = ahead.record_at("1号", "111", 70).case_id;
    ahead.sync();
    behind.sync();
    behind.ask::<serde_json::Value>("case.note", json!({ "id": case, "text": "第二句" })).unwrap();
    behind.sync();
    right.sync();
    right.ask::<serde_json::Value>("case.note", json!({ "id": case, "text": "第三句" })).unwrap();
    right.sync();
    ahead.sync();
    behind.sync();
    let words = |who: &Inspector| {
        who.case(&case).notes.iter().map(|n| n.text.clone()).filter(|t| t.ends_with('句')).collect::<Vec<_>>()
    };
    for who in [&ahead, &behind, &right] {
        assert_eq!(words(who), ["第二句", "第三句"], "order of causes, not of clocks");
        assert!(who.case(&case).conflicts.is_empty());
    }
    let view = right.case(&case);
    whole_and_single(&view);
    assert!(view.timeline.iter().any(|t| t.time.drifted), "a wrong clock is shown, not corrected");
    assert!(view.timeline.iter().filter(|t| t.kind == "case.ruled").all(|t| !t.time.drifted));
}

#[test]
fn real_camera_photos_arrive_byte_for_byte() {
    let files = camera_photos();
    if files.is_empty() {
        return;
    }
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let compound = inspector.compound("东湖花园");
    let mut taken = Vec::new();
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        match inspector.laptop.import(
            &bytes,
            &file.file_name().unwrap().to_string_lossy(),
            None,
            xunju_api::view::photo::Channel::Folder,
        ) {
            Ok(photo) => taken.push((photo.hash, bytes)),
            Err(e) => assert_eq!(e.code, ErrorCode::PhotoUnsupported, "{}", file.display()),
        }
    }
    assert!(taken.len() >= 40, "{} of {} photos taken in", taken.len(), files.len());
    for (i, batch) in taken.chunks(6).enumerate() {
        let photos: Vec<(String, &str)> = batch.iter().map(|(hash, _)| (hash.clone(), "far")).collect();
        inspector.record(&case_with(&compound, "4号", &format!("40{i}"), &photos)).unwrap();
    }
    inspector.sync();
    for (hash, bytes) in &taken {
        assert_eq!(&Hash::of(bytes).hex(), hash);
        assert!(server_blob(&town, hash) == *bytes, "{hash} differs on the server");
    }
    println!("{} camera photos equal on the server", taken.len());
}

fn every_file(dir: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_file(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn a_stopped_laptop_shows_a_thief_nothing() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let compound = inspector.compound("东湖花园");
    let photo = inspector.import(&scene(9), "王小明家.JPG");
    let mut content = case_with(&compound, "8号", "1602", &[(photo, "far")]);
    content["note"] = json!("业主王小明拒不配合");
    inspector.record(&content).unwrap();
    inspector.sync();
    inspector.laptop.call("draft.new", json!({ "building": "李阿姨家" })).unwrap();
    let dir = inspector.dir.clone();
    drop(inspector);
    let mut files = Vec::new();
    every_file(&dir, &mut files);
    assert!(files.iter().any(|(name, _)| name.contains("photos")), "there are photos in the folder");
    for (name, bytes) in &files {
        for word in ["王小明", "东湖花园", "李阿姨", "1602", "IMG_", "SQLite format 3", "case.recorded"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{word} in {name}");
        }
        assert!(
            !bytes.windows(4).any(|w| w == [0xFF, 0xD8, 0xFF, 0xE0] || w == [0xFF, 0xD8, 0xFF, 0xE1]),
            "a JPEG in {name}"
        );
    }
}

#[test]
fn a_second_program_on_the_same_folder_is_told_so() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let second =
        Laptop::open(&inspector.dir, Options { state_dir: Some(inspector.state_dir.clone()), ..Options::default() });
    assert_eq!(second.err().unwrap().code, ErrorCode::FolderInUse);
}

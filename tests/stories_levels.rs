//! Received, in the log, backed up: how far a record and a photo have come is said of each, and an original leaves a
//! laptop only when a checked backup holds it and the disk runs short (sync.md §7.4; I3).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use xunju_api::view::photo::PhotoState;
use xunju_api::view::work::SyncView;
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town};

const GIB: u64 = 1 << 30;

fn states(laptop: &Inspector, case: &str) -> Vec<PhotoState> {
    laptop.case(case).photos.iter().map(|photo| photo.state).collect()
}

#[test]
fn an_original_leaves_the_laptop_only_when_a_backup_holds_it_and_room_is_short_and_comes_back() {
    let town = Town::start();
    let free = Arc::new(AtomicU64::new(100 * GIB));
    let seen = Arc::clone(&free);
    let options = Options { disk_free: Some(Arc::new(move || seen.load(Ordering::SeqCst))), ..Options::default() };
    let laptop = Inspector::enrol(&town, "inspector1", "laptop", options);
    let case = laptop.record_at("8号", "602", 71).case_id;
    let first = |laptop: &Inspector| laptop.case(&case).timeline[0].time.clone();
    assert!(!first(&laptop).logged, "nothing was sent yet");
    laptop.sync();
    // Delivered, and the disk is full: nothing may go, because nobody but the server has it.
    free.store(GIB / 4, Ordering::SeqCst);
    laptop.sync();
    assert_eq!(states(&laptop, &case), [PhotoState::Verified; 2]);
    let time = first(&laptop);
    assert!(time.logged && !time.backed_up, "in a checkpoint the laptop saw, and nowhere else");
    let view: SyncView = laptop.ask("sync.status", json!({})).unwrap();
    assert!(view.kept.backed_ms.is_none() && view.kept.not_backed > 0);

    // Backed up while there is room: said of each, and everything stays.
    free.store(100 * GIB, Ordering::SeqCst);
    let backup = town.folder("backup");
    town.back_up(&backup);
    laptop.sync();
    assert_eq!(states(&laptop, &case), [PhotoState::BackedUp; 2]);
    assert!(first(&laptop).backed_up);
    let view: SyncView = laptop.ask("sync.status", json!({})).unwrap();
    assert_eq!((view.kept.not_backed, view.kept.freeable_photos, view.kept.freed_photos), (0, 2, 0));
    // The desk says the same.
    town.set_password("office1", "reviewer", "correct horse battery");
    let office = Desk::sign_in(&town.server.url, "office1", "correct horse battery");
    let told: Value = office.ask_until("case.get", &json!({ "id": case }), |view: &Value| {
        view["photos"].as_array().unwrap().iter().all(|photo| photo["state"] == "backed_up")
    });
    assert_eq!(told["timeline"][0]["time"]["backed_up"], true);

    // Room is short: what a backup holds goes, what came after it stays.
    let later = laptop.record_at("9号", "101", 73).case_id;
    free.store(GIB / 4, Ordering::SeqCst);
    laptop.sync();
    assert_eq!(states(&laptop, &case), [PhotoState::Remote; 2]);
    assert_eq!(states(&laptop, &later), [PhotoState::Verified; 2]);
    let view: SyncView = laptop.ask("sync.status", json!({})).unwrap();
    assert_eq!((view.kept.freeable_photos, view.kept.freed_photos), (0, 2));
    let photo = laptop.case(&case).photos[0].clone();
    assert!(photo.preview_here && !photo.original_here, "its pictures are still shown");

    // Looked at closely, it comes back, the same to the byte.
    free.store(100 * GIB, Ordering::SeqCst);
    laptop.ask::<Value>("photo.want", json!({ "hash": photo.hash })).unwrap();
    laptop.sync();
    assert_eq!(states(&laptop, &case), [PhotoState::BackedUp, PhotoState::Remote]);
    let api = laptop.laptop.api().unwrap();
    let bytes = api.photo(&api.laptop_caller().unwrap(), &photo.hash).unwrap();
    assert_eq!(xunju_evidence::Hash::of(&bytes).hex(), photo.hash);
}

#[test]
fn what_the_backup_no_longer_holds_stays_and_a_stop_in_between_leaves_nothing_half_gone() {
    let town = Town::start();
    let free = Arc::new(AtomicU64::new(100 * GIB));
    let seen = Arc::clone(&free);
    let options = Options { disk_free: Some(Arc::new(move || seen.load(Ordering::SeqCst))), ..Options::default() };
    let laptop = Inspector::enrol(&town, "inspector1", "laptop", options);
    let case = laptop.record_at("8号", "602", 75).case_id;
    laptop.sync();
    town.back_up(&town.folder("backup"));
    laptop.sync();
    let api = laptop.laptop.api().unwrap();
    let hashes: Vec<_> = laptop.case(&case).photos.iter().map(|photo| photo.hash.parse().unwrap()).collect();

    // The row says that it went, and the machine died before the file did.
    assert!(api.store().free(&hashes[0]).unwrap());
    assert!(laptop.case(&case).photos[0].original_here, "still there");
    laptop.sync();
    assert!(!laptop.case(&case).photos[0].original_here, "finished after the next exchange");

    // Asked again at the moment, the server says no: it stays, whatever was said before.
    free.store(GIB / 4, Ordering::SeqCst);
    assert_eq!(api.may_go(10).unwrap(), [hashes[1]]);
    api.let_go(&hashes[1..], &[]).unwrap();
    assert_eq!(states(&laptop, &case), [PhotoState::Remote, PhotoState::Verified]);
    assert!(api.may_go(10).unwrap().is_empty());
    assert!(!api.store().free(&hashes[1]).unwrap(), "not without a backup");
}

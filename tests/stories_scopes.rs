//! A compound changes hands, a laptop is lost: nothing unsent is lost, nothing stays where it does not belong, nothing from
//! a revoked device counts (sync.md §5; I10, I11, I21).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use serde_json::{Value, json};
use xunju_api::error::ErrorCode;
use xunju_api::view::case::{CasePage, CaseView};
use xunju_link::{Options, Outcome};
use xunju_testkit::{Inspector, Town, case_with, scene};

fn cases(laptop: &Inspector, compound: &str) -> u64 {
    let page: CasePage = laptop.ask("case.page", json!({ "compound_id": compound, "limit": 1 })).unwrap();
    u64::from(page.total)
}

fn record(laptop: &Inspector, compound: &str, room: &str, seed: u64) -> String {
    let photos =
        [(laptop.import(&scene(seed), "IMG_1.JPG"), "far"), (laptop.import(&scene(seed + 1), "IMG_2.JPG"), "near")];
    laptop.record(&case_with(compound, "8号", room, &photos)).unwrap().case_id
}

#[test]
fn work_made_before_a_compound_changed_hands_is_delivered_and_then_everything_of_it_goes() {
    let mut town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let (theirs, kept) = (inspector.compound("东湖花园"), inspector.compound("明珠苑"));
    let sent = record(&inspector, &theirs, "601", 41);
    inspector.sync();
    assert!(cases(&inspector, &theirs) > 1, "cases of others are on the laptop, too");
    let others = record(&office, &theirs, "605", 47);
    office.sync();
    inspector.sync();
    let others_photo = inspector.case(&others).photos[0].thumb.clone().unwrap();
    assert!(inspector.laptop.api().unwrap().vault().has(&others_photo));

    // Out of reach, something more is recorded there; meanwhile the compound is given to somebody else.
    town.kill();
    let unsent = record(&inspector, &theirs, "602", 43);
    town.restart();
    town.give("inspector1", &[&kept]);
    inspector.sync();

    // It arrived, counts, and says that it came late.
    office.sync();
    let view = office.case(&unsent);
    assert_eq!((view.card.status.as_str(), view.photos.len()), ("REPORTED", 2));
    assert_eq!(view.doubts, ["after_reassignment"]);
    // On the laptop nothing of the compound is shown any more.
    inspector.sync();
    let gone = inspector.ask::<Value>("case.get", json!({ "id": sent })).unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
    let store = inspector.laptop.api().unwrap();
    assert!(!store.vault().has(&others_photo), "pictures of others went");
    assert!(store.vault().has(&view.photos[0].hash), "own originals stay until a backup holds them");
    assert_eq!(store.store().leaving().unwrap(), std::slice::from_ref(&theirs));

    town.back_up(&town.folder("backup"));
    inspector.sync();
    assert!(!store.vault().has(&view.photos[0].hash));
    assert!(store.store().leaving().unwrap().is_empty());
    assert!(cases(&inspector, &kept) > 0, "the other compound is as it was");
    assert!(!store.vault().all().unwrap().is_empty());

    // Recorded after it knew: kept for the office, and counts for nothing.
    let late = inspector.record(&case_with(&theirs, "8号", "603", &[]));
    assert!(late.is_err(), "the laptop does not offer it");
    // Given back, it is read anew, own cases among it.
    town.give("inspector1", &[&kept, &theirs]);
    inspector.sync();
    assert_eq!(inspector.case(&sent).card.status, "REPORTED");
    assert_eq!(inspector.case(&unsent).doubts, ["after_reassignment"]);
    assert_eq!(town.verify()["findings"], json!([]));
}

#[test]
fn what_a_revoked_laptop_still_sends_is_kept_and_counts_for_nothing() {
    let mut town = Town::start();
    let lost = Inspector::enrol(&town, "inspector1", "lost", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let compound = lost.compound("东湖花园");
    let before = record(&lost, &compound, "601", 51);
    lost.sync();
    town.kill();
    let after = record(&lost, &compound, "602", 53);
    town.restart();
    town.revoke(&lost.laptop.api().unwrap().store().identity().unwrap().unwrap().device);
    let Outcome::Stuck(told) = lost.outcome() else { panic!("a revoked laptop is told") };
    assert_eq!(told.code, ErrorCode::DeviceRevoked);
    office.sync();
    assert_eq!(office.case(&before).card.status, "REPORTED", "what was received before stands");
    // Preserved, for a person of the office to decide; no case was made of it.
    let kept = office.laptop.api().unwrap().store().event_meta(&format!("case:{after}")).unwrap();
    assert!(!kept.is_empty() && kept.iter().all(|meta| meta.seq.is_some()));
    let shown = office.ask::<CaseView>("case.get", json!({ "id": after }));
    assert!(shown.is_err() || shown.unwrap().card.status != "REPORTED");
    assert!(lost.case(&after).photos.len() == 2, "and on the laptop it is still whole");
}

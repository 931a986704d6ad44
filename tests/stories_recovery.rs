//! A server that is lost and put back from an older backup is completed by its laptops, and gives no number twice
//! (sync.md §6.4; I17).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use serde_json::{Value, json};
use xunju_api::error::ErrorCode;
use xunju_api::view::photo::PhotoState;
use xunju_api::view::work::HeldView;
use xunju_link::{Options, Outcome, witness};
use xunju_testkit::{Cut, Inspector, Proxy, Town, WoundClock};

struct Office {
    laptop: Inspector,
    clock: Arc<WoundClock>,
}

impl Office {
    fn enrol(town: &Town) -> Self {
        let clock = Arc::new(WoundClock::default());
        let options = Options { clock: clock.clone(), ..Options::default() };
        Self { laptop: Inspector::enrol(town, "reviewer1", "office", options), clock }
    }

    /// Files a case and exchanges; its number.
    fn file(&self, case: &str) -> String {
        self.laptop.sync();
        let decision = json!({ "case_id": case, "decision": "approve", "reason": "" });
        self.laptop.ask::<HeldView>("review.decide", decision).unwrap();
        self.clock.forward(11_000);
        self.laptop.laptop.api().unwrap().tick().unwrap();
        self.laptop.sync();
        let card = self.laptop.case(case).card;
        assert!(!card.no_is_temporary, "{} {}", card.no, card.status);
        card.no
    }
}

/// Tells the laptop that the server is recovering, until it has brought what it has.
fn brings(town: &Town, laptop: &Inspector) {
    let me = laptop.laptop.api().unwrap().store().identity().unwrap().unwrap().device;
    loop {
        match laptop.outcome() {
            Outcome::Stuck(e) => assert_eq!(e.code, ErrorCode::ServerRecovering, "{e:?}"),
            Outcome::Drained => return,
        }
        let now = std::process::Command::new(xunju_testkit::program("xunju-server"))
            .args(["recover", "--data"])
            .arg(town.data())
            .output()
            .unwrap();
        // Not recovering any more: it was the last one.
        let Ok(now) = serde_json::from_slice::<Value>(&now.stdout) else { return };
        if now["heard"].as_array().unwrap().iter().any(|dev| *dev == *me) {
            return;
        }
    }
}

/// Until the server takes things as ever again.
fn goes_on(laptop: &Inspector) {
    loop {
        match laptop.outcome() {
            Outcome::Drained => return,
            Outcome::Stuck(e) => {
                assert!(matches!(e.code, ErrorCode::ServerRecovering | ErrorCode::Offline), "{e:?}");
            }
        }
    }
}

fn number(no: &str) -> u64 {
    no.rsplit('-').next().unwrap().parse().unwrap()
}

fn seen(laptop: &Inspector) -> u64 {
    laptop.laptop.api().unwrap().store().log_seen().unwrap().unwrap().0.size
}

#[test]
fn the_same_log_goes_on_when_everybody_brings_what_they_saw() {
    let mut town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Office::enrol(&town);
    let before = office.file(&{
        let case = inspector.record_at("8号", "601", 1).case_id;
        inspector.sync();
        case
    });
    let backup = town.folder("backup");
    town.back_up(&backup);

    // After the backup: a case with its photos, filed under a number everybody saw.
    let case = inspector.record_at("9号", "101", 3).case_id;
    inspector.sync();
    let lost = office.file(&case);
    inspector.sync();
    let size = seen(&inspector).max(seen(&office.laptop));
    let unsent = inspector.record_at("9号", "102", 5).case_id;
    let files = inspector.laptop.api().unwrap().store().undelivered_files().unwrap().len() as u64;
    let held = town.verify()["photos"].as_u64().unwrap();

    town.restore(&backup);
    assert_eq!(town.recover(&[])["waiting"].as_array().unwrap().len(), 2);
    brings(&town, &inspector);
    assert_eq!(town.recover(&[])["waiting"].as_array().unwrap().len(), 1);
    brings(&town, &office.laptop);
    goes_on(&inspector);
    goes_on(&office.laptop);

    // Nothing is lost: numbers, photos, rulings; and the log only grew.
    assert!(seen(&inspector) > size);
    assert!(witness::broken(inspector.laptop.api().unwrap().store()).unwrap().is_none());
    assert!(witness::forks(inspector.laptop.api().unwrap().store()).unwrap().is_empty(), "the same log");
    let view = office.laptop.case(&case);
    assert_eq!(view.card.no, lost);
    assert!(inspector.case(&case).photos.iter().all(|photo| photo.state == PhotoState::Verified));
    assert_eq!(office.laptop.case(&unsent).card.status, "REPORTED", "what was not sent yet came, too");
    let next = office.file(&unsent);
    assert!(number(&next) > number(&lost) && number(&lost) > number(&before), "{before} {lost} {next}");
    let audit = town.verify();
    assert_eq!(audit["findings"].as_array().unwrap().len(), 0, "{audit}");
    assert_eq!(audit["photos"].as_u64().unwrap(), held + files, "every file that was there, and the new ones");
}

#[test]
fn without_one_of_the_laptops_a_new_epoch_begins_and_nothing_it_holds_is_lost() {
    let mut town = Town::start();
    let proxy = Proxy::to(&town.server.addr);
    let inspector = Inspector::enrol_through(&town, &proxy.url, "inspector1", "walker", Options::default());
    let office = Office::enrol(&town);
    let backup = town.folder("backup");
    town.back_up(&backup);
    let case = inspector.record_at("8号", "601", 11).case_id;
    inspector.sync();
    // Only the office hears what it decided, and under which number.
    proxy.set(Cut::Answers);
    let lost = office.file(&case);
    proxy.set(Cut::Never);
    town.restore(&backup);
    brings(&town, &inspector);
    let now = town.recover(&[]);
    assert_eq!(now["waiting"].as_array().unwrap().len(), 1, "{now}");
    let ended = town.recover(&["--finish"]);
    assert_eq!(ended["exact"], false, "{ended}");
    goes_on(&inspector);
    // The office comes later: its own decision is sent again, and counts again.
    goes_on(&office.laptop);
    inspector.sync();
    let view = office.laptop.case(&case);
    assert_eq!(view.card.status, inspector.case(&case).card.status);
    assert_eq!(view.card.status, "FILED");
    assert!(number(&view.card.no) > number(&lost), "{lost} may stand on paper: {}", view.card.no);
    assert_eq!(view.card.no, inspector.case(&case).card.no);
    assert!(view.timeline.iter().all(|entry| entry.seq.is_some()), "what the new log does not hold counts no more");
    for laptop in [&inspector, &office.laptop] {
        let store = laptop.laptop.api().unwrap();
        assert!(witness::broken(store.store()).unwrap().is_none(), "meant, and said so");
    }
    assert_eq!(witness::forks(office.laptop.laptop.api().unwrap().store()).unwrap().len(), 1, "kept as evidence");
    let audit = town.verify();
    assert_eq!(audit["findings"].as_array().unwrap().len(), 0, "{audit}");
}

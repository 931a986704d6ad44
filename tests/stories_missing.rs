//! Photos the town lacks: the office is told whose laptop has them and for how long, the laptop what it alone has, and
//! both are told louder after three days and after seven (sync.md §8.4).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::sync::Arc;

use serde_json::{Value, json};
use xunju_api::view::missing::{MissingAlarm, MissingView};
use xunju_api::view::photo::PhotoState;
use xunju_api::view::work::TodayView;
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town, WoundClock};

#[test]
fn a_photo_that_stays_on_a_laptop_is_named_to_the_office_until_it_arrives() {
    let mut town = Town::start();
    town.set_password("office1", "reviewer", "correct horse battery");
    let clock = Arc::new(WoundClock::default());
    let options = Options { clock: Arc::clone(&clock) as _, ..Options::default() };
    let laptop = Inspector::enrol(&town, "inspector1", "walker", options);
    let case = laptop.record_at("8号", "602", 81).case_id;
    // A guard against viruses has locked one original away before it could leave.
    let hash = laptop.case(&case).photos[0].hash.clone();
    let path = laptop.dir.join("photos").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    let aside = laptop.dir.join("locked-away");
    std::fs::rename(&path, &aside).unwrap();
    laptop.sync();
    assert_eq!(laptop.case(&case).photos[0].state, PhotoState::Missing, "said, and nothing else is held up");
    assert_eq!(laptop.case(&case).photos[1].state, PhotoState::Verified);

    let office = |town: &Town| Desk::sign_in(&town.server.url, "office1", "correct horse battery");
    let one = |view: &Value| view["count"] == 1;
    let seen: Value = office(&town).ask_until("photo.missing", &json!({}), one);
    let seen: MissingView = serde_json::from_value(seen).unwrap();
    let (of, photo) = (&seen.laptops[0], &seen.laptops[0].photos[0]);
    assert_eq!((of.name.as_str(), of.count, of.alarm, of.revoked), ("walker", 1, MissingAlarm::None, false));
    assert_eq!((photo.hash.as_str(), photo.name.as_str(), photo.of.as_str()), (hash.as_str(), "IMG_1.JPG", "case"));
    assert_eq!(photo.case_id.as_deref(), Some(case.as_str()));
    assert!(of.user != "inspector1" && !of.user.is_empty(), "a person's name");

    for (days, alarm) in [(3, MissingAlarm::Long), (7, MissingAlarm::TooLong)] {
        town.restart_days_ahead(days);
        let late = |view: &Value| view["late_photos"]["days"] == days;
        let today: Value = office(&town).ask_until("today.show", &json!({}), late);
        let today: TodayView = serde_json::from_value(today).unwrap();
        assert_eq!(today.late_photos.map(|late| (late.count, late.alarm)), Some((1, alarm)), "{days}");
    }
    let own = || laptop.ask::<TodayView>("today.show", json!({})).unwrap().late_photos;
    assert_eq!(own(), None);
    clock.days(4);
    assert_eq!(own().map(|late| (late.count, late.days, late.alarm)), Some((1, 4, MissingAlarm::Long)));
    clock.days(-4);

    // It comes back to its place: it is sent without anybody's doing, and the list is empty.
    town.restart();
    std::fs::rename(&aside, &path).unwrap();
    laptop.sync();
    laptop.sync();
    assert_eq!(laptop.case(&case).photos[0].state, PhotoState::Verified);
    let _nothing: Value = office(&town).ask_until("photo.missing", &json!({}), |view: &Value| view["count"] == 0);
}

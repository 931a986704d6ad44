//! The sample town: the same for the same seed, of the promised size, and every step of every case lawful.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use town::{Town, photo};
use xunju_domain::address::normalise;
use xunju_domain::case::CaseState;
use xunju_domain::case::decide::{self, ActInput, Author, Moment};
use xunju_domain::case::draft::DraftPhoto;
use xunju_domain::catalogue::standard;
use xunju_domain::deadline::{Calendar, bucket, read_stamp};
use xunju_domain::demo::{DemoCase, DemoPhoto, DemoTown, DemoWhat, Size, town};
use xunju_domain::permission::{Grant, Scopes};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn author(town: &DemoTown, id: &str) -> (Author, Grant) {
    let user = town.users.iter().find(|u| u.id == id).unwrap_or_else(|| panic!("no user {id:?}"));
    let grant = Grant {
        user: id.into(),
        roles: user.roles(),
        scopes: Scopes::from(&user.defined.scopes),
        unit: user.defined.unit.clone(),
    };
    (Author { user: id.into(), roles: user.roles(), unit: user.defined.unit.clone() }, grant)
}

fn drawn(photos: &[DemoPhoto]) -> Vec<xunju_domain::event::BlobRef> {
    photos.iter().map(|p| photo(&format!("{:016x}", p.seed), &p.slot)).collect()
}

/// Plays one case through decisions and rulings; everything must be granted.
fn play(demo: &DemoTown, case: &DemoCase) -> CaseState {
    let compound = demo.compounds.iter().find(|c| Some(&c.id) == case.draft.compound_id.as_ref()).unwrap();
    let mut journal = Town::at(&format!("case:{}", case.id), &compound.id);
    let (who, grant) = author(demo, &case.author);
    let mut draft = case.draft.clone();
    let photos = drawn(&case.photos);
    draft.photos =
        photos.iter().zip(&case.photos).map(|(b, p)| DraftPhoto { hash: b.h.clone(), slot: p.slot.clone() }).collect();
    let now = Moment { wall_ms: case.wall_ms, tz: "+08:00".into() };
    let made = decide::record(
        &case.id,
        &draft,
        photos,
        &who,
        &now,
        standard(),
        Calendar::standard(),
        &compound.defined.name,
        &case.source,
    );
    let made = made.unwrap_or_else(|p| panic!("{}: {p:?} {draft:?}", case.id));
    journal.send_as(&grant, &[made]);
    let mut before = journal.state().heads;
    for step in &case.steps {
        let (who, grant) = author(demo, &step.author);
        let state = journal.state();
        let events = match &step.what {
            DemoWhat::Act(input) => {
                decide::act(&state, &who, &ActInput { photos: drawn(&step.photos), ..(**input).clone() })
            }
            DemoWhat::Note(text) => decide::note(&state, &who, text),
            DemoWhat::Edit { field, value } => decide::edit(&state, &who, field, value, standard()),
        };
        let events = events.unwrap_or_else(|e| panic!("{}: {e} {:?} at {}", case.id, step.what, state.status));
        if step.beside {
            journal.put(&events[0], before.clone(), false);
        } else {
            before = state.heads;
            journal.send_as(&grant, &events);
        }
    }
    let state = journal.state();
    assert!(journal.quarantined.is_empty() && state.refused.is_empty(), "{}: {:?}", case.id, state.refused);
    state
}

#[test]
fn the_same_seed_is_the_same_town() {
    assert_eq!(town(Size::S, 7, today()), town(Size::S, 7, today()));
    assert_ne!(town(Size::S, 7, today()).cases, town(Size::S, 8, today()).cases);
}

/// The sample town is made for the day it is asked for: what tests and first looks need must be there on any.
#[test]
fn whatever_the_day_there_is_something_of_everything() {
    for day in (0..400).step_by(37).map(|n| today() + chrono::Duration::days(n)) {
        for seed in [1, 7] {
            let demo = town(Size::S, seed, day);
            let states: Vec<CaseState> = demo.cases.iter().map(|c| play(&demo, c)).collect();
            for status in ["REPORTED", "RETURNED", "FILED", "DISPATCHED", "HANDLED", "CHECKING", "CLOSED", "REFUSED"] {
                assert!(states.iter().any(|s| s.status == status), "{day} seed {seed}: nothing {status}");
            }
            let filed = |s: &CaseState| s.status == "FILED" && s.type_code().starts_with("WJ");
            assert!(states.iter().any(filed), "{day} seed {seed}: no illegal structure is filed");
            assert!(states.iter().any(|s| s.status == "RETURNED" && s.author == "inspector1"), "{day} seed {seed}");
        }
    }
}

#[test]
fn every_case_of_a_small_and_a_middling_town_is_lawful_and_every_screen_has_something() {
    for (size, seed) in [(Size::S, 1), (Size::S, 42), (Size::M, 1)] {
        let demo = town(size, seed, today());
        let states: Vec<CaseState> = demo.cases.iter().map(|c| play(&demo, c)).collect();
        let mut by_status: BTreeMap<&str, usize> = BTreeMap::new();
        for state in &states {
            *by_status.entry(&state.status).or_default() += 1;
        }
        println!("{size:?} {by_status:?}");
        assert!((40..=60).contains(&by_status["REPORTED"]), "{by_status:?}");
        for status in [
            "RETURNED",
            "FILED",
            "DISPATCHED",
            "HANDLING",
            "HANDLED",
            "CHECKING",
            "CLOSED",
            "REJECTED",
            "SUSPENDED",
            "REFUSED",
        ] {
            assert!(by_status.get(status).is_some_and(|n| *n > 0), "{status}: {by_status:?}");
        }
        assert_eq!(states.iter().filter(|s| s.difficult).count(), 3);
        let now = today().and_hms_opt(9, 0, 0).unwrap();
        let mut due: BTreeMap<&str, usize> = BTreeMap::new();
        for state in states.iter().filter(|s| s.is_open() && s.status != "REPORTED") {
            *due.entry(bucket(read_stamp(&state.deadline().unwrap().due_at).unwrap(), now)).or_default() += 1;
        }
        println!("{size:?} {due:?}");
        assert!(["overdue", "today", "week", "later"].iter().all(|b| due.get(b).is_some_and(|n| *n >= 3)), "{due:?}");
        assert!(states.iter().any(|s| !s.conflicts().is_empty()), "two edits stand side by side");
        assert!(states.iter().filter(|s| s.status == "RETURNED" && s.author == "inspector1").count() >= 4);
        let numbers: BTreeSet<_> = demo.cases.iter().map(|c| &c.id).collect();
        assert_eq!(numbers.len(), demo.cases.len());
    }
}

#[test]
fn a_town_seen_in_a_holiday_is_lawful_too() {
    let demo = town(Size::S, 3, NaiveDate::from_ymd_opt(2027, 2, 7).unwrap());
    for case in &demo.cases {
        play(&demo, case);
    }
}

#[test]
fn sizes_are_those_of_the_design() {
    for (size, compounds, doorways, dwellings, cases) in
        [(Size::S, 18, 700, 9_000, 160), (Size::M, 85, 3_700, 51_000, 800), (Size::L, 190, 8_500, 118_000, 2000)]
    {
        let demo = town(size, 1, today());
        assert_eq!((demo.compounds.len(), demo.cases.len()), (compounds, cases));
        let doors: usize = demo.compounds.iter().map(|c| c.defined.doorways.len()).sum();
        let rooms: u32 = demo.compounds.iter().flat_map(|c| &c.defined.doorways).map(|d| d.dwellings()).sum();
        println!("{size:?}: {doors} doorways, {rooms} dwellings");
        assert!(doors * 10 > doorways * 7 && doors * 10 < doorways * 14, "{doors}");
        assert!(rooms * 10 > dwellings * 6 && rooms * 10 < dwellings * 15, "{rooms}");
        let names: BTreeSet<&str> = demo.compounds.iter().map(|c| c.defined.name.as_str()).collect();
        assert_eq!(names.len(), compounds, "a name stands twice");
        for name in ["东湖花园", "明珠苑", "新村一居", "阳光里", "翠苑"] {
            assert!(names.contains(name), "{name}");
        }
        for c in &demo.compounds {
            let bytes = serde_json::to_vec(&c.defined).unwrap().len();
            assert!(bytes < 60 * 1024, "{}: {bytes} bytes", c.id);
            assert!(!c.defined.initials.is_empty() && c.defined.buildings > 0);
        }
    }
}

#[test]
fn people_are_there_and_know_their_round() {
    let demo = town(Size::S, 1, today());
    for id in ["inspector1", "reviewer1", "officer1", "leader1", "admin1", "reviewer2", "inspector2"] {
        assert!(demo.users.iter().any(|u| u.id == id), "{id}");
    }
    let scopes = |id: &str| Scopes::from(&demo.users.iter().find(|u| u.id == id).unwrap().defined.scopes);
    assert!(scopes("inspector1").has("cmp-001") && !scopes("inspector1").has("cmp-010"));
    assert!(scopes("inspector2").has("cmp-001"));
    let walked = |id: &str| {
        demo.users.iter().filter(|u| u.id.starts_with("inspector") && Scopes::from(&u.defined.scopes).has(id)).count()
    };
    assert!(demo.compounds.iter().all(|c| walked(&c.id) >= 1), "somebody walks every compound");
}

#[test]
fn the_edges_are_there() {
    let demo = town(Size::S, 1, today());
    let any = |f: &dyn Fn(&DemoCase) -> bool| demo.cases.iter().any(f);
    assert!(any(&|c| c.draft.location_text.contains('𠮷')));
    assert!(any(&|c| c.draft.note.chars().count() == 2000));
    assert!(any(&|c| c.draft.building == "１２号" && normalise(&c.draft.building) == "12"));
    assert!(any(&|c| c.draft.room == "0102甲"));
    assert!(any(&|c| c.photos.is_empty() && !c.draft.no_photo_reason.is_empty()));
    assert!(any(&|c| c.steps.iter().any(|s| s.beside)));
    let mine = |c: &&DemoCase| c.draft.compound_id.as_deref() == Some("cmp-001");
    assert!(demo.cases.iter().filter(mine).count() > 8);
}

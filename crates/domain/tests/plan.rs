//! 平面图: what is drawn by two people stays, who may draw, where a case without a pin lies.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use xunju_domain::case::decide::Author;
use xunju_domain::event::{BlobPart, BlobRef, FoldEvent};
use xunju_domain::geo::{Datum, Geo, Method, metres};
use xunju_domain::judgement::{Registry, Standing};
use xunju_domain::permission::{Grant, Role, Scopes};
use xunju_domain::plan::{self, Anchor, Georef, Pin, PlanState, centre, fold, spread};
use xunju_domain::record::kind;

const RECORD: &str = "plan:cmp-001";

fn hash(letter: &str) -> String {
    letter.repeat(64)
}

fn picture(letter: &str) -> BlobRef {
    let part = || Some(BlobPart { h: hash("e"), n: 1 });
    let facts = [("width", "2000"), ("height", "1000"), ("name", "总平面.png")];
    BlobRef {
        h: hash(letter),
        n: 9,
        m: "image/png".into(),
        role: "photo".into(),
        thumb: part(),
        preview: part(),
        facts: facts.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
    }
}

fn stored(id: &str, parents: &[&str], new: &xunju_domain::event::NewEvent) -> FoldEvent {
    FoldEvent {
        id: id.into(),
        parents: parents.iter().map(|p| (*p).to_owned()).collect(),
        kind: new.kind.clone(),
        tv: new.tv,
        actor: new.actor.clone(),
        device: "d_1".into(),
        inc: 1,
        n: 1,
        by_server: false,
        wall_ms: 0,
        tz: "+08:00".into(),
        estimate: None,
        blobs: new.blobs.clone(),
        data: new.data.clone(),
        seq: None,
        received_ms: None,
    }
}

fn office() -> Author {
    Author { user: "reviewer1".into(), roles: vec![Role::Lxb], unit: String::new() }
}

fn square(x: u32, y: u32) -> Vec<[u32; 2]> {
    vec![[x, y], [x + 10_000, y], [x + 10_000, y + 10_000], [x, y + 10_000]]
}

fn draw(state: &PlanState, no: &str, corners: Vec<[u32; 2]>) -> xunju_domain::event::NewEvent {
    plan::draw(state, &office(), BTreeMap::from([(no.to_owned(), corners)]), None).unwrap().remove(0)
}

struct Nobody;
impl Registry for Nobody {
    fn next_no(&mut self, _: &str) -> String {
        unreachable!("a plan has no number")
    }
    fn record(&mut self, _: &str) -> Option<(String, Vec<FoldEvent>)> {
        None
    }
}

fn put_aside(event: &FoldEvent, roles: &[Role], scopes: Scopes) -> bool {
    let grant = Grant { user: "reviewer1".into(), roles: roles.to_vec(), scopes, unit: String::new() };
    let standing = Standing { record: RECORD, scope: "cmp-001", events: std::slice::from_ref(event) };
    (kind(RECORD).unwrap().judge)(&standing, event, &grant, &mut Nobody).quarantine
}

#[test]
fn two_people_who_draw_different_buildings_lose_nothing() {
    let set = stored("a", &[], &plan::set(None, "cmp-001", &office(), picture("a"), false).unwrap()[0]);
    let first = fold(RECORD, std::slice::from_ref(&set));
    let one = stored("b", &["a"], &draw(&first, "1号", square(0, 0)));
    let two = stored("c", &["a"], &draw(&first, "2号", square(50_000, 0)));
    let both = [two.clone(), set.clone(), one.clone()];
    let state = fold(RECORD, &both);
    assert_eq!(state.buildings.keys().collect::<Vec<_>>(), ["1号", "2号"]);
    assert_eq!((state.middle("１ 号楼"), state.middle("9号")), (Some([5_000, 5_000]), None));
    let erased = stored("d", &["b", "c"], &draw(&state, "1号", vec![]));
    let state = fold(RECORD, &[erased, one, two, set]);
    assert_eq!(state.buildings.keys().collect::<Vec<_>>(), ["2号"]);
}

#[test]
fn another_picture_starts_afresh_unless_it_covers_the_former() {
    let set = stored("a", &[], &plan::set(None, "cmp-001", &office(), picture("a"), false).unwrap()[0]);
    let before = fold(RECORD, std::slice::from_ref(&set));
    let drawn = stored("b", &["a"], &draw(&before, "1号", square(0, 0)));
    let before = fold(RECORD, &[set.clone(), drawn.clone()]);
    let pin = Pin { plan: hash("a"), x: 7, y: 8 };
    for (same, kept) in [(true, 1), (false, 0)] {
        let next = stored("c", &["b"], &plan::set(Some(&before), "cmp-001", &office(), picture("b"), same).unwrap()[0]);
        let state = fold(RECORD, &[set.clone(), drawn.clone(), next]);
        assert_eq!((state.image.as_ref().unwrap().h.clone(), state.buildings.len()), (hash("b"), kept));
        assert_eq!(state.pinned(&pin), same.then_some([7, 8]), "a pin on another picture is not drawn here");
    }
}

#[test]
fn the_server_refuses_what_the_screen_does_not_offer() {
    let set = stored("a", &[], &plan::set(None, "cmp-001", &office(), picture("a"), false).unwrap()[0]);
    for role in [Role::Adm, Role::Lxb, Role::Fg] {
        assert!(!put_aside(&set, &[role], Scopes::All), "{role:?}");
    }
    for role in [Role::Ins, Role::Jw, Role::Wy, Role::Dep, Role::Ld, Role::Aud] {
        assert!(put_aside(&set, &[role], Scopes::All), "{role:?}");
        let author = Author { roles: vec![role], ..office() };
        assert!(plan::set(None, "cmp-001", &author, picture("a"), false).is_err(), "{role:?}");
    }
    assert!(put_aside(&set, &[Role::Lxb], Scopes::Some(BTreeSet::new())), "another compound");
    let mut heif = set.clone();
    heif.blobs[0].m = "image/heic".into();
    assert!(put_aside(&heif, &[Role::Lxb], Scopes::All), "a picture nobody can draw");
    let state = fold(RECORD, std::slice::from_ref(&set));
    let mut drawn = stored("b", &["a"], &draw(&state, "1号", square(0, 0)));
    assert!(!put_aside(&drawn, &[Role::Lxb], Scopes::All));
    for wrong in [json!([[0, 0], [1, 1]]), json!([[0, 0], [1, 1], [100_001, 0]]), json!([[0, 0], [1, -1], [1, 0]])] {
        drawn.data["buildings"] = json!([{ "no": "1号", "corners": wrong }]);
        assert!(put_aside(&drawn, &[Role::Lxb], Scopes::All), "{}", drawn.data);
        let corners: Result<Vec<[u32; 2]>, _> =
            serde_json::from_value::<Vec<[u32; 2]>>(drawn.data["buildings"][0]["corners"].clone());
        if let Ok(corners) = corners {
            assert!(plan::draw(&state, &office(), BTreeMap::from([("1号".into(), corners)]), None).is_err());
        }
    }
    drawn.kind = "plan.of_a_newer_version".into();
    drawn.data = Value::Null;
    assert!(!put_aside(&drawn, &[Role::Lxb], Scopes::All), "what is not understood is kept");
}

#[test]
fn middles_and_spirals_are_the_same_everywhere() {
    assert_eq!(centre(&square(20_000, 40_000)), Some([25_000, 45_000]));
    let bent = vec![[0, 0], [30_000, 0], [30_000, 10_000], [10_000, 10_000], [10_000, 30_000], [0, 30_000]];
    assert_eq!(centre(&bent), Some([11_000, 11_000]), "by area, not by corners");
    assert_eq!(centre(&[[10, 10], [20, 20], [30, 30]]), Some([20, 20]), "corners on one line");
    assert_eq!(centre(&[]), None);
    let around: BTreeSet<[u32; 2]> = (0..40).map(|n| spread([50_000, 50_000], n)).collect();
    assert_eq!(around.len(), 40, "nobody stands on another");
    assert!(around.contains(&[50_000, 50_000]) && spread([0, 0], 9).iter().all(|n| *n <= plan::UNIT));
}

#[test]
fn two_known_points_place_all_others() {
    let anchor = |at, lon: &str, lat: &str| Anchor { at, lon: lon.into(), lat: lat.into() };
    // 2000 x 1000 px, half a metre a pixel, north up: 800 m from one anchor to the other.
    let georef = Georef {
        datum: Datum::Cgcs2000,
        first: anchor([10_000, 50_000], "121.4000000", "31.2000000"),
        second: anchor([90_000, 50_000], "121.4084109", "31.2000000"),
    };
    assert_eq!(georef.problem(), None);
    let set = stored("a", &[], &plan::set(None, "cmp-001", &office(), picture("a"), false).unwrap()[0]);
    let state = fold(RECORD, std::slice::from_ref(&set));
    let drawn =
        plan::draw(&state, &office(), BTreeMap::from([("1号".into(), square(45_000, 0))]), Some(georef.clone()));
    let state = fold(RECORD, &[set, stored("b", &["a"], &drawn.unwrap()[0])]);
    let north = state.locate(&[10_000, 30_000], Method::MapClick).unwrap();
    let first = state.locate(&[10_000, 50_000], Method::MapClick).unwrap();
    assert!((metres(&first, &north).unwrap() - 100.0).abs() < 0.5, "200 px up are 100 m north");
    assert!(north.lat > first.lat && north.datum == Datum::Cgcs2000);

    let fix = Geo {
        lon: "121.5".into(),
        lat: "31.3".into(),
        accuracy_m: Some(51),
        captured_at: "t".into(),
        ..Geo::default()
    };
    let kept = state.better_of(fix.clone(), "1号楼");
    assert_eq!((kept.method, kept.captured_at.as_str()), (Method::BuildingCentroid, "t"));
    assert!(!kept.is_exact(), "and measures nothing");
    assert_eq!(state.better_of(fix.clone(), "7号"), fix, "no such building drawn");
    let good = Geo { accuracy_m: Some(50), ..fix };
    assert_eq!(state.better_of(good.clone(), "1号楼"), good);

    let near = Georef { second: anchor([90_000, 50_000], "121.4000500", "31.2000000"), ..georef.clone() };
    let same = Georef { second: anchor([10_000, 50_000], "121.4084109", "31.2000000"), ..georef };
    assert_eq!((near.problem(), same.problem()), (Some("out_of_range"), Some("out_of_range")));
}

//! Marks on photos and a place found later: additions that travel like everything else and are judged alike.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;

use town::{Town, author, draft, grant, wish};
use xunju_domain::case::decide::{self, Refusal};
use xunju_domain::case::payload::{Marked, Placed};
use xunju_domain::case::{Hides, Mark, MarkKind};
use xunju_domain::event::NewEvent;
use xunju_domain::geo::{Datum, Geo, LonLat, Method};
use xunju_domain::permission::Role;
use xunju_domain::plan::Pin;

fn frame(kind: MarkKind) -> Mark {
    Mark { kind, x1: 10, y1: 20, x2: 300, y2: 400, ..Mark::default() }
}

fn said(kind: MarkKind, text: &str) -> Mark {
    Mark { kind, x1: 50, y1: 60, x2: 50, y2: 60, text: text.into(), hides: None }
}

fn code(refused: Result<Vec<NewEvent>, Refusal>) -> String {
    match refused {
        Err(Refusal::Invalid(problems)) => format!("{}:{}", problems[0].field, problems[0].code),
        Err(other) => format!("{other:?}").split([' ', '{']).next().unwrap_or_default().to_owned(),
        Ok(_) => "ok".into(),
    }
}

#[test]
fn a_mark_stands_until_its_author_or_the_office_takes_it_away() {
    let (ins, other, lxb) = (author("ins", Role::Ins), author("other", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    town.record(&ins, &draft("LS-SB"));
    for mark in [frame(MarkKind::Box), said(MarkKind::Comment, "门牌看不清")] {
        let wish = decide::mark(&town.state(), &lxb, "aa", mark).unwrap();
        town.send(&lxb, &wish);
    }
    let state = town.state();
    assert_eq!(state.marks.iter().map(|m| m.mark.text.as_str()).collect::<Vec<_>>(), ["", "门牌看不清"]);
    let first = state.marks[0].event.clone();
    assert_eq!(code(decide::unmark(&state, &other, &first)), "NotAllowed");

    // A laptop that offered it anyway is overruled by the server, and the mark comes back.
    let mut forged = decide::unmark(&state, &lxb, &first).unwrap();
    forged[0].actor = "other".into();
    let after = town.send(&other, &forged);
    assert_eq!(after.marks.len(), 2);
    assert_eq!(town.quarantined.len(), 1);

    let wish = decide::unmark(&after, &lxb, &first).unwrap();
    let after = town.send(&lxb, &wish);
    assert_eq!(after.marks.iter().map(|m| m.mark.text.as_str()).collect::<Vec<_>>(), ["门牌看不清"]);
    assert_eq!(after.timeline.iter().filter(|e| e.kind == "case.marked").count(), 2, "what was said stays said");
    assert_eq!(code(decide::unmark(&after, &lxb, &first)), "mark:unknown_choice");
}

#[test]
fn a_mark_that_is_none_is_refused_on_the_laptop_and_at_the_server() {
    let lxb = author("lxb", Role::Lxb);
    let mut town = Town::default();
    town.record(&author("ins", Role::Ins), &draft("LS-SB"));
    let hidden = Mark { hides: Some(Hides::Face), ..frame(MarkKind::Mosaic) };
    for (photo, mark, why) in [
        ("aa", hidden.clone(), "ok"),
        ("aa", frame(MarkKind::Arrow), "ok"),
        ("bb", frame(MarkKind::Box), "photo:unknown_choice"),
        ("aa", frame(MarkKind::Mosaic), "hides:required"),
        ("aa", Mark { hides: Some(Hides::Door), ..frame(MarkKind::Box) }, "hides:required"),
        ("aa", Mark { x2: 10, ..frame(MarkKind::Box) }, "mark:out_of_range"),
        ("aa", Mark { x2: 65_536, ..frame(MarkKind::Box) }, "mark:out_of_range"),
        ("aa", Mark { x2: 10, y2: 20, ..frame(MarkKind::Arrow) }, "mark:out_of_range"),
        ("aa", frame(MarkKind::Length), "text:required"),
        ("aa", said(MarkKind::Text, " "), "text:required"),
        ("aa", Mark { x2: 51, ..said(MarkKind::Text, "此处") }, "mark:out_of_range"),
        ("aa", said(MarkKind::Comment, &"长".repeat(500)), "text:too_long"),
        ("aa", said(MarkKind::Comment, "证件 11010519491231002X"), "text:id_number"),
    ] {
        let state = town.state();
        assert_eq!(code(decide::mark(&state, &lxb, photo, mark.clone())), why, "{mark:?}");
        let good = decide::mark(&state, &lxb, "aa", hidden.clone()).unwrap();
        let data = serde_json::to_value(Marked { photo: photo.into(), mark }).unwrap();
        let event = town.commit(&[NewEvent { data, ..good[0].clone() }])[0].clone();
        let refused = !town.rule(&event, &grant(&lxb)).is_empty();
        assert_eq!(refused, why != "ok", "{why}");
    }
    assert_eq!(town.state().marks.len(), 2);
}

#[test]
fn a_place_found_later_replaces_what_was_known_and_a_closed_case_keeps_its_own() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    town.record(&ins, &draft("LS-SB"));
    assert_eq!(town.state().geo, None);
    let geo = Geo::of(LonLat { lon: 121.4, lat: 31.2 }, Datum::Wgs84, Method::Gps);
    let pin = Pin { plan: "b".repeat(64), x: 100, y: 200 };
    let wish_geo = decide::place(&town.state(), &ins, Placed { geo: Some(geo.clone()), pin: None }).unwrap();
    town.send(&ins, &wish_geo);
    let wish_pin = decide::place(&town.state(), &ins, Placed { geo: None, pin: Some(pin.clone()) }).unwrap();
    let state = town.send(&ins, &wish_pin);
    assert_eq!((state.geo.as_ref(), state.pin.as_ref()), (Some(&geo), Some(&pin)), "what is left out stays");

    assert_eq!(code(decide::place(&state, &ins, Placed::default())), "place:required");
    let nowhere = Pin { x: 1_000_001, ..pin.clone() };
    assert_eq!(code(decide::place(&state, &ins, Placed { geo: None, pin: Some(nowhere) })), "pin:out_of_range");
    assert_eq!(
        code(decide::place(&state, &author("dep", Role::Ld), Placed { geo: None, pin: Some(pin) })),
        "NotAllowed"
    );

    let reject =
        decide::ActInput {
            reason_code: Some("reject.out_of_range".into()), reason: "不属实".into(), ..wish("reject")
        };
    let closed = town.act(&lxb, reject).unwrap();
    assert!(!closed.is_open(), "{}", closed.status);
    assert_eq!(code(decide::place(&closed, &ins, Placed { geo: Some(geo), pin: None })), "IllegalTransition");
    let late = town.send(&ins, &wish_pin);
    assert_eq!(late.pin, closed.pin);
    assert_eq!(late.refused.len(), 1, "{:?}", late.refused);
}

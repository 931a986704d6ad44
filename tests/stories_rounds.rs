//! A plan reaches the laptops of its compound; a round planned by the office is walked without a network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::case::CaseView;
use xunju_api::view::draft::DraftView;
use xunju_api::view::plan::PlanView;
use xunju_api::view::round::{CoverageView, RoundCard, RoundList, RoundView, Sheet};
use xunju_api::view::work::TodayView;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town, case_with, scene};

fn act(who: &Inspector, id: &str, action: &str, more: Value) -> Result<RoundView, ApiError> {
    let mut request = json!({ "id": id, "action": action });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    who.ask("round.act", request)
}

fn done(who: &Inspector, id: &str, action: &str, more: Value) -> RoundView {
    act(who, id, action, more).unwrap_or_else(|e| panic!("{action}: {e:?}"))
}

#[test]
fn a_round_planned_by_the_office_is_walked_offline_and_goes_on_after_a_crash() {
    let mut town = Town::start();
    let walker = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let compound = office.compound("东湖花园");
    let stops = json!([{ "label": "9号" }, { "label": "１０号楼" }, { "label": "垃圾房" }]);
    let plan = json!({ "compounds": [compound], "walker": "inspector1", "stops": stops, "note": "夜间" });
    let planned: Vec<RoundCard> = office.ask("round.plan", plan.clone()).unwrap();
    let id = planned[0].id.clone();
    let refused: Result<Vec<RoundCard>, ApiError> =
        walker.ask("round.plan", json!({ "compounds": [compound], "walker": "reviewer1" }));
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed, "an inspector plans for nobody else");
    office.sync();
    walker.sync();
    let today: TodayView = walker.ask("today.show", json!({})).unwrap();
    assert_eq!((today.round, today.rounds[0].id.as_str()), (None, id.as_str()));

    // The network is gone; the walk goes on.
    town.server.kill();
    assert_eq!(act(&office, &id, "start", json!({})).unwrap_err().code, ErrorCode::NotAllowed);
    done(&walker, &id, "start", json!({}));
    done(&walker, &id, "visit", json!({ "stop": "s1", "room": "601", "outcome": "nobody" }));
    done(&walker, &id, "stop", json!({ "stop": "s1", "result": "done" }));
    let walker = walker.reopen(Options::default());
    let today: TodayView = walker.ask("today.show", json!({})).unwrap();
    let current = today.round.unwrap();
    assert_eq!(
        (current.id.as_str(), current.done, current.stops),
        (id.as_str(), 1, 3),
        "after a crash it is where it was"
    );

    // A new case lies in the round and its compound without a word typed.
    let draft: DraftView = walker.ask("draft.new", json!({})).unwrap();
    assert_eq!(
        (draft.content.compound_id.as_deref(), draft.content.round.as_deref()),
        (Some(compound.as_str()), Some(id.as_str()))
    );
    let photo = walker.import(&scene(3), "IMG_3.JPG");
    let mut content = case_with(&compound, "10号", "", &[(photo, "far")]);
    content["round"] = json!(id);
    walker.ask::<Value>("draft.save", json!({ "id": draft.id, "content": content })).unwrap();
    walker.ask::<Value>("draft.record", json!({ "id": draft.id })).unwrap();
    let unsaid = act(&walker, &id, "stop", json!({ "stop": "s3", "result": "skipped" })).unwrap_err();
    assert_eq!((unsaid.code, unsaid.field.as_deref()), (ErrorCode::Invalid, Some("reason")));
    done(&walker, &id, "stop", json!({ "stop": "s3", "result": "skipped", "reason": "清运" }));
    done(&walker, &id, "stop", json!({ "stop": "s2", "result": "done" }));
    let view = done(&walker, &id, "end", json!({ "note": "正常" }));
    assert_eq!((view.card.status.as_str(), view.card.findings, view.pending), ("ENDED", 1, 6));
    assert_eq!(
        act(&walker, &id, "stop", json!({ "stop": "s1", "result": "done" })).unwrap_err().code,
        ErrorCode::IllegalTransition
    );

    // Back in the network: the office sees all of it.
    town.restart();
    walker.sync();
    office.sync();
    let view: RoundView = office.ask("round.get", json!({ "id": id })).unwrap();
    assert_eq!((view.card.status.as_str(), view.card.done, view.card.skipped, view.pending), ("ENDED", 2, 1, 0));
    assert_eq!((view.stops[1].label.as_str(), view.stops[1].door, view.stops[2].door), ("10号", true, false));
    assert_eq!((view.stops[0].visits[0].outcome.as_str(), view.findings.len()), ("nobody", 1));
    let sheet: Sheet = office.ask("round.sheet", json!({ "id": id })).unwrap();
    assert_eq!(
        (sheet.route, sheet.skipped),
        (vec!["9号".to_owned(), "10号".to_owned()], vec!["垃圾房(清运)".to_owned()])
    );
    assert_eq!(
        (sheet.findings[0].place.as_str(), sheet.findings[0].photos.len(), sheet.ended_at.len()),
        ("10号", 1, 16)
    );
    let seen: CoverageView = office.ask("round.coverage", json!({})).unwrap();
    let row = seen.rows.iter().find(|r| r.compound_id == compound).unwrap();
    assert_eq!((row.planned, row.walked, row.unvisited), (1, 1, false));
    assert_eq!(seen.unvisited, u32::try_from(seen.rows.len()).unwrap() - 1, "all others nobody has visited");
    let open: RoundList = office.ask("round.list", json!({ "open": true })).unwrap();
    assert_eq!(open.total, 0);
}

#[test]
fn a_plan_and_its_pins_reach_the_other_laptop_and_coordinates_find_what_was_found_there() {
    let town = Town::start();
    let walker = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let compound = office.compound("东湖花园");
    let picture = office.import(&scene(40), "总平面.jpg");
    office.ask::<Value>("plan.set", json!({ "id": compound, "hash": picture })).unwrap();
    let square = json!([[10_000, 10_000], [20_000, 10_000], [20_000, 20_000], [10_000, 20_000]]);
    let georef = json!({
        "datum": "wgs84", "first": { "at": [0, 50_000], "lon": "121.4700000", "lat": "31.2300000" },
        "second": { "at": [100_000, 50_000], "lon": "121.4750000", "lat": "31.2300000" },
    });
    office
        .ask::<Value>("plan.draw", json!({ "id": compound, "buildings": { "9号": square }, "georef": georef }))
        .unwrap();
    let shut = walker.ask::<Value>("plan.draw", json!({ "id": compound, "buildings": { "9号": [] } })).unwrap_err();
    assert_eq!(shut.code, ErrorCode::NotAllowed, "an inspector does not draw");
    office.sync();
    walker.sync();
    let plan: PlanView = walker.ask("plan.get", json!({ "id": compound })).unwrap();
    let image = plan.image.unwrap();
    assert!(image.preview_here, "the picture came with the scope");
    assert_eq!(
        (image.hash.as_str(), plan.buildings[0].middle, plan.may_draw),
        (picture.as_str(), [15_000, 15_000], false)
    );

    // A case with a pin on a plan that is tied to the ground has coordinates; one close by is its possible double.
    let free = |seed: u64| {
        let mut content = case_with(&compound, "", "", &[(walker.import(&scene(seed), "A.JPG"), "far")]);
        content["location_text"] = json!("北侧绿地");
        content
    };
    let mut first = free(1);
    first["pin"] = json!({ "plan": picture, "x": 50_000, "y": 50_000 });
    let first = walker.record(&first).unwrap().case_id;
    let view: CaseView = walker.case(&first);
    let geo = view.geo.unwrap();
    assert_eq!(
        (geo.given.lon.as_str(), geo.given.lat.as_str(), geo.datum_label.as_str()),
        ("121.4725000", "31.2300000", "WGS-84")
    );
    assert!(geo.others.iter().any(|o| o.datum_label == "GCJ-02" && o.lon != geo.given.lon));
    let near = |metres: f64, seed: u64| {
        let mut content = free(seed);
        let lon = 121.4725 + metres / 95_200.0;
        content["geo"] = json!({ "lon": format!("{lon:.7}"), "lat": "31.2300000", "datum": "wgs84", "method": "gps" });
        let draft: Value = walker.ask("draft.new", json!({})).unwrap();
        walker.ask::<DraftView>("draft.save", json!({ "id": draft["id"], "content": content })).unwrap()
    };
    assert_eq!(near(14.0, 2).duplicates.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), [first.as_str()]);
    assert!(near(16.5, 3).duplicates.is_empty());
    let mut wrong = free(4);
    wrong["geo"] = json!({ "lon": "12e1", "lat": "31.23", "datum": "wgs84", "method": "gps" });
    assert_eq!(walker.record(&wrong).unwrap_err().field.as_deref(), Some("geo"));

    walker.sync();
    office.sync();
    let plan: PlanView = office.ask("plan.get", json!({ "id": compound })).unwrap();
    let pin = plan.pins.iter().find(|p| p.case_id == first).unwrap();
    assert_eq!((pin.x, pin.y, pin.set, pin.state.as_str()), (50_000, 50_000, true, "open"));
}

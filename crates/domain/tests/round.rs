//! 巡查: every wish by state and person, two devices that do not know of each other, the server's answer, the sheet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::json;
use xunju_domain::case::decide::{Author, Refusal};
use xunju_domain::event::{FoldEvent, NewEvent};
use xunju_domain::judgement::{Registry, Standing};
use xunju_domain::permission::{Grant, Role, Scopes};
use xunju_domain::record::{kind, project};
use xunju_domain::round::{
    Dropped, Ended, Finding, Planned, RoundState, Started, Stop, StopDone, Visited, Wish, act, fold, plan, sheet,
};
use xunju_domain::user;

const RECORD: &str = "round:r1";

fn person(user: &str, role: Role) -> Author {
    Author { user: user.into(), roles: vec![role], unit: String::new() }
}

fn office() -> Author {
    person("reviewer1", Role::Lxb)
}

fn walker() -> Author {
    person("inspector1", Role::Ins)
}

fn planned() -> Planned {
    let stop = |n: u32| Stop { id: format!("s{n}"), label: format!("{n}号"), door: true, dwellings: 12, pin: None };
    Planned {
        compound_id: "cmp-001".into(),
        compound_name: "东湖花园".into(),
        walker: "inspector1".into(),
        date: "2026-11-24".into(),
        stops: (1..=3).map(stop).collect(),
        note: String::new(),
    }
}

fn stored(id: &str, parents: &[&str], wall_ms: i64, new: &NewEvent) -> FoldEvent {
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
        wall_ms,
        tz: "+08:00".into(),
        estimate: None,
        blobs: vec![],
        data: new.data.clone(),
        seq: None,
        received_ms: None,
    }
}

fn start() -> Wish {
    Wish::Start(Started { date: "2026-11-24".into() })
}

fn stop(stop: &str, result: &str, reason: &str) -> Wish {
    Wish::Stop(StopDone { stop: stop.into(), result: result.into(), reason: reason.into() })
}

fn visit(stop: &str, room: &str, outcome: &str) -> Wish {
    Wish::Visit(Visited { stop: stop.into(), room: room.into(), outcome: outcome.into() })
}

/// A round with these wishes done one after the other by its walker, or by the office where it drops.
fn walked(wishes: &[Wish]) -> (Vec<FoldEvent>, RoundState) {
    let mut events = vec![stored("e0", &[], 0, &plan("r1", &office(), &planned()).unwrap())];
    for (n, wish) in wishes.iter().enumerate() {
        let state = fold(RECORD, "cmp-001", &events);
        let who = if matches!(wish, Wish::Drop(_)) { office() } else { walker() };
        let new = act(&state, &who, wish).unwrap_or_else(|e| panic!("{wish:?}: {e:?}")).remove(0);
        let parent = format!("e{n}");
        events.push(stored(&format!("e{}", n + 1), &[&parent], 1_795_400_000_000 + 60_000 * n as i64, &new));
    }
    let state = fold(RECORD, "cmp-001", &events);
    (events, state)
}

#[test]
fn a_round_from_plan_to_end() {
    let (mut events, state) = walked(&[
        start(),
        stop("s1", "done", ""),
        visit("s1", "101", "nobody"),
        visit("s1", "102", "refused"),
        visit("s1", "101", "entered"),
        stop("s2", "skipped", "施工封闭"),
        stop("s3", "done", ""),
        stop("s3", "open", ""),
        Wish::End(Ended { note: "正常".into() }),
    ]);
    assert_eq!((state.status.as_str(), state.done(), state.answered(), state.doors()), ("ENDED", 1, 2, (2, 36)));
    assert_eq!(state.stops[0].visits[0].outcome, "entered", "the newer answer replaces");
    events.reverse();
    assert_eq!(fold(RECORD, "cmp-001", &events), state, "in any order");
    let facets = project(RECORD, "cmp-001", &events).unwrap().facets;
    for (key, value) in [("planned_on", "2026-11-24"), ("walked_on", "2026-11-24"), ("walker", "inspector1")] {
        assert!(facets.contains(&(key.to_owned(), value.to_owned())), "{key}");
    }

    let found = Finding { case_no: "T-1".into(), ..Finding::default() };
    let sheet = sheet(&state, "张工", vec![found]);
    assert_eq!(
        (sheet.route.clone(), sheet.skipped.clone()),
        (vec!["1号".to_owned()], vec!["2号(施工封闭)".to_owned()])
    );
    assert_eq!((sheet.started_at.as_str(), sheet.doors_visited, sheet.findings.len()), ("2026-11-23T10:13", 2, 1));
}

#[test]
fn every_wish_by_state() {
    let nothing: Vec<Wish> = vec![];
    let states = [
        ("PLANNED", nothing),
        ("WALKING", vec![start()]),
        ("ENDED", vec![start(), Wish::End(Ended::default())]),
        ("DROPPED", vec![Wish::Drop(Dropped { reason: "下雨".into() })]),
    ];
    for (name, before) in states {
        let (_, state) = walked(&before);
        assert_eq!(state.status, name);
        let table = [
            (start(), name == "PLANNED"),
            (stop("s1", "done", ""), name == "WALKING"),
            (visit("s1", "101", "nobody"), name == "WALKING"),
            (Wish::End(Ended::default()), name == "WALKING"),
            (Wish::Drop(Dropped { reason: "下雨".into() }), name == "PLANNED"),
        ];
        for (wish, legal) in table {
            let answer = act(&state, &walker(), &wish);
            let refused = matches!(answer, Err(Refusal::IllegalTransition { .. }));
            assert_eq!((answer.is_ok(), refused), (legal, !legal), "{name} {wish:?}");
        }
    }
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let (_, state) = walked(&[start()]);
    for (wish, field) in [
        (stop("s1", "skipped", " "), "reason"),
        (stop("s1", "maybe", ""), "result"),
        (stop("s9", "done", ""), "stop"),
        (visit("s1", "", "nobody"), "room"),
        (visit("s1", "101", "asleep"), "outcome"),
    ] {
        match act(&state, &walker(), &wish) {
            Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field, "{wish:?}"),
            other => panic!("{wish:?}: {other:?}"),
        }
    }
    for (broken, field) in [
        (Planned { stops: vec![], ..planned() }, "stops"),
        (Planned { date: "2026-02-30".into(), ..planned() }, "date"),
        (Planned { walker: String::new(), ..planned() }, "walker"),
        (Planned { stops: vec![planned().stops[0].clone(), planned().stops[0].clone()], ..planned() }, "stops"),
    ] {
        match plan("r1", &office(), &broken) {
            Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_round_dropped_by_the_office_while_it_was_walked_offline_was_walked() {
    let begun = stored("e0", &[], 0, &plan("r1", &office(), &planned()).unwrap());
    let state = fold(RECORD, "cmp-001", std::slice::from_ref(&begun));
    let drop = Wish::Drop(Dropped { reason: "改期".into() });
    let dropped = stored("a", &["e0"], 1, &act(&state, &office(), &drop).unwrap()[0]);
    let started = stored("b", &["e0"], 2, &act(&state, &walker(), &start()).unwrap()[0]);
    assert_eq!(fold(RECORD, "cmp-001", &[begun.clone(), dropped.clone()]).status, "DROPPED");
    assert_eq!(fold(RECORD, "cmp-001", &[dropped, started, begun]).status, "WALKING");
}

/// Knows one inspector, who walks in one compound.
struct Known;
impl Registry for Known {
    fn next_no(&mut self, _: &str) -> String {
        unreachable!("a round has no number")
    }
    fn record(&mut self, record: &str) -> Option<(String, Vec<FoldEvent>)> {
        let data = json!({ "name": "inspector1", "roles": ["R-INS"], "scopes": ["cmp-001"], "active": true });
        let new = NewEvent {
            record: record.into(),
            scope: "town".into(),
            kind: user::DEFINED.into(),
            tv: 1,
            actor: "server".into(),
            parents: vec![],
            blobs: vec![],
            data,
        };
        let event = FoldEvent { by_server: true, ..stored("u", &[], 0, &new) };
        (record == "user:inspector1").then(|| ("town".into(), vec![event]))
    }
}

fn put_aside(events: &[FoldEvent], who: &Author) -> bool {
    let event = events.last().unwrap();
    let grant = Grant { user: who.user.clone(), roles: who.roles.clone(), scopes: Scopes::All, unit: String::new() };
    let standing = Standing { record: RECORD, scope: "cmp-001", events };
    (kind(RECORD).unwrap().judge)(&standing, event, &grant, &mut Known).quarantine
}

#[test]
fn the_server_asks_who_plans_and_who_walks() {
    let made = |planned: &Planned, who: &Author| {
        let data = serde_json::to_value(planned).unwrap();
        let mut new = plan("r1", &office(), &self::planned()).unwrap();
        (new.data, new.actor) = (data, who.user.clone());
        stored("e0", &[], 0, &new)
    };
    for (role, others, own) in [
        (Role::Lxb, true, true),
        (Role::Jw, true, true),
        (Role::Ins, false, true),
        (Role::Wy, false, true),
        (Role::Dep, false, false),
        (Role::Ld, false, false),
        (Role::Adm, false, false),
    ] {
        let other = person("somebody", role);
        assert_eq!(!put_aside(&[made(&planned(), &other)], &other), others, "{role:?} for another");
        let same = person("inspector1", role);
        assert_eq!(!put_aside(&[made(&planned(), &same)], &same), own, "{role:?} for oneself");
    }
    let stranger = Planned { walker: "nobody".into(), ..planned() };
    assert!(put_aside(&[made(&stranger, &office())], &office()), "a walker the town does not know");
    let elsewhere = Planned { compound_id: "cmp-002".into(), ..planned() };
    assert!(put_aside(&[made(&elsewhere, &office())], &office()), "a plan for another scope");

    let (events, _) = walked(&[start(), stop("s1", "done", "")]);
    assert!(!put_aside(&events, &walker()));
    let mut forged = events.clone();
    forged.last_mut().unwrap().actor = "inspector2".into();
    assert!(put_aside(&forged, &person("inspector2", Role::Ins)), "only the walker walks");
    let mut broken = events.clone();
    broken.last_mut().unwrap().data = json!({ "stop": "s1", "result": "skipped" });
    assert!(put_aside(&broken, &walker()), "a skip without a reason");
    broken.last_mut().unwrap().data = json!("hello");
    assert!(put_aside(&broken, &walker()), "a known kind of another shape");
    let (late, _) = walked(&[start(), Wish::End(Ended::default())]);
    let mut after = late.clone();
    after.push(FoldEvent { parents: vec!["e1".into()], ..events[2].clone() });
    after.last_mut().unwrap().id = "x".into();
    assert!(!put_aside(&after, &walker()), "what was walked before the end was seen is kept");
}

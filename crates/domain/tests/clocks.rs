//! The officers' clocks of a case: when each starts and ends, what comes too late, what is counted again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use serde_json::json;
use town::*;
use xunju_domain::case::clocks::{ACCEPT, CASE, CHECK, RECEIVE, running, too_late};
use xunju_domain::case::decide::{self, Moment, Refusal};
use xunju_domain::case::{CaseState, project, recounts};
use xunju_domain::deadline::{Calendar, read_stamp};
use xunju_domain::event::NewEvent;
use xunju_domain::permission::Role;

fn stands(state: &CaseState) -> Vec<(&str, &str, bool)> {
    state.clocks.iter().map(|c| (c.fact.id.as_str(), c.fact.due_at.as_str(), c.ended_ms.is_none())).collect()
}

#[test]
fn each_clock_runs_from_the_step_that_starts_it_to_the_one_that_ends_it() {
    let (ins, lxb, dep) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("dep", Role::Dep));
    let mut town = Town::default();
    // A Friday afternoon: two hours of the office's are over on Monday morning.
    town.at_clock("2026-06-05T16:00");
    let state = town.record(&ins, &draft("GB-LD"));
    assert_eq!(stands(&state), [(ACCEPT, "2026-06-08T10:00:00", true)]);
    assert!(!state.clocks[0].fact.provisional && state.clocks[0].fact.basis.contains("镇内规定"));
    for (at, who, action, running) in [
        ("2026-06-08T09:30", &lxb, "accept", vec![]),
        ("2026-06-08T09:40", &lxb, "file", vec![CASE]),
        ("2026-06-08T11:00", &lxb, "dispatch", vec![CASE, RECEIVE]),
        ("2026-06-08T14:00", &dep, "refuse", vec![CASE]),
        ("2026-06-08T15:00", &lxb, "redispatch", vec![CASE, RECEIVE]),
        ("2026-06-09T10:00", &dep, "take", vec![CASE]),
        ("2026-06-09T11:00", &lxb, "hand_on", vec![CASE, RECEIVE]),
        ("2026-06-09T12:00", &dep, "take", vec![CASE]),
        ("2026-06-10T09:00", &dep, "report_done", vec![CASE]),
        ("2026-06-10T10:00", &lxb, "assign_check", vec![CASE, CHECK]),
        ("2026-06-11T10:00", &ins, "pass", vec![CASE]),
        ("2026-06-11T11:00", &lxb, "close", vec![]),
        ("2026-06-12T11:00", &lxb, "reopen", vec![CASE]),
    ] {
        town.at_clock(at);
        let wish = wish_on(&town.state(), action);
        let state = town.act(who, wish).unwrap_or_else(|e| panic!("{action}: {e}"));
        let now: Vec<&str> = state.clocks.iter().filter(|c| c.ended_ms.is_none()).map(|c| c.fact.id.as_str()).collect();
        assert_eq!(now, running, "after {action}");
    }
    let state = town.state();
    let of = |id: &str| state.clocks.iter().filter(|c| c.fact.id == id).collect::<Vec<_>>();
    assert_eq!(of(ACCEPT)[0].stands("2026-06-30T00:00:00"), "met", "accepted in time, whenever one looks");
    assert_eq!(of(RECEIVE)[0].fact.due_at, "2026-06-08T16:00:00", "four hours from 11:00 with the noon hour out");
    assert_eq!(of(CHECK)[0].fact.due_at, "2026-06-11T23:59:59");
    assert_eq!(of(CASE).len(), 2, "opened again, counted again");
    assert_eq!(of(CASE)[1].stands("2027-01-01T00:00:00"), "late");
}

#[test]
fn a_dispatch_is_refused_within_the_time_for_it_by_laptop_and_server_alike() {
    let (ins, lxb, dep) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("dep", Role::Dep));
    for (received, allowed) in [("2026-06-08T16:00", true), ("2026-06-08T16:01", false), ("2026-06-09T09:00", false)] {
        let mut town = Town::default();
        town.at_clock("2026-06-08T10:00");
        town.record(&ins, &draft("GB-LD"));
        town.act(&lxb, wish("approve")).unwrap();
        town.at_clock("2026-06-08T11:00");
        let state = town.act(&lxb, full_wish("dispatch")).unwrap();
        assert_eq!(running(&state, RECEIVE).unwrap().fact.due_at, "2026-06-08T16:00:00");
        town.at_clock(received);

        // The laptop, by the town's clock as well as it knows it.
        let now = Moment { wall_ms: town.received_ms, tz: "+08:00".into() };
        let offered = decide::clock_for(&state, "refuse", None, &now, Calendar::standard());
        let expected =
            if allowed { Ok(None) } else { Err(Refusal::Blocked { action: "refuse".into(), code: "receive_over" }) };
        assert_eq!(offered, expected, "{received}");
        assert_eq!(too_late(&state, "refuse", now.shanghai()).is_none(), allowed);
        assert_eq!(too_late(&state, "take", now.shanghai()), None, "taking it late is still taking it");

        // The server, by its own, whatever the laptop thought.
        let state = town.act(&dep, full_wish("refuse")).unwrap();
        assert_eq!(state.status, if allowed { "REFUSED" } else { "DISPATCHED" }, "{received}");
        let said = state.refused.first().map(|r| r.reason_code.as_str());
        assert_eq!(said, (!allowed).then_some("receive_over"));
        assert!(town.quarantined.is_empty(), "late is no offence");
    }
}

#[test]
fn a_redispatch_gives_as_long_again_and_the_whole_case_no_longer() {
    let (ins, lxb, dep) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("dep", Role::Dep));
    let mut town = Town::default();
    town.at_clock("2026-06-08T10:00");
    town.record(&ins, &draft("GB-LD"));
    town.act(&lxb, wish("approve")).unwrap();
    let mut order = full_wish("dispatch");
    order.deadline =
        Some(xunju_domain::case::payload::DeadlineFact { start: "2026-06-08T10:00:00".into(), ..due("2026-06-15") });
    town.act(&lxb, order).unwrap();
    let whole = running(&town.state(), CASE).unwrap().fact.due_at.clone();
    town.act(&dep, full_wish("refuse")).unwrap();
    let state = town.state();
    let later = Moment {
        wall_ms: "2026-06-10T02:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis(),
        tz: "+08:00".into(),
    };
    let again = decide::clock_for(&state, "redispatch", None, &later, Calendar::standard()).unwrap().unwrap();
    assert_eq!((again.start.as_str(), again.due_at.as_str()), ("2026-06-10T10:00:00", "2026-06-17T23:59:59"));
    let state = town.act(&lxb, decide::ActInput { deadline: Some(again), ..full_wish("redispatch") }).unwrap();
    assert_eq!(state.deadline().unwrap().due_at, "2026-06-17T23:59:59");
    assert_eq!(running(&state, CASE).unwrap().fact.due_at, whole, "the clock of the case does not restart");
}

#[test]
fn while_a_case_is_stopped_its_clock_stands_still() {
    let (ins, lxb, dep) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("dep", Role::Dep));
    let mut town = Town::default();
    town.at_clock("2026-03-02T09:00");
    town.record(&ins, &draft("GB-LD"));
    town.act(&lxb, wish("approve")).unwrap();
    town.act(&lxb, full_wish("dispatch")).unwrap();
    town.act(&dep, full_wish("take")).unwrap();
    let before = running(&town.state(), CASE).unwrap().fact.clone();
    let events = decide::act(&town.state(), &lxb, &full_wish("suspend")).unwrap();
    let state = town.send(&lxb, &events);
    assert_eq!(state.status, "SUSPENDED");
    let from = state.order.open_stop().unwrap().from.clone();
    // Events of this harness carry the device's day; the server's is three weeks of working days later.
    let resumed = read_stamp(&format!("{from}T09:00:00")).unwrap() + chrono::Duration::days(21);
    town.received_ms = resumed.and_utc().timestamp_millis() - 8 * 3_600_000;
    let state = town.act(&lxb, full_wish("resume")).unwrap();
    let clock = running(&state, CASE).unwrap();
    assert_eq!(clock.original.as_ref(), Some(&before), "what it was is kept");
    assert_eq!(clock.fact.id, CASE);
    assert_eq!(clock.fact.start, format!("{}:00", resumed.format("%Y-%m-%dT%H:%M")), "it runs on from the resuming");
}

#[test]
fn a_clock_that_leans_on_a_year_not_out_is_counted_again_and_both_values_stay() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    town.at_clock("2026-11-23T10:00");
    town.record(&ins, &draft("GB-LD"));
    let state = town.act(&lxb, wish("approve")).unwrap();
    let old = running(&state, CASE).unwrap().fact.clone();
    assert!(old.provisional, "sixty working days reach into 2027");
    let facets = project(RECORD, SCOPE, &town.events).facets;
    assert!(facets.contains(&("provisional".into(), "1".into())), "so that the server finds it");
    let published = serde_json::from_value(json!({ "year": 2027, "days": [
        { "date": "2027-02-05", "off": true, "name": "春节" }, { "date": "2027-02-08", "off": true, "name": "春节" },
        { "date": "2027-02-20", "off": false, "name": "春节" },
    ]}))
    .unwrap();
    let calendar = Calendar::standard().clone().with(&published, "2027.test");
    let said = recounts(&state, &calendar);
    let of_clock: Vec<_> = said.iter().filter(|r| r.deadline.id == CASE).collect();
    assert_eq!(of_clock.len(), 1, "{said:?}");
    assert_eq!((of_clock[0].of.as_str(), &of_clock[0].old_due_at), (state.clocks[1].event.as_str(), &old.due_at));
    for statement in &said {
        let new = NewEvent {
            record: RECORD.into(),
            scope: SCOPE.into(),
            kind: "case.recounted".into(),
            tv: 1,
            actor: "server".into(),
            parents: Vec::new(),
            blobs: Vec::new(),
            data: serde_json::to_value(statement).unwrap(),
        };
        let heads = town.state().heads;
        town.put(&new, heads, true);
    }
    let state = town.state();
    let clock = running(&state, CASE).unwrap();
    assert_eq!((clock.original.as_ref(), clock.fact.provisional), (Some(&old), false));
    assert!(recounts(&state, &calendar).is_empty(), "once is enough");
    assert!(state.timeline.iter().any(|e| e.changes.contains_key(CASE) && e.was == old.due_at));
}

#[test]
fn a_finding_in_the_future_is_kept_and_flagged() {
    let ins = author("ins", Role::Ins);
    let wall = moment().wall_ms;
    for (received, doubts) in [
        (wall + 60_000, vec![]),
        (wall - 4 * 60_000, vec![]),
        (wall - 6 * 60_000, vec!["found_after_receipt"]),
        (wall - 9 * 365 * 86_400_000, vec!["found_after_receipt"]),
    ] {
        let mut town = Town { received_ms: received, ..Town::default() };
        let state = town.record(&ins, &draft("GB-LD"));
        assert_eq!((state.status.as_str(), state.ruled), ("REPORTED", true), "a wrong clock loses no record");
        assert_eq!(state.doubts, doubts);
    }
}

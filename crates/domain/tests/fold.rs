//! The fold is a function of the graph: of nothing else, and of all of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use town::{RECORD, SCOPE, photo};
use xunju_domain::case::fold;
use xunju_domain::catalogue::FieldValue;
use xunju_domain::event::FoldEvent;
use xunju_domain::record::project;

/// One event of a random history: what it says, and which earlier ones it follows.
#[derive(Debug, Clone)]
struct Seed {
    what: u8,
    value: u8,
    parents: Vec<Index>,
    name: u32,
    wall: i64,
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let one = (0u8..12, 0u8..5, prop::collection::vec(any::<Index>(), 0..3), any::<u32>(), any::<i32>())
        .prop_map(|(what, value, parents, name, wall)| Seed { what, value, parents, name, wall: wall.into() });
    prop::collection::vec(one, 1..24)
}

fn history(seeds: &[Seed]) -> Vec<FoldEvent> {
    let mut events: Vec<FoldEvent> = Vec::new();
    for (i, seed) in seeds.iter().enumerate() {
        let pick = |index: &Index| events.get(index.index(events.len().max(1))).map(|e| e.id.clone());
        let parents: Vec<String> = seed.parents.iter().filter_map(pick).collect();
        let target = parents.first().cloned().unwrap_or_else(|| "gone".into());
        let (kind, data, server) = say(if i == 0 { 0 } else { seed.what }, seed.value, &target);
        events.push(FoldEvent {
            id: format!("{:08x}{i:02}", seed.name),
            parents,
            kind: kind.into(),
            tv: if seed.what == 11 { 2 } else { 1 },
            actor: format!("u{}", seed.value % 3),
            device: format!("d_{}abcdefg", seed.value % 3),
            inc: 1,
            n: i as u64,
            by_server: server,
            wall_ms: seed.wall,
            tz: "+08:00".into(),
            estimate: None,
            blobs: if seed.what == 3 { vec![photo(&format!("p{}", seed.value), "far")] } else { vec![] },
            data,
            seq: None,
            received_ms: None,
        });
    }
    events
}

fn say(what: u8, value: u8, target: &str) -> (&'static str, Value, bool) {
    let severity = ["general", "serious", "major", "urgent", "general"][usize::from(value)];
    let step = [
        ("accept", "ACCEPTED"),
        ("return", "RETURNED"),
        ("file", "FILED"),
        ("difficult", "REPORTED"),
        ("close", "CLOSED"),
    ][usize::from(value)];
    let due =
        json!({ "due_at": format!("2026-12-0{}T23:59:59", value + 1), "rule": "CAL_ROLL", "n": 7, "unit": "day" });
    match what {
        0 => (
            "case.recorded",
            json!({ "type_code": "QZ-FG", "compound_id": SCOPE, "building": "8", "severity": "general", "deadline": due }),
            false,
        ),
        1 => ("case.field_set", json!({ "set": { "severity": severity } }), false),
        2 => ("case.field_set", json!({ "set": { "building": format!("{value}号") }, "deadline": due }), false),
        3 => ("case.photo_added", json!({}), false),
        4 => ("case.note_added", json!({ "text": format!("n{value}") }), false),
        5 => ("case.act", json!({ "action": step.0, "from": "REPORTED", "reason": "r", "deadline": due }), false),
        6 | 7 => (
            "case.ruled",
            json!({ "of": target, "verdict": "accepted", "action": step.0, "from": "REPORTED", "to": step.1, "case_no": format!("N{value}") }),
            true,
        ),
        8 => (
            "case.ruled",
            json!({ "of": target, "verdict": "refused", "action": step.0, "reason_code": "state_moved" }),
            true,
        ),
        9 => ("case.conflict_resolved", json!({ "field": "severity", "value": severity, "reason": "r" }), false),
        10 => ("case.weighed", json!({ "kg": value }), false),
        _ => ("case.field_set", json!({ "set": { "severity": severity } }), false),
    }
}

/// Another order, some events twice, and the server's bookkeeping different.
fn disturbed(events: &[FoldEvent], order: &[Index], twice: &[Index]) -> Vec<FoldEvent> {
    let mut pile: Vec<FoldEvent> = events.to_vec();
    pile.extend(twice.iter().map(|i| events[i.index(events.len())].clone()));
    let mut mixed = Vec::new();
    for (k, pick) in order.iter().cycle().take(pile.len()).enumerate() {
        let mut event = pile.swap_remove(pick.index(pile.len()));
        event.seq = Some(k as u64);
        event.received_ms = Some(k as i64);
        mixed.push(event);
    }
    mixed
}

fn ancestors(events: &[FoldEvent], id: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut next = vec![id.to_owned()];
    while let Some(id) = next.pop() {
        for p in events.iter().filter(|e| e.id == id).flat_map(|e| &e.parents) {
            if seen.insert(p.clone()) {
                next.push(p.clone());
            }
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_with_duplicates_is_the_same_case(
        seeds in seeds(), order in prop::collection::vec(any::<Index>(), 8..40), twice in prop::collection::vec(any::<Index>(), 0..6),
    ) {
        let events = history(&seeds);
        let once = project(RECORD, SCOPE, &events).unwrap();
        let again = project(RECORD, SCOPE, &disturbed(&events, &order, &twice)).unwrap();
        prop_assert_eq!(once, again);
    }

    #[test]
    fn no_value_vanishes_but_by_a_later_one(seeds in seeds()) {
        let events = history(&seeds);
        let state = fold(RECORD, SCOPE, &events);
        let refused: BTreeSet<&String> = state.refused.iter().map(|r| &r.event).collect();
        let recorded = || state.timeline.iter().filter(|e| e.kind == "case.recorded" && !e.needs_newer).map(|e| &e.event);
        let first = recorded().find(|id| !refused.contains(id)).or_else(|| recorded().next());
        let counts = |e: &&FoldEvent| e.tv == 1 && (!refused.contains(&e.id) || Some(&e.id) == first);
        let sets: Vec<&FoldEvent> = events.iter().filter(counts).filter(|e| {
            e.data["set"]["severity"].is_string() || e.data["field"] == "severity" || e.kind == "case.recorded"
        }).collect();
        for event in &sets {
            let shown = state.fields["severity"].versions.iter().any(|v| v.event == event.id);
            let replaced = sets.iter().any(|later| ancestors(&events, &later.id).contains(&event.id));
            prop_assert_eq!(shown, !replaced, "{}", event.id);
        }
    }

    #[test]
    fn clocks_decide_nothing(seeds in seeds(), years in -20i64..20) {
        let events = history(&seeds);
        let mut shifted = events.clone();
        for (k, event) in shifted.iter_mut().enumerate() {
            event.wall_ms = event.wall_ms.wrapping_mul(-1) + years * 31_557_600_000 + k as i64;
        }
        let (a, b) = (project(RECORD, SCOPE, &events).unwrap(), project(RECORD, SCOPE, &shifted).unwrap());
        prop_assert_eq!((a.status, a.due, a.search, a.facets), (b.status, b.due, b.search, b.facets));
        let (x, y) = (fold(RECORD, SCOPE, &events), fold(RECORD, SCOPE, &shifted));
        prop_assert_eq!(x.heads, y.heads);
        let ids = |t: Vec<xunju_domain::case::Entry>| t.into_iter().map(|e| e.event).collect::<Vec<_>>();
        prop_assert_eq!(ids(x.timeline), ids(y.timeline));
    }

    #[test]
    fn the_story_is_whole_and_causal(seeds in seeds()) {
        let events = history(&seeds);
        let state = fold(RECORD, SCOPE, &events);
        let order: Vec<&String> = state.timeline.iter().map(|e| &e.event).collect();
        prop_assert_eq!(order.len(), events.len());
        let place = |id: &String| order.iter().position(|o| *o == id);
        for event in &events {
            for parent in &event.parents {
                prop_assert!(place(parent) < place(&event.id));
            }
        }
    }

    #[test]
    fn a_partial_replica_folds_without_harm(seeds in seeds(), keep in any::<u32>()) {
        let events: Vec<FoldEvent> = history(&seeds).into_iter().enumerate().filter(|(i, _)| keep & (1 << (i % 32)) != 0).map(|(_, e)| e).collect();
        let state = fold(RECORD, SCOPE, &events);
        prop_assert_eq!(state.timeline.len(), events.len());
    }
}

fn event(id: &str, parents: &[&str], kind: &str, data: Value) -> FoldEvent {
    let mut made = history(&[Seed { what: 4, value: 0, parents: vec![], name: 0, wall: 0 }]).remove(0);
    made.id = id.into();
    made.parents = parents.iter().map(|p| (*p).to_owned()).collect();
    made.kind = kind.into();
    made.data = data;
    made
}

fn two_edits(field: &str, one: &str, two: &str) -> Vec<FoldEvent> {
    let root = json!({ "type_code": "QZ-FG", "compound_id": SCOPE, "severity": "general", "building": "8" });
    vec![
        event("a", &[], "case.recorded", root),
        event("b", &["a"], "case.field_set", json!({ "set": { field: one } })),
        event("c", &["a"], "case.field_set", json!({ "set": { field: two } })),
    ]
}

#[test]
fn two_values_stand_side_by_side_until_somebody_decides() {
    let mut events = two_edits("building", "8号", "9号");
    let state = fold(RECORD, SCOPE, &events);
    assert_eq!(state.conflicts(), vec![("building".to_owned(), "both_shown")]);
    assert_eq!(state.text("building"), "8号 / 9号");
    assert_eq!(state.heads, ["b", "c"]);
    let facets = project(RECORD, SCOPE, &events).unwrap().facets;
    assert_eq!(facets.iter().filter(|(k, _)| k == "place").count(), 2);
    assert!(facets.contains(&("conflict".into(), "1".into())));
    events.push(event(
        "d",
        &["b", "c"],
        "case.conflict_resolved",
        json!({ "field": "building", "value": "9号", "reason": "看过现场" }),
    ));
    let state = fold(RECORD, SCOPE, &events);
    assert!(state.conflicts().is_empty());
    assert_eq!(state.text("building"), "9号");
}

#[test]
fn the_higher_severity_and_the_earlier_deadline_are_in_force() {
    let state = fold(RECORD, SCOPE, &two_edits("severity", "urgent", "serious"));
    assert_eq!(state.value("severity"), Some(&FieldValue::Text("urgent".into())));
    assert_eq!(state.conflicts(), vec![("severity".to_owned(), "higher_severity")]);
    let mut events = two_edits("room", "1", "1");
    for (at, due) in [(1, "2026-12-09T23:59:59"), (2, "2026-12-03T23:59:59")] {
        events[at].data["deadline"] = json!({ "due_at": due });
    }
    let state = fold(RECORD, SCOPE, &events);
    assert_eq!(state.deadline().unwrap().due_date(), "2026-12-03");
    assert_eq!(state.conflicts(), vec![("deadline".to_owned(), "earlier_deadline")], "equal values are no conflict");
    events.push(event(
        "d",
        &["b", "c"],
        "case.conflict_resolved",
        json!({ "field": "deadline", "value": "2026-12-09T23:59:59", "reason": "" }),
    ));
    let state = fold(RECORD, SCOPE, &events);
    assert_eq!((state.deadlines.len(), state.deadline().unwrap().due_date()), (1, "2026-12-09"));
}

#[test]
fn of_two_servers_the_less_closed_state_is_in_force() {
    let mut events = two_edits("room", "1", "2");
    for (id, parent, to) in [("r1", "b", "CLOSED"), ("r2", "c", "HANDLING")] {
        let mut ruling =
            event(id, &[parent], "case.ruled", json!({ "of": parent, "verdict": "accepted", "action": "x", "to": to }));
        ruling.by_server = true;
        events.push(ruling);
    }
    let state = fold(RECORD, SCOPE, &events);
    assert_eq!((state.status.as_str(), state.lifecycle_conflict), ("HANDLING", true));
}

#[test]
fn what_is_newer_than_this_program_is_kept_and_said() {
    let mut events = two_edits("room", "1", "1");
    events.push(event("z", &["b", "c"], "case.weighed", json!({ "kg": 3 })));
    let state = fold(RECORD, SCOPE, &events);
    assert!(state.needs_newer);
    assert_eq!(state.timeline.last().unwrap().event, "z");
    assert!(state.timeline.last().unwrap().needs_newer);
}

#[test]
fn an_unknown_kind_of_record_is_none() {
    assert!(project("works:1", "town", &[]).is_none());
    assert!(project("case:", "town", &[]).is_none());
    assert!(project("case", "town", &[]).is_none());
}

//! What may happen to a case: the whole road, and that nothing off the road is let through.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeSet;

use town::*;
use xunju_domain::case::assignment::{Assignment, Order};
use xunju_domain::case::decide::{self, ActInput, Refusal};
use xunju_domain::case::lifecycle::{STATES, State, TABLE, find};
use xunju_domain::case::state::{LastRuling, Photo};
use xunju_domain::case::{CaseState, Register, Version, actions, judge};
use xunju_domain::catalogue::FieldValue;
use xunju_domain::event::FoldEvent;
use xunju_domain::permission::{ROLES, Role, Scopes};

#[test]
fn the_main_job_recorded_returned_resubmitted_filed() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    let state = town.record(&ins, &draft("QZ-FG"));
    assert_eq!((state.status.as_str(), state.ruled, state.requested()), ("REPORTED", true, None));
    assert_eq!(state.no(), "T-ins000-1");

    let back =
        ActInput { reason_code: Some("return.photo_missing".into()), slot: Some("rooms".into()), ..wish("return") };
    let state = town.act(&lxb, back).unwrap();
    assert_eq!(state.status, "RETURNED");
    let returned = state.returned.clone().unwrap();
    assert_eq!(
        (returned.reason_code.as_str(), returned.slot.as_deref(), returned.by.as_str()),
        ("return.photo_missing", Some("rooms"), "lxb")
    );

    let unchanged = town.act(&ins, wish("resubmit")).unwrap_err();
    assert!(matches!(unchanged, Refusal::Invalid(ref p) if p[0].field == "photos"), "{unchanged}");
    let again = ActInput { photos: vec![photo("bb", "rooms")], ..wish("resubmit") };
    let state = town.act(&ins, again).unwrap();
    assert_eq!((state.status.as_str(), state.returned.is_none(), state.photos.len()), ("REPORTED", true, 2));

    let state = town.act(&lxb, wish("approve")).unwrap();
    assert_eq!((state.status.as_str(), state.case_no.as_deref()), ("FILED", Some("SY-2026-QZ-000001")));
    assert_eq!(town.numbers, 1, "one case, one number");
    assert!(town.quarantined.is_empty());
}

#[test]
fn the_whole_road_to_the_archive() {
    let (ins, lxb, dep, arc) =
        (author("ins", Role::Ins), author("lxb", Role::Lxb), author("dep", Role::Dep), author("arc", Role::Arc));
    let mut town = Town::default();
    town.record(&ins, &draft("GB-LD"));
    let road = [
        (&lxb, "accept", "ACCEPTED"),
        (&lxb, "file", "FILED"),
        (&lxb, "dispatch", "DISPATCHED"),
        (&dep, "refuse", "REFUSED"),
        (&lxb, "redispatch", "DISPATCHED"),
        (&dep, "take", "HANDLING"),
        (&lxb, "suspend", "SUSPENDED"),
        (&lxb, "resume", "HANDLING"),
        (&lxb, "extend", "HANDLING"),
        (&dep, "report_done", "HANDLED"),
        (&lxb, "assign_check", "CHECKING"),
        (&ins, "fail", "HANDLING"),
        (&dep, "report_done", "HANDLED"),
        (&lxb, "assign_check", "CHECKING"),
        (&ins, "pass", "CHECKING"),
        (&lxb, "close", "CLOSED"),
        (&lxb, "reopen", "FILED"),
        (&lxb, "dispatch", "DISPATCHED"),
        (&dep, "take", "HANDLING"),
        (&dep, "report_done", "HANDLED"),
        (&lxb, "assign_check", "CHECKING"),
        (&ins, "pass", "CHECKING"),
        (&lxb, "close", "CLOSED"),
        (&arc, "archive", "ARCHIVED"),
    ];
    for (who, action, to) in road {
        let wish = wish_on(&town.state(), action);
        let state = town.act(who, wish).unwrap_or_else(|e| panic!("{action}: {e}"));
        assert_eq!(state.status, to, "{action}");
    }
    let state = town.state();
    assert_eq!((state.extensions, state.refusals), (1, 1));
    assert!(state.handlers.contains("dep"));
    assert!(!state.is_open());
    assert_eq!(xunju_domain::record::project(RECORD, SCOPE, &town.events).unwrap().due, None);
}

/// A case in this state, complete enough that only state, role and person decide.
fn case_in(status: &str, last: &str, difficult: bool, extensions: u32) -> CaseState {
    let text = |value: &str| Register {
        versions: vec![Version {
            event: "e".into(),
            value: FieldValue::Text(value.into()),
            author: "author".into(),
            device: "d".into(),
            times: Default::default(),
        }],
    };
    let fields = [("type_code", "LS-SB"), ("compound_id", SCOPE), ("severity", "general")];
    CaseState {
        id: "x".into(),
        scope: SCOPE.into(),
        status: status.into(),
        expected: status.into(),
        ruled: true,
        author: "author".into(),
        handlers: BTreeSet::from(["handler".to_owned()]),
        difficult,
        extensions,
        changed_since_return: true,
        last: Some(LastRuling { event: "r".into(), action: last.into(), author: "other".into() }),
        fields: fields.into_iter().map(|(k, v)| (k.to_owned(), text(v))).collect(),
        deadlines: vec![xunju_domain::case::state::DeadlineVersion {
            event: "e".into(),
            fact: due("2026-12-01"),
            original: None,
            author: "author".into(),
            device: "d".into(),
            times: Default::default(),
        }],
        photos: vec![Photo {
            blob: photo("p", "after"),
            slot: "after".into(),
            event: "e".into(),
            author: "author".into(),
            device: "d".into(),
            wall_ms: 0,
        }],
        new_photos: 2,
        order: Order {
            assignment: Some(Assignment { lead: "enforcement".into(), ..Assignment::default() }),
            ..Order::default()
        },
        ..CaseState::default()
    }
}

/// A town with an open case that another may be merged into.
fn desk() -> Desk {
    Desk { target: Some(CaseState { id: "target-1".into(), ..case_in("FILED", "file", false, 0) }), numbers: 0 }
}

fn request(state: &CaseState, user: &str, action: &str) -> FoldEvent {
    let wish = wish_on(state, action);
    let data = serde_json::json!({
        "action": action, "from": state.status, "reason_code": wish.reason_code, "reason": wish.reason,
        "params": wish.params, "deadline": wish.deadline,
    });
    FoldEvent {
        id: "new".into(),
        parents: vec![],
        kind: "case.act".into(),
        tv: 1,
        actor: user.into(),
        device: "d".into(),
        inc: 1,
        n: 9,
        by_server: false,
        wall_ms: 0,
        tz: "+08:00".into(),
        estimate: None,
        blobs: vec![],
        data,
        seq: None,
        received_ms: None,
    }
}

#[test]
fn what_is_offered_is_exactly_what_would_be_granted() {
    let mut words: Vec<&str> = TABLE.iter().map(|t| t.action).collect();
    words.extend(["approve", "record", "", "close_now"]);
    words.sort_unstable();
    words.dedup();
    let (mut granted_in_all, mut refused_in_all) = (0, 0);
    for (_, status) in STATES {
        for (last, difficult, extensions) in [("pass", false, 0), ("ask_void", false, 0), ("difficult", true, 2)] {
            let state = case_in(status, last, difficult, extensions);
            for (role, _, _) in ROLES {
                for user in ["author", "handler", "other"] {
                    let who = author(user, *role);
                    let offered: BTreeSet<String> = actions(&state, &who.person())
                        .into_iter()
                        .map(|o| o.action)
                        .filter(|a| a != "approve")
                        .collect();
                    let granted: BTreeSet<String> = words
                        .iter()
                        .filter(|a| {
                            let judged = judge(&state, &request(&state, user, a), &grant(&who), &mut desk());
                            assert_eq!(judged.rulings.len(), 1);
                            judged.rulings[0]["verdict"] == "accepted"
                        })
                        .map(|a| (*a).to_owned())
                        .collect();
                    assert_eq!(offered, granted, "{status} {last} {role:?} {user}");
                    granted_in_all += granted.len();
                    refused_in_all += words.len() - granted.len();
                }
            }
        }
    }
    assert!(granted_in_all > 300 && refused_in_all > 10_000, "{granted_in_all} {refused_in_all}");
}

#[test]
fn what_is_not_in_the_table_does_not_happen() {
    for (state, _) in STATES {
        for t in TABLE {
            assert_eq!(find(*state, t.action).is_some(), t.from.contains(state));
        }
    }
    for state in [State::Archived, State::Void, State::Merged, State::Transferred, State::Rejected] {
        assert!(TABLE.iter().all(|t| !t.from.contains(&state)), "{state:?} is an end");
    }
}

#[test]
fn two_reviewers_at_once_the_second_is_told_it_moved() {
    let (ins, one, two) = (author("ins", Role::Ins), author("one", Role::Lxb), author("two", Role::Lxb));
    let mut town = Town::default();
    let state = town.record(&ins, &draft("LS-SB"));
    let accept = decide::act(&state, &one, &wish("accept")).unwrap();
    let reject = decide::act(&state, &two, &ActInput { reason: "重复".into(), ..wish("reject") }).unwrap();
    let heads = state.heads.clone();
    let first = town.put(&accept[0], heads.clone(), false);
    let second = town.put(&reject[0], heads, false);
    town.rule(&first, &grant(&one));
    let answer = town.rule(&second, &grant(&two));
    assert_eq!(answer[0]["verdict"], "refused");
    assert_eq!(answer[0]["reason_code"], "state_moved");
    let state = town.state();
    assert_eq!(state.status, "ACCEPTED");
    assert_eq!(state.refused[0].action, "reject");
    assert!(town.quarantined.is_empty(), "a race is no offence");
    assert!(town.rule(&second, &grant(&two)).is_empty(), "ruled on once");
}

#[test]
fn whoever_may_not_is_quarantined() {
    let (ins, adm) = (author("ins", Role::Ins), author("adm", Role::Adm));
    let mut town = Town::default();
    town.record(&ins, &draft("LS-SB"));
    let state = town.state();
    let forged = request(&state, "ins", "accept");
    let judged = judge(&state, &forged, &grant(&ins), &mut Desk::default());
    assert!(judged.quarantine);
    let elsewhere =
        xunju_domain::permission::Grant { scopes: Scopes::Some(BTreeSet::new()), ..grant(&author("lxb", Role::Lxb)) };
    assert!(judge(&state, &request(&state, "lxb", "accept"), &elsewhere, &mut Desk::default()).quarantine);
    let note = decide::note(&state, &author("x", Role::Ins), "看过").unwrap();
    let event = town.commit(&note)[0].clone();
    assert!(judge(&town.state(), &event, &grant(&author("x", Role::Adm)), &mut Desk::default()).quarantine);
    assert!(matches!(decide::note(&state, &adm, "看过"), Err(Refusal::NotAllowed { .. })));
    assert!(actions(&state, &author("adm", Role::Adm).person()).is_empty());
}

#[test]
fn a_ruling_by_anyone_but_the_server_moves_nothing() {
    let ins = author("ins", Role::Ins);
    let mut town = Town::default();
    let state = town.record(&ins, &draft("LS-SB"));
    let mut forged = request(&state, "ins", "file");
    forged.kind = "case.ruled".into();
    forged.parents = state.heads.clone();
    forged.data =
        serde_json::json!({ "of": town.events[0].id, "verdict": "accepted", "action": "file", "to": "CLOSED" });
    town.events.push(forged.clone());
    assert_eq!(town.state().status, "REPORTED");
    assert!(judge(&town.state(), &forged, &grant(&ins), &mut Desk::default()).quarantine);
}

#[test]
fn filing_asks_for_what_the_type_asks_for() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    let state = town.record(&ins, &draft("WJ-TJ"));
    assert_eq!(state.text("stock_class"), "pending");
    let missing = town.act(&lxb, wish("approve")).unwrap_err();
    assert!(matches!(missing, Refusal::Invalid(ref p) if p[0].field == "area_m2"), "{missing}");
    let set =
        decide::edit(&state, &lxb, "area_m2", &FieldValue::Text("12.5".into()), xunju_domain::catalogue::standard())
            .unwrap();
    town.send(&lxb, &set);
    assert_eq!(town.state().text("area_m2"), "12.50");
    assert_eq!(town.act(&lxb, wish("approve")).unwrap().status, "FILED");
}

#[test]
fn nobody_checks_his_own_work_and_two_persons_void() {
    let mut state = case_in("CHECKING", "assign_check", false, 0);
    let handler = author("handler", Role::Jw);
    assert!(matches!(
        decide::act(&state, &handler, &full_wish("pass")),
        Err(Refusal::Blocked { code: "own_work", .. })
    ));
    state = case_in("FILED", "ask_void", false, 0);
    let same = author("other", Role::Lxb);
    assert!(matches!(
        decide::act(&state, &same, &full_wish("void")),
        Err(Refusal::Blocked { code: "second_person_needed", .. })
    ));
    assert!(decide::act(&state, &author("third", Role::Lxb), &full_wish("void")).is_ok());
}

#[test]
fn offline_requests_chain_and_are_granted_in_order() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    let made = {
        let d = draft("XF-FX");
        let c = xunju_domain::catalogue::standard();
        decide::record(
            RECORD,
            &d,
            vec![photo("aa", "")],
            &ins,
            &moment(),
            c,
            xunju_domain::deadline::Calendar::standard(),
            "东湖花园",
            "patrol",
        )
        .unwrap()
    };
    town.commit(&[made]);
    let state = town.state();
    assert_eq!((state.status.as_str(), state.requested(), state.ruled), ("REPORTED", Some("submit"), false));
    let events = decide::act(&state, &lxb, &wish("approve")).unwrap();
    town.commit(&events);
    let state = town.state();
    assert_eq!(
        (state.status.as_str(), state.expected.as_str(), state.requested()),
        ("REPORTED", "FILED", Some("file"))
    );
    for (at, who) in [(0, &ins), (1, &lxb), (2, &lxb)] {
        let event = town.events[at].clone();
        town.rule(&event, &grant(who));
    }
    assert_eq!(town.state().status, "FILED");
}

#[test]
fn an_edit_that_arrives_after_the_end_is_refused_and_kept() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    let state = town.record(&ins, &draft("LS-SB"));
    let edit = decide::edit(&state, &ins, "room", &FieldValue::Text("602".into()), xunju_domain::catalogue::standard())
        .unwrap();
    let heads = state.heads.clone();
    town.act(&lxb, ActInput { reason_code: Some("reject.duplicate".into()), ..wish("reject") }).unwrap();
    let late = town.put(&edit[0], heads, false);
    town.rule(&late, &grant(&ins));
    let state = town.state();
    assert_eq!(state.text("room"), "601");
    assert!(state.timeline.iter().any(|e| e.event == late.id && e.verdict.as_deref() == Some("refused")));
    assert!(town.quarantined.is_empty());
}

/// Judges what a laptop with a loosened program might send.
fn judged(
    town: &Town,
    who: &xunju_domain::case::decide::Author,
    kind: &str,
    data: serde_json::Value,
) -> (bool, String) {
    let mut event = request(&town.state(), &who.user, "x");
    event.kind = kind.into();
    event.data = data;
    let answer = judge(&town.state(), &event, &grant(who), &mut Desk::default());
    (
        answer.quarantine,
        answer.rulings.first().map(|r| r["reason_code"].as_str().unwrap_or_default().to_owned()).unwrap_or_default(),
    )
}

#[test]
fn the_server_checks_content_again() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut town = Town::default();
    town.record(&ins, &draft("WJ-TJ"));
    let stands = (false, String::new());
    let kept = |code: &str| (true, code.to_owned());
    let set = |field: &str, value: serde_json::Value| serde_json::json!({ "set": { field: value } });
    for (data, answer) in [
        (set("area_m2", "12.50".into()), stands.clone()),
        (set("area_m2", "12.5".into()), kept("invalid:area_m2")),
        (set("area_m2", (-1).into()), kept("invalid:area_m2")),
        (set("partitions", 6.into()), stands.clone()),
        (set("severity", "mild".into()), kept("invalid:severity")),
        (set("room", "9".repeat(41).into()), kept("invalid:room")),
        (set("colour", "red".into()), kept("invalid:colour")),
        (set("compound_id", "cmp-002".into()), kept("fixed_field")),
        (set("area_m2", serde_json::json!(1.5)), kept("unreadable")),
        (serde_json::json!({ "set": {}, "deadline": due("2030-01-01") }), kept("not_allowed")),
    ] {
        assert_eq!(judged(&town, &ins, "case.field_set", data.clone()), answer, "{data}");
    }
    assert_eq!(
        judged(&town, &lxb, "case.field_set", serde_json::json!({ "set": {}, "deadline": due("2030-01-01") })),
        stands
    );
    assert_eq!(
        judged(&town, &ins, "case.note_added", serde_json::json!({ "text": "长".repeat(2001) })),
        kept("invalid:note")
    );
    assert_eq!(judged(&town, &ins, "case.weighed", serde_json::json!({ "kg": 3 })), stands, "newer kinds may stand");

    let empty = Town::default();
    let good = town.events[0].data.clone();
    let with = |key: &str, value: serde_json::Value| {
        let mut data = good.clone();
        data[key] = value;
        data
    };
    // `request` carries no blobs, so a photo is missing unless a reason is given.
    assert_eq!(judged(&empty, &ins, "case.recorded", good.clone()), kept("invalid:photos"));
    assert_eq!(judged(&empty, &ins, "case.recorded", with("no_photo_reason", "夜间".into())), stands);
    let mut strange = with("no_photo_reason", "夜间".into());
    strange["type_code"] = "ZZ-ZZ".into();
    assert_eq!(judged(&empty, &ins, "case.recorded", strange.clone()), kept("invalid:type"));
    strange["catalogue"] = "2031-01-01".into();
    assert_eq!(judged(&empty, &ins, "case.recorded", strange.clone()), stands, "another codebook is not ours to judge");
    strange["compound_id"] = "cmp-002".into();
    assert_eq!(judged(&empty, &ins, "case.recorded", strange), kept("scope_mismatch"));
}

#[test]
fn an_extension_counts_on_from_the_old_date_and_comes_before_it() {
    let state = case_in("HANDLING", "take", false, 0);
    let lxb = author("lxb", Role::Lxb);
    let answer = |received: &str, start: &str, to: &str| {
        let mut event = request(&state, "lxb", "extend");
        event.received_ms = Some(received.parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap().timestamp_millis());
        event.data["deadline"]["start"] = start.into();
        event.data["deadline"]["due_at"] = to.into();
        let judged = judge(&state, &event, &grant(&lxb), &mut Desk::default());
        judged.rulings[0]["reason_code"].as_str().unwrap_or("granted").to_owned()
    };
    let (old, later) = ("2026-12-01T23:59:59", "2026-12-08T23:59:59");
    assert_eq!(answer("2026-12-01T23:59:59+08:00", old, later), "granted");
    assert_eq!(answer("2026-12-02T00:00:00+08:00", old, later), "past_due");
    assert_eq!(answer("2026-11-24T09:00:00+08:00", "2026-11-24T09:00:00", later), "missing:deadline");
    assert_eq!(answer("2026-11-24T09:00:00+08:00", old, "2026-11-30T23:59:59"), "missing:deadline", "not a shortening");
}

#[test]
fn what_came_from_the_hotline_is_not_rejected_without_words_to_the_caller() {
    let lxb = author("lxb", Role::Lxb);
    let coded = || ActInput { reason_code: Some("reject.duplicate".into()), ..wish("reject") };
    for (source, words, allowed) in [
        ("patrol", "", true),
        ("hotline", "", false),
        ("hotline", "  ", false),
        ("hotline", "已由前案办理，请查前案。", true),
    ] {
        let mut state = case_in("REPORTED", "submit", false, 0);
        state.fields.insert("source".into(), Register::of(FieldValue::Text(source.into()), "author"));
        let input = ActInput { reason: words.into(), ..coded() };
        assert_eq!(decide::act(&state, &lxb, &input).is_ok(), allowed, "{source} {words:?}");
        let mut event = request(&state, "lxb", "reject");
        event.data["reason"] = words.trim().into();
        let judged = judge(&state, &event, &grant(&lxb), &mut desk());
        assert_eq!(judged.rulings[0]["verdict"] == "accepted", allowed, "and at the server");
    }
}

#[test]
fn a_clock_stops_only_with_its_cause_its_paper_and_its_expected_end() {
    let lxb = author("lxb", Role::Lxb);
    let state = case_in("HANDLING", "take", false, 0);
    assert!(decide::act(&state, &lxb, &full_wish("suspend")).is_ok());
    for gone in ["document", "expected_end"] {
        let mut input = full_wish("suspend");
        input.params.remove(gone);
        let refused = decide::act(&state, &lxb, &input).unwrap_err();
        assert!(matches!(refused, Refusal::Invalid(ref p) if p[0].field == gone), "{refused}");
        let mut event = request(&state, "lxb", "suspend");
        event.data["params"].as_object_mut().unwrap().remove(gone);
        let judged = judge(&state, &event, &grant(&lxb), &mut desk());
        assert_eq!(judged.rulings[0]["reason_code"], format!("missing:{gone}"));
    }
}

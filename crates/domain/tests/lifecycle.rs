//! What may happen to a case: the whole road, and that nothing off the road is let through.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeSet;

use town::*;
use xunju_domain::case::assignment::{Assignment, Order};
use xunju_domain::case::decide::{self, ActInput, Refusal};
use xunju_domain::case::lifecycle::{STATES, State, TABLE, find};
use xunju_domain::case::state::{LastRuling, Photo};
use xunju_domain::case::{CaseState, ClassAsk, Register, Sample, Version, actions, judge};
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
    desk_beside(&case_in("FILED", "file", false, 0))
}

/// One of the same category as this.
fn desk_beside(state: &CaseState) -> Desk {
    let other = case_in("FILED", "file", false, 0);
    let target = CaseState { id: "target-1".into(), fields: state.fields.clone(), ..other };
    Desk { target: Some(target), ..Desk::default() }
}

/// An illegal structure in this state, with another class proposed by `by` where there is one.
fn structure_in(status: &str, by: Option<&str>) -> CaseState {
    let mut state = case_in(status, "take", false, 0);
    let set = [
        ("type_code", "WJ-TJ"),
        ("stock_class", "pending"),
        ("area_m2", "12.50"),
        ("demolished_m2", "12.50"),
        ("demolish_method", "self"),
    ];
    for (key, value) in set {
        state.fields.insert(key.into(), Register::of(FieldValue::Text(value.into()), "author"));
    }
    state.class_ask = by.map(|by| ClassAsk {
        event: "ask".into(),
        from: "pending".into(),
        to: "new".into(),
        reason_code: "ask_class.neighbours".into(),
        reason: "邻居证明".into(),
        by: by.into(),
        wall_ms: 0,
    });
    state
}

/// A small case closed on the spot, drawn for a second look or not.
fn quick_in(number: u32, result: &str) -> CaseState {
    let sample = Sample {
        ruling: "r".into(),
        month: "2026-11".into(),
        number,
        percent: 10,
        result: result.into(),
        reason: String::new(),
        by: String::new(),
        at_ms: None,
    };
    CaseState { sample: Some(sample), ..case_in("CLOSED", "quick_close", false, 0) }
}

/// Every kind of case the table makes a difference for.
fn every_case() -> Vec<(String, CaseState)> {
    let mut all = Vec::new();
    for (_, status) in STATES {
        for (last, difficult, extensions) in [("pass", false, 0), ("ask_void", false, 0), ("difficult", true, 2)] {
            all.push((format!("{status} {last}"), case_in(status, last, difficult, extensions)));
        }
        for by in [None, Some("other")] {
            all.push((format!("{status} structure asked by {by:?}"), structure_in(status, by)));
        }
    }
    for (number, result) in [(9, ""), (10, ""), (9, "passed"), (9, "failed")] {
        all.push((format!("drawn {number} {result}"), quick_in(number, result)));
    }
    all
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
    for (told, state) in every_case() {
        for (role, _, _) in ROLES {
            for user in ["author", "handler", "other"] {
                let who = author(user, *role);
                let offered: BTreeSet<String> =
                    actions(&state, &who.person()).into_iter().map(|o| o.action).filter(|a| a != "approve").collect();
                let granted: BTreeSet<String> = words
                    .iter()
                    .filter(|a| {
                        let judged = judge(&state, &request(&state, user, a), &grant(&who), &mut desk_beside(&state));
                        assert_eq!(judged.rulings.len(), 1);
                        // What the file in the archive lacks no role makes good: it is no matter of whose step it is.
                        judged.rulings[0]["verdict"] == "accepted"
                            || judged.rulings[0]["reason_code"].as_str().is_some_and(|c| c.starts_with("file_lacking:"))
                    })
                    .map(|a| (*a).to_owned())
                    .collect();
                assert_eq!(offered, granted, "{told} {role:?} {user}");
                granted_in_all += granted.len();
                refused_in_all += words.len() - granted.len();
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

#[test]
fn new_or_stock_is_changed_by_two_and_both_values_stand_in_the_story() {
    let (ins, lxb, lead) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("lead", Role::Enfl));
    let mut town = Town::default();
    let mut content = draft("WJ-TJ");
    content.fields.insert("area_m2".into(), FieldValue::Text("12.50".into()));
    let state = town.record(&ins, &content);
    let edited = |state: &CaseState, class: &str| {
        decide::edit(state, &lxb, "stock_class", &FieldValue::Text(class.into()), xunju_domain::catalogue::standard())
    };
    assert!(edited(&state, "stock").is_ok(), "until it is filed it is a field like others");
    town.act(&lxb, wish("approve")).unwrap();
    let state = town.state();
    assert!(matches!(edited(&state, "new"), Err(Refusal::Blocked { code: "second_approver", .. })));
    assert!(!decide::is_editable(&state, "stock_class", xunju_domain::catalogue::standard()), "nor is it offered");
    let alone = judged(&town, &lxb, "case.field_set", serde_json::json!({ "set": { "stock_class": "new" } }));
    assert_eq!(alone, (false, "second_approver".into()), "and the server says the same");

    let ask = |class: &str| ActInput {
        reason: "航片显示 2018 年尚无此建筑".into(),
        params: [("stock_class", class), ("was", "pending")].map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
        ..wish("ask_class")
    };
    for (class, code) in [("pending", "unchanged"), ("old", "unknown_choice"), ("", "required")] {
        let refused = town.act(&lead, ask(class)).unwrap_err();
        assert!(matches!(refused, Refusal::Invalid(ref p) if p[0].code == code), "{class}: {refused}");
    }
    let state = town.act(&lead, ask("new")).unwrap();
    assert_eq!((state.text("stock_class").as_str(), state.status.as_str()), ("pending", "FILED"), "asked is not done");
    let decided =
        |class: &str| ActInput { params: [("stock_class".to_owned(), class.to_owned())].into(), ..wish("set_class") };
    assert!(matches!(town.act(&lead, decided("new")), Err(Refusal::Blocked { code: "second_person_needed", .. })));
    assert!(matches!(town.act(&lxb, decided("stock")), Err(Refusal::Invalid(_))), "not something nobody proposed");
    let state = town.act(&lxb, decided("new")).unwrap();
    assert_eq!((state.text("stock_class").as_str(), state.class_ask.is_none()), ("new", true));
    let told = state.timeline.iter().find(|e| e.action.as_deref() == Some("ask_class") && !e.by_server).unwrap();
    assert_eq!((told.was.as_str(), &told.changes["stock_class"]), ("pending", &FieldValue::Text("new".into())));

    // Not agreed: it stays, and may be proposed again.
    town.act(&lead, ask("stock")).unwrap();
    let state =
        town.act(&lxb, ActInput { reason_code: Some("keep_class.evidence".into()), ..wish("keep_class") }).unwrap();
    assert_eq!((state.text("stock_class").as_str(), state.class_ask.is_none()), ("new", true));
    assert!(town.act(&lead, ask("stock")).is_ok());
}

#[test]
fn what_is_said_beside_the_road_does_not_move_a_case_along_it() {
    let (ins, lxb, lead) = (author("ins", Role::Ins), author("lxb", Role::Lxb), author("lead", Role::Enfl));
    let dep = author("dep", Role::Dep);
    let mut town = Town::default();
    let mut content = draft("WJ-TJ");
    content.fields.insert("area_m2".into(), FieldValue::Text("12.50".into()));
    town.record(&ins, &content);
    town.act(&lxb, wish("approve")).unwrap();
    for (who, action) in [(&lxb, "dispatch"), (&dep, "take"), (&dep, "report_done"), (&lxb, "assign_check")] {
        let mut input = full_wish(action);
        if action == "report_done" {
            let measured = [("demolished_m2", "12.50"), ("demolish_method", "self")];
            input.fields = measured.map(|(k, v)| (k.to_owned(), FieldValue::Text(v.into()))).into();
        }
        town.act(who, input).unwrap_or_else(|e| panic!("{action}: {e}"));
    }
    town.act(&ins, full_wish("pass")).unwrap();
    let state = town.act(&lead, full_wish("ask_class")).unwrap();
    assert_eq!(state.last.unwrap().action, "pass");
    assert_eq!(town.act(&lxb, wish("close")).unwrap().status, "CLOSED", "a proposal does not undo a re-check");
}

#[test]
fn a_case_closed_on_the_spot_is_drawn_by_the_servers_ruling_and_looked_at_by_another() {
    let (ins, other) = (author("ins", Role::Ins), author("other", Role::Ins));
    let (mut drawn, mut left) = (0, 0);
    for n in 0..40 {
        let mut town = Town::default();
        town.at_clock("2026-06-08T10:00");
        town.record(&ins, &draft("LS-SB"));
        // Something said before moves the ruling's name, and so the draw.
        for _ in 0..n {
            let note = decide::note(&town.state(), &ins, "看过").unwrap();
            town.send(&ins, &note);
        }
        let state = town.act(&ins, full_wish("quick_close")).unwrap();
        let sample = state.sample.clone().unwrap();
        assert_eq!((sample.percent, sample.month.as_str(), state.status.as_str()), (10, "2026-06", "CLOSED"));
        assert_eq!(
            sample.number,
            xunju_domain::case::sample::number(&sample.ruling, &sample.month),
            "anyone can do the sum"
        );
        let offered: Vec<String> = actions(&state, &other.person()).into_iter().map(|o| o.action).collect();
        assert_eq!(offered.contains(&"sample_pass".to_owned()), sample.drawn());
        assert!(!actions(&state, &ins.person()).iter().any(|o| o.action.starts_with("sample")), "not one's own");
        if !sample.drawn() {
            left += 1;
            continue;
        }
        drawn += 1;
        let state = town.act(&other, full_wish("sample_fail")).unwrap();
        let sample = state.sample.clone().unwrap();
        assert_eq!((sample.stands(), sample.by.as_str(), state.status.as_str()), (Some("failed"), "other", "CLOSED"));
        assert!(matches!(town.act(&other, full_wish("sample_pass")), Err(Refusal::Blocked { code: "not_drawn", .. })));
        // What did not hold is opened again by the office.
        assert_eq!(town.act(&author("lxb", Role::Lxb), full_wish("reopen")).unwrap().status, "FILED");
    }
    assert!(drawn > 0 && left > drawn, "{drawn} {left}");
}

#[test]
fn two_cases_found_to_be_two_say_so_in_both() {
    let (ins, lxb) = (author("ins", Role::Ins), author("lxb", Role::Lxb));
    let mut one = Town::default();
    let state = one.record(&ins, &draft("GB-LD"));
    let other = CaseState { id: "other-1".into(), ..state.clone() };
    assert!(matches!(decide::not_same(&state, &other, &ins, ""), Err(Refusal::NotAllowed { .. })));
    assert!(matches!(decide::not_same(&state, &state, &lxb, ""), Err(Refusal::Blocked { code: "same_case", .. })));
    let said = decide::not_same(&state, &other, &lxb, "相邻两户").unwrap();
    let records: Vec<&str> = said.iter().map(|e| e.record.as_str()).collect();
    assert_eq!(records, [RECORD, "case:other-1"], "one event in each");
    let state = one.send(&lxb, &said[..1]);
    assert_eq!(state.not_same_as, ["other-1"]);
    assert_eq!(judged(&one, &ins, "case.not_same", serde_json::json!({ "other": "x" })), (true, "not_allowed".into()));
    assert_eq!(judged(&one, &lxb, "case.not_same", serde_json::json!({ "other": "" })), (true, "invalid:other".into()));
    assert_eq!(
        judged(&one, &lxb, "case.not_same", serde_json::json!({ "other": state.id })),
        (true, "invalid:other".into())
    );
}

#[test]
fn a_file_goes_to_the_archive_whole_or_with_words_why_not() {
    use xunju_domain::case::archive::{Annex, lacking, parts};
    let (ins, arc) = (author("ins", Role::Ins), author("arc", Role::Arc));
    let mut town = Town::default();
    let mut content = draft("LS-SB");
    content.photos.clear();
    content.no_photo_reason = "夜间无光".into();
    town.record(&ins, &content);
    let state = town.act(&ins, full_wish("quick_close")).unwrap();
    let of = |state: &CaseState, key: &str| {
        parts(state, &Annex::default()).into_iter().find(|p| p.key == key).map(|p| p.stands).unwrap()
    };
    assert_eq!(
        (of(&state, "report"), of(&state, "found_photos"), of(&state, "check")),
        ("there", "not_needed", "not_needed")
    );
    assert_eq!((of(&state, "done"), of(&state, "closing"), of(&state, "papers")), ("there", "there", "not_needed"));

    // A paper that was never served may lack with words; a proceeding under way may not.
    let enclosed = |at_end: bool| xunju_domain::case::archive::Enclosed {
        id: "p".into(),
        name: Default::default(),
        no: "F09".into(),
        at_end,
    };
    let act = |words: &str| xunju_domain::case::payload::Act {
        params: [("lack".to_owned(), words.to_owned())].into(),
        ..Default::default()
    };
    let papers = Annex { papers: vec![enclosed(true), enclosed(false)], ..Annex::default() };
    assert_eq!(lacking(&state, &papers, &act("")), ["papers"]);
    assert!(lacking(&state, &papers, &act("当事人已死亡，未送达")).is_empty());
    let under_way = Annex { proceedings: vec![enclosed(false)], ..Annex::default() };
    assert_eq!(lacking(&state, &under_way, &act("说明")), ["proceedings"], "no words make good for that");
    assert_eq!(town.act(&arc, wish("archive")).unwrap().status, "ARCHIVED");

    // A case that was never re-checked is refused by the server, with what it lacks.
    let bare = case_in("CLOSED", "close", false, 0);
    let judged = judge(&bare, &request(&bare, "arc", "archive"), &grant(&arc), &mut desk());
    assert_eq!(judged.rulings[0]["reason_code"], "file_lacking:report");
}

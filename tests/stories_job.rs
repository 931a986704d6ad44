//! The main job, end to end: two laptops, a browser's session, a real town server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::sync::Arc;

use serde_json::{Value, json};
use xunju_api::error::ErrorCode;
use xunju_api::view::case::{CaseView, Written};
use xunju_api::view::photo::PhotoState;
use xunju_api::view::work::{Chip, HeldView, ReviewQueueView, SyncView, TodayView};
use xunju_link::{Options, Outcome};
use xunju_testkit::{Desk, Inspector, Town, WoundClock, case_with, scene};

/// Winds a reviewer's clock past the grace and lets held decisions count.
fn let_grace_pass(reviewer: &Inspector, clock: &WoundClock) {
    clock.forward(11_000);
    reviewer.laptop.api().unwrap().tick().unwrap();
}

fn chip(who: &Inspector) -> SyncView {
    who.ask("sync.status", json!({})).unwrap()
}

#[test]
fn recorded_offline_returned_mended_and_filed() {
    let mut town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let clock = Arc::new(WoundClock::default());
    let reviewer =
        Inspector::enrol(&town, "reviewer1", "office", Options { clock: clock.clone(), ..Options::default() });

    // Offline: the case is whole and safe here, and the chip says just that.
    town.kill();
    let compound = inspector.compound("东湖花园");
    let photos = [
        (inspector.import(&scene(1), "IMG_0001.JPG"), "far"),
        (inspector.import(&scene(2), "IMG_0002.JPG"), "near"),
        (inspector.import(&scene(3), "IMG_0003.JPG"), ""),
    ];
    let recorded = inspector.record(&case_with(&compound, "8号", "601", &photos)).unwrap();
    assert!(recorded.case_no.starts_with("T-"));
    assert!(matches!(inspector.outcome(), Outcome::Stuck(e) if e.code == ErrorCode::Offline));
    let view = chip(&inspector);
    assert_eq!((view.chip, view.pending_events, view.pending_photos), (Chip::Offline, 1, 3));
    let here = inspector.case(&recorded.case_id);
    assert!(here.photos.iter().all(|p| p.state == PhotoState::OnlyHere && p.original_here));
    assert_eq!(here.timeline[0].state, "only_here");

    // The server is back: everything goes, and only then is anything called safe.
    town.restart();
    inspector.sync();
    let view = chip(&inspector);
    assert_eq!((view.chip, view.pending_events, view.pending_photos, view.pending_bytes), (Chip::Synced, 0, 0, 0));
    let sent = inspector.case(&recorded.case_id);
    assert!(sent.photos.iter().all(|p| p.state == PhotoState::Verified));
    assert_eq!(sent.card.status, "REPORTED");
    assert_eq!(sent.card.requested, None, "the submission has been ruled on");

    // The reviewer sends it back, naming the missing door plate.
    reviewer.sync();
    let queue: ReviewQueueView = reviewer.ask("review.queue", json!({ "queue": "to_review" })).unwrap();
    assert!(queue.rows.iter().any(|row| row.id == recorded.case_id));
    assert!(queue.rows.is_sorted_by_key(|row| row.due_date.clone().unwrap_or_else(|| "9999".into())), "by deadline");
    let back = json!({
        "case_id": recorded.case_id, "decision": "return", "reason_code": "return.photo_missing",
        "reason": "请补门牌照", "slot": "door",
    });
    let held: HeldView = reviewer.ask("review.decide", back.clone()).unwrap();
    assert!(held.left_ms > 9_000);
    reviewer.ask::<Value>("review.undo", json!({ "id": held.id })).unwrap();
    let_grace_pass(&reviewer, &clock);
    assert_eq!(reviewer.case(&recorded.case_id).card.status, "REPORTED", "taken back in time: nothing happened");
    let again: HeldView = reviewer.ask("review.decide", back).unwrap();
    let_grace_pass(&reviewer, &clock);
    let late = reviewer.ask::<Value>("review.undo", json!({ "id": again.id })).unwrap_err();
    assert_eq!(late.code, ErrorCode::Stale);
    reviewer.sync();

    // It stands in the inspector's Today with reason and slot; the photo is added, the case goes back.
    inspector.sync();
    let today: TodayView = inspector.ask("today.show", json!({})).unwrap();
    let returned = today.returned.iter().find(|r| r.card.id == recorded.case_id).expect("returned case in Today");
    assert_eq!((returned.returned.reason.as_str(), returned.returned.slot.as_deref()), ("请补门牌照", Some("door")));
    let plate = inspector.import(&scene(4), "IMG_0004.JPG");
    let act = json!({ "id": recorded.case_id, "action": "resubmit", "photos": [{ "hash": plate, "slot": "door" }] });
    inspector.ask::<Written>("case.act", act).unwrap();
    inspector.sync();

    // And is filed.
    reviewer.sync();
    assert!(
        reviewer
            .case(&recorded.case_id)
            .checks
            .iter()
            .any(|c| c.params.get("slot").is_some_and(|s| s == "door") && c.result == "pass")
    );
    reviewer
        .ask::<HeldView>("review.decide", json!({ "case_id": recorded.case_id, "decision": "approve", "reason": "" }))
        .unwrap();
    let_grace_pass(&reviewer, &clock);
    reviewer.sync();
    inspector.sync();
    let (ours, theirs) = (inspector.case(&recorded.case_id), reviewer.case(&recorded.case_id));
    assert_eq!(ours.card.status, "FILED");
    assert!(!ours.card.no_is_temporary);
    same_page(&ours, &theirs);
}

/// Both sides show the same story, photos, deadline and times.
fn same_page(a: &CaseView, b: &CaseView) {
    assert_eq!((&a.card.no, &a.card.status), (&b.card.no, &b.card.status));
    assert_eq!(a.deadline, b.deadline);
    let story = |v: &CaseView| {
        v.timeline.iter().map(|t| (t.event.clone(), t.kind.clone(), t.seq, t.time.received_ms)).collect::<Vec<_>>()
    };
    assert_eq!(story(a), story(b));
    assert!(a.timeline.iter().all(|t| t.seq.is_some() && t.time.wall_ms > 0 && t.time.received_ms.is_some()));
    let photos = |v: &CaseView| v.photos.iter().map(|p| (p.hash.clone(), p.slot.clone())).collect::<Vec<_>>();
    assert_eq!(photos(a), photos(b));
    assert_eq!(a.heads, b.heads);
}

#[test]
fn two_people_edit_the_same_field_and_nobodys_words_vanish() {
    let town = Town::start();
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let reviewer = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let case = inspector.record_at("3号", "201", 20).case_id;
    inspector.sync();
    reviewer.sync();

    inspector
        .ask::<Written>("case.edit", json!({ "id": case, "field": "location_text", "value": "北阳台外侧" }))
        .unwrap();
    reviewer.ask::<Written>("case.edit", json!({ "id": case, "field": "location_text", "value": "南面天井" })).unwrap();
    inspector.ask::<Written>("case.edit", json!({ "id": case, "field": "severity", "value": "general" })).unwrap();
    reviewer.ask::<Written>("case.edit", json!({ "id": case, "field": "severity", "value": "urgent" })).unwrap();
    reviewer.sync();
    inspector.sync();
    reviewer.sync();

    let mut seen = Vec::new();
    for who in [&inspector, &reviewer] {
        let view = who.case(&case);
        let conflict = view.conflicts.iter().find(|c| c.field == "location_text").expect("both values shown");
        let mut words: Vec<String> = conflict.versions.iter().map(|v| v.text.zh_hans.clone()).collect();
        words.sort();
        assert_eq!(words, ["北阳台外侧", "南面天井"]);
        assert_eq!(conflict.effective_why, "both_shown");
        assert_eq!(conflict.versions.iter().filter(|v| v.mine).count(), 1);
        let severity = view.conflicts.iter().find(|c| c.field == "severity").unwrap();
        assert_eq!((json!(severity.effective), severity.effective_why.as_str()), (json!("urgent"), "higher_severity"));
        seen.push(view.heads);
    }
    assert_eq!(seen[0], seen[1]);

    reviewer
        .ask::<Written>(
            "case.resolve",
            json!({ "id": case, "field": "location_text", "value": "南面天井", "reason": "现场核对" }),
        )
        .unwrap();
    reviewer.sync();
    inspector.sync();
    let settled = inspector.case(&case);
    assert!(!settled.conflicts.iter().any(|c| c.field == "location_text"));
    let history = serde_json::to_string(&settled.timeline).unwrap();
    assert!(history.contains("北阳台外侧") && history.contains("南面天井"), "both stay in the story");
}

#[test]
fn the_browser_does_the_same_review() {
    let town = Town::start();
    town.set_password("reviewer1", "reviewer", "核查员的口令 2026");
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let case = inspector.record_at("5号", "101", 40).case_id;
    inspector.sync();

    let desk = Desk::sign_in(&town.server.url, "reviewer1", "核查员的口令 2026");
    let queue: ReviewQueueView = desk.ask("review.queue", &json!({ "queue": "to_review" }));
    assert!(queue.rows.iter().any(|row| row.id == case));
    let view: CaseView = desk.ask("case.get", &json!({ "id": case }));
    for photo in &view.photos {
        let (status, bytes) = desk.photo(&photo.hash);
        assert_eq!(
            (status, xunju_evidence::Hash::of(&bytes).hex()),
            (200, photo.hash.clone()),
            "original byte for byte"
        );
    }
    let _held: HeldView =
        desk.ask("review.decide", &json!({ "case_id": case, "decision": "reject", "reason_code": "reject.out_of_range", "reason": "不属管理范围" }));
    // The server's own beat lets it count when the grace is over; each question waits for the server.
    let status = loop {
        let view: CaseView = desk.ask("case.get", &json!({ "id": case }));
        if view.card.status != "REPORTED" {
            break view.card.status;
        }
    };
    assert_eq!(status, "REJECTED");
    inspector.sync();
    same_page(&inspector.case(&case), &desk.ask("case.get", &json!({ "id": case })));
}

#[test]
fn a_leader_reads_and_does_not_decide_and_an_administrator_sees_no_case() {
    let town = Town::start();
    town.set_password("leader1", "leader", "镇领导的口令 2026");
    town.set_password("admin1", "admin", "管理员的口令 2026");
    let leader = Desk::sign_in(&town.server.url, "leader1", "镇领导的口令 2026");
    let page: Value = leader.ask("case.page", &json!({ "limit": 1 }));
    let id = page["rows"][0]["id"].as_str().unwrap().to_owned();
    let refused = leader.call("review.decide", &json!({ "case_id": id, "decision": "approve" })).unwrap_err();
    assert_eq!(refused["code"], "not_allowed");
    let refused = leader.call("case.edit", &json!({ "id": id, "field": "room", "value": "1" })).unwrap_err();
    assert_eq!(refused["code"], "not_allowed");
    let admin = Desk::sign_in(&town.server.url, "admin1", "管理员的口令 2026");
    for (command, args) in [("case.page", json!({})), ("case.get", json!({ "id": id }))] {
        assert_eq!(admin.call(command, &args).unwrap_err()["code"], "not_allowed", "{command}");
    }
}

//! A year's calendar comes in: every clock that leaned on it is counted again, once, and both values are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::calendar::CalendarYear;
use xunju_api::view::case::CaseView;
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town, case_with, program, scene};

/// Made up: the notice for 2027 is not out.
const NOTICE: &str = "2027年放假安排（试编）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

/// A case whose 90 working days reach into 2027 whatever day this runs in the second half of 2026 or later.
fn recorded(who: &Inspector, room: &str, seed: u64) -> String {
    let compound = who.compound("东湖花园");
    let mut content = case_with(&compound, "9号", room, &[(who.import(&scene(seed), "A.JPG"), "far")]);
    content["deadline"] = json!({ "rule": "WORK", "n": 90, "unit": "workday" });
    let id = who.record(&content).unwrap().case_id;
    who.sync();
    id
}

fn recounts(view: &CaseView) -> usize {
    view.timeline.iter().filter(|t| t.kind == "case.recounted").count()
}

/// Reads a case on the desk until it says what is waited for. Each look is a request to the server: no sleep.
fn when(desk: &Desk, id: &str, holds: impl Fn(&CaseView) -> bool) -> CaseView {
    for _ in 0..20_000 {
        // What was delivered a moment ago may still be on its way to the desk.
        let Ok(answer) = desk.call("case.get", &json!({ "id": id })) else { continue };
        let view: CaseView = serde_json::from_value(answer).unwrap();
        if holds(&view) {
            return view;
        }
    }
    panic!("{id} never came to it");
}

#[test]
fn a_published_year_recounts_every_open_clock_once_even_when_the_server_dies_in_between() {
    let mut town = Town::start();
    town.set_password("reviewer1", "reviewer", "a-long-sample-password-1");
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let cases = [recorded(&inspector, "402", 1), recorded(&inspector, "502", 2), recorded(&inspector, "601", 3)];
    let before: Vec<_> = cases.iter().map(|id| inspector.case(id).deadline.unwrap()).collect();
    assert!(before.iter().all(|d| d.provisional && d.was.is_none()));

    // Who may not publish is told so; what does not hold is not published.
    let refused = inspector.ask::<Value>("calendar.publish", json!({ "text": NOTICE })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let wrong = NOTICE.replace("共7天。1月", "共8天。1月");
    let refused: ApiError = office.ask::<Value>("calendar.publish", json!({ "text": wrong })).unwrap_err();
    assert_eq!((refused.code, refused.params["all"].as_str()), (ErrorCode::Invalid, "count_wrong:2027-02-05"));

    // The server dies after the first case it counted again, and goes on when it is back.
    town.restart_to_die_at("case_recounted");
    let year: CalendarYear = office.ask("calendar.publish", json!({ "text": NOTICE })).unwrap();
    assert_eq!((year.card.stands.as_str(), year.versions.len()), ("published", 1));
    let _cut_off = office.outcome();
    town.server.wait_for_end();
    town.restart();
    office.sync();

    let desk = Desk::sign_in(&town.server.url, "reviewer1", "a-long-sample-password-1");
    for (id, old) in cases.iter().zip(&before) {
        let view = when(&desk, id, |v| v.deadline.as_ref().is_some_and(|d| !d.provisional));
        let now = view.deadline.clone().unwrap();
        assert_ne!(now.due_at, old.due_at, "the notice moves this date");
        assert_eq!(now.was.as_ref(), Some(&old.due_at), "both are kept");
        assert!(now.calendar_version.contains("+2027."), "{}", now.calendar_version);
        assert_eq!(recounts(&view), 1);
        let said = view.timeline.iter().find(|t| t.kind == "case.recounted").unwrap();
        assert_eq!(said.was, old.due_at);
        inspector.sync();
        assert_eq!(inspector.case(id).deadline.unwrap().due_at, now.due_at, "and on the laptop");
    }

    // Started again, nothing is said twice. A later case counts by the published year at once.
    town.restart();
    inspector.sync();
    let later = recorded(&inspector, "602", 4);
    let counted = inspector.case(&later).deadline.unwrap();
    assert!(!counted.provisional);
    let desk = Desk::sign_in(&town.server.url, "reviewer1", "a-long-sample-password-1");
    when(&desk, &later, |v| v.card.status == "REPORTED" && v.card.requested.is_none());
    for id in cases.iter().chain([&later]) {
        let expected = usize::from(id != &later);
        assert_eq!(recounts(&desk.ask("case.get", &json!({ "id": id }))), expected);
    }
}

#[test]
fn a_laptop_that_counted_before_the_year_came_in_is_put_right_when_it_delivers() {
    let town = Town::start();
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let away = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let compound = away.compound("东湖花园");
    let mut content = case_with(&compound, "9号", "402", &[(away.import(&scene(9), "A.JPG"), "far")]);
    content["deadline"] = json!({ "rule": "WORK", "n": 90, "unit": "workday" });
    away.laptop.stop();
    office.ask::<Value>("calendar.publish", json!({ "text": NOTICE })).unwrap();
    office.sync();
    let id = away.record(&content).unwrap().case_id;
    let old = away.case(&id).deadline.unwrap();
    assert!(old.provisional, "it has not heard of the year");
    town.set_password("reviewer1", "reviewer", "a-long-sample-password-1");
    away.sync();
    let desk = Desk::sign_in(&town.server.url, "reviewer1", "a-long-sample-password-1");
    let view = when(&desk, &id, |v| recounts(v) == 1);
    assert_eq!(view.deadline.unwrap().was, Some(old.due_at));
}

#[test]
fn the_clock_of_the_whole_case_is_counted_again_and_a_terminal_counts_with_the_same_year() {
    let town = Town::start();
    town.set_password("reviewer1", "reviewer", "a-long-sample-password-1");
    let inspector = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let id = recorded(&inspector, "402", 11);
    office.sync();
    office.ask::<Value>("case.act", json!({ "id": id, "action": "approve" })).unwrap();
    office.sync();
    let clock = |view: &CaseView, id: &str| view.clocks.iter().find(|c| c.id == id).cloned();
    let view = office.case(&id);
    let accept = clock(&view, "T_accept").unwrap();
    assert_eq!((accept.stands.as_str(), accept.deadline.unit.as_str()), ("met", "work_hour"));
    let old = clock(&view, "T_case").unwrap();
    assert_eq!(
        (old.stands.as_str(), old.deadline.provisional),
        ("running", true),
        "240 working days reach past the year"
    );
    assert!(old.deadline.steps.iter().any(|s| s.kind == "due") && old.deadline.basis.contains("镇内规定"));

    office.ask::<Value>("calendar.publish", json!({ "text": NOTICE })).unwrap();
    office.sync();
    let desk = Desk::sign_in(&town.server.url, "reviewer1", "a-long-sample-password-1");
    let view = when(&desk, &id, |v| clock(v, "T_case").is_some_and(|c| c.deadline.was.is_some()));
    let new = clock(&view, "T_case").unwrap();
    assert_eq!(new.deadline.was.as_ref(), Some(&old.deadline.due_at), "both values are kept");
    assert_ne!(new.deadline.due_at, old.deadline.due_at);
    inspector.sync();
    assert_eq!(clock(&inspector.case(&id), "T_case"), Some(new), "and every laptop says the same");

    // At a terminal: by the town's year where an enrolled folder is named, and alone by what is shipped.
    let folder = town.folder("terminal");
    let run = |arguments: &str, given: bool| {
        let mut command = std::process::Command::new(program("xunjuctl"));
        command.args(arguments.split(' ')).env("XUNJU_STATE", town.folder("state")).env_remove("XUNJU_DATA");
        if given {
            command.arg("--data").arg(&folder);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let counted = |given: bool| {
        run("deadline --from 2027-02-04 --rule WORK --n 1 --unit workday", given)["due"].as_str().unwrap().to_owned()
    };
    assert_ne!(counted(true), "2027-02-12", "nobody is enrolled there yet: what is shipped counts");
    run(&format!("enrol --server {} --code {}", town.server.url, town.code("inspector2")), true);
    run("sync --seconds 60", true);
    assert_eq!(counted(true), "2027-02-12", "the festival of the notice lies between");
    assert_ne!(counted(false), "2027-02-12");
}

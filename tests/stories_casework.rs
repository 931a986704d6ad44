//! The life of a case after filing: dispatched, refused, extended, re-checked, closed, found again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::case::{CasePage, CaseView, Written};
use xunju_api::view::draft::DraftView;
use xunju_api::view::work::TodayView;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town, case_with, scene};

struct Cast {
    inspector: Inspector,
    office: Inspector,
    team: Inspector,
    _town: Town,
}

impl Cast {
    fn gather() -> Self {
        let town = Town::start();
        let enrol = |user: &str| Inspector::enrol(&town, user, user, Options::default());
        Self { inspector: enrol("inspector1"), office: enrol("reviewer1"), team: enrol("enforcer1"), _town: town }
    }

    /// One step, carried to everybody.
    fn act(&self, who: &Inspector, id: &str, action: &str, more: Value) -> Result<CaseView, ApiError> {
        let mut request = json!({ "id": id, "action": action });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        who.ask::<Written>("case.act", request)?;
        who.sync();
        [&self.inspector, &self.office, &self.team].into_iter().for_each(Inspector::sync);
        Ok(self.office.case(id))
    }

    fn step(&self, who: &Inspector, id: &str, action: &str, more: Value) -> CaseView {
        self.act(who, id, action, more).unwrap_or_else(|e| panic!("{action}: {e:?}"))
    }

    /// Recorded by the inspector and filed by the office.
    fn filed(&self, content: &Value) -> String {
        let recorded = self.inspector.record(content).unwrap();
        self.inspector.sync();
        self.office.sync();
        let view = self.step(&self.office, &recorded.case_id, "approve", json!({}));
        assert_eq!(view.card.status, "FILED");
        recorded.case_id
    }

    fn photo(&self, who: &Inspector, seed: u64) -> Value {
        json!({ "hash": who.import(&scene(seed), &format!("IMG_{seed}.JPG")), "slot": "after" })
    }
}

fn duty(who: &Inspector, key: &str) -> u32 {
    let today: TodayView = who.ask("today.show", json!({})).unwrap();
    let count = today.duties.iter().find(|d| d.key == key).map_or(0, |d| d.bucket.count);
    let list: Result<CasePage, ApiError> = who.ask("case.page", json!({ "duty": key }));
    assert_eq!(list.map_or(0, |page| page.total), count, "the count of {key} is the length of its list");
    count
}

fn problem(refused: Result<CaseView, ApiError>) -> (ErrorCode, String) {
    let e = refused.unwrap_err();
    let said = e.field.clone().or_else(|| e.params.get("reason").cloned()).unwrap_or_default();
    (e.code, said)
}

#[test]
fn an_illegal_structure_from_the_first_photo_to_its_rebound() {
    let cast = Cast::gather();
    let Cast { inspector, office, team, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let at = |seed: u64| case_with(&compound, "9号", "402", &[(inspector.import(&scene(seed), "A.JPG"), "far")]);
    let id = cast.filed(&at(1));

    // Dispatched: the form proposes the department, and the order stands in its list.
    let before = duty(team, "to_take");
    let offer = office.case(&id).actions.into_iter().find(|a| a.action == "dispatch").unwrap();
    let lead = offer.params.iter().find(|p| p.name == "lead").unwrap();
    assert_eq!((lead.proposed.as_str(), lead.required, offer.deadline.as_deref()), ("enforcement", true, Some("keep")));
    let view = cast.step(
        office,
        &id,
        "dispatch",
        json!({ "params": { "lead": "enforcement", "assisting": "planning,property" } }),
    );
    assert_eq!((view.card.status.as_str(), view.order.as_ref().unwrap().assisting.len()), ("DISPATCHED", 2));
    assert_eq!(duty(team, "to_take"), before + 1);
    cast.step(team, &id, "take", json!({ "params": { "handler": "enforcer1" } }));

    // More time: asked for by the team, granted by the office, from the old date.
    cast.step(team, &id, "ask_extend", json!({ "reason_code": "ask_extend.weather", "reason": "连续降雨，无法施工" }));
    assert!(duty(office, "to_extend") >= 1);
    let old = office.case(&id).deadline.unwrap().due_at;
    let grant = json!({ "reason_code": "extend.weather", "reason": "同意", "deadline": { "rule": "WORK", "n": 5, "unit": "workday" } });
    let view = cast.step(office, &id, "extend", grant);
    let due = view.deadline.unwrap();
    assert_eq!(due.start, old, "an extension counts from the old due date");
    assert!(due.due_at > old && due.steps.iter().any(|s| s.kind == "due"), "and explains itself");
    assert!(view.order.unwrap().asks.is_empty(), "what was granted is no longer asked for");

    // Done in part: the measure is asked for, is at most the whole, and does not pass as the whole.
    let done = |area: &str, seed: u64| {
        json!({
            "params": { "result": "self_corrected" }, "photos": [cast.photo(team, seed)],
            "fields": { "demolished_m2": area, "demolish_method": "self" },
        })
    };
    let without = json!({ "params": { "result": "self_corrected" }, "photos": [cast.photo(team, 20)] });
    assert_eq!(problem(cast.act(team, &id, "report_done", without)).0, ErrorCode::Invalid);
    assert_eq!(problem(cast.act(team, &id, "report_done", done("12.51", 21))).1, "demolished_m2");
    cast.step(team, &id, "report_done", done("10.00", 22));
    let to_check = duty(inspector, "to_check");
    cast.step(office, &id, "assign_check", json!({ "params": { "checker": "inspector1" } }));
    assert_eq!(duty(inspector, "to_check"), to_check + 1);
    let offered = |who: &Inspector| who.case(&id).actions.into_iter().map(|a| a.action).collect::<Vec<_>>();
    assert!(!offered(inspector).contains(&"pass".to_owned()), "a part is not the whole");
    assert!(!offered(team).iter().any(|a| a == "pass" || a == "fail"), "nobody checks his own work");
    let failed = json!({ "reason_code": "fail.partly", "reason": "还剩 2.5 平方米", "deadline": { "rule": "CAL_ROLL", "n": 7, "unit": "day" } });
    let view = cast.step(inspector, &id, "fail", failed);
    assert_eq!((view.card.status.as_str(), view.order.unwrap().reworked), ("HANDLING", 1));

    // The whole: two new photos of the checker's own, then closed.
    cast.step(team, &id, "report_done", done("12.50", 23));
    cast.step(office, &id, "assign_check", json!({ "params": { "checker": "inspector1" } }));
    let one = json!({ "photos": [cast.photo(inspector, 24)] });
    assert_eq!(problem(cast.act(inspector, &id, "pass", one)), (ErrorCode::Invalid, "photos".to_owned()));
    let two = json!({ "photos": [cast.photo(inspector, 24), cast.photo(inspector, 25)], "reason": "已全部拆除" });
    let to_close = duty(office, "to_close");
    cast.step(inspector, &id, "pass", two);
    assert_eq!(duty(office, "to_close"), to_close + 1);
    let view = cast.step(office, &id, "close", json!({}));
    assert_eq!(view.card.status, "CLOSED");

    // Found again at the same door: a rebound, unless the inspector says otherwise.
    let again = inspector.record(&at(30)).unwrap();
    let view = inspector.case(&again.case_id);
    assert_eq!(view.rebound_of.map(|card| card.id), Some(id.clone()));
    assert_eq!(inspector.case(&id).rebounds.len(), 1, "and the closed case names it");
    let mut other = at(31);
    other["rebound_of"] = json!("");
    let other = inspector.record(&other).unwrap();
    assert!(inspector.case(&other.case_id).rebound_of.is_none());
}

#[test]
fn refused_twice_only_the_joint_conference_decides() {
    let cast = Cast::gather();
    let Cast { inspector, office, team, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let mut content = case_with(&compound, "10号", "301", &[(inspector.import(&scene(40), "A.JPG"), "far")]);
    content["type_code"] = json!("WM-KC");
    content["fields"] = json!({ "facade": "south" });
    let id = cast.filed(&content);
    assert!(office.case(&id).competence.is_some(), "two texts disagree, and the office is told");

    let refusal = json!({ "reason_code": "refuse.not_ours", "reason": "《物业规定》第八十五条：由房管部门处理" });
    cast.step(office, &id, "dispatch", json!({ "params": { "lead": "enforcement" } }));
    cast.step(team, &id, "refuse", refusal.clone());
    let to = |lead: &str, conference: &str| json!({ "params": { "lead": lead, "conference": conference } });
    assert_eq!(
        problem(cast.act(office, &id, "redispatch", to("enforcement", ""))),
        (ErrorCode::Invalid, "lead".into())
    );
    cast.step(office, &id, "redispatch", to("housing_town", ""));
    assert!(!team.case(&id).actions.iter().any(|a| a.action == "take"), "another department's order is not theirs");

    let housing = Inspector::enrol(&cast._town, "housing1", "housing1", Options::default());
    let view = cast.step(&housing, &id, "refuse", refusal);
    assert_eq!((view.order.as_ref().unwrap().refused_by.len(), view.order.unwrap().on_agenda), (2, true));
    assert_eq!(problem(cast.act(office, &id, "redispatch", to("planning", ""))).1, "conference");
    let view = cast.step(office, &id, "redispatch", to("enforcement", "示联纪〔2026〕第9号"));
    assert_eq!((view.card.status.as_str(), view.order.unwrap().on_agenda), ("DISPATCHED", false));
}

#[test]
fn a_clock_that_stood_still_goes_on_with_the_days_it_lost() {
    let cast = Cast::gather();
    let Cast { inspector, office, team, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let id = cast.filed(&case_with(&compound, "11号", "201", &[(inspector.import(&scene(50), "A.JPG"), "far")]));
    cast.step(office, &id, "dispatch", json!({ "params": { "lead": "enforcement" } }));
    cast.step(team, &id, "take", json!({ "params": { "handler": "enforcer1" } }));
    let old = office.case(&id).deadline.unwrap();
    let stop = json!({ "reason_code": "suspend.appraisal", "reason": "委托检测", "params": { "expected_end": "2027-01-15", "document": "沪检〔2026〕第4号" } });
    let view = cast.step(office, &id, "suspend", stop);
    assert_eq!(view.order.unwrap().stopped.unwrap().expected_end, "2027-01-15");
    let view = cast.step(office, &id, "resume", json!({ "params": { "document": "沪检〔2026〕第5号" } }));
    let due = view.deadline.unwrap();
    assert!(due.rule.starts_with("CAL_ROLL_SUSPEND:") && due.start == old.start, "{}", due.rule);
    assert!(due.due_at > old.due_at && !due.steps.is_empty(), "{} after {}", due.due_at, old.due_at);
}

#[test]
fn five_square_metres_a_person_pass_and_less_does_not() {
    let cast = Cast::gather();
    let compound = cast.inspector.compound("东湖花园");
    for (usable, area, test) in [("14.97", "4.99", "fail"), ("15.00", "5.00", "pass"), ("15.03", "5.01", "pass")] {
        let mut content = case_with(&compound, "12号", "101", &[]);
        content["type_code"] = json!("QZ-MJ");
        content["fields"] = json!({ "tenants": "3", "usable_m2": usable });
        let draft: DraftView = cast.inspector.ask("draft.new", json!({})).unwrap();
        let view: DraftView = cast.inspector.ask("draft.save", json!({ "id": draft.id, "content": content })).unwrap();
        assert_eq!(view.computed.get("per_person_m2").map(String::as_str), Some(area));
        assert_eq!(view.computed.get("per_person_test").map(String::as_str), Some(test), "{area}");
    }
}

#[test]
fn cases_are_merged_only_into_an_open_one_of_the_same_kind_and_compound() {
    let cast = Cast::gather();
    let Cast { inspector, office, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let file = |room: &str, seed: u64| {
        cast.filed(&case_with(&compound, "13号", room, &[(inspector.import(&scene(seed), "A.JPG"), "far")]))
    };
    let (first, second) = (file("101", 60), file("102", 61));
    let choices = |id: &str| {
        let merge = office.case(id).actions.into_iter().find(|a| a.action == "merge").unwrap();
        merge.params[0].choices.iter().map(|c| c.value.clone()).collect::<Vec<_>>()
    };
    assert!(choices(&second).contains(&first) && !choices(&second).contains(&second));
    let itself = cast.act(office, &second, "merge", json!({ "params": { "target": second } }));
    let refused = itself.unwrap_err();
    assert_eq!((refused.code, refused.params["reason"].as_str()), (ErrorCode::NotAllowed, "same_case"));
    let view = cast.step(office, &second, "merge", json!({ "params": { "target": first } }));
    assert_eq!((view.card.status.as_str(), view.merged_into.unwrap().id), ("MERGED", first.clone()));
    assert_eq!(office.case(&first).merged[0].id, second, "both numbers stay findable");
    assert!(!choices(&first).contains(&second), "a merged case takes nothing in");
}

#[test]
fn an_officer_sees_only_what_was_given_to_the_own_department() {
    let cast = Cast::gather();
    let Cast { inspector, office, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let police = Inspector::enrol(&cast._town, "officer1", "officer1", Options::default());
    let id = cast.filed(&case_with(&compound, "14号", "101", &[(inspector.import(&scene(70), "A.JPG"), "far")]));
    police.sync();
    let seen = |id: &str| police.ask::<CaseView>("case.get", json!({ "id": id })).map(|view| view.card.id);
    assert_eq!(seen(&id).unwrap_err().code, ErrorCode::NotFound, "what one may not see, one may not know of");
    let listed = || {
        let page: CasePage = police.ask("case.page", json!({ "compound_id": compound })).unwrap();
        page.rows.iter().any(|card| card.id == id)
    };
    assert!(!listed());
    // Nor are its pictures theirs by knowing a fingerprint; nor an administrator's, who keeps accounts and no cases.
    let thumb = inspector.case(&id).photos[0].thumb.clone().unwrap();
    let picture = |who: &Inspector| {
        let api = who.laptop.api().unwrap();
        api.photo(&api.laptop_caller().unwrap(), &thumb).map(|bytes| bytes.len()).map_err(|e| e.code)
    };
    let admin = Inspector::enrol(&cast._town, "admin1", "admin1", Options::default());
    assert_eq!(picture(&police), Err(ErrorCode::NotAllowed));
    assert!(picture(&admin).is_err());

    cast.step(office, &id, "dispatch", json!({ "params": { "lead": "enforcement", "assisting": "police" } }));
    police.sync();
    assert!(listed() && seen(&id).is_ok(), "assisting is enough to see");
    assert!(picture(&police).is_ok());
    let offered: Vec<String> = police.case(&id).actions.into_iter().map(|a| a.action).collect();
    assert!(!offered.iter().any(|a| a == "take"), "and not enough to take: {offered:?}");
}

#[test]
fn small_matters_close_on_the_spot_and_the_rarer_roads_end_where_they_should() {
    let cast = Cast::gather();
    let Cast { inspector, office, team, .. } = &cast;
    let compound = inspector.compound("东湖花园");
    let content = |code: &str, room: &str, seed: u64| {
        let mut content = case_with(&compound, "15号", room, &[(inspector.import(&scene(seed), "A.JPG"), "far")]);
        content["type_code"] = json!(code);
        content["fields"] = if code.starts_with("WJ") { json!({ "area_m2": "3" }) } else { json!({}) };
        content
    };

    // 即查即改: only a small matter, only with the photo of afterwards.
    let stall = inspector.record(&content("LS-SB", "101", 80)).unwrap().case_id;
    inspector.sync();
    assert_eq!(problem(cast.act(inspector, &stall, "quick_close", json!({}))).1, "photos");
    let done = json!({ "photos": [cast.photo(inspector, 81)], "reason": "当场清理" });
    assert_eq!(cast.step(inspector, &stall, "quick_close", done).card.status, "CLOSED");
    let shed = inspector.record(&content("WJ-TJ", "102", 82)).unwrap().case_id;
    inspector.sync();
    let with_photo = json!({ "photos": [cast.photo(inspector, 83)] });
    let refused = cast.act(inspector, &shed, "quick_close", with_photo).unwrap_err();
    assert_eq!((refused.code, refused.params["reason"].as_str()), (ErrorCode::NotAllowed, "not_quick"));

    // 转派 after it was taken, with the hand-over on record.
    let id = cast.filed(&content("WJ-TJ", "103", 84));
    cast.step(office, &id, "dispatch", json!({ "params": { "lead": "enforcement" } }));
    cast.step(team, &id, "take", json!({ "params": { "handler": "enforcer1" } }));
    let silent = json!({ "params": { "lead": "planning" } });
    assert_eq!(problem(cast.act(office, &id, "hand_on", silent)).1, "handover");
    let told = json!({ "params": { "lead": "planning", "handover": "图纸已移交" } });
    let view = cast.step(office, &id, "hand_on", told);
    assert_eq!((view.card.status.as_str(), view.order.unwrap().handler.as_str()), ("DISPATCHED", ""));

    // 移送 ends it, with paper and receiver.
    let away = json!({ "params": { "document": "示综执移字〔2026〕第0003号", "receiver": "区规划资源局" } });
    let view = cast.step(office, &id, "refer_out", away);
    assert_eq!(view.card.status, "TRANSFERRED");
    assert_eq!(view.order.unwrap().referred_to, "区规划资源局");
    assert!(office.case(&id).actions.is_empty(), "an end is an end");

    // Reopened under its own number only because the check was unfounded.
    let rebound = json!({ "reason_code": "reopen.rebound", "reason": "反弹" });
    assert_eq!(problem(cast.act(office, &stall, "reopen", rebound)).1, "reason");
    let unfounded = json!({ "reason_code": "reopen.unfounded_check", "reason": "核查不实" });
    assert_eq!(cast.step(office, &stall, "reopen", unfounded).card.status, "FILED");
}

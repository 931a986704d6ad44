//! 执法程序: the whole road by its dates, every refusal of domain.md §3.2 with its article, every row by every role.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};
use xunju_domain::case::{self, CaseState};
use xunju_domain::deadline::Calendar;
use xunju_domain::event::FoldEvent;
use xunju_domain::judgement::{Registry, Standing};
use xunju_domain::permission::{Grant, ROLES, Role, Scopes};
use xunju_domain::proceeding::payload::{OPENED, PARTY_SET, STEP};
use xunju_domain::proceeding::steps::{APPROVED, TABLE};
use xunju_domain::proceeding::{self as prc, Party, ProceedingState, clocks, demolition_from, grown, rule, step_words};
use xunju_domain::record::kind;

const RECORD: &str = "proceeding:p1";
const SCOPE: &str = "cmp-001";
/// 2026-11-24 12:00 in Shanghai.
const RECEIVED: i64 = 1_795_492_800_000;

fn event(id: &str, actor: &str, kind: &str, by_server: bool, data: Value, parents: Vec<String>) -> FoldEvent {
    FoldEvent {
        id: id.into(),
        parents,
        kind: kind.into(),
        tv: 1,
        actor: actor.into(),
        device: format!("d_{actor}"),
        inc: 1,
        n: 1,
        by_server,
        wall_ms: 0,
        tz: "+08:00".into(),
        estimate: None,
        blobs: vec![],
        data,
        seq: None,
        received_ms: Some(RECEIVED),
    }
}

/// Who is who: officers with certificates, one whose certificate ran out, and those who approve and review.
fn role_of(user: &str) -> Role {
    match user {
        "enf1" | "enf2" | "old" => Role::Enf,
        "lead" => Role::Enfl,
        "law" => Role::Leg,
        "head" => Role::Head,
        "arc" => Role::Arc,
        other => ROLES.iter().find(|(_, code, _)| *code == other).map(|(role, _, _)| *role).unwrap(),
    }
}

#[derive(Default)]
struct Town {
    events: Vec<FoldEvent>,
    category: String,
    in_progress: bool,
    /// What the town published for 2025, if anything.
    published: Option<Value>,
}

impl Registry for Town {
    fn next_no(&mut self, _: &str) -> String {
        unreachable!("a proceeding takes no number of the case")
    }

    fn record(&mut self, record: &str) -> Option<(String, Vec<FoldEvent>)> {
        if record == "calendar:2025" {
            let published = self.published.clone()?;
            return Some(("town".into(), vec![event("k", "lxb", "calendar.published", false, published, vec![])]));
        }
        let user = record.strip_prefix("user:")?;
        let until = if user == "old" { "2024-12-31" } else { "2030-12-31" };
        let certificates = json!([{ "no": user, "valid_from": "2021-01-01", "valid_to": until }]);
        let data = json!({ "name": user, "roles": [role_of(user).code()], "scopes": "all", "active": true, "certificates": certificates });
        Some(("town".into(), vec![event("u", "server", "user.defined", true, data, vec![])]))
    }

    fn case(&mut self, id: &str) -> Option<CaseState> {
        let recorded = json!({ "type_code": format!("{}-TJ", self.category), "compound_id": SCOPE, "in_progress": self.in_progress });
        let events = [
            event("a", "inspector1", "case.recorded", false, recorded, vec![]),
            event(
                "b",
                "server",
                "case.ruled",
                true,
                json!({ "of": "a", "verdict": "accepted", "action": "submit", "from": "DRAFT", "to": "FILED", "case_no": "SY-1" }),
                vec!["a".into()],
            ),
        ];
        (id == "c1").then(|| case::fold("case:c1", SCOPE, &events))
    }
}

/// Step, person, day and what it says.
type Leg<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)]);

impl Town {
    fn new(in_progress: bool) -> Self {
        let mut town = Self { events: vec![], category: "WJ".into(), in_progress, published: None };
        let opened = json!({ "case_id": "c1", "case_no": "SY-1", "category": "WJ", "in_progress": in_progress, "cause": "违法搭建", "date": "2025-12-01" });
        assert_eq!(town.say("enf1", OPENED, opened), Ok(()));
        town
    }

    fn state(&self) -> ProceedingState {
        prc::fold(RECORD, SCOPE, &self.events)
    }

    /// Commits and judges; the refusal's code and article.
    fn say(&mut self, who: &str, event_kind: &str, data: Value) -> Result<(), (String, String)> {
        let id = format!("{:04}", self.events.len());
        let made = event(&id, who, event_kind, false, data, self.state().heads);
        self.events.push(made.clone());
        let grant = Grant { user: who.into(), roles: vec![role_of(who)], scopes: Scopes::All, unit: String::new() };
        let events = self.events.clone();
        let standing = Standing { record: RECORD, scope: SCOPE, events: &events };
        let judged = (kind(RECORD).unwrap().judge)(&standing, &made, &grant, self);
        let mut refused = Ok(());
        for ruling in judged.rulings {
            let text = |key: &str| ruling[key].as_str().unwrap_or_default().to_owned();
            if text("verdict") == "refused" {
                refused = Err((text("reason_code"), text("article")));
            }
            let id = format!("{:04}", self.events.len());
            let heads = self.state().heads;
            self.events.push(event(&id, "server", "proceeding.ruled", true, ruling, heads));
        }
        refused
    }

    fn step(&mut self, who: &str, code: &str, date: &str, params: &[(&str, &str)]) -> Result<(), (String, String)> {
        self.say(who, STEP, step(code, date, params))
    }

    fn go(&mut self, road: &[Leg<'_>]) {
        for (who, code, date, params) in road {
            assert_eq!(self.step(who, code, date, params), Ok(()), "{code} {date}");
        }
    }

    fn party(&mut self) {
        let party = json!({ "kind": "person", "name": "张三", "id_kind": "resident_id", "id_no": "310112190001010010", "phone": "13812345678", "address": "示例路1弄2号" });
        assert_eq!(self.say("enf1", PARTY_SET, party), Ok(()));
    }
}

fn step(code: &str, date: &str, params: &[(&str, &str)]) -> Value {
    let officers = xunju_domain::proceeding::steps::find(code).is_some_and(|row| row.officers);
    let wanted = match params.iter().find(|(k, _)| *k == "decision") {
        Some((_, "both")) => vec!["F21".to_owned(), "F22".to_owned()],
        Some((_, "demolition")) => vec!["F22".to_owned()],
        _ => step_words(code).unwrap().documents.clone(),
    };
    let document = |template: &String| json!({ "template": template.split('|').next().unwrap(), "number": "示综执〔2025〕1号", "date": date });
    json!({
        "code": code, "from": "", "date": date, "officers": if officers { vec!["enf1", "enf2"] } else { vec![] },
        "documents": wanted.iter().map(document).collect::<Vec<_>>(),
        "params": params.iter().copied().collect::<BTreeMap<&str, &str>>(),
    })
}

type Walk<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)]);

const TO_NOTICE: &[Walk<'_>] = &[
    ("head", "OK", "2025-12-02", &[("for", "E10")]),
    ("enf1", "E10", "2025-12-02", &[]),
    ("enf1", "E20", "2025-12-03", &[]),
    ("enf1", "E30", "2025-12-04", &[("correct_by", "2025-12-11")]),
    ("enf1", "E32", "2025-12-12", &[("result", "not")]),
    ("enf2", "E40", "2025-12-15", &[("planned", "责令拆除并罚款"), ("hearing_right", "yes")]),
];
const BOTH: &[(&str, &str)] = &[("decision", "both"), ("fine", "5000"), ("perform_by", "2026-01-10")];
const TO_SERVICE: &[Walk<'_>] = &[
    ("law", "E45", "2025-12-23", &[("opinion", "agree")]),
    ("head", "OK", "2025-12-23", &[("for", "E50")]),
    ("enf1", "E50", "2025-12-24", BOTH),
    ("enf1", "E55", "2025-12-25", &[("mode", "direct")]),
];
const TO_FORCE: &[Walk<'_>] = &[
    ("enf1", "E65", "2026-01-12", &[]),
    ("enf1", "E66", "2026-01-13", &[]),
    ("head", "OK", "2026-01-14", &[("for", "E70")]),
    ("enf1", "E70", "2026-01-14", &[]),
];
const DOWN: &[(&str, &str)] = &[("mode", "demolition"), ("begins", "09:00"), ("ends", "11:30")];

fn walked(roads: &[&[Walk<'_>]]) -> Town {
    let mut town = Town::new(false);
    town.party();
    roads.iter().for_each(|road| town.go(road));
    town
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn refused(code: &str, article: &str) -> Result<(), (String, String)> {
    Err((code.into(), article.into()))
}

#[test]
fn a_whole_ordinary_proceeding_from_the_source_to_the_archive() {
    let mut town = walked(&[TO_NOTICE, TO_SERVICE, TO_FORCE]);
    let calendar = Calendar::standard();
    assert_eq!(
        demolition_from(&town.state(), calendar),
        Some(day("2026-06-26")),
        "six months after service, and a day"
    );
    assert_eq!(town.step("enf1", "E72", "2026-06-25", DOWN), refused("remedy_open", "行政强制法 44"));
    town.go(&[
        ("enf1", "E60", "2026-03-02", &[("performed", "fine")]),
        ("enf1", "E72", "2026-06-26", DOWN),
        ("enf1", "E80", "2026-06-26", &[("performed", "demolition"), ("demolished_m2", "12.5")]),
        ("head", "OK", "2026-06-29", &[("for", "E90")]),
        ("lead", "E90", "2026-06-29", &[("result", "已拆除并缴清罚款")]),
        ("arc", "E95", "2026-06-30", &[]),
    ]);
    let state = town.state();
    assert_eq!((state.status.as_str(), state.opening.as_str()), ("E95", "accepted"));
    let due = |id: &str, variant: usize| {
        let all = clocks(&state, calendar, day("2026-07-01"));
        let clock = all.iter().filter(|c| c.fact.id == id).nth(variant).unwrap();
        (clock.fact.due_date().to_owned(), clock.state)
    };
    assert_eq!(due("D15", 0), ("2026-03-02".into(), "met"), "ninety days from filing");
    assert_eq!(due("D13", 0), ("2025-12-22".into(), "ended"), "five working days to ask for a hearing");
    assert_eq!(due("D16", 0), ("2026-01-05".into(), "met"), "seven working days to serve, New Year between");
    assert_eq!(due("D17", 0), ("2026-01-09".into(), "overdue"));
    assert_eq!(due("D19", 0).0, "2026-02-24", "sixty days end in the Spring Festival");
    assert_eq!(due("D20", 0).0, "2026-06-25");
    assert_eq!(due("EARLIEST", 0), ("2026-06-26".into(), "met"));
    let grown = grown(&state, calendar, day("2026-07-01")).unwrap();
    assert_eq!((grown.amount.as_str(), grown.capped), ("5000.00", true), "52 days late, never more than the fine");
}

#[test]
fn every_refusal_of_the_list_names_its_article() {
    // Decided without notice; by one officer; by one whose certificate ran out; without review.
    let mut early = walked(&[&TO_NOTICE[..3]]);
    assert_eq!(early.step("enf1", "E50", "2025-12-05", BOTH), refused("no_prior_notice", "行政处罚法 44、62"));
    let mut alone = step("E30", "2025-12-05", &[("correct_by", "2025-12-11")]);
    alone["officers"] = json!(["enf1", "enf1"]);
    assert_eq!(early.say("enf1", STEP, alone.clone()), refused("one_officer", "行政处罚法 42"));
    alone["officers"] = json!(["enf1", "old"]);
    assert_eq!(early.say("enf1", STEP, alone.clone()), refused("no_certificate", "行政处罚法 42、55"));
    alone["officers"] = json!(["enf1", "head"]);
    assert_eq!(early.say("enf1", STEP, alone.clone()).unwrap_err().0, "no_certificate", "the head is no officer");
    alone["officers"] = json!(["enf1", "enf2"]);
    assert_eq!(early.say("lead", STEP, alone).unwrap_err().0, "not_signed_by_officer");
    // A document dated before filing; one that is missing; a day to come.
    let mut old = step("E30", "2025-12-05", &[("correct_by", "2025-12-11")]);
    old["documents"][0]["date"] = json!("2025-12-01");
    assert_eq!(early.say("enf1", STEP, old.clone()), refused("before_filing", "行政处罚法 54"));
    old["documents"] = json!([]);
    assert_eq!(early.say("enf1", STEP, old).unwrap_err().0, "document_missing");
    assert_eq!(early.step("enf1", "E30", "2026-11-25", &[("correct_by", "2026-12-11")]).unwrap_err().0, "date_unsound");
    assert_eq!(early.step("enf1", "E30", "2025-12-01", &[("correct_by", "2025-12-11")]).unwrap_err().0, "date_unsound");
    let mut paper = step("E30", "2025-12-05", &[("correct_by", "2025-12-11")]);
    paper["documents"][0]["paper"] = json!("no-such");
    assert_eq!(early.say("enf1", STEP, paper).unwrap_err().0, "no_such_paper");

    // The hearing.
    let mut noticed = walked(&[TO_NOTICE]);
    assert_eq!(noticed.step("enf1", "E50", "2025-12-24", BOTH).unwrap_err().0, "no_review");
    let mut hasty = walked(&[TO_NOTICE]);
    hasty.go(&[("law", "E45", "2025-12-16", &[("opinion", "agree")]), ("head", "OK", "2025-12-16", &[("for", "E50")])]);
    assert_eq!(hasty.step("enf1", "E50", "2025-12-22", BOTH), refused("hearing_period_open", "行政处罚法 64"));
    assert_eq!(hasty.step("enf1", "E50", "2025-12-23", BOTH), Ok(()));
    assert_eq!(
        noticed.step("enf1", "E41", "2026-01-05", &[("announced_on", "2025-12-20")]).unwrap_err().0,
        "no_hearing_request"
    );
    assert_eq!(noticed.step("enf1", "E40H", "2025-12-23", &[]), refused("hearing_late", "行政处罚法 64"));
    noticed.go(&[("enf1", "E40H", "2025-12-22", &[])]);
    assert_eq!(noticed.step("enf1", "E50", "2025-12-24", BOTH), refused("hearing_not_held", "行政处罚法 63、64"));
    let held = &[("announced_on", "2025-12-26")];
    assert_eq!(noticed.step("enf2", "E41", "2026-01-07", held).unwrap_err().0, "chair_investigated");
    assert_eq!(noticed.step("lead", "E41", "2026-01-06", held), refused("hearing_notice_short", "行政处罚法 64"));
    assert_eq!(noticed.step("lead", "E41", "2026-01-08", held), Ok(()));

    // Performance, reminder, demolition, court.
    let mut served = walked(&[TO_NOTICE, TO_SERVICE]);
    assert_eq!(served.step("enf1", "E65", "2026-01-09", &[]), refused("performance_open", "行政强制法 34、35"));
    assert_eq!(served.step("enf1", "E72", "2026-01-12", DOWN), refused("remedy_open", "行政强制法 44"));
    assert_eq!(served.step("enf1", "E70", "2026-01-12", &[]), refused("not_urged", "行政强制法 35"));
    served.go(&[("head", "OK", "2026-01-12", &[("for", "E90")])]);
    let close = [("result", "结案")];
    assert_eq!(
        served.step("lead", "E90", "2026-01-12", &close),
        refused("fine_unpaid", "行政强制法 40；行政处罚法 67")
    );
    served.go(&[("enf1", "E60", "2026-01-12", &[("performed", "fine")])]);
    assert_eq!(served.step("lead", "E90", "2026-01-12", &close), refused("not_executed", "行政强制法 37、40"));
    served.go(&[("enf1", "E86", "2026-01-13", &[("cause", "object_lost")])]);
    assert_eq!(served.step("lead", "E90", "2026-01-13", &close), Ok(()), "ended is settled");
}

#[test]
fn things_are_held_for_thirty_days_once_more_thirty_and_never_forgotten() {
    let mut town = walked(&[&TO_NOTICE[..3]]);
    let things = &[("things", "切割机 1 台"), ("grounds", "行政强制法 25")];
    assert_eq!(town.step("enf1", "SEIZE", "2025-12-04", things).unwrap_err().0, "not_approved");
    assert_eq!(town.step("enf1", "SEIZE2", "2025-12-04", &[("reason", "复杂")]).unwrap_err().0, "nothing_pending");
    town.go(&[("head", "OK", "2025-12-04", &[("for", "SEIZE")]), ("enf1", "SEIZE", "2025-12-04", things)]);
    assert_eq!(town.step("enf1", "SEIZE", "2025-12-04", things).unwrap_err().0, "already_pending");
    let clock = |town: &Town, n: usize| {
        let all = clocks(&town.state(), Calendar::standard(), day("2026-02-03"));
        let clock = all.iter().filter(|c| c.fact.id == "D11").nth(n).cloned();
        clock.map(|c| (c.fact.due_date().to_owned(), c.state))
    };
    assert_eq!(clock(&town, 0), Some(("2026-01-03".into(), "overdue")), "a hard thirty days, on a rest day too");
    town.go(&[("head", "OK", "2026-01-03", &[("for", "SEIZE2")])]);
    let more = &[("reason", "案情复杂")];
    assert_eq!(town.step("enf1", "SEIZE2", "2026-01-04", more), refused("seizure_over", "行政强制法 25"));
    town.go(&[("enf1", "SEIZE2", "2026-01-03", more)]);
    assert_eq!(clock(&town, 0), Some(("2026-01-03".into(), "met")));
    assert_eq!(clock(&town, 1), Some(("2026-02-02".into(), "overdue")));
    assert_eq!(town.step("enf1", "SEIZE2", "2026-01-03", more), refused("extended_before", "行政强制法 25"));
    town.go(&[
        ("enf1", "E30", "2026-01-05", &[("correct_by", "2026-01-11")]),
        ("enf1", "E32", "2026-01-09", &[("result", "corrected")]),
        ("head", "OK", "2026-01-09", &[("for", "E90")]),
    ]);
    let close = &[("result", "已改正")];
    assert_eq!(town.step("lead", "E90", "2026-01-09", close), refused("things_held", "行政处罚法 56；行政强制法 28"));
    town.go(&[("enf1", "SEIZEX", "2026-01-09", &[("outcome", "returned")]), ("lead", "E90", "2026-01-09", close)]);
    assert_eq!(clock(&town, 1), Some(("2026-02-02".into(), "met")));
}

#[test]
fn kept_evidence_is_decided_on_in_seven_working_days() {
    let mut town = walked(&[&TO_NOTICE[..3]]);
    town.go(&[
        ("head", "OK", "2025-12-29", &[("for", "KEEP")]),
        ("enf1", "KEEP", "2025-12-29", &[("things", "施工图纸 3 张")]),
    ]);
    let all = clocks(&town.state(), Calendar::standard(), day("2026-01-05"));
    let clock = all.iter().find(|c| c.fact.id == "D10").unwrap();
    assert_eq!((clock.fact.due_date(), clock.state), ("2026-01-08", "running"), "New Year's days between");
    town.go(&[("enf1", "KEEPX", "2026-01-07", &[("outcome", "returned")])]);
    assert_eq!(town.step("enf1", "KEEPX", "2026-01-07", &[("outcome", "returned")]).unwrap_err().0, "nothing_pending");
}

#[test]
fn only_what_a_rule_names_is_left_out_of_the_ninety_days() {
    let due = |town: &Town| {
        let all = clocks(&town.state(), Calendar::standard(), day("2026-01-20"));
        all.iter().find(|c| c.fact.id == "D15").map(|c| c.fact.due_date().to_owned()).unwrap()
    };
    let mut town = walked(&[&TO_NOTICE[..3]]);
    assert_eq!(due(&town), "2026-03-02");
    let unnamed = town.step("enf1", "EXCL", "2025-12-08", &[("cause", "appraisal")]);
    assert_eq!(unnamed.unwrap_err().0, "param_missing", "which rule says so");
    town.go(&[
        ("enf1", "EXCL", "2025-12-08", &[("cause", "appraisal"), ("rule", "示例规章 30")]),
        ("enf1", "EXCLX", "2025-12-18", &[]),
    ]);
    let (plain, longer) = (day("2026-03-02"), day(&due(&town)));
    assert!((10..=13).contains(&(longer - plain).num_days()), "ten days later, and over a rest day: {longer}");
}

#[test]
fn an_execution_is_suspended_taken_up_and_ended() {
    let mut town = walked(&[TO_NOTICE, TO_SERVICE]);
    town.go(&[("enf1", "E85", "2026-01-12", &[("cause", "third_party")])]);
    assert_eq!(town.step("enf1", "E65", "2026-01-13", &[]).unwrap_err().0, "not_from_here", "while it is suspended");
    town.go(&[("enf1", "E85R", "2026-01-20", &[])]);
    assert_eq!(town.state().status, "E70", "taken up where it is enforced");
    town.go(&[("enf1", "E86", "2026-01-21", &[("cause", "no_property")])]);
    assert_eq!(town.state().status, "E86");
    assert_eq!(town.step("enf1", "E85R", "2026-01-22", &[]).unwrap_err().0, "not_from_here");
}

const OF_2025: &str = "2025年放假安排
一、元旦：1月1日（周三）放假1天。
二、春节：1月28日（周二）至2月4日（周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。";

#[test]
fn the_calendar_the_town_published_is_the_one_that_counts() {
    let mut shipped = walked(&[TO_NOTICE]);
    assert_eq!(shipped.step("enf1", "E40H", "2025-12-23", &[]).unwrap_err().0, "hearing_late");
    let mut corrected = walked(&[TO_NOTICE]);
    let mut published = xunju_domain::calendar::file::read(OF_2025, None).published;
    published.days.push(xunju_domain::calendar::NamedDay { date: day("2025-12-18"), off: true, name: "临时".into() });
    corrected.published = Some(serde_json::to_value(&published).unwrap());
    assert_eq!(corrected.step("enf1", "E40H", "2025-12-23", &[]), Ok(()), "one more day of rest in between");
}

#[test]
fn the_court_is_for_fines_and_never_for_an_order_to_demolish() {
    let court = &[("court", "示例区人民法院")];
    let decided = |decision: &[(&str, &str)]| {
        let mut town = walked(&[TO_NOTICE, &TO_SERVICE[..2]]);
        assert_eq!(town.step("enf1", "E50", "2025-12-24", decision), Ok(()));
        town.go(&[("enf1", "E55", "2025-12-25", &[("mode", "direct")]), ("enf1", "E65", "2026-01-12", &[])]);
        town
    };
    let mut demolition = decided(&[("decision", "demolition"), ("perform_by", "2026-01-10")]);
    assert_eq!(
        demolition.step("enf1", "E72C", "2026-07-01", court),
        refused("court_for_demolition", "城乡规划法 68；沪拆违规定 10")
    );
    let mut fine = decided(&[("decision", "penalty"), ("fine", "5000")]);
    assert_eq!(fine.step("enf1", "E72C", "2026-01-26", court), refused("urge_period_open", "行政强制法 54、69"));
    assert_eq!(fine.step("enf1", "E72C", "2026-06-25", court), refused("remedy_open", "行政强制法 44"));
    assert_eq!(fine.step("enf1", "E72C", "2026-09-30", court), refused("court_too_late", "行政强制法 53"));
    assert_eq!(fine.step("enf1", "E72C", "2026-06-26", court), Ok(()));
}

#[test]
fn review_and_stay_move_the_demolition_and_stop_the_surcharge() {
    let calendar = Calendar::standard();
    let mut town = walked(&[TO_NOTICE, TO_SERVICE, TO_FORCE]);
    town.go(&[("enf1", "R1", "2026-02-02", &[])]);
    assert_eq!(demolition_from(&town.state(), calendar), None, "until the final result");
    assert_eq!(clocks(&town.state(), calendar, day("2026-03-01")).last().unwrap().state, "until_final");
    assert_eq!(town.step("enf1", "R1", "2026-02-03", &[]).unwrap_err().0, "already_pending");
    assert_eq!(town.step("enf1", "E72", "2026-07-01", DOWN), refused("remedy_pending", "行政强制法 44"));
    town.go(&[("enf1", "R1X", "2026-06-24", &[("result", "upheld")])]);
    assert_eq!(
        demolition_from(&town.state(), calendar),
        Some(day("2026-07-10")),
        "fifteen days to sue after the review"
    );
    let grown = grown(&town.state(), calendar, day("2026-06-24")).unwrap();
    assert_eq!(
        (grown.days, grown.amount.as_str()),
        (23, "3450.00"),
        "10 January to 1 February; nothing grows in review"
    );
    town.go(&[("enf1", "STAY", "2026-07-01", &[("ordered_by", "示例区法院")])]);
    assert_eq!(town.step("enf1", "E72", "2026-07-13", DOWN), refused("stayed", "行政复议法 42；行政诉讼法 56"));
    town.go(&[("enf1", "STAYX", "2026-07-10", &[])]);
    let at = |begins: &'static str, ends: &'static str| [("mode", "demolition"), ("begins", begins), ("ends", ends)];
    assert_eq!(
        town.step("enf1", "E72", "2026-09-25", &at("09:00", "10:00")),
        refused("festival", "行政强制法 43"),
        "中秋"
    );
    assert_eq!(town.step("enf1", "E72", "2026-07-13", &at("05:59", "10:00")), refused("night", "行政强制法 43"));
    assert_eq!(town.step("enf1", "E72", "2026-07-13", &at("20:00", "22:01")), refused("night", "行政强制法 43"));
    assert_eq!(town.step("enf1", "E72", "2026-07-13", &at("06:00", "22:00")), Ok(()));
}

#[test]
fn a_structure_under_construction_goes_at_once_when_the_legal_officer_has_signed() {
    let stop = [("enf1", "E05", "2025-12-01", &[][..]), ("enf1", "E50F", "2025-12-01", &[][..])];
    let down = &[("begins", "14:00"), ("ends", "16:00")];
    let mut town = Town::new(true);
    town.party();
    town.go(&stop);
    assert_eq!(town.step("enf1", "E72F", "2025-12-02", down), refused("not_signed_off", "行政强制法 44"));
    assert_eq!(
        town.step("head", "OK", "2025-12-02", &[("for", "E72F")]).unwrap_err().0,
        "not_yours",
        "the legal officer signs"
    );
    town.go(&[("law", "OK", "2025-12-02", &[("for", "E72F")]), ("enf1", "E72F", "2025-12-02", down)]);
    let state = town.state();
    assert!(state.fast() && state.status == "E72");
    assert!(!clocks(&state, Calendar::standard(), day("2025-12-02")).iter().any(|c| c.fact.id == "EARLIEST"));
    let mut finished = Town::new(false);
    finished.party();
    assert_eq!(finished.step("enf1", "E05", "2025-12-01", &[]), refused("not_in_progress", "沪拆违规定 11"));
    assert_eq!(finished.step("enf1", "E50F", "2025-12-01", &[]).unwrap_err().0, "not_from_here");
}

/// Every row from every stage by every role: what the table does not have is refused, and leaves the stage.
#[test]
fn nothing_but_the_table_moves_a_proceeding() {
    let road = [TO_NOTICE, TO_SERVICE, TO_FORCE].concat();
    let (mut legal, mut tried) = (0, 0);
    for reached in 0..=road.len() {
        let town = walked(&[&road[..reached]]);
        let before = town.state();
        for row in TABLE {
            for (role, code, _) in ROLES {
                let mut fresh =
                    Town { events: town.events.clone(), category: "WJ".into(), in_progress: false, published: None };
                let params: Vec<(&str, &str)> = if row.code == "OK" { vec![("for", APPROVED[0])] } else { vec![] };
                let answer = fresh.step(code, row.code, "2026-07-01", &params);
                let may = row.who.contains(role);
                tried += 1;
                if !row.from.contains(&before.status.as_str()) || !may {
                    assert!(answer.is_err(), "{} from {} by {code}", row.code, before.status);
                    assert_eq!(fresh.state().status, before.status);
                }
                match &answer {
                    Err((why, _)) if !may => assert_eq!(why, "not_yours", "{} by {code}", row.code),
                    Err((why, article)) => {
                        assert!(rule(why).is_some_and(|r| r.article == *article), "{why} has an article")
                    }
                    Ok(()) => legal += 1,
                }
            }
        }
    }
    assert!(tried > 7000 && legal > 10, "{tried} tried, {legal} legal");
}

#[test]
fn every_step_and_refusal_has_words_and_an_article_in_three_languages() {
    let whole = |label: &xunju_domain::catalogue::Label| {
        [&label.zh_hans, &label.zh_hant, &label.en].iter().all(|t| !t.is_empty())
    };
    for row in TABLE {
        let words = step_words(row.code).unwrap_or_else(|| panic!("{}", row.code));
        assert!(whole(&words.label) && !words.article.is_empty());
        assert!(row.from.iter().all(|from| step_words(from).is_some()) && !row.who.is_empty());
    }
    for code in
        ["no_prior_notice", "one_officer", "remedy_open", "fine_unpaid", "court_for_demolition", "before_filing"]
    {
        assert!(whole(&rule(code).unwrap().label));
    }
}

#[test]
fn a_party_is_checked_masked_and_only_of_an_open_proceeding() {
    let good = Party {
        kind: "person".into(),
        name: "张三".into(),
        id_kind: "resident_id".into(),
        id_no: "310112190001010010".into(),
        phone: "13812345678".into(),
        ..Party::default()
    };
    let today = day("2026-11-24");
    assert_eq!(prc::party_problem(&good, today), None);
    assert_eq!(
        [good.masked("name"), good.masked("id_no"), good.masked("phone")],
        ["张*", "310112********0010", "138****5678"]
    );
    let wrong = Party { id_no: "310112190001010011".into(), ..good.clone() };
    assert_eq!(prc::party_problem(&wrong, today), Some(("id_no", "check_digit")));
    assert_eq!(prc::party_problem(&Party { phone: "123".into(), ..good.clone() }, today), Some(("phone", "length")));
    let unit = Party {
        kind: "unit".into(),
        id_kind: "credit_code".into(),
        id_no: "91310112MA1QX0002B".into(),
        representative: "李四".into(),
        ..good.clone()
    };
    assert_eq!(prc::party_problem(&unit, today), None);
    assert_eq!(
        prc::party_problem(&Party { representative: String::new(), ..unit }, today),
        Some(("representative", "required"))
    );

    let mut town = Town::new(false);
    for (who, data, why) in [("law", json!(good), "not_yours"), ("enf1", json!(wrong), "invalid:party")] {
        assert_eq!(town.say(who, PARTY_SET, data).unwrap_err().0, why);
    }
    assert!(town.state().party.is_none());
    let projection = {
        town.party();
        xunju_domain::record::project(RECORD, SCOPE, &town.events).unwrap()
    };
    assert!(
        !projection.search.contains("张") && !format!("{:?}", projection.facets).contains("3101"),
        "nobody is searched for"
    );
}

#[test]
fn a_proceeding_is_opened_for_a_filed_case_of_the_same_place_by_the_team() {
    let opened = |change: &dyn Fn(&mut Value)| {
        let mut data =
            json!({ "case_id": "c1", "case_no": "SY-1", "category": "WJ", "cause": "违法搭建", "date": "2025-12-01" });
        change(&mut data);
        data
    };
    let town = |who: &str, data: Value| {
        Town { events: vec![], category: "WJ".into(), in_progress: false, published: None }.say(who, OPENED, data)
    };
    assert_eq!(town("enf1", opened(&|_| ())), Ok(()));
    assert_eq!(town("R-LXB", opened(&|_| ())).unwrap_err().0, "not_yours");
    for (key, value, why) in [
        ("case_id", json!("c9"), "no_such_case"),
        ("category", json!("LS"), "case_mismatch"),
        ("in_progress", json!(true), "not_in_progress"),
        ("date", json!("2026-12-01"), "date_unsound"),
        ("cause", json!(""), "param_missing"),
    ] {
        assert_eq!(town("enf1", opened(&|d| d[key] = value.clone())).unwrap_err().0, why);
    }
}

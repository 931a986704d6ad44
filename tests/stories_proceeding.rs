//! 执法程序 across machines: officers, head, legal reviewer and archivist on laptops of their own; what is refused; who saw what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::access::AccessPage;
use xunju_api::view::proceeding::{ProceedingPage, ProceedingView, ProceedingWritten, Unmasked};
use xunju_link::Options;
use xunju_testkit::{Inspector, Town, case_with, scene};

const ID_NO: &str = "310112190001010010";

struct Cast {
    office: Inspector,
    team: Inspector,
    leader: Inspector,
    law: Inspector,
    head: Inspector,
    inspector: Inspector,
    town: Town,
}

impl Cast {
    fn gather() -> Self {
        let town = Town::start();
        let enrol = |user: &str| Inspector::enrol(&town, user, user, Options::default());
        let (office, team, leader) = (enrol("reviewer1"), enrol("enforcer1"), enrol("captain1"));
        let (law, head, inspector) = (enrol("lawyer1"), enrol("head1"), enrol("inspector1"));
        Self { office, team, leader, law, head, inspector, town }
    }

    fn carry(&self, who: &Inspector) {
        who.sync();
        [&self.office, &self.team, &self.leader, &self.law, &self.head].into_iter().for_each(Inspector::sync);
    }

    /// A filed case of an illegal structure.
    fn filed(&self, room: &str, seed: u64, in_progress: bool) -> String {
        let compound = self.inspector.compound("东湖花园");
        let photo = self.inspector.import(&scene(seed), "A.JPG");
        let mut content = case_with(&compound, "9号", room, &[(photo, "far")]);
        content["in_progress"] = json!(in_progress);
        let id = self.inspector.record(&content).unwrap().case_id;
        self.inspector.sync();
        self.office.sync();
        self.office.ask::<Value>("case.act", json!({ "id": id, "action": "approve" })).unwrap();
        self.carry(&self.office);
        id
    }

    fn open(&self, case: &str, in_progress: bool) -> String {
        let asked = json!({ "case_id": case, "cause": "违法搭建", "date": "2025-12-01", "in_progress": in_progress });
        let written: ProceedingWritten = self.team.ask("proceeding.open", asked).unwrap();
        let party = json!({ "id": written.id, "kind": "person", "name": "张三", "id_kind": "resident_id", "id_no": ID_NO, "phone": "13812345678", "address": "示例路1弄9号" });
        self.carry(&self.team);
        self.team.ask::<Value>("party.set", party).unwrap();
        self.carry(&self.team);
        written.id
    }

    fn step(
        &self,
        who: &Inspector,
        id: &str,
        code: &str,
        date: &str,
        params: Value,
    ) -> Result<ProceedingView, ApiError> {
        let view: ProceedingView = who.ask("proceeding.get", json!({ "id": id })).unwrap();
        let next = view.next.iter().find(|n| n.code == code);
        let officers = if next.is_some_and(|n| n.officers) { vec!["enforcer1", "enforcer2"] } else { vec![] };
        let mut templates: Vec<String> = next.map(|n| n.documents.clone()).unwrap_or_default();
        if params["decision"] == "both" {
            templates = vec!["F21".into(), "F22".into()];
        }
        let document = |t: &String| json!({ "template": t.split('|').next().unwrap(), "number": "示综执〔2025〕1号", "date": date });
        let documents: Vec<Value> = templates.iter().map(document).collect();
        let asked = json!({ "id": id, "code": code, "date": date, "officers": officers, "documents": documents, "params": params });
        who.ask::<ProceedingWritten>("proceeding.step", asked)?;
        self.carry(who);
        Ok(self.office.ask("proceeding.get", json!({ "id": id })).unwrap())
    }

    fn go(&self, id: &str, road: &[(&Inspector, &str, &str, Value)]) -> ProceedingView {
        let mut view = None;
        for (who, code, date, params) in road {
            let now = self.step(who, id, code, date, params.clone()).unwrap_or_else(|e| panic!("{code}: {e:?}"));
            let last = now.steps.iter().rfind(|s| s.code == *code).unwrap();
            assert_eq!(last.verdict, "accepted", "{code}: {:?}", last.refused);
            view = Some(now);
        }
        view.unwrap()
    }
}

fn why(refused: Result<ProceedingView, ApiError>) -> (String, String) {
    let e = refused.unwrap_err();
    assert_eq!(e.code, ErrorCode::IllegalTransition, "{e:?}");
    (e.params["reason"].clone(), e.params["article"].clone())
}

#[test]
fn an_illegal_structure_is_proceeded_against_from_the_source_to_the_archive() {
    let cast = Cast::gather();
    let Cast { office, team, leader, law, head, town, .. } = &cast;
    let case = cast.filed("402", 1, false);
    let id = cast.open(&case, false);

    assert_eq!(why(cast.step(team, &id, "E10", "2025-12-02", json!({}))).0, "not_approved");
    cast.go(
        &id,
        &[
            (head, "OK", "2025-12-02", json!({ "for": "E10" })),
            (team, "E10", "2025-12-02", json!({})),
            (team, "E20", "2025-12-03", json!({})),
        ],
    );
    let decision = json!({ "decision": "both", "fine": "5000", "perform_by": "2026-01-10" });
    assert_eq!(why(cast.step(team, &id, "E50", "2025-12-04", decision.clone())).0, "no_prior_notice");
    let down = json!({ "mode": "demolition", "begins": "09:00", "ends": "11:00" });
    let view = cast.go(
        &id,
        &[
            (team, "E30", "2025-12-04", json!({ "correct_by": "2025-12-11" })),
            (team, "E32", "2025-12-12", json!({ "result": "not" })),
            (team, "E40", "2025-12-15", json!({ "planned": "责令拆除并罚款", "hearing_right": "yes" })),
            (law, "E45", "2025-12-23", json!({ "opinion": "agree" })),
            (head, "OK", "2025-12-23", json!({ "for": "E50" })),
            (team, "E50", "2025-12-24", decision),
            (team, "E55", "2025-12-25", json!({ "mode": "direct" })),
            (team, "E65", "2026-01-12", json!({})),
            (team, "E66", "2026-01-13", json!({})),
            (head, "OK", "2026-01-14", json!({ "for": "E70" })),
            (team, "E70", "2026-01-14", json!({})),
        ],
    );
    let earliest = view.clocks.iter().find(|c| c.id == "EARLIEST").unwrap();
    assert_eq!(earliest.deadline.due_date, "2026-06-26");
    assert!(!earliest.deadline.steps.is_empty(), "and explains itself");
    assert!(view.surcharge.as_ref().is_some_and(|s| s.capped), "unpaid since January");
    // Too early by a day, here and at the server: the laptop is asked, then goes round its own check.
    assert_eq!(
        why(cast.step(team, &id, "E72", "2026-06-25", down.clone())),
        ("remedy_open".into(), "行政强制法 44".into())
    );
    let view = cast.go(&id, &[(team, "R1", "2026-02-02", json!({}))].map(|(w, c, _, p)| (w, c, "2026-02-02", p)));
    assert_eq!(view.clocks.iter().find(|c| c.id == "EARLIEST").unwrap().state, "until_final");
    assert_eq!(why(cast.step(team, &id, "E72", "2026-07-01", down.clone())).0, "remedy_pending");
    let view = cast.go(
        &id,
        &[
            (team, "R1X", "2026-03-02", json!({ "result": "upheld" })),
            (team, "STAY", "2026-03-10", json!({ "ordered_by": "示例区法院" })),
            (team, "STAYX", "2026-04-10", json!({})),
            (team, "E60", "2026-04-13", json!({ "performed": "fine" })),
            (team, "E72", "2026-06-26", down),
            (team, "E80", "2026-06-26", json!({ "performed": "demolition", "demolished_m2": "12.5" })),
            (head, "OK", "2026-06-29", json!({ "for": "E90" })),
            (leader, "E90", "2026-06-29", json!({ "result": "已拆除并缴清罚款" })),
        ],
    );
    assert_eq!(view.card.stage, "E90");
    let archivist = Inspector::enrol(town, "archivist1", "archivist1", Options::default());
    let view = cast.go(&id, &[(&archivist, "E95", "2026-06-30", json!({}))]);
    assert_eq!((view.card.stage.as_str(), view.next.len()), ("E95", 0));
    let listed: ProceedingPage = office.ask("proceeding.list", json!({ "case_id": case })).unwrap();
    assert_eq!((listed.total, listed.may_open), (1, false));
}

#[test]
fn a_structure_under_construction_goes_at_once() {
    let cast = Cast::gather();
    let Cast { team, law, .. } = &cast;
    let id = cast.open(&cast.filed("403", 11, true), true);
    let down = json!({ "begins": "14:00", "ends": "16:00" });
    cast.go(&id, &[(team, "E05", "2025-12-01", json!({})), (team, "E50F", "2025-12-01", json!({}))]);
    assert_eq!(why(cast.step(team, &id, "E72F", "2025-12-02", down.clone())).0, "not_signed_off");
    let view = cast.go(&id, &[(law, "OK", "2025-12-02", json!({ "for": "E72F" })), (team, "E72F", "2025-12-02", down)]);
    assert!(view.card.stage == "E72" && !view.clocks.iter().any(|c| c.id == "EARLIEST"));
}

#[test]
fn personal_data_is_masked_until_somebody_says_why_and_the_auditor_reads_who_did() {
    let cast = Cast::gather();
    let Cast { office, team, town, .. } = &cast;
    let id = cast.open(&cast.filed("404", 21, false), false);
    for who in [office, team] {
        let all = who.ask::<Value>("proceeding.get", json!({ "id": id })).unwrap().to_string();
        assert!(all.contains("310112********0010") && all.contains("138****5678"));
        for clear in [ID_NO, "张三", "13812345678"] {
            assert!(!all.contains(clear), "{clear} is shown");
        }
        let found: Value = who.ask("case.page", json!({ "text": "张三" })).unwrap();
        assert_eq!(found["total"], 0, "nobody is searched for by name");
    }
    let record = format!("proceeding:{id}");
    let ask = |fields: Value, reason: &str| json!({ "record": record, "fields": fields, "reason": reason });
    let refused = team.ask::<Unmasked>("party.unmask", ask(json!(["id_no"]), " ")).err().unwrap();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("reason")));
    // Offline: the entry is on this machine before the value is on the screen.
    let clear: Unmasked = team.ask("party.unmask", ask(json!(["id_no", "name"]), "核对身份证件")).unwrap();
    assert_eq!((clear.fields["id_no"].as_str(), clear.fields["name"].as_str()), (ID_NO, "张三"));
    let own: AccessPage = team.ask("access.page", json!({})).unwrap();
    assert_eq!((own.total, own.rows[0].received_ms), (1, None));
    let other = team.ask::<AccessPage>("access.page", json!({ "user": "reviewer1" })).unwrap_err();
    assert_eq!(other.code, ErrorCode::NotAllowed);
    team.sync();

    let wrong =
        json!({ "id": id, "kind": "person", "name": "张三", "id_kind": "resident_id", "id_no": "310112190001010011" });
    let refused = team.ask::<Value>("party.set", wrong).unwrap_err();
    assert_eq!(refused.params["problem"], "check_digit");
    assert!(!format!("{refused:?}").contains("31011219000101001"), "no number in an error");

    let auditor = Inspector::enrol(town, "auditor1", "auditor1", Options::default());
    let log: AccessPage = auditor.ask("access.page", json!({ "action": "unmask" })).unwrap();
    let row = &log.rows[0];
    assert_eq!((log.total, row.user.as_str(), row.reason.as_str()), (1, "enforcer1", "核对身份证件"));
    assert_eq!(
        (row.objects.clone(), row.fields.clone()),
        (vec![record.clone()], vec!["id_no".to_owned(), "name".to_owned()])
    );
    assert!(row.received_ms.is_some() && !serde_json::to_string(&log).unwrap().contains(ID_NO));
    let blind = auditor.ask::<ProceedingView>("proceeding.get", json!({ "id": id })).unwrap_err();
    assert_eq!(blind.code, ErrorCode::NotAllowed, "an auditor reads logs and no records");
    let inspector = cast.inspector.ask::<Unmasked>("party.unmask", ask(json!(["id_no"]), "看看")).err().unwrap();
    assert_eq!(inspector.code, ErrorCode::NotAllowed);
}

//! Every kind of paper, once, in the life of one case: what is missing is named before issue, what is issued is locked and
//! the same at the server, and a document of a proceeding waits for its step.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::case::CaseView;
use xunju_api::view::paper::{PaperDraft, PaperPrepared, PaperPreview, PaperView};
use xunju_api::view::proceeding::{ProceedingView, ProceedingWritten};
use xunju_api::view::round::RoundCard;
use xunju_domain::paper::form::FormField;
use xunju_link::Options;
use xunju_testkit::{Inspector, Town, WoundClock, case_with, scene};

/// Long, with characters outside the first plane and with one that few fonts draw.
const NAME: &str = "欧阳㛃𠮷·阿卜杜拉提甫·买买提尼亚孜";
const DAYS_LATER: u32 = 20;

struct Cast {
    town: Town,
    clock: Arc<WoundClock>,
    inspector: Inspector,
    office: Inspector,
    team: Inspector,
    law: Inspector,
    head: Inspector,
}

impl Cast {
    fn gather() -> Self {
        let town = Town::start();
        let clock = Arc::new(WoundClock::default());
        let enrol =
            |user: &str| Inspector::enrol(&town, user, user, Options { clock: clock.clone(), ..Options::default() });
        let (inspector, office, team) = (enrol("inspector1"), enrol("reviewer1"), enrol("enforcer1"));
        let (law, head) = (enrol("lawyer1"), enrol("head1"));
        Self { clock, inspector, office, team, law, head, town }
    }

    fn carry(&self, who: &Inspector) {
        who.sync();
        [&self.inspector, &self.office, &self.team, &self.law, &self.head].into_iter().for_each(Inspector::sync);
    }

    fn days_pass(&mut self) {
        self.town.restart_days_ahead(DAYS_LATER);
        self.clock.days(DAYS_LATER.into());
        self.carry(&self.office);
    }

    /// A step of the proceeding, accepted.
    fn step(&self, who: &Inspector, id: &str, code: &str, date: &str, documents: Value, params: Value) {
        let view: ProceedingView = who.ask("proceeding.get", json!({ "id": id })).unwrap();
        let signed = view.next.iter().find(|n| n.code == code).is_some_and(|n| n.officers);
        let officers = if signed { json!(["enforcer1", "enforcer2"]) } else { json!([]) };
        let asked = json!({ "id": id, "code": code, "date": date, "officers": officers, "documents": documents, "params": params });
        who.ask::<ProceedingWritten>("proceeding.step", asked).unwrap_or_else(|e| panic!("{code}: {e:?}"));
        self.carry(who);
        let view: ProceedingView = self.office.ask("proceeding.get", json!({ "id": id })).unwrap();
        let last = view.steps.iter().rfind(|s| s.code == code).unwrap();
        assert_eq!(last.verdict, "accepted", "{code}: {:?}", last.refused);
    }
}

fn made_up(field: &FormField, today: &str) -> Value {
    let words = |key: &str| match key {
        "party_id_no" => "11010519491231002X".to_owned(),
        "party_name" | "recipient" | "site_person" | "receiver" => NAME.to_owned(),
        "contact_phone" | "party_phone" => "021-00000000".to_owned(),
        "problem_count" => "1".to_owned(),
        _ => format!("{}内容", field.label.zh_hans),
    };
    match field.kind.as_str() {
        "date" => json!(today),
        "datetime" => json!(format!("{today} 09:05")),
        "choice" => json!(field.choices[0].value),
        "yes_no" => json!("yes"),
        "list" => json!([words(&field.key), "拆除违法搭建的阳光房，恢复原状"]),
        "table" => {
            json!([field.columns.iter().map(|c| format!("{}甲", c.label.zh_hans)).collect::<Vec<_>>()])
        }
        _ => json!(words(&field.key)),
    }
}

/// The form as it fills itself, and everything else that it asks for.
fn filled(who: &Inspector, of: &Value, template: &str) -> (Value, BTreeSet<String>) {
    let mut asked = of.clone();
    asked["template"] = json!(template);
    let prepared: PaperPrepared = who.ask("paper.prepare", asked).unwrap();
    let mut content = serde_json::to_value(&prepared.content).unwrap();
    content["officers"] =
        json!(prepared.officer_choices.iter().take(prepared.officers as usize).map(|o| &o.user).collect::<Vec<_>>());
    let today = days_on(who, 0);
    let mut typed = BTreeSet::new();
    // What one answer opens is asked for in the next look.
    for _ in 0..4 {
        let preview: PaperPreview = who.ask("paper.preview", content.clone()).unwrap();
        if preview.problems.is_empty() {
            break;
        }
        for problem in preview.problems {
            let Some(field) = prepared.form.fields.iter().find(|f| f.key == problem.field) else { continue };
            content["fields"][&problem.field] = made_up(field, &today);
            typed.insert(problem.field);
        }
    }
    if prepared.form.fields.iter().any(|f| f.key == "party_name") {
        content["fields"]["party_name"] = json!(NAME);
    }
    if prepared.form.photos != "none" {
        content["photos"] = json!(prepared.photo_choices.iter().map(|p| &p.hash).collect::<Vec<_>>());
    }
    (content, typed)
}

fn days_on(who: &Inspector, days: i64) -> String {
    let ms = who.laptop.api().unwrap().clock().wall_ms() + days * 86_400_000;
    xunju_domain::deadline::stamp_of_ms(ms)[..10].to_owned()
}

/// Without any one of the answers typed it is not issued; with all of them it is, and is what it says.
fn issue(who: &Inspector, of: &Value, template: &str) -> PaperView {
    let (content, typed) = filled(who, of, template);
    for key in &typed {
        let mut without = content.clone();
        without["fields"].as_object_mut().unwrap().remove(key);
        // What was asked for only because of another answer may be left out with it.
        let Err(refused) = who.ask::<PaperView>("paper.issue", without.clone()) else {
            panic!("{template} was issued without {key}");
        };
        assert_eq!(refused.code, ErrorCode::Invalid, "{template} without {key}: {refused:?}");
        assert!(refused.params["all"].contains(&format!("{key}:required")), "{template} without {key}: {refused:?}");
    }
    let preview: PaperPreview = who.ask("paper.preview", content.clone()).unwrap();
    assert!(preview.problems.is_empty() && preview.failed.is_none(), "{template}: {preview:?}");
    who.ask::<PaperDraft>("paper.draft_save", content.clone()).unwrap();
    let view: PaperView = who.ask("paper.issue", content).unwrap_or_else(|e| panic!("{template}: {e:?}"));
    let left: Vec<PaperDraft> = who.ask("paper.draft_list", of.clone()).unwrap();
    assert!(left.is_empty(), "{template}: the draft went with its issue");
    look(who, &view);
    view
}

/// For those who want to see the pages: `XUNJU_SHOTS=DIR`.
fn look(who: &Inspector, view: &PaperView) {
    let (api, caller) = who.laptop.caller().unwrap();
    let pdf = api.paper_pdf(&caller, &view.card.id).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    if let Some(folder) = std::env::var_os("XUNJU_SHOTS") {
        let path = std::path::PathBuf::from(folder).join(format!("{}.pdf", view.card.template));
        std::fs::write(path, pdf).unwrap();
    }
}

fn waits(refused: Result<PaperView, ApiError>) -> (String, String, String) {
    let e = refused.unwrap_err();
    assert_eq!(e.code, ErrorCode::IllegalTransition, "{e:?}");
    (e.params["action"].clone(), e.params["reason"].clone(), e.params["article"].clone())
}

#[test]
fn each_of_the_fourteen_papers_is_issued_once_in_the_life_of_a_case() {
    let mut cast = Cast::gather();
    let compound = cast.inspector.compound("东湖花园");

    // A round, a finding, a filed and dispatched case.
    let round: RoundCard = cast.inspector.ask("round.begin", json!({ "id": compound })).unwrap();
    let photos =
        [(cast.inspector.import(&scene(1), "A.JPG"), "far"), (cast.inspector.import(&scene(2), "B.JPG"), "near")];
    let mut content = case_with(&compound, "9号", "402", &photos);
    content["round"] = json!(round.id);
    let case = cast.inspector.record(&content).unwrap().case_id;
    cast.inspector.ask::<Value>("round.act", json!({ "id": round.id, "action": "end", "note": "已走完" })).unwrap();
    cast.carry(&cast.inspector);
    cast.office.ask::<Value>("case.act", json!({ "id": case, "action": "approve" })).unwrap();
    cast.carry(&cast.office);
    let dispatch =
        json!({ "id": case, "action": "dispatch", "params": { "lead": "enforcement", "instruction": "依法处理" } });
    cast.office.ask::<Value>("case.act", dispatch).unwrap();
    cast.carry(&cast.office);

    let of_case = json!({ "case_id": case });
    let of_round = json!({ "round": round.id });
    let mut papers = vec![issue(&cast.inspector, &of_round, "F02"), issue(&cast.office, &of_case, "G04")];
    for template in ["F03", "F05", "F08", "F09", "F10", "F11", "F30", "F32", "G16", "G17"] {
        papers.push(issue(&cast.team, &of_case, template));
    }
    let refused = cast
        .team
        .ask::<PaperPrepared>("paper.prepare", json!({ "case_id": case, "round": round.id, "template": "F02" }));
    assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest, "of one thing, not of two");

    // The order to demolish: of no proceeding, not approved, approved.
    let team = &cast.team;
    let (mut order, _) = filled(team, &of_case, "F22");
    let refused = team.ask::<PaperView>("paper.issue", order.clone()).unwrap_err();
    assert_eq!((refused.code, refused.params["all"].as_str()), (ErrorCode::Invalid, "proceeding:required"));
    let opened = json!({ "case_id": case, "cause": "违法搭建", "date": "2025-12-01", "in_progress": false });
    let id = team.ask::<ProceedingWritten>("proceeding.open", opened).unwrap().id;
    cast.carry(team);
    let party = json!({ "id": id, "kind": "person", "name": "张三", "id_kind": "resident_id", "id_no": "310112190001010010", "address": "示例路1弄9号" });
    team.ask::<Value>("party.set", party).unwrap();
    cast.carry(team);
    let (prefilled, _) = filled(team, &of_case, "F22");
    assert_eq!(prefilled["proceeding"], json!(id), "the only proceeding is the one");
    order["proceeding"] = json!(id);
    assert_eq!(waits(team.ask("paper.issue", order.clone())).1, "no_prior_notice");
    let document = |template: &str, date: &str| json!([{ "template": template, "number": "示综执〔2025〕1号", "date": date, "paper": "" }]);
    cast.step(&cast.head, &id, "OK", "2025-12-02", json!([]), json!({ "for": "E10" }));
    cast.step(team, &id, "E10", "2025-12-02", document("F07", "2025-12-02"), json!({}));
    cast.step(team, &id, "E20", "2025-12-03", document("F03", "2025-12-03"), json!({}));
    cast.step(
        team,
        &id,
        "E40",
        "2025-12-15",
        document("F15", "2025-12-15"),
        json!({ "planned": "责令拆除", "hearing_right": "no" }),
    );
    cast.step(&cast.law, &id, "E45", "2025-12-23", document("F19", "2025-12-23"), json!({ "opinion": "agree" }));
    let (step, reason, article) = waits(team.ask("paper.issue", order.clone()));
    assert_eq!((step.as_str(), reason.as_str(), article.as_str()), ("E50", "not_approved", "行政处罚法 57"));
    let preview: PaperPreview = team.ask("paper.preview", order).unwrap();
    assert_eq!(
        preview.waits.map(|w| (w.step, w.why.code)),
        Some(("E50".into(), "not_approved".into())),
        "the form says it beforehand"
    );
    let today = days_on(team, 0);
    cast.step(&cast.head, &id, "OK", &today, json!([]), json!({ "for": "E50" }));
    let order = issue(team, &of_case, "F22");
    cast.carry(team);
    let named =
        json!([{ "template": "F22", "number": order.card.number, "date": order.card.date, "paper": order.card.id }]);
    cast.step(team, &id, "E50", &today, named, json!({ "decision": "demolition", "perform_by": days_on(team, 1) }));
    cast.step(team, &id, "E55", &today, document("F30", &today), json!({ "mode": "direct" }));

    // The reminder: not before the time to perform has ended.
    let (reminder, _) = filled(team, &of_case, "F23");
    assert_eq!(reminder["fields"]["decision_number"], json!(order.card.number), "and it knows which order it is about");
    assert_eq!(waits(team.ask("paper.issue", reminder)).1, "performance_open");
    cast.days_pass();
    let reminder = issue(&cast.team, &of_case, "F23");
    papers.extend([order, reminder]);

    // At the server: all fourteen accepted, no number twice, each as it was issued, and told in the story of the case.
    cast.carry(&cast.team);
    let kinds: BTreeSet<&str> = papers.iter().map(|p| p.card.template.as_str()).collect();
    assert_eq!((kinds.len(), papers.len()), (14, 14));
    let numbers: Vec<&str> = papers.iter().map(|p| p.card.number.as_str()).filter(|n| !n.is_empty()).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    for paper in &papers {
        let view: PaperView = cast.office.ask("paper.get", json!({ "id": paper.card.id })).unwrap();
        assert!(!view.card.pending && view.card.refused.is_none(), "{}: {:?}", paper.card.template, view.card.refused);
        assert_eq!((&view.card.recipient, &view.pdf), (&paper.card.recipient, &paper.pdf), "{}", paper.card.template);
    }
    let story: CaseView = cast.office.case(&case);
    let told = story.timeline.iter().filter(|e| e.kind == "paper.issued").filter_map(|e| e.paper.as_ref());
    assert_eq!(told.count(), 13, "the record of the round is the round's");
    assert!(story.timeline.iter().all(|e| !e.text.contains("㛃")), "and names nobody");
}

#[test]
fn a_half_filled_paper_survives_a_pulled_plug_and_is_nobody_elses() {
    let cast = Cast::gather();
    let compound = cast.inspector.compound("东湖花园");
    let photo = cast.inspector.import(&scene(9), "A.JPG");
    let case = cast.inspector.record(&case_with(&compound, "10号", "301", &[(photo, "far")])).unwrap().case_id;
    cast.carry(&cast.inspector);
    cast.office.ask::<Value>("case.act", json!({ "id": case, "action": "approve" })).unwrap();
    cast.carry(&cast.office);
    let of = json!({ "case_id": case });
    let asked = json!({ "case_id": case, "template": "F09" });
    let Cast { team, .. } = cast;
    let prepared: PaperPrepared = team.ask("paper.prepare", asked.clone()).unwrap();
    assert_eq!(prepared.saved_ms, None);
    let mut content = serde_json::to_value(&prepared.content).unwrap();
    content["fields"]["party_name"] = json!(NAME);
    team.ask::<PaperDraft>("paper.draft_save", content.clone()).unwrap();

    // The program is gone without a word; the folder is opened again.
    let Inspector { laptop, dir, state_dir } = team;
    drop(laptop);
    let options = Options { state_dir: Some(state_dir.clone()), clock: cast.clock.clone(), ..Options::default() };
    let team = Inspector { laptop: xunju_link::Laptop::open(&dir, options).unwrap(), dir, state_dir };
    let again: PaperPrepared = team.ask("paper.prepare", asked.clone()).unwrap();
    assert_eq!(serde_json::to_value(&again.content).unwrap(), content, "as it was left");
    assert!(again.saved_ms.is_some());
    let listed: Vec<PaperDraft> = team.ask("paper.draft_list", of.clone()).unwrap();
    assert_eq!(listed.iter().map(|d| d.template.as_str()).collect::<Vec<_>>(), ["F09"]);
    let others: Vec<PaperDraft> = cast.office.ask("paper.draft_list", of.clone()).unwrap();
    assert!(others.is_empty());
    content["template"] = json!("G04");
    assert_eq!(team.ask::<PaperDraft>("paper.draft_save", content).unwrap_err().code, ErrorCode::NotAllowed);

    team.ask::<Value>("paper.draft_discard", asked.clone()).unwrap();
    let fresh: PaperPrepared = team.ask("paper.prepare", asked).unwrap();
    assert_eq!((fresh.saved_ms, fresh.content), (None, prepared.content));
}

//! Papers: what may be issued by whom, out of which numbers, how it is served and what runs from then on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};

use xunju_domain::case::CaseState;
use xunju_domain::case::decide::{Author, Refusal};
use xunju_domain::catalogue::DeadlineChoice;
use xunju_domain::deadline::Calendar;
use xunju_domain::event::{BlobRef, FoldEvent, NewEvent};
use xunju_domain::judgement::{Judgement, Registry, Standing};
use xunju_domain::numbers::{self, Block};
use xunju_domain::paper::form::{forms, text};
use xunju_domain::paper::numbering::{Number, book};
use xunju_domain::paper::payload::{Checked, Issued, Officer, PDF_ROLE, PDF_TYPE, Recipient, Service};
use xunju_domain::paper::terms::terms;
use xunju_domain::paper::{PaperState, Sheet, SheetValue, decide, fold, service};
use xunju_domain::permission::{Grant, Role, Scopes};
use xunju_domain::record::{TOWN, kind};

const PAPER: &str = "paper:p1";
const SCOPE: &str = "cmp-001";
const DEVICE: &str = "d_one";
/// 2026-11-24 10:00 in Shanghai.
const NOW_MS: i64 = 1_795_485_600_000;

/// A town server's books, in memory.
#[derive(Default)]
struct Books {
    records: BTreeMap<String, (String, Vec<FoldEvent>)>,
    last: u32,
    back: Vec<(u32, u32)>,
    used: BTreeMap<u32, String>,
    n: u64,
}

impl Registry for Books {
    fn next_no(&mut self, _: &str) -> String {
        unreachable!("a paper takes no case number")
    }

    fn lease(&mut self, _: &str, _: i32, count: u32) -> Option<(u32, u32, String)> {
        let (first, last) = self.back.pop().unwrap_or((self.last + 1, self.last + count));
        self.last = self.last.max(last);
        Some((first, last, "示例镇".into()))
    }

    fn give_back(&mut self, _: &str, _: i32, first: u32, last: u32) {
        self.back.push((first, last));
    }

    fn take_no(&mut self, _: &str, _: i32, seq: u32, paper: &str) -> bool {
        self.used.entry(seq).or_insert_with(|| paper.to_owned()) == paper
    }

    fn nos_taken(&mut self, _: &str, _: i32, first: u32, last: u32) -> u32 {
        u32::try_from(self.used.range(first..=last).count()).unwrap()
    }

    fn record(&mut self, record: &str) -> Option<(String, Vec<FoldEvent>)> {
        self.records.get(record).cloned()
    }

    fn case(&mut self, id: &str) -> Option<CaseState> {
        (id == "c1").then(|| CaseState { id: id.into(), scope: SCOPE.into(), ruled: true, ..CaseState::default() })
    }
}

impl Books {
    fn new() -> Self {
        let mut books = Self::default();
        for (user, role) in [("e1", "R-ENF"), ("e2", "R-ENF"), ("i1", "R-INS"), ("o1", "R-LXB")] {
            let number = format!("沪-{}", user.trim_start_matches('e'));
            let certificate = serde_json::json!({ "no": number, "valid_from": "2021-01-01", "valid_to": "2026-12-31" });
            let data = serde_json::json!({
                "name": user, "roles": [role], "scopes": "all", "active": true, "certificates": [certificate],
            });
            let defined = NewEvent {
                record: format!("user:{user}"),
                scope: TOWN.into(),
                kind: "user.defined".into(),
                tv: 1,
                actor: "server".into(),
                parents: vec![],
                blobs: vec![],
                data,
            };
            books.put(&defined, "d_server", 1, true);
        }
        books
    }

    fn put(&mut self, new: &NewEvent, device: &str, inc: u32, by_server: bool) -> FoldEvent {
        self.n += 1;
        let (_, events) = self.records.entry(new.record.clone()).or_insert_with(|| (new.scope.clone(), Vec::new()));
        let parents = events.last().map(|e| e.id.clone()).into_iter().collect();
        let event = FoldEvent {
            id: format!("{:04}", self.n),
            parents,
            kind: new.kind.clone(),
            tv: new.tv,
            actor: new.actor.clone(),
            device: device.into(),
            inc,
            n: self.n,
            by_server,
            wall_ms: NOW_MS,
            tz: "+08:00".into(),
            estimate: None,
            blobs: new.blobs.clone(),
            data: new.data.clone(),
            seq: Some(self.n),
            received_ms: Some(NOW_MS),
        };
        events.push(event.clone());
        event
    }

    /// Stores, judges and rules as the server does; gives the reason of a refusal.
    fn send(&mut self, new: &NewEvent, by: &Author, inc: u32) -> Option<String> {
        let event = self.put(new, DEVICE, inc, false);
        let (scope, events) = self.records[&new.record].clone();
        let standing = Standing { record: &new.record, scope: &scope, events: &events };
        let judge = kind(&new.record).unwrap().judge;
        let Judgement { quarantine, rulings } = judge(&standing, &event, &grant(by), self);
        let mut reason = None;
        for data in rulings {
            reason = data.get("reason_code").and_then(|c| c.as_str()).map(str::to_owned);
            let word = new.record.split(':').next().unwrap();
            let ruling = NewEvent { kind: format!("{word}.ruled"), actor: "server".into(), data, ..new.clone() };
            self.put(&NewEvent { blobs: vec![], ..ruling }, "d_server", 1, true);
        }
        assert!(!quarantine || reason.is_some());
        reason
    }

    fn paper(&self) -> PaperState {
        fold(PAPER, SCOPE, &self.records[PAPER].1)
    }

    fn lease_to(&mut self, inc: u32) -> Option<Block> {
        let ask = numbers::ask(DEVICE, 2026, "e1", vec!["town-correct".into()]);
        assert_eq!(self.send(&ask, &enforcer(), inc), None);
        let record = numbers::record_of(DEVICE, 2026);
        numbers::fold(&record, &self.records[&record].1).blocks.into_iter().rfind(|b| b.inc == inc)
    }
}

fn grant(by: &Author) -> Grant {
    let scopes = Scopes::Some(BTreeSet::from([SCOPE.to_owned()]));
    Grant { user: by.user.clone(), roles: by.roles.clone(), scopes, unit: String::new() }
}

fn author(user: &str, role: Role) -> Author {
    Author { user: user.into(), roles: vec![role], unit: String::new() }
}

fn enforcer() -> Author {
    author("e1", Role::Enf)
}

fn number(seq: u32, block: u32) -> Number {
    let text = format!("示综执责改字〔2026〕第 {seq:04} 号");
    Number { series: "town-correct".into(), year: 2026, seq, block, text }
}

fn pdf() -> BlobRef {
    let (h, m) = ("ab".repeat(32), PDF_TYPE.to_owned());
    BlobRef { h, n: 900, m, role: PDF_ROLE.into(), thumb: None, preview: None, facts: BTreeMap::new() }
}

/// A 责令限期改正通知书 with everything filled.
fn complete(seq: u32, block: u32) -> Issued {
    let form = forms().iter().find(|f| f.code == "F09").unwrap();
    let number = number(seq, block);
    let mut sheet = Sheet {
        template: "F09".into(),
        version: form.version,
        title: "责令限期改正通知书".into(),
        organ: "示例镇人民政府".into(),
        number: number.text.clone(),
        case_no: "SY-2026-WJ-000001".into(),
        date: "2026-11-24".into(),
        ..Sheet::default()
    };
    for field in form.fields.iter().filter(|f| f.required) {
        let value = match field.kind.as_str() {
            "list" => SheetValue::List(vec!["拆除阳光房，恢复原状".into()]),
            "date" => SheetValue::Text("2026-12-01".into()),
            "choice" => SheetValue::Text(field.choices[0].value.clone()),
            _ => SheetValue::Text("内容".into()),
        };
        sheet.fields.insert(field.key.clone(), value);
    }
    let officer =
        |at: usize| Officer { user: format!("e{at}"), name: format!("队员{at}"), certificate: format!("沪-{at}") };
    for at in [1, 2] {
        sheet.fields.insert(format!("officer{at}_name"), SheetValue::Text(officer(at).name));
        sheet.fields.insert(format!("officer{at}_no"), SheetValue::Text(officer(at).certificate));
    }
    Issued {
        case_id: "c1".into(),
        number: Some(number),
        printed_due: text(&sheet, "due_on"),
        sheet,
        recipient: Recipient { name: "张三".into(), address: "8号601室".into() },
        officers: vec![officer(1), officer(2)],
        clock: Some(DeadlineChoice { rule: "CAL_ROLL".into(), n: 7, unit: "day".into() }),
        issuer: "队员1".into(),
        ..Issued::default()
    }
}

fn issue(books: &mut Books, issued: &Issued, inc: u32) -> Option<String> {
    let event = NewEvent {
        record: PAPER.into(),
        scope: SCOPE.into(),
        kind: "paper.issued".into(),
        tv: 1,
        actor: "e1".into(),
        parents: vec![],
        blobs: vec![pdf()],
        data: serde_json::to_value(issued).unwrap(),
    };
    books.send(&event, &enforcer(), inc)
}

fn direct(on: &str) -> Service {
    let server =
        |at: usize| Officer { user: format!("e{at}"), name: format!("队员{at}"), certificate: String::new() };
    Service {
        mode: "direct".into(),
        on: on.into(),
        place: "8号601室".into(),
        receiver: "张三".into(),
        relation: "self".into(),
        servers: vec![server(1), server(2)],
        ..Service::default()
    }
}

#[test]
fn every_template_has_terms_and_every_number_a_series() {
    for form in forms() {
        let terms = terms(&form.code).unwrap_or_else(|| panic!("{} has no terms", form.code));
        assert!(book().organs.iter().any(|o| o.id == terms.organ), "{}", form.code);
        assert_eq!(book().series_of(&form.code, "2026-11-24").is_some(), form.needs_number, "{}", form.code);
        assert!(terms.servers > 0 || terms.notice.is_empty(), "{}", form.code);
        for limit in &terms.notice {
            let (id, variant) = limit.split_once(':').unwrap_or((limit, ""));
            assert!(xunju_domain::deadline::limit(id, variant, "2026-11-24").is_some(), "{limit}");
        }
    }
    assert_eq!(forms().len(), 14);
}

#[test]
fn a_number_is_written_as_its_series_says() {
    let of = |template: &str, seq| {
        let series = book().series_of(template, "2026-11-24").unwrap();
        book().text(series, "示例镇", 2026, seq)
    };
    assert_eq!(of("F09", 1), "示综执责改字〔2026〕第 0001 号");
    assert_eq!(of("F09", 12_345), "示综执责改字〔2026〕第 12345 号");
    assert_eq!(of("G04", 12), "示居派〔2026〕12号");
}

#[test]
fn a_complete_notice_is_issued_and_each_gap_is_named() {
    let mut books = Books::new();
    let block = books.lease_to(1).unwrap();
    assert_eq!((block.first, block.last), (1, 20));
    assert_eq!(issue(&mut books, &complete(1, 1), 1), None);
    let state = books.paper();
    assert_eq!((state.status.as_str(), state.number()), ("issued", "示综执责改字〔2026〕第 0001 号"));

    type Spoil = fn(&mut Issued);
    let spoilt: [(&str, Spoil); 9] = [
        ("corrections", |i| drop(i.sheet.fields.remove("corrections"))),
        ("found_on", |i| drop(i.sheet.fields.insert("found_on".into(), SheetValue::Text("2026-02-30".into())))),
        ("weather", |i| drop(i.sheet.fields.insert("weather".into(), SheetValue::Text("晴".into())))),
        ("recipient", |i| i.recipient.name.clear()),
        ("officers", |i| i.officers.truncate(1)),
        ("officers", |i| i.officers[1].user = "e1".into()),
        ("clock", |i| i.clock = None),
        ("number", |i| i.number = None),
        ("due_on", |i| i.printed_due = "2027-01-01".into()),
    ];
    for (field, spoil) in spoilt {
        let mut issued = complete(2, 1);
        spoil(&mut issued);
        assert!(decide::unfit(&issued).iter().any(|p| p.field == field), "{field}: {:?}", decide::unfit(&issued));
        let mut books = Books::new();
        books.lease_to(1);
        assert!(issue(&mut books, &issued, 1).unwrap().starts_with("invalid:"), "{field}");
    }
}

#[test]
fn a_number_that_is_not_ours_is_refused() {
    type Spoil = fn(&mut Issued);
    let cases: [(&str, u32, Spoil); 7] = [
        ("no_certificate", 1, |i| {
            i.officers[1].certificate = "沪-9".into();
            i.sheet.fields.insert("officer2_no".into(), SheetValue::Text("沪-9".into()));
        }),
        ("number_not_leased", 1, |i| *i = complete(21, 1)),
        ("number_not_leased", 2, |_| ()),
        ("wrong_number", 1, |i| {
            let text = "示综执责改字〔2026〕第 0009 号".to_owned();
            (i.number.as_mut().unwrap().text, i.sheet.number) = (text.clone(), text);
        }),
        ("wrong_series", 1, |i| i.number.as_mut().unwrap().series = "town-stop".into()),
        ("wrong_series", 1, |i| i.number.as_mut().unwrap().year = 2025),
        ("not_an_officer", 1, |i| i.officers[1].user = "i1".into()),
    ];
    for (code, inc, spoil) in cases {
        let mut books = Books::new();
        books.lease_to(1);
        let mut issued = complete(1, 1);
        spoil(&mut issued);
        assert_eq!(issue(&mut books, &issued, inc).as_deref(), Some(code));
        assert_eq!(books.paper().status, "refused");
    }
    let mut books = Books::new();
    books.lease_to(1);
    books.used.insert(1, "another".into());
    assert_eq!(issue(&mut books, &complete(1, 1), 1).as_deref(), Some("number_used"));
}

#[test]
fn a_device_gets_a_new_block_when_few_are_left_and_a_new_chain_never_the_old_one() {
    let mut books = Books::new();
    assert_eq!(books.lease_to(1).unwrap().last, 20);
    assert_eq!(books.lease_to(1).unwrap().last, 20, "nothing is leased while most is unused");
    books.used.extend((1..=16).map(|n| (n, format!("p{n}"))));
    let second = books.lease_to(1).unwrap();
    assert_eq!((second.first, second.last), (21, 40));
    let restored = books.lease_to(2).unwrap();
    assert_eq!((restored.first, restored.last, restored.inc), (41, 60, 2));

    // Given back: not given any more by this device, leased again to whoever asks next.
    let back = |from| numbers::Returned { series: "town-correct".into(), block: 41, from };
    let hand_back = |from| numbers::hand_back(DEVICE, 2026, "e1", &back(from));
    books.used.insert(41, "p41".into());
    assert_eq!(books.send(&hand_back(41), &enforcer(), 2).as_deref(), Some("number_used"));
    assert_eq!(books.send(&hand_back(42), &enforcer(), 2), None);
    assert_eq!(issue(&mut books, &complete(42, 41), 2).as_deref(), Some("number_not_leased"));
    let again = books.lease_to(3).unwrap();
    assert_eq!((again.first, again.last), (42, 60));

    let foreign = numbers::ask("d_other", 2026, "e1", vec!["town-correct".into()]);
    assert_eq!(books.send(&foreign, &enforcer(), 1).as_deref(), Some("not_own_device"));
    let inspector = numbers::ask(DEVICE, 2026, "i1", vec!["town-correct".into()]);
    assert_eq!(books.send(&inspector, &author("i1", Role::Ins), 1).as_deref(), Some("not_allowed"));
}

#[test]
fn the_clock_starts_at_service_and_never_gives_less_than_the_paper_says() {
    let terms = terms("F09").unwrap();
    let calendar = Calendar::standard();
    let counted = |service: &Service, printed: &str| {
        let issued = Issued { printed_due: printed.into(), ..complete(1, 1) };
        let served = service::served(&issued, service, terms, calendar).unwrap();
        (served.deemed_on, served.due.unwrap().due_date().to_owned())
    };
    let by_notice = |limit: &str| Service {
        mode: "notice".into(),
        notice_limit: limit.into(),
        notice_medium: "小区公告栏".into(),
        notice_reason: "下落不明".into(),
        ..direct("2026-08-10")
    };
    let table = [
        (direct("2026-11-24"), "", "2026-11-24", "2026-12-01"),
        (direct("2026-11-20"), "", "2026-11-20", "2026-11-27"),
        // Ends on a Saturday: the Monday after.
        (direct("2026-11-21"), "", "2026-11-21", "2026-11-30"),
        (direct("2026-11-24"), "2026-12-05", "2026-11-24", "2026-12-05"),
        (direct("2026-11-30"), "2026-12-01", "2026-11-30", "2026-12-07"),
        // The longest notice by default: 60 days end on the last day before a rest day rolls it on.
        (by_notice(""), "", "2026-10-09", "2026-10-16"),
        (by_notice("D09"), "", "2026-09-09", "2026-09-16"),
    ];
    for (service, printed, deemed, due) in table {
        assert_eq!(counted(&service, printed), (deemed.to_owned(), due.to_owned()), "{service:?}");
    }
    let bad = service::problems(&by_notice("D08"), terms, "2026-08-01", 0);
    assert_eq!(bad.first().map(|p| p.field.as_str()), Some("notice_limit"), "ten days are for demolition orders");
}

#[test]
fn each_mode_asks_for_its_own_facts() {
    let terms = terms("F09").unwrap();
    let faults = |service: &Service, photos| {
        let found = service::problems(service, terms, "2026-11-24", photos);
        found.into_iter().map(|p| p.field).collect::<Vec<_>>()
    };
    let base = direct("2026-11-24");
    let bare =
        |mode: &str| Service { mode: mode.into(), receiver: String::new(), relation: String::new(), ..base.clone() };
    let table: [(&str, &[&str]); 7] = [
        ("direct", &["receiver", "relation"]),
        ("left", &["refusal", "witness"]),
        ("post", &["tracking"]),
        ("electronic", &["electronic_address", "consent"]),
        ("entrusted", &["through", "receiver"]),
        ("forwarded", &["through", "receiver"]),
        ("notice", &["notice_medium", "notice_reason"]),
    ];
    assert_eq!(table.map(|(mode, _)| mode).to_vec(), service::MODES.iter().map(|m| m.name).collect::<Vec<_>>());
    for (mode, missing) in table {
        assert_eq!(faults(&bare(mode), 0), missing, "{mode}");
    }
    assert!(faults(&base, 0).is_empty());
    assert_eq!(faults(&Service { refusal: "拒签".into(), ..bare("left") }, 1), Vec::<String>::new());
    assert_eq!(faults(&Service { on: "2026-11-23".into(), ..base.clone() }, 0), ["on"]);
    assert_eq!(faults(&Service { servers: vec![base.servers[0].clone(); 2], ..base }, 0), ["servers"]);
}

#[test]
fn served_once_checked_and_voided_only_by_those_above() {
    let mut books = Books::new();
    books.lease_to(1);
    issue(&mut books, &complete(1, 1), 1);
    let calendar = Calendar::standard();
    let serve = |state: &PaperState, by: &Author, on: &str| decide::serve(state, by, &direct(on), vec![], calendar);
    assert!(matches!(serve(&books.paper(), &author("i1", Role::Ins), "2026-11-24"), Err(Refusal::NotAllowed { .. })));
    let first = serve(&books.paper(), &enforcer(), "2026-11-24").unwrap();

    // Tampered on its way: another due date than the law's.
    let mut forged = first.clone();
    forged.data["due"]["due_at"] = "2026-11-25T23:59:59".into();
    assert_eq!(books.send(&forged, &enforcer(), 1).as_deref(), Some("wrong_sum"));
    assert_eq!(books.paper().status, "issued");
    let tomorrow = serve(&books.paper(), &enforcer(), "2026-11-25").unwrap();
    assert_eq!(books.send(&tomorrow, &enforcer(), 1).as_deref(), Some("in_the_future"));
    assert_eq!(books.send(&first, &enforcer(), 1), None);
    let state = books.paper();
    assert_eq!((state.status.as_str(), state.due()), ("served", Some("2026-12-01")));
    assert_eq!(books.send(&first, &enforcer(), 1).as_deref(), Some("already_served"));

    let void = |by: &Author| decide::void(&books.paper(), by, "当事人有误").err();
    assert!(matches!(void(&enforcer()), Some(Refusal::NotAllowed { .. })));
    assert!(matches!(void(&author("e1", Role::Enfl)), Some(Refusal::Blocked { code: "second_person_needed", .. })));
    let check = Checked { result: "not".into(), text: String::new() };
    let checked = decide::check(&books.paper(), &author("i1", Role::Ins), &check).unwrap();
    assert_eq!(books.send(&checked, &author("i1", Role::Ins), 1), None);
    let head = author("h1", Role::Head);
    let voided = decide::void(&books.paper(), &head, "当事人有误").unwrap();
    assert_eq!(books.send(&voided, &head, 1), None);
    assert_eq!(books.paper().status, "voided");
    assert_eq!(issue(&mut books, &complete(1, 1), 1).as_deref(), Some("issued_twice"));
}

#[test]
fn who_may_issue_or_void_some_paper_is_who_the_table_of_rights_lets_in() {
    use xunju_domain::permission::{Action, ROLES, may};
    for (role, code, _) in ROLES {
        let some = |may: fn(&xunju_domain::paper::terms::Terms, &[Role]) -> bool| {
            forms().iter().filter_map(|form| terms(&form.code)).any(|terms| may(terms, &[*role]))
        };
        let issues = some(|terms, roles| terms.may_issue(roles));
        assert_eq!(may(&[*role], Action::Issue), issues, "{code}");
        assert_eq!(may(&[*role], Action::Void), issues || some(|terms, roles| terms.may_void_served(roles)), "{code}");
    }
}

#[test]
fn the_server_asks_the_proceeding_and_the_round_itself() {
    let refused = |of: fn(&mut Issued), records: &[NewEvent]| {
        let mut books = Books::new();
        books.lease_to(1);
        for event in records {
            books.put(event, "d_server", 1, event.kind.ends_with("ruled"));
        }
        let mut issued = complete(1, 1);
        of(&mut issued);
        issue(&mut books, &issued, 1)
    };
    let event = |record: &str, kind: &str, data: serde_json::Value| NewEvent {
        record: record.into(),
        scope: SCOPE.into(),
        kind: kind.into(),
        tv: 1,
        actor: "e1".into(),
        parents: vec![],
        blobs: vec![],
        data,
    };
    let opened =
        serde_json::json!({ "case_id": "c1", "case_no": "1", "category": "WJ", "cause": "x", "date": "2026-01-05" });
    let opened = event("proceeding:x1", "proceeding.opened", opened);
    let ended =
        serde_json::json!({ "of": "0006", "code": "E00", "verdict": "refused", "reason_code": "case_not_filed" });
    let of_x1: fn(&mut Issued) = |i| i.proceeding = "x1".into();
    assert_eq!(refused(of_x1, &[]).as_deref(), Some("no_such_proceeding"));
    assert_eq!(refused(of_x1, std::slice::from_ref(&opened)).as_deref(), Some("no_such_proceeding"), "not yet ruled");
    let stopped = [opened, event("proceeding:x1", "proceeding.ruled", ended)];
    assert_eq!(refused(of_x1, &stopped).as_deref(), Some("no_such_proceeding"));

    let of_round: fn(&mut Issued) = |i| {
        i.case_id = String::new();
        i.round = "r1".into();
    };
    assert_eq!(refused(of_round, &[]).as_deref(), Some("invalid:case"), "a notice is never of a round");
}

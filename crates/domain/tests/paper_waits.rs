//! A document of a proceeding is made when its step may be taken, and not before; what its clock rests on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use xunju_domain::catalogue::DeadlineChoice;
use xunju_domain::deadline::Calendar;
use xunju_domain::paper::payload::{Issued, Officer, Service};
use xunju_domain::paper::terms::{terms, usual_clock};
use xunju_domain::paper::waits::{Waits, waits as waits_by};
use xunju_domain::paper::{Sheet, SheetValue, decide, service};
use xunju_domain::proceeding::{Done, Opened, Party, ProceedingState, steps};

/// `E50 2026-03-10 decision=demolition`, each accepted, by one officer.
fn proceeding(road: &[&str]) -> ProceedingState {
    let mut state = ProceedingState {
        id: "x1".into(),
        scope: "cmp-001".into(),
        opened: Opened { case_id: "c1".into(), category: "WJ".into(), date: "2026-01-05".into(), ..Opened::default() },
        opening: "accepted".into(),
        status: "E00".into(),
        party: Some(Party::default()),
        ..ProceedingState::default()
    };
    for line in road {
        let mut words = line.split(' ');
        let (code, date) = (words.next().unwrap(), words.next().unwrap());
        let params: BTreeMap<String, String> =
            words.map(|w| w.split_once('=').unwrap()).map(|(key, value)| (key.into(), value.into())).collect();
        let author = if code == "OK" { "head" } else { "e1" };
        let officers = if code == "OK" { vec![] } else { vec!["e1".into(), "e2".into()] };
        let verdict = "accepted".to_owned();
        let (code, date) = (code.to_owned(), date.to_owned());
        if let Some(to) = steps::find(&code).and_then(|row| row.to).filter(|_| code != "OK") {
            state.status = to.into();
        }
        state.steps.push(Done { code, date, officers, params, author: author.into(), verdict, ..Done::default() });
    }
    state.opened.in_progress = road.iter().any(|line| line.starts_with("E05"));
    state
}

fn waits(issued: &Issued, of: &ProceedingState, actor: &str) -> Option<Waits> {
    waits_by(issued, of, actor, Calendar::standard())
}

fn paper(template: &str, date: &str) -> Issued {
    let officer = |at: usize| Officer { user: format!("e{at}"), ..Officer::default() };
    Issued {
        case_id: "c1".into(),
        proceeding: "x1".into(),
        sheet: Sheet { template: template.into(), date: date.into(), ..Sheet::default() },
        officers: vec![officer(1), officer(2)],
        ..Issued::default()
    }
}

const TOLD: &[&str] = &["E10 2026-01-10", "E20 2026-01-12", "E40 2026-01-20 hearing_right=no"];
const REVIEWED: &[&str] = &["E10 2026-01-10", "E20 2026-01-12", "E40 2026-01-20 hearing_right=no", "E45 2026-01-28"];

fn with<'a>(road: &[&'a str], more: &[&'a str]) -> ProceedingState {
    proceeding(&[road, more].concat())
}

#[test]
fn an_order_to_demolish_waits_for_notice_review_and_the_heads_approval() {
    let ok = "OK 2026-01-29 for=E50";
    let decided = |what: &'static str| with(REVIEWED, &[ok, what]);
    let table: Vec<(ProceedingState, &str, Option<&str>)> = vec![
        (proceeding(&[]), "2026-02-01", Some("no_prior_notice")),
        (with(TOLD, &[]), "2026-02-01", Some("no_review")),
        (with(REVIEWED, &[]), "2026-02-01", Some("not_approved")),
        (with(REVIEWED, &[ok]), "2026-02-01", None),
        // Dated before the case was opened.
        (with(REVIEWED, &[ok]), "2026-01-09", Some("before_filing")),
        (decided("E50 2026-02-01 decision=demolition perform_by=2026-02-20"), "2026-02-01", None),
        (decided("E50 2026-02-01 decision=penalty fine=500"), "2026-02-01", Some("no_demolition")),
        // Served already: another one would be another decision.
        (
            with(REVIEWED, &[ok, "E50 2026-02-01 decision=demolition", "E55 2026-02-02"]),
            "2026-02-03",
            Some("not_from_here"),
        ),
        // 在建: the fast path asks for neither notice nor review.
        (proceeding(&["E05 2026-01-06"]), "2026-01-06", None),
    ];
    for (at, (state, date, expected)) in table.into_iter().enumerate() {
        assert_eq!(waits(&paper("F22", date), &state, "e1").map(|w| w.code), expected, "row {at}");
    }
    let found = waits(&paper("F22", "2026-02-01"), &with(REVIEWED, &[]), "e1").unwrap();
    assert_eq!((found.step.as_str(), found.article()), ("E50", "行政处罚法 57"));
}

#[test]
fn a_reminder_waits_for_the_end_of_the_time_to_perform() {
    let road = ["OK 2026-01-29 for=E50", "E50 2026-02-01 decision=demolition perform_by=2026-02-20", "E55 2026-02-02"];
    let served = with(REVIEWED, &road);
    let code = |date: &str| waits(&paper("F23", date), &served, "e1").map(|w| w.code);
    assert_eq!((code("2026-02-20"), code("2026-03-02")), (Some("performance_open"), None));
    assert_eq!(
        waits(&paper("F23", "2026-03-02"), &with(REVIEWED, &[]), "e1").map(|w| w.code),
        Some("performance_open")
    );
}

#[test]
fn who_approved_does_not_sign_and_what_waits_for_a_ruling_approves_nothing() {
    let mut state = with(REVIEWED, &["OK 2026-01-29 for=E50"]);
    let mut own = paper("F22", "2026-02-01");
    own.officers[1].user = "head".into();
    assert_eq!(waits(&own, &state, "e1").map(|w| w.code), Some("approved_own_work"));
    state.steps.last_mut().unwrap().verdict = "pending".into();
    assert_eq!(waits(&paper("F22", "2026-02-01"), &state, "e1").map(|w| w.code), Some("not_approved"));
    let foreign = Issued { case_id: "c2".into(), ..paper("F22", "2026-02-01") };
    assert_eq!(waits(&foreign, &state, "e1").map(|w| w.code), Some("no_such_proceeding"));
    let gone = proceeding(&["E01 2026-01-06 reason=x"]);
    assert_eq!(waits(&paper("F22", "2026-02-01"), &gone, "e1").map(|w| w.code), Some("not_from_here"));
}

#[test]
fn a_document_of_a_proceeding_names_it_and_a_record_of_a_round_needs_no_case() {
    let fields = |issued: &Issued| decide::unfit(issued).into_iter().map(|p| p.field).collect::<Vec<_>>();
    let alone = Issued { proceeding: String::new(), ..paper("F22", "2026-02-01") };
    assert!(fields(&alone).contains(&"proceeding".to_owned()));
    assert!(!fields(&paper("F22", "2026-02-01")).contains(&"proceeding".to_owned()));
    let round = |template: &str| Issued {
        case_id: String::new(),
        proceeding: String::new(),
        round: "r1".into(),
        ..paper(template, "2026-02-01")
    };
    assert!(!fields(&round("F02")).contains(&"case".to_owned()));
    assert!(fields(&round("F09")).contains(&"case".to_owned()), "only the patrol record is of a round");
    let both = Issued { case_id: "c1".into(), ..round("F02") };
    assert!(fields(&both).contains(&"round".to_owned()));
}

#[test]
fn a_clock_rests_on_the_limit_it_is_or_on_what_the_paper_names() {
    let basis = |template: &str, clock: DeadlineChoice, named: &str| {
        let mut issued = paper(template, "2026-03-02");
        issued.clock = Some(clock);
        issued.sheet.fields.insert("law_basis".into(), SheetValue::Text(named.into()));
        let service = Service { mode: "direct".into(), on: "2026-03-03".into(), ..Service::default() };
        service::served(&issued, &service, terms(template).unwrap(), Calendar::standard()).unwrap().due.unwrap().basis
    };
    let days = |n| DeadlineChoice { rule: "CAL_ROLL".into(), n, unit: "day".into() };
    let named = "《上海市拆除违法建筑若干规定》第九条";
    assert_eq!(basis("F22", days(15), named), named);
    assert_eq!(basis("F09", days(7), named), named);
    let reminder = usual_clock("F23", "WJ").unwrap();
    assert_eq!(basis("F23", reminder, named), "行政强制法 54、69");
    assert_eq!(basis("F23", days(20), named), named, "another length is the officer's own");
}

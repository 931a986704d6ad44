//! The town server's decision on one event of a paper: everything the form asks, asked again.

use super::decide::{may_check, may_serve, may_void, unfit};
use super::fold::fold;
use super::numbering::book;
use super::payload::{self, Issued, Officer, PDF_ROLE, PDF_TYPE, Payload, Ruled, Served};
use super::service;
use super::state::PaperState;
use super::terms::terms;
use super::waits::waits;
use crate::deadline::stamp_of_ms;
use crate::event::{BlobRef, FoldEvent};
use crate::judgement::{Judgement, Registry, Standing};
use crate::numbers;
use crate::permission::{Action, Grant, may, sees_own_orders_only};
use crate::proceeding;
use crate::round;
use crate::user;

/// An event that was ruled on already gets no second ruling.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    let before: Vec<FoldEvent> = of.events.iter().filter(|e| e.id != event.id).cloned().collect();
    let ruled_on = |e: &FoldEvent| e.by_server && matches!(read(e), Payload::Ruled(ruled) if ruled.of == event.id);
    if event.by_server || before.iter().any(ruled_on) {
        return Judgement::default();
    }
    // What nobody has ruled on does not stand in the way of what is judged now.
    let state = fold(of.record, of.scope, &before);
    match decide(&state, event, grant, town) {
        Answer::Stands => Judgement::default(),
        Answer::Accepted => ruling(event, None, false),
        Answer::Refused(code) => ruling(event, Some(code), false),
        Answer::Quarantined(code) => ruling(event, Some(code), true),
    }
}

enum Answer {
    /// Needs no ruling.
    Stands,
    Accepted,
    Refused(String),
    Quarantined(String),
}

fn quarantined(code: &str) -> Answer {
    Answer::Quarantined(code.to_owned())
}

fn refused(code: impl Into<String>) -> Answer {
    Answer::Refused(code.into())
}

fn ruling(event: &FoldEvent, code: Option<String>, quarantine: bool) -> Judgement {
    let verdict = if code.is_none() { "accepted" } else { "refused" };
    let ruled = Ruled { of: event.id.clone(), verdict: verdict.into(), reason_code: code };
    Judgement { quarantine, rulings: vec![serde_json::to_value(ruled).unwrap_or_default()] }
}

fn read(event: &FoldEvent) -> Payload {
    payload::read(&event.kind, event.tv, &event.data)
}

fn decide(state: &PaperState, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Answer {
    if grant.user != event.actor {
        return quarantined("not_the_actor");
    }
    if !grant.scopes.has(&state.scope) {
        return quarantined("outside_scope");
    }
    if !may(&grant.roles, Action::See) || sees_own_orders_only(&grant.roles) {
        return quarantined("not_allowed");
    }
    let payload = read(event);
    if state.author.is_empty() && !matches!(payload, Payload::Issued(_)) {
        return quarantined("no_such_paper");
    }
    match payload {
        Payload::Ruled(_) => quarantined("not_the_server"),
        Payload::Unknown => quarantined("unreadable"),
        Payload::Issued(issued) => on_issued(state, &issued, event, grant, town),
        Payload::Served(served) => on_served(state, &served, event, grant, town),
        Payload::Printed(printed) if (1..=100).contains(&printed.copies) => Answer::Stands,
        Payload::Printed(_) => quarantined("invalid:copies"),
        Payload::Checked(checked) if !super::decide::RESULTS.contains(&checked.result.as_str()) => {
            refused("invalid:result")
        }
        Payload::Checked(_) => settled(may_check(state, &grant.roles)),
        Payload::Voided(voided) if voided.reason.trim().is_empty() => refused("invalid:reason"),
        Payload::Voided(_) => settled(may_void(state, &grant.user, &grant.roles)),
    }
}

fn settled(may: Result<(), &'static str>) -> Answer {
    match may {
        Ok(()) => Answer::Accepted,
        Err("not_allowed") => quarantined("not_allowed"),
        Err(code) => refused(code),
    }
}

fn on_issued(state: &PaperState, issued: &Issued, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Answer {
    if !state.author.is_empty() {
        return quarantined("issued_twice");
    }
    if !terms(&issued.sheet.template).is_some_and(|t| t.may_issue(&grant.roles)) {
        return quarantined("not_allowed");
    }
    if let Some(problem) = unfit(issued).first() {
        return refused(format!("invalid:{}", problem.field));
    }
    if !is_pdf(&event.blobs) {
        return refused("invalid:pdf");
    }
    if in_the_future(&issued.sheet.date, event) {
        return refused("in_the_future");
    }
    if let Some(code) = unrelated(state, issued, town) {
        return refused(code);
    }
    if let Some(code) = proceeding_waits(state, issued, &event.actor, town) {
        return refused(code);
    }
    if let Some(code) = issued.officers.iter().find_map(|o| not_an_officer(o, &issued.sheet.date, town)) {
        return refused(code);
    }
    numbered(state, issued, event, town).map_or(Answer::Accepted, refused)
}

/// What a paper is of is there, in the paper's own scope: a case with a number, or a round that was walked.
fn unrelated(state: &PaperState, issued: &Issued, town: &mut dyn Registry) -> Option<&'static str> {
    if issued.case_id.is_empty() {
        let record = format!("round:{}", issued.round);
        let round = town.record(&record).map(|(scope, events)| round::fold(&record, &scope, &events));
        let walked = round.is_some_and(|r| r.scope == state.scope && r.started_ms.is_some());
        return (!walked).then_some("no_such_round");
    }
    match town.case(&issued.case_id) {
        Some(case) if case.scope == state.scope && case.ruled => None,
        Some(case) if case.scope == state.scope => Some("case_not_accepted"),
        _ => Some("no_such_case"),
    }
}

/// A document of a proceeding waits for that proceeding, as the server itself has ruled it so far.
fn proceeding_waits(state: &PaperState, issued: &Issued, actor: &str, town: &mut dyn Registry) -> Option<&'static str> {
    if issued.proceeding.is_empty() {
        return None;
    }
    let record = format!("proceeding:{}", issued.proceeding);
    let found = town.record(&record).map(|(scope, events)| proceeding::fold(&record, &scope, &events));
    let Some(found) = found.filter(|p| p.scope == state.scope) else { return Some("no_such_proceeding") };
    waits(issued, &found, actor, &town.calendar(year_of(&issued.sheet.date))).map(|w| w.code)
}

/// Exactly one file, a PDF, named as the paper.
fn is_pdf(blobs: &[BlobRef]) -> bool {
    matches!(blobs, [pdf] if pdf.role == PDF_ROLE && pdf.m == PDF_TYPE && pdf.n > 0)
}

fn year_of(day: &str) -> i32 {
    day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// Dated later than the server's own day: no device's clock is believed.
fn in_the_future(day: &str, event: &FoldEvent) -> bool {
    event.received_ms.is_some_and(|ms| day > stamp_of_ms(ms).get(..10).unwrap_or_default())
}

/// Each signs with the certificate of their own account, valid on the day of the paper (行政处罚法 42).
fn not_an_officer(officer: &Officer, day: &str, town: &mut dyn Registry) -> Option<&'static str> {
    use crate::permission::Role::{Enf, Enfl};
    let record = format!("user:{}", officer.user);
    let Some(user) = town.record(&record).map(|(_, events)| user::fold(&record, &events)) else {
        return Some("not_an_officer");
    };
    let serves = user.grant().roles.iter().any(|role| matches!(role, Enf | Enfl));
    let certified = user.certificate(day).is_some_and(|c| c.no == officer.certificate);
    match () {
        () if !serves => Some("not_an_officer"),
        () if !certified => Some("no_certificate"),
        () => None,
    }
}

/// The number belongs to a block leased to this very chain of this device, reads as its series is written, and no
/// other paper has it (domain.md §5.3).
fn numbered(state: &PaperState, issued: &Issued, event: &FoldEvent, town: &mut dyn Registry) -> Option<&'static str> {
    let number = issued.number.as_ref()?;
    let year = issued.sheet.date.get(..4).unwrap_or_default();
    let series = book().series_of(&issued.sheet.template, &issued.sheet.date);
    let Some(series) = series.filter(|s| s.id == number.series && year == format!("{:04}", number.year)) else {
        return Some("wrong_series");
    };
    let record = numbers::record_of(&event.device, number.year);
    let blocks = town.record(&record).map(|(_, events)| numbers::fold(&record, &events).blocks).unwrap_or_default();
    let block = blocks.into_iter().find(|b| b.series == number.series && b.first == number.block);
    let Some(block) = block.filter(|b| b.inc == event.inc && b.may_give(number.seq)) else {
        return Some("number_not_leased");
    };
    if book().text(series, &block.town, number.year, number.seq) != number.text {
        return Some("wrong_number");
    }
    (!town.take_no(&number.series, number.year, number.seq, &state.id)).then_some("number_used")
}

fn on_served(state: &PaperState, served: &Served, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Answer {
    let Some(terms) = terms(&state.issued.sheet.template) else { return quarantined("not_allowed") };
    match may_serve(state, terms, &grant.roles) {
        Ok(()) => {}
        other => return settled(other),
    }
    let service = &served.service;
    if let Some(problem) = service::problems(service, terms, &state.issued.sheet.date, event.blobs.len()).first() {
        return refused(format!("invalid:{}", problem.field));
    }
    if in_the_future(&service.on, event) {
        return refused("in_the_future");
    }
    if event.blobs.iter().any(|b| b.role != "photo") {
        return refused("invalid:photos");
    }
    let calendar = &town.calendar(year_of(&service.on));
    let same_calendar =
        [&served.due, &served.notice].into_iter().flatten().all(|fact| fact.calendar_version == calendar.version);
    match service::served(&state.issued, service, terms, calendar) {
        Ok(counted) if counted == *served => Answer::Accepted,
        // Counted by an older calendar: what was told to the recipient stands.
        Ok(counted) if !same_calendar && counted.due.is_some() == served.due.is_some() => Answer::Accepted,
        _ => refused("wrong_sum"),
    }
}

//! What a wish about a paper becomes: one event, or the reason why not.

use serde::Serialize;

use super::form::{form, text};
use super::payload::{
    CHECKED, Checked, ISSUED, Issued, Officer, PRINTED, Printed, SERVED, Service, TV, VOIDED, Voided,
};
use super::service;
use super::state::PaperState;
use super::terms::{Terms, terms};
use crate::case::decide::{Author, Refusal};
use crate::case::draft::FieldProblem;
use crate::deadline::{self, Calendar};
use crate::event::{BlobRef, NewEvent};
use crate::permission::{Action, Role};

/// What somebody may find when a paper is due.
pub const RESULTS: &[&str] = &["corrected", "partly", "not"];

const REASON_CHARS_MAX: usize = 500;
const COPIES_MAX: u32 = 100;

/// Everything missing or wrong before a paper may be issued, field by field. The server asks the same.
#[must_use]
pub fn unfit(issued: &Issued) -> Vec<FieldProblem> {
    let sheet = &issued.sheet;
    let (Some(form), Some(terms)) = (form(&sheet.template), terms(&sheet.template)) else {
        return vec![FieldProblem::new("template", "unknown_choice")];
    };
    let mut found = form.problems(sheet);
    let mut wants = |met: bool, field: &str, code: &str| {
        if !met {
            found.push(FieldProblem::new(field, code));
        }
    };
    wants(sheet.version == form.version, "template", "unknown_choice");
    wants(super::form::is_date(&sheet.date), "date", "not_a_date");
    wants(!sheet.organ.is_empty(), "organ", "required");
    wants(!issued.case_id.is_empty() || terms.of_round && !issued.round.is_empty(), "case", "required");
    wants(issued.case_id.is_empty() || issued.round.is_empty(), "round", "unknown_field");
    wants(terms.awaits.is_empty() || !issued.proceeding.is_empty(), "proceeding", "required");
    wants(form.needs_number == issued.number.is_some(), "number", "required");
    wants(issued.number.as_ref().map_or("", |n| &n.text) == sheet.number, "number", "not_the_sheets");
    wants(terms.servers == 0 || !issued.recipient.name.trim().is_empty(), "recipient", "required");
    wants(two_officers(&issued.officers, terms), "officers", "two_people");
    wants(signs(issued), "officers", "not_the_sheets");
    if terms.clock {
        let offered = |c: &crate::catalogue::DeadlineChoice| deadline::is_offered(&c.rule, &c.unit, c.n);
        wants(issued.clock.is_some(), "clock", "required");
        wants(issued.clock.as_ref().is_none_or(offered), "clock", "out_of_range");
    } else {
        wants(issued.clock.is_none(), "clock", "unknown_field");
    }
    wants(issued.printed_due.is_empty() || issued.printed_due == text(sheet, "due_on"), "due_on", "not_the_sheets");
    found
}

/// As many different people with a certificate each as the kind of paper asks for (行政处罚法 42, 55).
fn two_officers(officers: &[Officer], terms: &Terms) -> bool {
    let named = |o: &&Officer| !o.user.is_empty() && !o.name.trim().is_empty() && !o.certificate.trim().is_empty();
    let sound: Vec<&Officer> = officers.iter().filter(named).collect();
    let distinct = |key: fn(&Officer) -> &str| {
        sound.iter().map(|o| key(o).trim()).collect::<std::collections::BTreeSet<_>>().len()
    };
    sound.len() == officers.len()
        && officers.len() == terms.officers
        && distinct(|o| &o.user) == terms.officers
        && distinct(|o| &o.certificate) == terms.officers
}

/// The officers named are those printed.
fn signs(issued: &Issued) -> bool {
    issued.officers.iter().zip(1..).all(|(officer, at)| {
        text(&issued.sheet, &format!("officer{at}_name")) == officer.name.trim()
            && text(&issued.sheet, &format!("officer{at}_no")) == officer.certificate.trim()
    })
}

/// # Errors
/// `NotAllowed`, `Invalid` with every problem.
pub fn issue(id: &str, scope: &str, issued: &Issued, pdf: BlobRef, author: &Author) -> Result<NewEvent, Refusal> {
    let found = unfit(issued);
    if !found.is_empty() {
        return Err(Refusal::Invalid(found));
    }
    if !terms(&issued.sheet.template).is_some_and(|t| t.may_issue(&author.roles)) {
        return Err(not_allowed("issue"));
    }
    Ok(event(id, scope, ISSUED, author, vec![pdf], issued))
}

/// # Errors
/// `NotAllowed`, `Blocked` once served or void, `Invalid` with every problem.
pub fn serve(
    state: &PaperState,
    author: &Author,
    service: &Service,
    photos: Vec<BlobRef>,
    calendar: &Calendar,
) -> Result<NewEvent, Refusal> {
    let terms = terms(&state.issued.sheet.template).ok_or_else(|| not_allowed("serve"))?;
    may_serve(state, terms, &author.roles).map_err(|code| blocked("serve", code))?;
    let found = service::problems(service, terms, &state.issued.sheet.date, photos.len());
    if !found.is_empty() {
        return Err(Refusal::Invalid(found));
    }
    let served = service::served(&state.issued, service, terms, calendar).map_err(|p| Refusal::Invalid(vec![p]))?;
    Ok(event(&state.id, &state.scope, SERVED, author, photos, &served))
}

/// Why this paper is not to be served by these roles now.
pub(super) fn may_serve(state: &PaperState, terms: &Terms, roles: &[Role]) -> Result<(), &'static str> {
    match () {
        () if !terms.may_issue(roles) => Err("not_allowed"),
        () if terms.servers == 0 => Err("never_served"),
        () if state.status != "issued" => Err(standing(state)),
        () => Ok(()),
    }
}

/// # Errors
/// `NotAllowed`, `Blocked`, `Invalid`.
pub fn check(state: &PaperState, author: &Author, checked: &Checked) -> Result<NewEvent, Refusal> {
    may_check(state, &author.roles).map_err(|code| blocked("check", code))?;
    if !RESULTS.contains(&checked.result.as_str()) {
        return Err(Refusal::Invalid(vec![FieldProblem::new("result", "required")]));
    }
    Ok(event(&state.id, &state.scope, CHECKED, author, Vec::new(), checked))
}

pub(super) fn may_check(state: &PaperState, roles: &[Role]) -> Result<(), &'static str> {
    match () {
        () if !crate::permission::may(roles, Action::Recheck) => Err("not_allowed"),
        () if state.status != "served" || state.due().is_none() => Err("nothing_runs"),
        () => Ok(()),
    }
}

/// Before service whoever may issue it; after it only those above, and never who issued it.
///
/// # Errors
/// `Blocked`, `Invalid`.
pub fn void(state: &PaperState, author: &Author, reason: &str) -> Result<NewEvent, Refusal> {
    may_void(state, &author.user, &author.roles).map_err(|code| blocked("void", code))?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::Invalid(vec![FieldProblem::new("reason", "required")]));
    }
    Ok(event(&state.id, &state.scope, VOIDED, author, Vec::new(), &Voided { reason: reason.to_owned() }))
}

pub(super) fn may_void(state: &PaperState, user: &str, roles: &[Role]) -> Result<(), &'static str> {
    let Some(terms) = terms(&state.issued.sheet.template) else { return Err("not_allowed") };
    match state.status.as_str() {
        "issued" if terms.may_issue(roles) || terms.may_void_served(roles) => Ok(()),
        "served" | "checked" if !terms.may_void_served(roles) => Err("not_allowed"),
        "served" | "checked" if state.author == user => Err("second_person_needed"),
        "served" | "checked" => Ok(()),
        "issued" => Err("not_allowed"),
        _ => Err(standing(state)),
    }
}

/// # Errors
/// `Invalid` for a number of copies no printer makes.
pub fn printed(state: &PaperState, author: &Author, copies: u32) -> Result<NewEvent, Refusal> {
    if !(1..=COPIES_MAX).contains(&copies) {
        return Err(Refusal::Invalid(vec![FieldProblem::new("copies", "out_of_range")]));
    }
    Ok(event(&state.id, &state.scope, PRINTED, author, Vec::new(), &Printed { copies }))
}

/// What somebody may do with a paper now: `serve`, `check`, `void`.
#[must_use]
pub fn offered(state: &PaperState, author: &Author) -> Vec<&'static str> {
    let terms = terms(&state.issued.sheet.template);
    let steps = [
        ("serve", terms.is_some_and(|t| may_serve(state, t, &author.roles).is_ok())),
        ("check", may_check(state, &author.roles).is_ok()),
        ("void", may_void(state, &author.user, &author.roles).is_ok()),
    ];
    steps.into_iter().filter(|(_, may)| *may).map(|(step, _)| step).collect()
}

fn standing(state: &PaperState) -> &'static str {
    match state.status.as_str() {
        "voided" => "is_void",
        "refused" => "was_refused",
        _ => "already_served",
    }
}

fn not_allowed(action: &str) -> Refusal {
    Refusal::NotAllowed { action: action.to_owned() }
}

fn blocked(action: &str, code: &'static str) -> Refusal {
    match code {
        "not_allowed" => not_allowed(action),
        code => Refusal::Blocked { action: action.to_owned(), code },
    }
}

fn event(id: &str, scope: &str, kind: &str, by: &Author, blobs: Vec<BlobRef>, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: format!("paper:{id}"),
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        tv: TV,
        actor: by.user.clone(),
        parents: Vec::new(),
        blobs,
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

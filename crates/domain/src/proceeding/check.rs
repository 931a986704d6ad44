//! What a step is held to, in one order, for laptop and server.

use chrono::{NaiveDate, NaiveTime};

use super::guard::{Case, blocks, misplaced};
use super::payload::{Document, Step};
use super::rule::{rule, step_words};
use super::state::{ProceedingState, day};
use super::steps::{self, Form, Guard, Param, Row};
use crate::deadline::Calendar;
use crate::decimal::Decimal;
use crate::permission::{Person, Role};
use crate::user::UserState;

const CHARS_MAX: usize = 500;
const DOCUMENTS_MAX: usize = 20;
const OFFICERS_MAX: usize = 6;
const NUMBER_CHARS_MAX: usize = 60;

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A code of `proceeding-rules.json`.
    pub code: &'static str,
    /// The particular it is about; empty for the whole step.
    pub field: String,
}

impl Problem {
    pub(super) fn of(code: &'static str, field: &str) -> Self {
        Self { code, field: field.to_owned() }
    }

    /// The article of law it rests on.
    #[must_use]
    pub fn article(&self) -> &'static str {
        rule(self.code).map_or("", |r| r.article.as_str())
    }
}

/// What a check must know of the town.
pub trait World {
    fn today(&self) -> NaiveDate;
    /// The calendar that counts, with what the town has published.
    fn calendar(&mut self) -> Calendar;
    fn user(&mut self, id: &str) -> Option<UserState>;
    /// Whether a paper exists and belongs to the case.
    fn owns_paper(&mut self, paper: &str, case: &str) -> bool;
}

/// The first thing in the way of a step, or nothing.
#[must_use]
pub fn check(state: &ProceedingState, step: &Step, actor: &Person<'_>, world: &mut dyn World) -> Option<Problem> {
    let Some(row) = steps::find(&step.code) else { return Some(Problem::of("not_from_here", "code")) };
    if !may_take(row, step, actor) {
        return Some(Problem::of("not_yours", ""));
    }
    let today = world.today();
    let calendar = &world.calendar();
    let on = match day(&step.date) {
        Some(on) if on <= today => on,
        _ => return Some(Problem::of("date_unsound", "date")),
    };
    let of = Case { state, step, actor: actor.user, on, calendar };
    if !row.from.contains(&state.status.as_str()) {
        return Some(Problem::of(misplaced(&of), ""));
    }
    if state
        .accepted()
        .map(|s| s.date.as_str())
        .chain([state.opened.date.as_str()])
        .any(|before| before > step.date.as_str())
    {
        return Some(Problem::of("date_unsound", "date"));
    }
    officers(row, step, actor, world)
        .or_else(|| row.params.iter().find_map(|p| param(p, step)))
        .or_else(|| unknown_param(row, step))
        .or_else(|| documents(&of, world))
        .or_else(|| row.guards.iter().find_map(|g| blocks(*g, &of)).map(|code| Problem::of(code, "")))
}

/// Approval is the head's; on the fast path it is the legal officer who signs off.
fn may_take(row: &Row, step: &Step, actor: &Person<'_>) -> bool {
    let one_of = |roles: &[Role]| actor.roles.iter().any(|r| roles.contains(r));
    match (row.code, step.param("for")) {
        ("OK", "E72F") => one_of(&[Role::Leg]),
        ("OK", _) => one_of(&[Role::Head]),
        _ => one_of(row.who),
    }
}

fn officers(row: &Row, step: &Step, actor: &Person<'_>, world: &mut dyn World) -> Option<Problem> {
    if !row.officers {
        return (!step.officers.is_empty()).then(|| Problem::of("param_unsound", "officers"));
    }
    let mut distinct = step.officers.clone();
    distinct.sort();
    distinct.dedup();
    if distinct.len() < 2 || distinct.len() > OFFICERS_MAX {
        return Some(Problem::of("one_officer", "officers"));
    }
    let team = |user: &UserState| user.defined.roles.iter().any(|r| r == "R-ENF" || r == "R-ENFL");
    let mut certified = |id: &String| world.user(id).is_some_and(|u| team(&u) && u.certificate(&step.date).is_some());
    if !distinct.iter().all(&mut certified) {
        return Some(Problem::of("no_certificate", "officers"));
    }
    (!distinct.iter().any(|id| id == actor.user)).then(|| Problem::of("not_signed_by_officer", "officers"))
}

fn param(param: &Param, step: &Step) -> Option<Problem> {
    let text = step.param(param.name).trim();
    if text.is_empty() {
        return param.required.then(|| Problem::of("param_missing", param.name));
    }
    let sound = match param.form {
        Form::Date => day(text).is_some(),
        Form::Time => NaiveTime::parse_from_str(text, "%H:%M").is_ok(),
        Form::Money => Decimal::parse(text).is_some(),
        Form::Text => text.chars().count() <= CHARS_MAX,
        Form::Choice(of) => of.contains(&text),
    };
    (!sound).then(|| Problem::of("param_unsound", param.name))
}

fn unknown_param(row: &Row, step: &Step) -> Option<Problem> {
    let known = |name: &str| row.params.iter().any(|p| p.name == name);
    step.params.keys().find(|name| !known(name)).map(|name| Problem::of("param_unsound", name))
}

/// Every document of the step is there, dated within the proceeding, and exists where it was made here.
fn documents(of: &Case<'_>, world: &mut dyn World) -> Option<Problem> {
    let (state, step) = (of.state, of.step);
    let has = |code: &str| step.documents.iter().any(|d| d.template == code);
    let needed: Vec<String> = match (step.code.as_str(), step.param("decision")) {
        ("E50", "both") => vec!["F21".into(), "F22".into()],
        ("E50", "demolition") => vec!["F22".into()],
        ("E50", _) => vec!["F21".into()],
        (code, _) => step_words(code).map(|w| w.documents.clone()).unwrap_or_default(),
    };
    if let Some(missing) = needed.iter().find(|any| !any.split('|').any(has)) {
        return Some(Problem::of("document_missing", missing));
    }
    let filed = if step.code == "E10" { Some(of.on) } else { state.last("E10").and_then(super::state::Done::day) };
    let free = ["E05", "E50F", "E72F", "OK"].contains(&step.code.as_str());
    if step.documents.len() > DOCUMENTS_MAX {
        return Some(Problem::of("document_unsound", "documents"));
    }
    step.documents.iter().find_map(|document| sound(document, of, filed.filter(|_| !free), world))
}

fn sound(document: &Document, of: &Case<'_>, filed: Option<NaiveDate>, world: &mut dyn World) -> Option<Problem> {
    let Document { template, number, date, paper } = document;
    let named = !template.is_empty() && template.chars().count() <= NUMBER_CHARS_MAX;
    match day(date) {
        Some(date) if date <= of.on && named && number.chars().count() <= NUMBER_CHARS_MAX => {
            if filed.is_some_and(|filed| date < filed) {
                return Some(Problem::of("before_filing", template));
            }
        }
        _ => return Some(Problem::of("document_unsound", template)),
    }
    let foreign = !paper.is_empty() && !world.owns_paper(paper, &of.state.opened.case_id);
    foreign.then(|| Problem::of("no_such_paper", template))
}

/// What depends on what will be typed is asked when it is typed.
const TYPED: &[Guard] = &[Guard::CorrectionOver, Guard::FineNamed, Guard::HearingAnnounced, Guard::Daytime];

fn standing(row: &Row, of: &Case<'_>) -> Option<Problem> {
    row.guards.iter().filter(|g| !TYPED.contains(g)).find_map(|g| blocks(*g, of)).map(|code| Problem::of(code, ""))
}

/// What keeps the document of a step from being made: the step is not next, or waits for somebody. A step just taken
/// may have its document made again, until the next one.
#[must_use]
pub fn document_waits(
    state: &ProceedingState,
    code: &str,
    document: &Step,
    actor: &str,
    calendar: &Calendar,
) -> Option<Problem> {
    let row = steps::find(code)?;
    let step = Step { code: code.into(), ..document.clone() };
    let Some(on) = day(&step.date) else { return Some(Problem::of("date_unsound", "date")) };
    let of = Case { state, step: &step, actor, on, calendar };
    let filed = state.last("E10").and_then(super::state::Done::day);
    match () {
        () if filed.is_some_and(|filed| on < filed) => Some(Problem::of("before_filing", "date")),
        () if state.status == code => None,
        () if !row.from.contains(&state.status.as_str()) => Some(Problem::of(misplaced(&of), "")),
        () => standing(row, &of),
    }
}

/// Rows that may follow now, whoever takes them, each with what stands in the way today.
#[must_use]
pub fn offered(
    state: &ProceedingState,
    actor: &Person<'_>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<(&'static Row, Option<Problem>)> {
    let why = |row: &Row| {
        let step = Step { code: row.code.into(), date: today.to_string(), ..Step::default() };
        if !actor.roles.iter().any(|r| row.who.contains(r)) {
            return Some(Problem::of("not_yours", ""));
        }
        standing(row, &Case { state, step: &step, actor: actor.user, on: today, calendar })
    };
    // What does not concern this proceeding at all is left out: the fast path of a finished building, the court of an order to demolish.
    let beside =
        ["not_in_progress", "already_pending", "nothing_pending", "no_demolition", "no_fine", "no_hearing_request"];
    let here = steps::TABLE.iter().filter(|row| row.from.contains(&state.status.as_str()));
    let all = here.map(|row| (row, why(row)));
    all.filter(|(_, p)| !p.as_ref().is_some_and(|p| beside.contains(&p.code))).collect()
}

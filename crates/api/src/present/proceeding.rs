//! A proceeding as a page: the road, what is next and why not, what runs.

use xunju_domain::catalogue::Label;
use xunju_domain::paper::waits::Waits;
use xunju_domain::permission::{Action, may};
use xunju_domain::proceeding::party::FIELDS;
use xunju_domain::proceeding::steps::{FAST_ROAD, Form, ROAD, Row};
use xunju_domain::proceeding::{
    Clock, Done, Party, Problem, ProceedingState, Rule, clocks, grown, offered, rule, step_words,
};

use super::Names;
use crate::error::ApiError;
use crate::view::paper::PaperWaits;
use crate::view::proceeding::{
    ClockView, DocumentView, NextStep, OfficerView, PartyView, ProceedingCard, ProceedingView, RoadStep, StepParam,
    StepView, SurchargeView, WhyView,
};
use crate::{Api, Caller};

impl Api {
    pub(crate) fn proceeding_card(&self, state: &ProceedingState) -> ProceedingCard {
        ProceedingCard {
            id: state.id.clone(),
            case_id: state.opened.case_id.clone(),
            case_no: state.opened.case_no.clone(),
            cause: state.opened.cause.clone(),
            in_progress: state.opened.in_progress,
            stage: state.expected.clone(),
            stage_label: label(&state.expected),
            opened_on: state.opened.date.clone(),
            opening: state.opening.clone(),
            opening_refused: state.opening_refused.clone(),
            party: state.party.as_ref().map(|p| p.masked("name")),
        }
    }

    pub(crate) fn proceeding_view(&self, caller: &Caller, state: &ProceedingState) -> Result<ProceedingView, ApiError> {
        let names = self.names()?;
        let (calendar, today) = (&self.calendar(), self.today());
        let assumed = state.assumed();
        let author = caller.author();
        let roles = caller.roles();
        let closed = ["E01", "E90", "E95"].contains(&assumed.status.as_str());
        Ok(ProceedingView {
            card: self.proceeding_card(state),
            road: road(&assumed),
            steps: state.steps.iter().map(|done| step(done, &names)).collect(),
            next: offered(&assumed, &author.person(), today, calendar)
                .into_iter()
                .map(|(row, why)| next(row, why))
                .collect(),
            clocks: clocks(&assumed, calendar, today).into_iter().map(|clock| self.clock_view(clock)).collect(),
            party: state.party.as_ref().map(party),
            surcharge: grown(&assumed, calendar, today).filter(|s| s.days > 0).map(|s| SurchargeView {
                fine: assumed.fine().unwrap_or_default().to_owned(),
                days: s.days,
                amount: s.amount,
                capped: s.capped,
            }),
            may_set_party: may(&roles, Action::Proceed) && !closed,
            may_unmask: may(&roles, Action::UnmaskParty),
            officers: self.team(&today.to_string())?,
        })
    }

    fn clock_view(&self, clock: Clock) -> ClockView {
        ClockView {
            id: clock.fact.id.clone(),
            label: clock.fact.label.clone(),
            deadline: self.deadline_view(&clock.fact),
            state: clock.state.to_owned(),
            kind: clock.kind.to_owned(),
        }
    }

    fn team(&self, today: &str) -> Result<Vec<OfficerView>, ApiError> {
        let people = self.people()?.into_iter();
        let team = people.filter(|p| p.defined.roles.iter().any(|r| r == "R-ENF" || r == "R-ENFL"));
        let view = |p: xunju_domain::user::UserState| OfficerView {
            certificate: p.certificate(today).map(|c| c.no.clone()),
            name: p.defined.display.clone(),
            user: p.id,
        };
        Ok(team.map(view).collect())
    }
}

fn label(code: &str) -> Label {
    step_words(code).map(|w| w.label.clone()).unwrap_or_default()
}

pub(crate) fn why_of(rule: &Rule) -> WhyView {
    WhyView { code: rule.code.clone(), label: rule.label.clone(), article: rule.article.clone() }
}

/// What a paper waits for; a code without a rule is the paper's own.
pub(crate) fn waits_view(of: &Waits) -> PaperWaits {
    let own = || WhyView { code: of.code.to_owned(), label: Label::default(), article: String::new() };
    PaperWaits { step: of.step.clone(), step_label: label(&of.step), why: rule(of.code).map_or_else(own, why_of) }
}

/// The road with each station's state; those that were passed by are left out.
fn road(state: &ProceedingState) -> Vec<RoadStep> {
    let road = if state.fast() || state.opened.in_progress && state.last("E10").is_none() { FAST_ROAD } else { ROAD };
    let reached = road.iter().position(|code| *code == state.status || *code == "E72F" && state.status == "E72");
    let mut all = Vec::new();
    for (at, code) in road.iter().enumerate() {
        let done = state.last(code);
        let date = done.map(|d| d.date.clone()).or_else(|| (*code == "E00").then(|| state.opened.date.clone()));
        let word = match reached {
            Some(now) if at == now => "now",
            _ if date.is_some() => "done",
            Some(now) if at < now => continue,
            None if state.last("E50").is_some() && at <= road.iter().position(|c| *c == "E50").unwrap_or(0) => continue,
            _ => "ahead",
        };
        let article = step_words(code).map_or("", |w| w.article.as_str()).to_owned();
        all.push(RoadStep { code: (*code).to_owned(), label: label(code), article, state: word.to_owned(), date });
    }
    all
}

fn step(done: &Done, names: &Names) -> StepView {
    let refused = (done.verdict == "refused").then(|| {
        let code = done.reason_code.clone().unwrap_or_default();
        rule(&code).map_or_else(|| WhyView { label: Label::default(), article: done.article.clone(), code }, why_of)
    });
    StepView {
        event: done.event.clone(),
        code: done.code.clone(),
        label: label(&done.code),
        date: done.date.clone(),
        officers: done.officers.iter().map(|id| names.of(id)).collect(),
        author: names.of(&done.author),
        documents: done
            .documents
            .iter()
            .map(|d| DocumentView {
                template: d.template.clone(),
                number: d.number.clone(),
                date: d.date.clone(),
                paper: d.paper.clone(),
            })
            .collect(),
        params: done.params.clone(),
        verdict: done.verdict.clone(),
        refused,
    }
}

fn next(row: &Row, why: Option<Problem>) -> NextStep {
    let words = step_words(row.code);
    let param = |p: &xunju_domain::proceeding::steps::Param| {
        let (form, choices) = match p.form {
            Form::Date => ("date", &[][..]),
            Form::Time => ("time", &[][..]),
            Form::Money => ("money", &[][..]),
            Form::Text => ("text", &[][..]),
            Form::Choice(of) => ("choice", of),
        };
        let choices = choices.iter().map(|c| (*c).to_owned()).collect();
        StepParam { name: p.name.to_owned(), form: form.to_owned(), choices, required: p.required }
    };
    NextStep {
        code: row.code.to_owned(),
        label: label(row.code),
        article: words.map_or("", |w| w.article.as_str()).to_owned(),
        roles: row.who.iter().map(|r| r.code().to_owned()).collect(),
        officers: row.officers,
        documents: words.map(|w| w.documents.clone()).unwrap_or_default(),
        params: row.params.iter().map(param).collect(),
        blocked: why.and_then(|p| rule(p.code)).map(why_of),
    }
}

fn party(party: &Party) -> PartyView {
    let recorded = FIELDS.iter().filter(|f| !party.field(f).is_empty());
    PartyView {
        kind: party.kind.clone(),
        id_kind: party.id_kind.clone(),
        fields: recorded.map(|f| ((*f).to_owned(), party.masked(f))).collect(),
    }
}

//! 执法程序: opened, carried on step by step, read with personal data masked.

use chrono::NaiveDate;
use xunju_domain::deadline::Calendar;
use xunju_domain::paper::PaperState;
use xunju_domain::permission::{Action, may};
use xunju_domain::proceeding::payload::{OPENED, STEP};
use xunju_domain::proceeding::{self, Document, Opened, ProceedingState, Step, World, rule};
use xunju_domain::record;
use xunju_domain::user::UserState;
use xunju_store::{Commit, Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::proceeding::{
    ProceedingOpenRequest, ProceedingPage, ProceedingQuery, ProceedingRef, ProceedingStepRequest, ProceedingView,
    ProceedingWritten, WhyView,
};
use crate::{Api, Caller, doc};

const PAGE_ROWS_MAX: u32 = 200;

/// What a laptop or the desk knows of the town.
struct Known<'a>(&'a Api);

impl World for Known<'_> {
    fn today(&self) -> NaiveDate {
        self.0.today()
    }

    fn calendar(&mut self) -> Calendar {
        (*self.0.calendar()).clone()
    }

    fn user(&mut self, id: &str) -> Option<UserState> {
        self.0.user(id).ok().flatten()
    }

    fn owns_paper(&mut self, paper: &str, case: &str) -> bool {
        let row = self.0.store.record(&format!("paper:{paper}")).ok().flatten();
        let state = row.and_then(|row| doc::<PaperState>(&row).ok());
        state.is_some_and(|paper| paper.issued.case_id == case && paper.stands())
    }
}

impl Api {
    /// A proceeding the caller may see; `NotFound` for every other: what one may not see, one may not know of.
    pub(crate) fn proceeding(&self, caller: &Caller, id: &str) -> Result<ProceedingState, ApiError> {
        caller.require(Action::SeeProceedings)?;
        let missing = || ApiError::new(ErrorCode::NotFound).with("what", "proceeding");
        let row = self.store.record(&format!("proceeding:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        let state: ProceedingState = doc(&row)?;
        if caller.scopes.has(&state.scope) { Ok(state) } else { Err(missing()) }
    }
}

/// # Errors
/// `NotAllowed` for roles that see no proceedings.
pub fn list(api: &Api, caller: &Caller, asked: ProceedingQuery) -> Result<ProceedingPage, ApiError> {
    caller.require(Action::SeeProceedings)?;
    let facets = [("case", asked.case_id), ("open", asked.open.then(|| "1".to_owned()))];
    let query = Query {
        kind: "proceeding".into(),
        facets: facets.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
        scopes: caller.scope_list(),
        order: Order::Newest,
        offset: asked.offset,
        limit: if asked.limit == 0 { PAGE_ROWS_MAX } else { asked.limit.min(PAGE_ROWS_MAX) },
        ..Query::default()
    };
    let rows = api.store().records(&query).refused()?;
    let rows = rows.iter().map(|row| Ok(api.proceeding_card(&doc(row)?))).collect::<Result<_, ApiError>>()?;
    let may_open = may(&caller.roles(), Action::Proceed);
    Ok(ProceedingPage { total: api.store().count(&query).refused()?, rows, may_open })
}

/// # Errors
/// `NotFound` also for what the caller may not see.
pub fn get(api: &Api, caller: &Caller, of: ProceedingRef) -> Result<ProceedingView, ApiError> {
    let state = api.proceeding(caller, &of.id)?;
    api.proceeding_view(caller, &state)
}

/// Every reason a step can be refused for, with its article: the words of an error's `reason`.
///
/// # Errors
/// None.
pub fn rules(_: &Api, _: &Caller, _: Nothing) -> Result<Vec<WhyView>, ApiError> {
    Ok(proceeding::rules().iter().map(crate::present::proceeding::why_of).collect())
}

/// # Errors
/// What the server would refuse: `NotAllowed`, `IllegalTransition` with `reason`.
pub fn open(api: &Api, caller: &Caller, asked: ProceedingOpenRequest) -> Result<ProceedingWritten, ApiError> {
    caller.require(Action::Proceed)?;
    let case = api.case(caller, &asked.case_id)?;
    let opened = Opened {
        case_id: case.id.clone(),
        case_no: case.no().to_owned(),
        category: case.category(),
        in_progress: asked.in_progress,
        cause: asked.cause.trim().to_owned(),
        date: dated(api, &asked.date),
    };
    if let Some(code) = proceeding::opening_unfit(&opened, Some(&case), &case.scope, api.today()) {
        return Err(refused("", "E00", code));
    }
    let id = new_id(api.clock().wall_ms())?;
    let event = proceeding::event(&id, &case.scope, &caller.user, OPENED, &opened);
    let written = api.commit(Commit { events: vec![event], ..Commit::empty() }, &id)?;
    Ok(ProceedingWritten { id, events: written.events })
}

/// # Errors
/// `IllegalTransition` with `reason` and `article`: what the server would refuse is refused here already.
pub fn step(api: &Api, caller: &Caller, asked: ProceedingStepRequest) -> Result<ProceedingWritten, ApiError> {
    let state = api.proceeding(caller, &asked.id)?.assumed();
    if state.opening == "refused" {
        return Err(refused(&state.status, &asked.code, "not_from_here"));
    }
    let day = dated(api, &asked.date);
    let document = |d: crate::view::proceeding::DocumentView| Document {
        template: d.template.trim().to_owned(),
        number: d.number.trim().to_owned(),
        date: if d.date.is_empty() { day.clone() } else { d.date },
        paper: d.paper,
    };
    let params = asked.params.into_iter().map(|(key, value)| (key, value.trim().to_owned()));
    let step = Step {
        code: asked.code,
        from: state.status.clone(),
        documents: asked.documents.into_iter().map(document).collect(),
        officers: asked.officers,
        params: params.filter(|(_, value)| !value.is_empty()).collect(),
        date: day.clone(),
    };
    if let Some(problem) = proceeding::check(&state, &step, &caller.author().person(), &mut Known(api)) {
        let error = refused(&state.status, &step.code, problem.code);
        return Err(if problem.field.is_empty() { error } else { error.at(&problem.field) });
    }
    let event = proceeding::event(&state.id, &state.scope, &caller.user, STEP, &step);
    let written = api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.id)?;
    Ok(ProceedingWritten { id: state.id, events: written.events })
}

fn dated(api: &Api, date: &str) -> String {
    if date.trim().is_empty() { api.today().to_string() } else { date.trim().to_owned() }
}

fn refused(from: &str, code: &str, reason: &str) -> ApiError {
    let article = rule(reason).map_or("", |r| r.article.as_str());
    let error = ApiError::new(ErrorCode::IllegalTransition).with("from", from).with("action", code);
    error.with("reason", reason).with("article", article)
}

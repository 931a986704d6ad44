//! 案件: lists, the page, and every write on one.

use std::collections::BTreeMap;

use xunju_domain::case::decide::{self, ActInput, Refusal};
use xunju_domain::case::draft::FieldProblem;
use xunju_domain::case::{CaseState, archive, payload, target_unfit};
use xunju_domain::catalogue;
use xunju_domain::permission::Action;
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::case::{
    CaseActRequest, CaseAddPhotosRequest, CaseEditRequest, CaseNoteRequest, CasePage, CasePlaceRequest, CaseQuery,
    CaseRef, CaseResolveRequest, CaseView, Written,
};
use crate::{Api, Caller, doc};

/// Rows a page may hold.
const PAGE_ROWS_MAX: u32 = 200;

/// # Errors
/// `NotAllowed` for roles without case content.
pub fn page(api: &Api, caller: &Caller, asked: CaseQuery) -> Result<CasePage, ApiError> {
    caller.require(Action::See)?;
    let work = match &asked.duty {
        None if asked.bucket.as_deref() == Some("waiting") => super::today::waiting_for(caller),
        Some(key) => super::duty::duty(api, caller, key)
            .ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).with("action", key))?,
        None => caller.cases(Vec::new()),
    };
    let asked_for = [
        ("compound", asked.compound_id),
        ("category", asked.category),
        ("author", asked.mine.then(|| caller.user.clone())),
    ];
    let chosen = asked_for.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let (due_from, due_to) = api.bucket_bounds(asked.bucket.as_deref());
    let query = Query {
        status: if asked.status.is_empty() { work.status } else { asked.status },
        facets: work.facets.into_iter().chain(chosen).collect(),
        text: asked.text,
        due_from,
        due_to,
        order: if asked.bucket.is_some() || asked.duty.is_some() { Order::Due } else { Order::Newest },
        offset: asked.offset,
        limit: if asked.limit == 0 { PAGE_ROWS_MAX } else { asked.limit.min(PAGE_ROWS_MAX) },
        ..work
    };
    let total = api.store().count(&query).refused()?;
    let rows = api.store().records(&query).refused()?;
    let names = api.names()?;
    let rows = rows.iter().map(|row| api.card(&doc(row)?, &names)).collect::<Result<_, _>>()?;
    Ok(CasePage { total, rows })
}

/// # Errors
/// `NotFound` also for a case outside the caller's scopes: what one may not see, one may not know of.
pub fn get(api: &Api, caller: &Caller, of: CaseRef) -> Result<CaseView, ApiError> {
    let state = api.case(caller, &of.id)?;
    api.case_view(caller, &state)
}

/// # Errors
/// Whatever the server would refuse: `NotAllowed`, `IllegalTransition`, `Invalid`.
pub fn act(api: &Api, caller: &Caller, asked: CaseActRequest) -> Result<Written, ApiError> {
    let CaseActRequest { id, action, reason_code, reason, slot, photos, params, deadline, fields } = asked;
    let params: BTreeMap<String, String> = params.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let annex = (action == "archive").then(|| api.annex(&api.case(caller, &id)?)).transpose()?;
    let mut params = params;
    // Both values of a change stand in its story.
    if action == "ask_class" {
        params.insert("was".into(), api.case(caller, &id)?.text("stock_class"));
    }
    let target = params.get("target").map(|id| api.case(caller, id)).transpose()?;
    api.write_case(caller, &id, &photos, |state, author, blobs| {
        if let Some(lack) = annex.as_ref().and_then(|annex| lacking(state, annex, &params)) {
            return Err(Refusal::Invalid(vec![FieldProblem::new("archive", "file_lacking").with("part", lack)]));
        }
        if let Some(code) = target.as_ref().and_then(|target| target_unfit(state, Some(target))) {
            return Err(Refusal::Blocked { action, code });
        }
        let deadline = decide::clock_for(state, &action, deadline.as_ref(), &api.town_moment(), &api.calendar())?;
        let input = ActInput { action, reason_code, reason, slot, photos: blobs, params, deadline, fields };
        decide::act(state, author, &input)
    })
}

/// The first part of the file that stands in the way of the archive.
fn lacking(state: &CaseState, annex: &archive::Annex, params: &BTreeMap<String, String>) -> Option<String> {
    let act = payload::Act { params: params.clone(), ..payload::Act::default() };
    archive::lacking(state, annex, &act).into_iter().next()
}

/// # Errors
/// `NotAllowed`, `Invalid`.
pub fn edit(api: &Api, caller: &Caller, asked: CaseEditRequest) -> Result<Written, ApiError> {
    api.write_case(caller, &asked.id, &[], |state, author, _| {
        decide::edit(state, author, &asked.field, &asked.value, catalogue::standard())
    })
}

/// # Errors
/// `NotAllowed`, `IllegalTransition` when there is no conflict, `Invalid`.
pub fn resolve(api: &Api, caller: &Caller, asked: CaseResolveRequest) -> Result<Written, ApiError> {
    api.write_case(caller, &asked.id, &[], |state, author, _| {
        decide::resolve(state, author, &asked.field, &asked.value, &asked.reason, catalogue::standard())
    })
}

/// # Errors
/// `NotAllowed`, `Invalid`.
pub fn note(api: &Api, caller: &Caller, asked: CaseNoteRequest) -> Result<Written, ApiError> {
    api.write_case(caller, &asked.id, &[], |state, author, _| decide::note(state, author, &asked.text))
}

/// Coordinates or a pin of a case that exists; a fix under a roof gives way to the building's middle.
///
/// # Errors
/// `NotAllowed`, `IllegalTransition` for a closed case, `Invalid`.
pub fn place(api: &Api, caller: &Caller, asked: CasePlaceRequest) -> Result<Written, ApiError> {
    let state = api.case(caller, &asked.id)?;
    let geo = api.point_of(&state.scope, &state.text("building"), asked.geo, asked.pin.as_ref())?;
    let placed = payload::Placed { geo, pin: asked.pin };
    api.write_case(caller, &asked.id, &[], |state, author, _| decide::place(state, author, placed))
}

/// # Errors
/// `NotAllowed`, `PhotoMissing` for a photo that is not in the tray.
pub fn add_photos(api: &Api, caller: &Caller, asked: CaseAddPhotosRequest) -> Result<Written, ApiError> {
    api.write_case(caller, &asked.id, &asked.photos, decide::add_photos)
}

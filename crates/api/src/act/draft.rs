//! 新建案件: a draft is on disk from its first change, and becomes a case in one durable step.

use xunju_domain::case::draft::{DraftContent, DraftPhoto, check};
use xunju_domain::case::{CaseState, decide};
use xunju_domain::catalogue;
use xunju_domain::geo::Geo;
use xunju_domain::geo::near::{DUPLICATE_M, REBOUND_M, Spot};
use xunju_store::{Commit, DraftRow};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::{Refused, invalid};
use crate::view::app::Nothing;
use crate::view::case::CaseCard;
use crate::view::draft::{DraftCard, DraftNewRequest, DraftRef, DraftSaveRequest, DraftView, Recorded};
use crate::view::photo::TrayPhoto;
use crate::{Api, Caller};

/// Where a case recorded in the field comes from (catalogue sources).
const SOURCE: &str = "patrol";
const DUPLICATES_SHOWN: usize = 5;

/// # Errors
/// Disk failures.
pub fn new(api: &Api, caller: &Caller, asked: DraftNewRequest) -> Result<DraftView, ApiError> {
    let round = api.round(caller)?;
    let here = round.as_ref().map(|r| r.plan.compound_id.clone());
    let known = match asked.compound_id.or(here) {
        None => api.only_compound(caller)?,
        known => known,
    };
    // What is found elsewhere was not found on the round.
    let on_round = round.filter(|r| Some(&r.plan.compound_id) == known.as_ref());
    let content = DraftContent {
        compound_id: known,
        building: asked.building.unwrap_or_default(),
        pin: asked.pin,
        round: on_round.map(|r| r.id),
        ..DraftContent::default()
    };
    let now = api.clock().wall_ms();
    let row = DraftRow {
        id: new_id(now)?,
        owner: caller.user.clone(),
        content: text(&content)?,
        created_ms: now,
        saved_ms: now,
    };
    keep(api, &row)?;
    view(api, caller, &row)
}

/// # Errors
/// `NotFound`.
pub fn get(api: &Api, caller: &Caller, of: DraftRef) -> Result<DraftView, ApiError> {
    view(api, caller, &find(api, caller, &of.id)?)
}

/// # Errors
/// `NotFound`, `DiskFull`: what was saved last still stands.
pub fn save(api: &Api, caller: &Caller, asked: DraftSaveRequest) -> Result<DraftView, ApiError> {
    let before = find(api, caller, &asked.id)?;
    let row = DraftRow { content: text(&asked.content)?, saved_ms: api.clock().wall_ms(), ..before };
    keep(api, &row)?;
    view(api, caller, &row)
}

/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<DraftCard>, ApiError> {
    let tray = api.tray_of(caller)?;
    api.store().drafts(&caller.user).refused()?.iter().map(|row| card(api, &tray, row)).collect()
}

/// # Errors
/// Disk failures.
pub fn discard(api: &Api, caller: &Caller, of: DraftRef) -> Result<Nothing, ApiError> {
    let changed = api.store().drop_draft(&caller.user, &of.id).refused()?;
    api.changed(&changed);
    Ok(Nothing {})
}

/// 保存到本机. The draft's id becomes the case's, so a crash cannot leave both.
///
/// # Errors
/// `Invalid` with every problem, `PhotoMissing`, `DiskFull`: then the draft still stands.
pub fn record(api: &Api, caller: &Caller, of: DraftRef) -> Result<Recorded, ApiError> {
    let row = find(api, caller, &of.id)?;
    let content = content(&row)?;
    let content = located(api, caller, content)?;
    let rebound_of = match &content.rebound_of {
        None => rebound(api, caller, &content)?,
        chosen => chosen.clone(),
    };
    let content = DraftContent { rebound_of, ..content };
    let compound = match &content.compound_id {
        Some(id) => api.compound(id)?.defined.name,
        None => String::new(),
    };
    let blobs = api.blobs(caller, &content.photos)?;
    let (catalogue, calendar) = (catalogue::standard(), api.calendar());
    let now = api.moment();
    let event =
        decide::record(&row.id, &content, blobs, &caller.author(), &now, catalogue, &calendar, &compound, SOURCE)
            .map_err(|problems| invalid(&problems))?;
    let drop_tray = content.photos.iter().map(|p| (caller.user.clone(), p.hash.clone())).collect();
    let commit = Commit { events: vec![event], drop_draft: Some(row.id.clone()), drop_tray, ..Commit::empty() };
    let written = api.commit(commit, &row.id)?;
    let state = api.case(caller, &row.id)?;
    Ok(Recorded { case_id: row.id, case_no: state.no().to_owned(), events: written.events, saved_ms: now.wall_ms })
}

/// With the coordinates it is recorded with, typed or of a photo, as the plan knows better.
fn located(api: &Api, caller: &Caller, content: DraftContent) -> Result<DraftContent, ApiError> {
    let given = given_point(&content, &api.tray_of(caller)?).map(|(geo, _)| geo);
    let compound = content.compound_id.clone().unwrap_or_default();
    let geo = api.point_of(&compound, &content.building, given, content.pin.as_ref())?;
    Ok(DraftContent { geo, ..content })
}

/// The coordinates typed, else those of the first photo that has any, unless none are wanted; and which of the two.
fn given_point(content: &DraftContent, tray: &[TrayPhoto]) -> Option<(Geo, &'static str)> {
    let of_photo = |photo: &DraftPhoto| tray.iter().find(|t| t.hash == photo.hash)?.geo.clone();
    let photo = || content.photos.iter().find_map(of_photo).filter(|_| !content.no_geo);
    content.geo.clone().map(|geo| (geo, "typed")).or_else(|| photo().map(|geo| (geo, "photo")))
}

fn find(api: &Api, caller: &Caller, id: &str) -> Result<DraftRow, ApiError> {
    api.store().draft(&caller.user, id).refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", id))
}

fn keep(api: &Api, row: &DraftRow) -> Result<(), ApiError> {
    let changed = api.store().save_draft(row).refused().inspect_err(|e| api.note_failure(e))?;
    api.changed(&changed);
    Ok(())
}

fn text(content: &DraftContent) -> Result<String, ApiError> {
    serde_json::to_string(content).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))
}

fn content(row: &DraftRow) -> Result<DraftContent, ApiError> {
    serde_json::from_str(&row.content)
        .map_err(|e| ApiError::new(ErrorCode::Corrupt).with("what", &row.id).with("cause", e))
}

fn view(api: &Api, caller: &Caller, row: &DraftRow) -> Result<DraftView, ApiError> {
    let content = content(row)?;
    let checked = check(&content, catalogue::standard());
    let fact = decide::deadline_of(&content, &api.moment(), catalogue::standard(), &api.calendar());
    let tray = api.tray_of(caller)?;
    let point = given_point(&content, &tray);
    let photos = content.photos.iter().filter_map(|p| tray.iter().find(|t| t.hash == p.hash).cloned()).collect();
    Ok(DraftView {
        id: row.id.clone(),
        saved_ms: row.saved_ms,
        created_ms: row.created_ms,
        photos,
        problems: checked.problems,
        visible: checked.visible,
        computed: checked.computed,
        duplicates: duplicates(api, caller, &content, point.as_ref().map(|(geo, _)| geo))?,
        geo: point.as_ref().filter(|(geo, _)| geo.problem().is_none()).map(|(geo, _)| crate::present::geo::geo(geo)),
        geo_from: point.map(|(_, from)| from.to_owned()).unwrap_or_default(),
        deadline: fact.map(|fact| api.deadline_view(&fact)),
        content,
    })
}

fn card(api: &Api, tray: &[TrayPhoto], row: &DraftRow) -> Result<DraftCard, ApiError> {
    let content = content(row)?;
    let first = content.photos.first().and_then(|p| tray.iter().find(|t| t.hash == p.hash));
    let compound = content.compound_id.as_deref().and_then(|id| api.compound(id).ok()).map(|c| c.defined.name);
    Ok(DraftCard {
        id: row.id.clone(),
        saved_ms: row.saved_ms,
        compound,
        photo_count: u32::try_from(content.photos.len()).unwrap_or(u32::MAX),
        thumb: first.and_then(|p| p.thumb.clone()),
        building: content.building,
        room: content.room,
        type_code: content.type_code,
    })
}

/// The newest closed case of the same category at the same place: what is found there again is its rebound
/// (domain.md §3.1), unless the inspector says otherwise.
fn rebound(api: &Api, caller: &Caller, content: &DraftContent) -> Result<Option<String>, ApiError> {
    let at_place = at_place(api, caller, content, content.geo.as_ref(), REBOUND_M)?;
    Ok(at_place.into_iter().find(|case| matches!(case.status.as_str(), "CLOSED" | "ARCHIVED")).map(|case| case.id))
}

/// Cases of the same category at the same door or close by, newest first, without those already called different.
fn duplicates(
    api: &Api,
    caller: &Caller,
    content: &DraftContent,
    geo: Option<&Geo>,
) -> Result<Vec<CaseCard>, ApiError> {
    let names = api.names()?;
    let shown = at_place(api, caller, content, geo, DUPLICATE_M)?.into_iter().take(DUPLICATES_SHOWN);
    shown.map(|case| api.card(&case, &names)).collect()
}

fn at_place(
    api: &Api,
    caller: &Caller,
    content: &DraftContent,
    geo: Option<&Geo>,
    within_m: f64,
) -> Result<Vec<CaseState>, ApiError> {
    let (Some(compound), Some(code)) = (&content.compound_id, &content.type_code) else { return Ok(Vec::new()) };
    let category = code.split('-').next();
    let spot = Spot { compound, building: &content.building, room: &content.room, geo };
    let found = api.near(caller, category, &spot, within_m)?;
    Ok(found.into_iter().filter(|case| !content.not_same_as.contains(&case.id)).collect())
}

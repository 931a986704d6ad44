//! 一户一档: everything known at one door, and the facts of its own.

use xunju_domain::address;
use xunju_domain::case::CaseState;
use xunju_domain::compound::CompoundState;
use xunju_domain::dwelling::{self, Defined, DwellingState};
use xunju_domain::permission::{Action, may};
use xunju_domain::record;
use xunju_store::{Order, Query, RecordRow};

use crate::error::{ApiError, ErrorCode};
use crate::present::Names;
use crate::refuse::{Refused, invalid};
use crate::view::base::{
    DossierCase, DossierPhoto, DossierRecord, DossierView, DwellingRef, DwellingSaveRequest, PersonRef,
};
use crate::{Api, Caller, doc};

/// Cases shown at one door: far more than any door has.
const CASES_MAX: u32 = 500;

/// # Errors
/// `NotAllowed` outside the caller's scopes or without case content; `NotFound` for a compound nobody has defined.
pub fn dossier(api: &Api, caller: &Caller, of: DwellingRef) -> Result<DossierView, ApiError> {
    caller.require(Action::See)?;
    let compound = door(api, caller, &of.compound)?;
    let place = address::place(&of.compound, &of.building, &of.room);
    let names = api.names()?;
    let states = cases(api, caller, &place)?;
    let facts = facts(api, &of)?;
    let doorway = compound.defined.doorway(&of.building);
    let room = doorway.and_then(|door| {
        let wanted = address::normalise(&of.room);
        door.rooms().into_iter().find(|room| address::normalise(room) == wanted)
    });
    let building = doorway.map_or_else(|| of.building.clone(), |door| compound.defined.plate(door));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(DossierView {
        compound: compound.id,
        compound_name: compound.defined.name.clone(),
        building,
        floor: doorway.map_or_else(|| address::floor(&of.room), |door| door.floor(room.as_deref().unwrap_or(&of.room))),
        registered: room.is_some(),
        room: room.unwrap_or(of.room),
        area_m2: facts.area_m2,
        certificate_use: facts.certificate_use,
        note: facts.note,
        may_edit: may(&caller.roles(), Action::Companies),
        open: count(states.iter().filter(|state| state.is_open()).count()),
        rebounds: count(states.iter().filter(|state| !state.rebound_of.is_empty()).count()),
        photos: photos(api, &states, &names)?,
        cases: states.iter().map(|state| case(api, caller, state, &names)).collect::<Result<_, _>>()?,
        others: others(api, caller, &place)?,
    })
}

/// # Errors
/// `NotAllowed`; `Invalid` with the field and what is wrong with it.
pub fn save(api: &Api, caller: &Caller, asked: DwellingSaveRequest) -> Result<DossierView, ApiError> {
    caller.require(Action::Companies)?;
    let compound = door(api, caller, &asked.compound)?;
    let defined = Defined {
        compound: compound.id.clone(),
        building: asked.building,
        room: asked.room,
        area_m2: asked.area_m2.trim().to_owned(),
        certificate_use: asked.certificate_use.trim().to_owned(),
        note: asked.note,
        ..Defined::default()
    };
    let problems = dwelling::check(&defined);
    if !problems.is_empty() {
        return Err(invalid(&problems));
    }
    let of = DwellingRef { compound: compound.id, building: defined.building.clone(), room: defined.room.clone() };
    let named = dwelling::record_of(&of.compound, &of.building, &of.room);
    let data = serde_json::to_value(&defined).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    api.define(caller, "dwelling", record::id_of(&named), &of.compound, dwelling::DEFINED, data)?;
    dossier(api, caller, of)
}

fn door(api: &Api, caller: &Caller, compound: &str) -> Result<CompoundState, ApiError> {
    let state = api.compound(compound)?;
    if caller.scopes.has(&state.id) {
        Ok(state)
    } else {
        Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see"))
    }
}

fn facts(api: &Api, of: &DwellingRef) -> Result<Defined, ApiError> {
    let row = api.store().record(&dwelling::record_of(&of.compound, &of.building, &of.room)).refused()?;
    Ok(row.map(|row| doc::<DwellingState>(&row)).transpose()?.unwrap_or_default().defined)
}

fn cases(api: &Api, caller: &Caller, place: &str) -> Result<Vec<CaseState>, ApiError> {
    let query = Query { order: Order::Newest, limit: CASES_MAX, ..caller.cases(vec![("place", place.to_owned())]) };
    api.store().records(&query).refused()?.iter().map(doc).collect()
}

fn case(api: &Api, caller: &Caller, state: &CaseState, names: &Names) -> Result<DossierCase, ApiError> {
    let before = match state.rebound_of.as_str() {
        "" => None,
        id => match api.case(caller, id) {
            Ok(case) => Some(PersonRef { id: case.id.clone(), name: case.no().to_owned() }),
            Err(e) if e.code == ErrorCode::NotFound => None,
            Err(e) => return Err(e),
        },
    };
    Ok(DossierCase { card: api.card(state, names)?, rebound_of: before })
}

fn photos(api: &Api, states: &[CaseState], names: &Names) -> Result<Vec<DossierPhoto>, ApiError> {
    let mut all = Vec::new();
    for state in states {
        let of_case = api.photos(state, None, names)?.into_iter();
        all.extend(of_case.map(|photo| DossierPhoto {
            case_id: state.id.clone(),
            case_no: state.no().to_owned(),
            photo,
        }));
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.photo.added_ms));
    Ok(all)
}

/// Every other record whose `place` facet names this door, whatever its kind.
fn others(api: &Api, caller: &Caller, place: &str) -> Result<Vec<DossierRecord>, ApiError> {
    let query = Query {
        facets: vec![("place".into(), place.to_owned())],
        scopes: caller.scope_list(),
        order: Order::Newest,
        limit: CASES_MAX,
        ..Query::default()
    };
    let rows = api.store().records(&query).refused()?;
    let sees = |row: &RecordRow| match row.kind.as_str() {
        "case" | "dwelling" => false,
        "proceeding" => may(&caller.roles(), Action::SeeProceedings),
        "paper" => api.paper(caller, &row.id).is_ok(),
        _ => true,
    };
    let others = rows.into_iter().filter(sees);
    Ok(others.map(|row| DossierRecord { id: row.id, kind: row.kind, status: row.status, due: row.due }).collect())
}

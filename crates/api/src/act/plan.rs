//! 平面图: the picture of a compound, what is drawn on it, and the pins.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::case::draft::DraftPhoto;
use xunju_domain::geo::near::Spot;
use xunju_domain::geo::{self, Geo, Method};
use xunju_domain::permission::{Action, may};
use xunju_domain::plan::{self, PlanState, centre, spread};
use xunju_domain::record;
use xunju_store::{Commit, Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::type_label;
use crate::refuse::Refused;
use crate::view::case::Written;
use crate::view::plan::{PinView, PlanBuilding, PlanDrawRequest, PlanImage, PlanSetRequest, PlanView};
use crate::view::work::CompoundRef;
use crate::{Api, Caller, doc};

/// Open cases that are drawn, and the newest closed ones looked through for those of the last year.
const PINS_MAX: u32 = 500;

/// # Errors
/// `NotFound`, `NotAllowed` outside the caller's scopes.
pub fn get(api: &Api, caller: &Caller, of: CompoundRef) -> Result<PlanView, ApiError> {
    api.within(caller, &of.id)?;
    let state = api.plan(&of.id)?;
    let (pins, unplaced) = if may(&caller.roles(), Action::See) && state.image.is_some() {
        pins(api, caller, &state)?
    } else {
        (Vec::new(), 0)
    };
    let building = |(no, corners): (&String, &Vec<plan::PlanPoint>)| {
        Some(PlanBuilding { no: no.clone(), middle: centre(corners)?, corners: corners.clone() })
    };
    Ok(PlanView {
        compound_id: of.id,
        image: image(api, &state),
        buildings: state.buildings.iter().filter_map(building).collect(),
        georef: state.georef.clone(),
        pins,
        unplaced,
        may_draw: may(&caller.roles(), Action::Plan),
    })
}

/// # Errors
/// `NotAllowed`, `PhotoMissing` for what is not in the tray, `Invalid` for what is no JPEG or PNG that can be drawn.
pub fn set(api: &Api, caller: &Caller, asked: PlanSetRequest) -> Result<Written, ApiError> {
    api.within(caller, &asked.id)?;
    let before = api.plan(&asked.id)?;
    let picture = DraftPhoto { hash: asked.hash, slot: String::new() };
    let blob = api.blobs(caller, std::slice::from_ref(&picture))?.pop();
    let blob = blob.ok_or_else(|| ApiError::new(ErrorCode::PhotoMissing).with("hash", &picture.hash))?;
    let events = plan::set(Some(&before), &asked.id, &caller.author(), blob, asked.same_place).refused()?;
    let drop_tray = vec![(caller.user.clone(), picture.hash)];
    api.commit(Commit { events, drop_tray, ..Commit::empty() }, &asked.id)
}

/// # Errors
/// `NotAllowed`, `Invalid`.
pub fn draw(api: &Api, caller: &Caller, asked: PlanDrawRequest) -> Result<Written, ApiError> {
    api.within(caller, &asked.id)?;
    let state = api.plan(&asked.id)?;
    let events = plan::draw(&state, &caller.author(), asked.buildings, asked.georef).refused()?;
    api.commit(Commit { events, ..Commit::empty() }, &asked.id)
}

fn image(api: &Api, state: &PlanState) -> Option<PlanImage> {
    let blob = state.image.as_ref()?;
    let part = |part: &Option<xunju_domain::event::BlobPart>| part.as_ref().map(|p| p.h.clone());
    let (thumb, preview) = (part(&blob.thumb), part(&blob.preview));
    let here = |hash: &Option<String>| hash.as_ref().is_some_and(|h| api.vault().has(h));
    Some(PlanImage {
        thumb_here: here(&thumb),
        preview_here: here(&preview),
        original_here: api.vault().has(&blob.h),
        hash: blob.h.clone(),
        thumb,
        preview,
        name: state.name.clone(),
        width: state.width,
        height: state.height,
        bytes: blob.n,
        media_type: blob.m.clone(),
    })
}

/// By state, oldest first, so that every machine spreads the cases of a building alike.
fn pins(api: &Api, caller: &Caller, state: &PlanState) -> Result<(Vec<PinView>, u32), ApiError> {
    let of = |more: Option<(&'static str, String)>| {
        let facets = [("compound", state.id.clone())].into_iter().chain(more).collect();
        Query { limit: PINS_MAX, order: Order::Newest, ..caller.cases(facets) }
    };
    let closed = Query { status: vec!["CLOSED".into(), "ARCHIVED".into()], ..of(None) };
    let mut cases: Vec<CaseState> = Vec::new();
    for query in [of(Some(("open", "1".into()))), closed] {
        for row in api.store().records(&query).refused()? {
            cases.push(doc(&row)?);
        }
    }
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let today = api.today().to_string();
    let year_ago = api.now_ms() - 365 * 86_400_000;
    let (mut pins, mut unplaced) = (Vec::new(), 0);
    let mut there: BTreeMap<plan::PlanPoint, usize> = BTreeMap::new();
    for case in &cases {
        let open = case.is_open();
        let closed_ms = case.timeline.iter().rev().find(|e| e.by_server).map_or(0, |e| e.times.wall_ms);
        if !open && closed_ms < year_ago {
            continue;
        }
        let own = case.pin.as_ref().and_then(|pin| state.pinned(pin));
        let at = own.or_else(|| {
            let middle = state.middle(&case.text("building"))?;
            let nth = there.entry(middle).or_default();
            *nth += 1;
            Some(spread(middle, *nth - 1))
        });
        let Some([x, y]) = at else {
            unplaced += 1;
            continue;
        };
        let overdue = open && case.deadline().is_some_and(|d| d.due_date() < today.as_str());
        pins.push(PinView {
            case_id: record::id_of(&case.id).to_owned(),
            no: case.no().to_owned(),
            type_label: type_label(case),
            building: case.text("building"),
            room: case.text("room"),
            state: if overdue {
                "overdue"
            } else if open {
                "open"
            } else {
                "closed"
            }
            .to_owned(),
            x,
            y,
            set: own.is_some(),
        });
    }
    Ok((pins, unplaced))
}

impl Api {
    /// The compound is known, and the caller works there.
    pub(crate) fn within(&self, caller: &Caller, compound: &str) -> Result<(), ApiError> {
        if caller.scopes.has(compound) {
            return self.compound(compound).map(|_| ());
        }
        Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see"))
    }

    /// The plan of a compound; an empty one where nobody has set any.
    pub(crate) fn plan(&self, compound: &str) -> Result<PlanState, ApiError> {
        let row = self.store().record(&format!("plan:{compound}")).refused()?;
        let state = row.map(|row| doc(&row)).transpose()?;
        Ok(state.unwrap_or_else(|| PlanState { id: compound.to_owned(), ..PlanState::default() }))
    }

    /// What a new case keeps of its coordinates: those given, the building's middle for an indoor fix, or the
    /// ground under its pin where the plan is tied to it.
    pub(crate) fn point_of(
        &self,
        compound: &str,
        building: &str,
        given: Option<Geo>,
        pin: Option<&plan::Pin>,
    ) -> Result<Option<Geo>, ApiError> {
        if given.is_none() && pin.is_none() {
            return Ok(None);
        }
        let state = self.plan(compound)?;
        let under = || state.locate(&pin.and_then(|pin| state.pinned(pin))?, Method::MapClick);
        Ok(given.map(|geo| state.better_of(geo, building)).or_else(under))
    }

    /// Cases of a category at one place, newest first: at the same door, or closer than so many metres.
    pub(crate) fn near(
        &self,
        caller: &Caller,
        category: Option<&str>,
        spot: &Spot<'_>,
        within_m: f64,
    ) -> Result<Vec<CaseState>, ApiError> {
        const EACH_MAX: u32 = 50;
        let door = Some(spot.building).filter(|b| !b.trim().is_empty());
        let place = door.map(|b| ("place", xunju_domain::address::place(spot.compound, b, spot.room)));
        let cells = spot.geo.filter(|g| g.is_exact()).map(geo::cells_around).unwrap_or_default();
        let keys = place.into_iter().chain(cells.into_iter().map(|cell| ("cell", cell)));
        let mut found: BTreeMap<String, CaseState> = BTreeMap::new();
        for (key, value) in keys {
            let facets = [(key, value), ("compound", spot.compound.to_owned())];
            let facets = facets.into_iter().chain(category.map(|c| ("category", c.to_owned())));
            let query = Query { order: Order::Newest, limit: EACH_MAX, ..caller.cases(facets.collect()) };
            for row in self.store().records(&query).refused()? {
                let state: CaseState = doc(&row)?;
                // The key of a door also holds where two values of it stand beside each other.
                if key == "place" || state.is_at(spot, within_m) {
                    found.insert(state.id.clone(), state);
                }
            }
        }
        Ok(found.into_values().rev().collect())
    }
}

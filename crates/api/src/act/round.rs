//! 巡查: planned, walked, ended. Every step is on disk before the screen moves on, so a crash loses nothing and the
//! walk goes on where it stood.

use xunju_domain::compound::CompoundState;
use xunju_domain::permission::{Action, may};
use xunju_domain::round::{self, Dropped, Ended, Planned, RoundState, Sheet, Started, Stop, StopDone, Visited, Wish};
use xunju_domain::{address, record};
use xunju_store::{Commit, Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::round::{
    RoundActRequest, RoundCard, RoundList, RoundPlanRequest, RoundQuery, RoundRef, RoundStopRequest, RoundView, Walker,
};
use crate::view::work::CompoundRef;
use crate::{Api, Caller, doc};

const LIST_MAX: u32 = 100;

/// A round in each compound for one walker on one day.
///
/// # Errors
/// `NotAllowed` for a walk of somebody else by who does not plan, or a walker who does not work there; `Invalid`.
pub fn plan(api: &Api, caller: &Caller, asked: RoundPlanRequest) -> Result<Vec<RoundCard>, ApiError> {
    if asked.compounds.is_empty() {
        return Err(ApiError::new(ErrorCode::Invalid).at("compounds").with("problem", "required"));
    }
    if asked.compounds.len() > 1 && !asked.stops.is_empty() {
        return Err(ApiError::new(ErrorCode::Invalid).at("stops").with("problem", "out_of_range"));
    }
    let walker = if asked.walker.is_empty() { caller.user.clone() } else { asked.walker.clone() };
    let date = if asked.date.is_empty() { api.today().to_string() } else { asked.date.clone() };
    let (mut events, mut ids) = (Vec::new(), Vec::new());
    for compound in &asked.compounds {
        api.within(caller, compound)?;
        if !api.walkers(compound)?.iter().any(|w| w.id == walker) {
            return Err(ApiError::new(ErrorCode::Invalid).at("walker").with("problem", "unknown_choice"));
        }
        let planned = planned(&api.compound(compound)?, &walker, &date, &asked.stops, &asked.note);
        let id = new_id(api.clock().wall_ms())?;
        events.push(round::plan(&id, &caller.author(), &planned).refused()?);
        ids.push(id);
    }
    api.commit(Commit { events, ..Commit::empty() }, "")?;
    ids.iter().map(|id| api.round_card(caller, &api.round_state(caller, id)?)).collect()
}

/// Walks a compound now, every doorway of it, without anybody having planned it. A round planned for today there,
/// or one being walked, is taken up instead.
///
/// # Errors
/// As [`plan`].
pub fn begin(api: &Api, caller: &Caller, of: CompoundRef) -> Result<RoundCard, ApiError> {
    api.within(caller, &of.id)?;
    let today = api.today().to_string();
    let started = Wish::Start(Started { date: today.clone() });
    let open = api.own_rounds(caller, &["WALKING", "PLANNED"])?;
    let here =
        open.into_iter().find(|r| r.plan.compound_id == of.id && (r.status == "WALKING" || r.plan.date == today));
    let (id, events) = match here {
        Some(state) if state.status == "WALKING" => (state.id, Vec::new()),
        Some(state) => {
            let events = round::act(&state, &caller.author(), &started).refused()?;
            (state.id, events)
        }
        None => {
            let planned = planned(&api.compound(&of.id)?, &caller.user, &today, &[], "");
            let id = new_id(api.clock().wall_ms())?;
            let made = round::plan(&id, &caller.author(), &planned).refused()?;
            let fresh = RoundState {
                id: id.clone(),
                scope: of.id.clone(),
                status: "PLANNED".into(),
                plan: planned,
                ..RoundState::default()
            };
            let mut events = vec![made];
            events.extend(round::act(&fresh, &caller.author(), &started).refused()?);
            (id, events)
        }
    };
    if !events.is_empty() {
        api.commit(Commit { events, ..Commit::empty() }, "")?;
    }
    api.round_card(caller, &api.round_state(caller, &id)?)
}

/// # Errors
/// `NotAllowed` for somebody else's walk, `IllegalTransition`, `Invalid`.
pub fn act(api: &Api, caller: &Caller, asked: RoundActRequest) -> Result<RoundView, ApiError> {
    let state = api.round_state(caller, &asked.id)?;
    let RoundActRequest { id, action, stop, result, reason, room, outcome, note } = asked;
    let (reason, room, note) = (reason.trim().to_owned(), room.trim().to_owned(), note.trim().to_owned());
    let wish = match action.as_str() {
        "start" => Wish::Start(Started { date: api.today().to_string() }),
        "stop" => Wish::Stop(StopDone { stop, result, reason }),
        "visit" => Wish::Visit(Visited { stop, room, outcome }),
        "end" => Wish::End(Ended { note }),
        "drop" => Wish::Drop(Dropped { reason }),
        _ => return Err(ApiError::new(ErrorCode::BadRequest).with("action", action)),
    };
    let events = round::act(&state, &caller.author(), &wish).refused()?;
    api.commit(Commit { events, ..Commit::empty() }, "")?;
    api.round_view(caller, &api.round_state(caller, &id)?)
}

/// # Errors
/// `NotFound`, also for a round outside the caller's scopes.
pub fn get(api: &Api, caller: &Caller, of: RoundRef) -> Result<RoundView, ApiError> {
    api.round_view(caller, &api.round_state(caller, &of.id)?)
}

/// Newest first; those that are not over by their day.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, asked: RoundQuery) -> Result<RoundList, ApiError> {
    let mut facets: Vec<(String, String)> = Vec::new();
    facets.extend(asked.compound_id.map(|id| ("compound".into(), id)));
    facets.extend(asked.mine.then(|| ("walker".into(), caller.user.clone())));
    let query = Query {
        kind: "round".into(),
        status: if asked.open { vec!["PLANNED".into(), "WALKING".into()] } else { Vec::new() },
        facets,
        scopes: caller.scope_list(),
        order: if asked.open { Order::Due } else { Order::Newest },
        offset: asked.offset,
        limit: if asked.limit == 0 { LIST_MAX } else { asked.limit.min(LIST_MAX) },
        ..Query::default()
    };
    let rows = api.store().records(&query).refused()?;
    let rows = rows.iter().map(|row| api.round_card(caller, &doc(row)?)).collect::<Result<_, ApiError>>()?;
    Ok(RoundList { total: api.store().count(&query).refused()?, rows })
}

/// Who may be sent to walk there.
///
/// # Errors
/// `NotAllowed` outside the caller's scopes.
pub fn walkers(api: &Api, caller: &Caller, of: CompoundRef) -> Result<Vec<Walker>, ApiError> {
    api.within(caller, &of.id)?;
    api.walkers(&of.id)
}

/// What the patrol record (F02) of this round says.
///
/// # Errors
/// `NotFound`.
pub fn sheet(api: &Api, caller: &Caller, of: RoundRef) -> Result<Sheet, ApiError> {
    let state = api.round_state(caller, &of.id)?;
    let found = api.found_on(caller, &state.id)?;
    api.round_sheet(&state, &found)
}

fn planned(compound: &CompoundState, walker: &str, date: &str, wanted: &[RoundStopRequest], note: &str) -> Planned {
    let doorways = &compound.defined.doorways;
    let all: Vec<RoundStopRequest> =
        doorways.iter().map(|d| RoundStopRequest { label: d.no.clone(), pin: None }).collect();
    let stop = |(at, asked): (usize, &RoundStopRequest)| {
        let plate = address::normalise(&asked.label);
        let doorway = doorways.iter().find(|d| asked.pin.is_none() && address::normalise(&d.no) == plate);
        Stop {
            id: format!("s{}", at + 1),
            label: doorway.map_or_else(|| asked.label.trim().to_owned(), |d| d.no.clone()),
            door: doorway.is_some(),
            dwellings: doorway.map_or(0, xunju_domain::compound::Doorway::dwellings),
            pin: asked.pin.clone(),
        }
    };
    Planned {
        compound_id: compound.id.clone(),
        compound_name: compound.defined.name.clone(),
        walker: walker.to_owned(),
        date: date.to_owned(),
        stops: (if wanted.is_empty() { all.as_slice() } else { wanted }).iter().enumerate().map(stop).collect(),
        note: note.trim().to_owned(),
    }
}

impl Api {
    /// A round the caller may see.
    pub(crate) fn round_state(&self, caller: &Caller, id: &str) -> Result<RoundState, ApiError> {
        let missing = || ApiError::new(ErrorCode::NotFound).with("what", id);
        let row = self.store().record(&format!("round:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        if caller.scopes.has(&row.scope) { doc(&row) } else { Err(missing()) }
    }

    /// The caller's own rounds in these states, newest first.
    fn own_rounds(&self, caller: &Caller, status: &[&str]) -> Result<Vec<RoundState>, ApiError> {
        let query = Query {
            kind: "round".into(),
            status: status.iter().map(|s| (*s).to_owned()).collect(),
            facets: vec![("walker".into(), caller.user.clone())],
            scopes: caller.scope_list(),
            order: Order::Newest,
            limit: LIST_MAX,
            ..Query::default()
        };
        self.store().records(&query).refused()?.iter().map(doc).collect()
    }

    /// The round being walked: the one begun last.
    pub(crate) fn round(&self, caller: &Caller) -> Result<Option<RoundState>, ApiError> {
        let mut walking = self.own_rounds(caller, &["WALKING"])?;
        walking.sort_by_key(|r| r.started_ms);
        Ok(walking.pop())
    }

    /// The caller's rounds planned for today and the days before that nobody has begun.
    pub(crate) fn rounds_due(&self, caller: &Caller) -> Result<Vec<RoundCard>, ApiError> {
        let today = self.today().to_string();
        let mut due = self.own_rounds(caller, &["PLANNED"])?;
        due.retain(|r| r.plan.date <= today);
        due.sort_by(|a, b| b.plan.date.cmp(&a.plan.date));
        due.iter().map(|r| self.round_card(caller, r)).collect()
    }

    /// The only compound somebody works in.
    pub(crate) fn only_compound(&self, caller: &Caller) -> Result<Option<String>, ApiError> {
        let all =
            self.store().records(&Query { kind: "compound".into(), limit: 1000, ..Query::default() }).refused()?;
        let mut mine = all.iter().map(|row| record::id_of(&row.id)).filter(|id| caller.scopes.has(id));
        Ok(mine.next().filter(|_| mine.next().is_none()).map(str::to_owned))
    }

    fn walkers(&self, compound: &str) -> Result<Vec<Walker>, ApiError> {
        let may_walk = |user: &xunju_domain::user::UserState| {
            let grant = user.grant();
            may(&grant.roles, Action::Walk) && grant.scopes.has(compound)
        };
        let people = self.people()?.into_iter().filter(may_walk);
        Ok(people.map(|user| Walker { id: user.id, name: user.defined.display }).collect())
    }
}

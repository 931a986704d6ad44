//! A round as a line of a list and as the screen it is walked by.

use std::collections::BTreeMap;

use xunju_domain::address;
use xunju_domain::case::CaseState;
use xunju_domain::permission::Action;
use xunju_domain::round::{self, Finding, RoundState, Sheet, StopState};
use xunju_store::{Order, Query};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::round::{RoundCard, RoundStopView, RoundView, VisitView};
use crate::{Api, Caller, doc};

const FINDINGS_MAX: u32 = 200;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Api {
    pub(crate) fn round_card(&self, caller: &Caller, state: &RoundState) -> Result<RoundCard, ApiError> {
        let (doors_visited, doors_all) = state.doors();
        Ok(RoundCard {
            id: state.id.clone(),
            compound_id: state.plan.compound_id.clone(),
            compound: state.plan.compound_name.clone(),
            walker: self.user(&state.plan.walker)?.map_or_else(|| state.plan.walker.clone(), |u| u.defined.display),
            date: state.plan.date.clone(),
            status: state.status.clone(),
            missed: state.status == "PLANNED" && state.plan.date < self.today().to_string(),
            mine: state.plan.walker == caller.user,
            stops: count(state.stops.len()),
            done: count(state.done()),
            skipped: count(state.answered() - state.done()),
            doors_visited,
            doors_all,
            findings: self.store.count(&found(caller, &state.id)).refused()?,
            walked_on: state.walked_on.clone(),
        })
    }

    pub(crate) fn round_view(&self, caller: &Caller, state: &RoundState) -> Result<RoundView, ApiError> {
        let names = self.names()?;
        let doorways = self.compound(&state.plan.compound_id).map(|c| c.defined.doorways).unwrap_or_default();
        let rooms: BTreeMap<String, Vec<String>> = doorways.iter().map(|d| (d.no.clone(), d.rooms())).collect();
        let open = self.open_by_door(caller, &state.plan.compound_id)?;
        let stop = |s: &StopState| RoundStopView {
            id: s.stop.id.clone(),
            label: s.stop.label.clone(),
            door: s.stop.door,
            rooms: rooms.get(&s.stop.label).filter(|_| s.stop.door).cloned().unwrap_or_default(),
            result: s.result.clone(),
            reason: s.reason.clone(),
            at_ms: s.at_ms,
            visits: s
                .visits
                .iter()
                .map(|v| VisitView { room: v.room.clone(), outcome: v.outcome.clone(), at_ms: v.at_ms })
                .collect(),
            pin: s.stop.pin.clone(),
            open_cases: open.get(&address::normalise(&s.stop.label)).copied().filter(|_| s.stop.door).unwrap_or(0),
        };
        let found = self.found_on(caller, &state.id)?;
        Ok(RoundView {
            card: self.round_card(caller, state)?,
            planner: names.of(&state.planner),
            note: state.plan.note.clone(),
            end_note: state.note.clone(),
            dropped: state.dropped.clone(),
            started_ms: state.started_ms,
            ended_ms: state.ended_ms,
            stops: state.stops.iter().map(stop).collect(),
            findings: found.iter().map(|case| self.card(case, &names)).collect::<Result<_, _>>()?,
            actions: actions(caller, state),
            pending: self.store.undelivered(&format!("round:{}", state.id)).refused()?,
        })
    }

    /// Cases recorded on a round, oldest first.
    pub(crate) fn found_on(&self, caller: &Caller, round: &str) -> Result<Vec<CaseState>, ApiError> {
        self.store.records(&found(caller, round)).refused()?.iter().map(doc).collect()
    }

    /// What the patrol record says of a round and of the cases found on it.
    pub(crate) fn round_sheet(&self, state: &RoundState, found: &[CaseState]) -> Result<Sheet, ApiError> {
        let finding = |case: &CaseState| {
            let words = |fields: [&str; 3]| fields.map(|f| case.text(f)).into_iter().filter(|t| !t.is_empty());
            Finding {
                case_no: case.no().to_owned(),
                place: words(["building", "room", "location_text"]).collect::<Vec<_>>().join(" "),
                problem: super::type_label(case).zh_hans,
                kind: super::fact::category_label(case).zh_hans,
                handled: case.notes.first().map(|n| n.text.clone()).unwrap_or_default(),
                photos: case.photos.iter().map(|p| p.blob.h.clone()).collect(),
            }
        };
        Ok(round::sheet(state, &self.names()?.of(&state.plan.walker), found.iter().map(finding).collect()))
    }

    fn open_by_door(&self, caller: &Caller, compound: &str) -> Result<BTreeMap<String, u32>, ApiError> {
        let facets = vec![("compound", compound.to_owned()), ("open", "1".to_owned())];
        let query = Query { limit: 1000, ..caller.cases(facets) };
        let mut counts = BTreeMap::new();
        for row in self.store.records(&query).refused()? {
            let state: CaseState = doc(&row)?;
            *counts.entry(address::normalise(&state.text("building"))).or_default() += 1;
        }
        Ok(counts)
    }
}

fn found(caller: &Caller, round: &str) -> Query {
    let facets = vec![("round", round.to_owned())];
    Query { order: Order::Oldest, limit: FINDINGS_MAX, ..caller.cases(facets) }
}

/// What this person may do now, as `domain` would allow it.
fn actions(caller: &Caller, state: &RoundState) -> Vec<String> {
    let author = caller.author();
    let person = author.person();
    let own = state.plan.walker == caller.user && person.may(Action::Walk);
    let planner = person.may(Action::PlanRound) || own;
    let all = [
        ("start", own && state.status == "PLANNED"),
        ("stop", own && state.status == "WALKING"),
        ("end", own && state.status == "WALKING"),
        ("drop", planner && state.status == "PLANNED"),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(name, _)| name.to_owned()).collect()
}

//! The case page.

use xunju_domain::case::clocks::too_late;
use xunju_domain::case::payload::DeadlineFact;
use xunju_domain::case::{CaseState, actions};
use xunju_domain::catalogue;
use xunju_domain::geo::near::{DUPLICATE_M, Spot};
use xunju_domain::ledger::masked_text;
use xunju_domain::permission::{Action, may};

use super::order::order;
use super::timeline::{Delivery, conflicts, timeline};
use super::{Names, fact, office};
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::case::{ActionView, CaseCard, CaseView, NoteView, TimelineEntry};
use crate::view::deadline::DeadlineView;
use crate::{Api, Caller};

const HISTORY_SHOWN: usize = 20;

impl Api {
    pub(crate) fn case_view(&self, caller: &Caller, state: &CaseState) -> Result<CaseView, ApiError> {
        let names = self.names()?;
        let metas = self.store.event_meta(&format!("case:{}", state.id)).refused()?;
        let delivery: Delivery = metas.into_iter().map(|meta| (meta.id.hex(), meta)).collect();
        let at_same_door = self.at_same_place(caller, state, &names)?;
        let open =
            |card: &CaseCard| !["CLOSED", "ARCHIVED", "VOID", "REJECTED", "MERGED"].contains(&card.status.as_str());
        let same_kind = |card: &CaseCard| card.type_code.split('-').next() == Some(state.category().as_str());
        let (possible_duplicates, history): (Vec<_>, Vec<_>) =
            at_same_door.into_iter().partition(|card| open(card) && same_kind(card));
        // Numbers of people in free words are for those who may know whom the case is about.
        let knows = caller.knows(state);
        let shown = |text: String| if knows { text } else { masked_text(&text) };
        let mut told = timeline(state, &names, &delivery);
        told.extend(self.paper_story(&state.id, &names)?);
        let told = told.into_iter().map(|entry| TimelineEntry { text: shown(entry.text), ..entry });
        let mut photos = self.photos(state, Some(caller), &names)?;
        for mark in photos.iter_mut().flat_map(|photo| &mut photo.marks) {
            mark.text = shown(std::mem::take(&mut mark.text));
        }
        Ok(CaseView {
            card: self.card(state, &names)?,
            location_text: state.text("location_text"),
            source: state.text("source"),
            found_at: state.text("found_at"),
            facts: fact::facts(state, caller),
            geo: state.geo.as_ref().map(super::geo::geo),
            pin: state.pin.clone(),
            round: Some(state.round.clone()).filter(|r| !r.is_empty()),
            notes: state.notes.iter().map(|n| NoteView { text: shown(n.text.clone()), ..note(n, &names) }).collect(),
            photos,
            may_mark: may(&caller.roles(), Action::Add),
            may_look_under: knows,
            may_bundle: crate::bundle::may_take_out(caller, state),
            may_place: state.is_open() && may(&caller.roles(), Action::Edit),
            deadline: state.deadline().map(|fact| self.deadline_on(state, fact)),
            conflicts: conflicts(state, &caller.user, &names, &delivery),
            timeline: told.collect(),
            order: order(state, &names),
            competence: self.competence(state),
            rebound_of: self.pointed(caller, &state.rebound_of, &names)?,
            rebounds: self.linked(caller, "rebound_of", &state.id, &names)?,
            merged_into: self.pointed(caller, &state.order.merged_into, &names)?,
            merged: self.linked(caller, "merged_into", &state.id, &names)?,
            actions: self.offers(caller, state)?,
            returned: self.returned_view(state, &names),
            checks: self.checks(state)?,
            possible_duplicates,
            history,
            clocks: self.clocks(state),
            doubts: state.doubts.clone(),
            sample: office::sample(state, &names),
            class_ask: office::class_ask(state, &names),
            archive: self.archive_view(state)?,
            heads: state.heads.clone(),
        })
    }

    /// The deadline in force, with what it was before a year's calendar came in.
    fn deadline_on(&self, state: &CaseState, fact: &DeadlineFact) -> DeadlineView {
        let original = state.deadlines.iter().find(|d| d.fact == *fact).and_then(|d| d.original.as_ref());
        let was = original.map(|o| o.due_at.clone()).filter(|due| *due != fact.due_at);
        DeadlineView { was, ..self.deadline_view(fact) }
    }

    /// Everything this person may do now, with what each form needs.
    fn offers(&self, caller: &Caller, state: &CaseState) -> Result<Vec<ActionView>, ApiError> {
        let author = caller.author();
        let mut offers = actions(state, &author.person());
        offers.retain(|offer| too_late(state, &offer.action, self.now()).is_none());
        let people = if offers.iter().all(|o| o.params.is_empty()) { Vec::new() } else { self.people()? };
        offers.iter().map(|offer| self.action_view(caller, state, offer, &people)).collect()
    }

    /// Shown until the case is given out: who is competent is the office's to decide.
    fn competence(&self, state: &CaseState) -> Option<xunju_domain::catalogue::Label> {
        let route = catalogue::standard().route(&state.type_code(), &self.today().to_string())?;
        route.conflict.clone().filter(|_| state.is_open())
    }

    fn at_same_place(&self, caller: &Caller, state: &CaseState, names: &Names) -> Result<Vec<CaseCard>, ApiError> {
        let (compound, building, room) = (state.text("compound_id"), state.text("building"), state.text("room"));
        let spot = Spot { compound: &compound, building: &building, room: &room, geo: state.geo.as_ref() };
        let others = self.near(caller, None, &spot, DUPLICATE_M)?.into_iter().filter(|other| other.id != state.id);
        others.take(HISTORY_SHOWN).map(|other| self.card(&other, names)).collect()
    }
}

fn note(note: &xunju_domain::case::Note, names: &Names) -> NoteView {
    NoteView {
        event: note.event.clone(),
        text: note.text.clone(),
        author: names.of(&note.author),
        wall_ms: note.wall_ms,
    }
}

//! One row of the registers of doorways and dwellings. What changes a compound waits until the file ends: a compound is
//! one definition, however many of its doors are in the file.

use xunju_domain::batch::Batch;
use xunju_domain::compound::{self, Defined};
use xunju_domain::dwelling::{self, DwellingState};
use xunju_domain::event::NewEvent;
use xunju_domain::ledger::{self, CellProblem, Entry, RowId, base_row};
use xunju_domain::permission::{Action, may};
use xunju_domain::{address, record};

use super::entry_rows::define;
use super::import::{Run, Verdict};
use super::report::{At, Done};
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Caller, doc};

/// A compound as the file's rows will have it.
pub(super) struct Draft {
    id: String,
    next: Defined,
    /// What of its rows stands in other records: durable together with the compound, or not at all.
    beside: Vec<NewEvent>,
    pub rows: u32,
}

impl Draft {
    pub fn events(self, caller: &Caller, import: &str) -> Result<Vec<NewEvent>, ApiError> {
        let next = Defined { batch: Batch::of(import), ..self.next };
        let mut events = vec![define(caller, "compound", &self.id, record::TOWN, compound::DEFINED, &next)?];
        events.extend(self.beside);
        Ok(events)
    }
}

impl Run<'_> {
    /// The compound as the rows so far will have it.
    fn draft(&self, id: &str) -> Result<Defined, ApiError> {
        match self.drafts.get(id) {
            Some(draft) => Ok(draft.next.clone()),
            None => Ok(self.api.compound(id)?.defined),
        }
    }

    fn drafted(&mut self, id: &str, next: Defined, beside: Vec<NewEvent>) {
        let blank = || Draft { id: id.to_owned(), next: Defined::default(), beside: Vec::new(), rows: 0 };
        let draft = self.drafts.entry(id.to_owned()).or_insert_with(blank);
        draft.next = next;
        draft.beside.extend(beside);
        draft.rows += 1;
    }

    pub(super) fn doorway_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let id = RowId::read(&at.row.id);
        let found = match id.record.strip_prefix("compound:") {
            Some(id) if self.known.compounds.contains_key(id) => Some(id.to_owned()),
            _ if !id.record.is_empty() => return Ok(Verdict::whole("unknown_record")),
            _ => self.named(self.text(at, "name")),
        };
        let Some(compound) = found else {
            let place = at.ledger.columns.iter().position(|c| c.source == "name");
            return Ok(Verdict::wrong(vec![CellProblem::new(place, "unknown_compound")]));
        };
        let of = self.draft(&compound)?;
        let typed =
            format!("{}{}", if of.lanes.len() > 1 { self.text(at, "door_lane") } else { "" }, self.text(at, "door_no"));
        let plate = id.parts.first().cloned().unwrap_or(typed);
        if !self.seen.insert(address::place(&compound, &plate, "")) {
            return Ok(Verdict::whole("twice"));
        }
        let now = of.doorway(&plate).cloned();
        if now.is_none() && !id.parts.is_empty() {
            return Ok(Verdict::whole("unknown_record"));
        }
        let old = if id.heads.is_empty() || now.is_none() {
            None
        } else {
            Some(compound::fold(&id.record, &self.api.seen_at(&id.record, &id.heads)?).defined)
        };
        let base = old.as_ref().and_then(|d| Some((d, d.doorway(&plate)?)));
        let (next, told) = match ledger::doorway(at.ledger, &at.row.cells, &of, now.as_ref(), base, &self.known) {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        let shown = |door| base_row(at.ledger, Entry::Doorway(&of, door), &self.known, 0, false);
        let before = now.as_ref().map_or_else(|| vec![String::new(); at.ledger.columns.len()], shown);
        let label = format!("{} {}", of.name, of.plate(&next));
        let done = self.said(at, now.is_some(), now.as_ref() == Some(&next), label, &before, &shown(&next));
        if !matches!(done, Done::Same) {
            let mut of = of;
            match of.doorways.iter_mut().find(|door| now.as_ref() == Some(*door)) {
                Some(door) => *door = next,
                None => of.doorways.push(next),
            }
            if let Some(problem) = compound::check(&of).first() {
                return Ok(Verdict::whole(&problem.code));
            }
            self.drafted(&compound, of, Vec::new());
        }
        Ok(Verdict { done, events: Vec::new(), told })
    }

    pub(super) fn dwelling_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let id = RowId::read(&at.row.id);
        let by_name = || self.named(self.text(at, "name"));
        let compound = match id.record.strip_prefix("dwelling:").and_then(|key| key.split('|').next()) {
            Some(id) if self.known.compounds.contains_key(id) => Some(id.to_owned()),
            _ if !id.record.is_empty() => return Ok(Verdict::whole("unknown_record")),
            _ => by_name(),
        };
        let column = |source: &str| at.ledger.columns.iter().position(|c| c.source == source);
        let Some(compound) = compound else {
            return Ok(Verdict::wrong(vec![CellProblem::new(column("name"), "unknown_compound")]));
        };
        let mut of = self.draft(&compound)?;
        let part =
            |n: usize, source: &str| id.parts.get(n).cloned().unwrap_or_else(|| self.text(at, source).to_owned());
        let (plate, room) = (part(0, "door_plate"), part(1, "room_no"));
        let Some(door) = of.doorway(&plate).cloned() else {
            return Ok(Verdict::wrong(vec![CellProblem::new(column("door_plate"), "unknown_doorway")]));
        };
        let (plate, wanted) = (of.plate(&door), address::normalise(&room));
        let known_room = door.rooms().into_iter().find(|r| address::normalise(r) == wanted);
        let new_room = known_room.is_none();
        let room = known_room.unwrap_or(room);
        let record = dwelling::record_of(&compound, &plate, &room);
        if !self.seen.insert(record.clone()) {
            return Ok(Verdict::whole("twice"));
        }
        if new_room && (!id.record.is_empty() || !may(&self.caller.roles(), Action::Accounts)) {
            return Ok(Verdict::wrong(vec![CellProblem::new(column("room_no"), "unknown_room")]));
        }
        let row = self.api.store.record(&record).refused()?;
        let state = row.as_ref().map(doc::<DwellingState>).transpose()?.unwrap_or_default();
        let blank = dwelling::Defined {
            compound: compound.clone(),
            building: plate.clone(),
            room: room.clone(),
            ..dwelling::Defined::default()
        };
        let now = if state.defined.room.is_empty() || state.defined.batch.withdrawn { blank } else { state.defined };
        let old = if id.heads.is_empty() {
            None
        } else {
            Some(dwelling::fold(&record, &self.api.seen_at(&record, &id.heads)?).defined)
        };
        let base = old.as_ref().map(|old| (&of, &door, room.as_str(), old));
        let read = ledger::dwelling(at.ledger, &at.row.cells, (&of, &door, &room), &now, base, &self.known);
        let (next, told) = match read {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        let shown = |facts| base_row(at.ledger, Entry::Dwelling(&of, &door, &room, facts), &self.known, 0, false);
        let before = if new_room { vec![String::new(); at.ledger.columns.len()] } else { shown(&now) };
        let label = format!("{} {plate} {room}", of.name);
        let done = self.said(at, !new_room, now == next, label, &before, &shown(&next));
        let mut events = Vec::new();
        if now != next {
            let next = dwelling::Defined { batch: Batch::of(&self.id), ..next };
            events.push(define(self.caller, "dwelling", record::id_of(&record), &compound, dwelling::DEFINED, &next)?);
        }
        if new_room {
            if let Some(door) = of.doorways.iter_mut().find(|d| **d == door) {
                door.extra.push(room);
            }
            if let Some(problem) = compound::check(&of).first() {
                return Ok(Verdict::whole(&problem.code));
            }
            self.drafted(&compound, of, std::mem::take(&mut events));
        }
        Ok(Verdict { done, events, told })
    }
}

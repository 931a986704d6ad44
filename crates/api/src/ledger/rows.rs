//! One row of a file against what stands: a case, or an entry of a register.

use xunju_domain::batch::Batch;
use xunju_domain::case::{self, CaseState, decide};
use xunju_domain::company::{self, CompanyState};
use xunju_domain::compound::{self, Defined};
use xunju_domain::dwelling::{self, DwellingState};
use xunju_domain::event::NewEvent;
use xunju_domain::ledger::{self, Beside, CellProblem, Entry, RowId, base_row, case_row};
use xunju_domain::permission::{Action, may};
use xunju_domain::{address, catalogue, record};
use xunju_store::Query;

use super::import::{Run, Verdict};
use super::report::{At, Done};
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
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

fn define(
    caller: &Caller,
    kind: &str,
    id: &str,
    scope: &str,
    event: &str,
    data: &impl serde::Serialize,
) -> Result<NewEvent, ApiError> {
    let data = serde_json::to_value(data).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    Ok(NewEvent {
        record: format!("{kind}:{id}"),
        scope: scope.to_owned(),
        kind: event.to_owned(),
        tv: 1,
        actor: caller.user.clone(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data,
    })
}

impl Run<'_> {
    pub(super) fn case_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let id = RowId::read(&at.row.id);
        if id.record.is_empty() {
            return self.new_case(at);
        }
        let state = match self.api.case(self.caller, record::id_of(&id.record)) {
            Ok(state) if id.record.starts_with("case:") && at.ledger.categories.contains(&state.category()) => state,
            Ok(_) => return Ok(Verdict::whole("unknown_record")),
            Err(e) if e.code == ErrorCode::NotFound => return Ok(Verdict::whole("unknown_record")),
            Err(e) => return Err(e),
        };
        if !self.seen.insert(id.record.clone()) {
            return Ok(Verdict::whole("twice"));
        }
        let shown = |state: &CaseState| {
            case_row(at.ledger, state, &self.known, &Beside { clear: true, ..Beside::default() }, 0)
        };
        let now = shown(&state);
        let moved = !state.heads.iter().all(|head| id.heads.iter().any(|h| head.starts_with(h.as_str())));
        let base = if moved && !id.heads.is_empty() {
            let events = self.api.seen_at(&id.record, &id.heads)?;
            shown(&case::fold(&id.record, &state.scope, &events))
        } else {
            now.clone()
        };
        let (change, told) = match ledger::changes(at.ledger, &state, &at.row.cells, &now, &base) {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        if change.set.is_empty() {
            return Ok(Verdict { done: Done::Same, events: Vec::new(), told });
        }
        if !state.is_open() {
            return Ok(Verdict::whole("closed"));
        }
        let author = self.caller.author();
        let events = decide::import(&state, &author, &change, &self.id, catalogue::standard()).refused()?;
        let mut after = state.clone();
        after.fields.extend(change.set.iter().map(|(k, v)| (k.clone(), case::Register::of(v.clone(), &author.user))));
        let cells = at.differences(&now, &shown(&after));
        let done = Done::Changed(at.report("changed", state.no().to_owned(), cells));
        Ok(Verdict { done, events, told })
    }

    fn new_case(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let (mut fresh, told) = match ledger::fresh(at.ledger, &at.row.cells, &self.known) {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        let same = self.at_this_place(&fresh.place, &fresh.category, !fresh.draft.room.is_empty())?;
        let in_file = !self.seen.insert(format!("{} {}", fresh.category, fresh.place)) && !fresh.draft.room.is_empty();
        if (!same.is_empty() || in_file) && !self.duplicates {
            let which = same.iter().map(|state| state.no().to_owned()).collect();
            let problem =
                CellProblem::new(None, if same.is_empty() { "twice_in_file" } else { "duplicate" }).with(which);
            return Ok(Verdict { done: Done::Duplicate, events: Vec::new(), told: vec![problem] });
        }
        fresh.draft.not_same_as = same.into_iter().map(|state| state.id).collect();
        let (api, author, id) = (self.api, self.caller.author(), new_id(self.api.clock.wall_ms())?);
        let made = decide::import_new(
            &id,
            &fresh,
            &author,
            &api.town_moment(),
            api.calendar().as_ref(),
            &self.id,
            catalogue::standard(),
        );
        let label = format!("{} {} {}", fresh.compound_name, fresh.draft.building, fresh.draft.room);
        let blank = vec![String::new(); at.ledger.columns.len()];
        let done = Done::Created(at.report("created", label, at.differences(&blank, &at.row.cells)));
        Ok(Verdict { done, events: made.refused()?, told })
    }

    /// Open cases of this category at a door: what a new row may be once more.
    fn at_this_place(&self, place: &str, category: &str, door: bool) -> Result<Vec<CaseState>, ApiError> {
        if !door {
            return Ok(Vec::new());
        }
        let facets = [("place", place), ("category", category), ("open", "1")];
        let facets = facets.map(|(key, value)| (key, value.to_owned())).into();
        let query = Query { limit: 20, ..self.caller.cases(facets) };
        self.api.store.records(&query).refused()?.iter().map(doc).collect()
    }

    pub(super) fn register_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        match at.ledger.of.as_str() {
            "compound" => self.compound_row(at),
            "doorway" => self.doorway_row(at),
            "dwelling" => self.dwelling_row(at),
            _ => self.company_row(at),
        }
    }

    fn text<'a>(&self, at: At<'a>, source: &str) -> &'a str {
        let place = at.ledger.columns.iter().position(|c| c.source == source);
        place.and_then(|place| at.row.cells.get(place)).map_or("", |cell| cell.trim())
    }

    /// The compound of this name, in any spelling.
    fn named(&self, name: &str) -> Option<String> {
        let wanted = address::normalise(name);
        let found = self.known.compounds.iter().find(|(_, p)| address::normalise(&p.name) == wanted);
        found.map(|(id, _)| id.clone()).filter(|_| !wanted.is_empty())
    }

    fn compound_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let id = RowId::read(&at.row.id);
        let found = match id.record.strip_prefix("compound:") {
            Some(id) if self.known.compounds.contains_key(id) => Some(id.to_owned()),
            _ if !id.record.is_empty() => return Ok(Verdict::whole("unknown_record")),
            _ => self.named(self.text(at, "name")),
        };
        if !self.seen.insert(found.clone().unwrap_or_else(|| self.text(at, "name").to_owned())) {
            return Ok(Verdict::whole("twice"));
        }
        let state = found.as_deref().map(|id| self.api.compound(id)).transpose()?;
        let base = match (&state, id.heads.is_empty()) {
            (Some(_), false) => Some(compound::fold(&id.record, &self.api.seen_at(&id.record, &id.heads)?).defined),
            _ => None,
        };
        let now = state.as_ref().map(|s| &s.defined);
        let (next, told) = match ledger::compound(at.ledger, &at.row.cells, now, base.as_ref(), &self.known) {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        let address = address::normalise(&next.address);
        let near = self.known.compounds.iter().filter(|(id, place)| {
            found.as_ref() != Some(*id) && !address.is_empty() && address::normalise(&place.address) == address
        });
        let near: Vec<String> = near.map(|(_, place)| place.name.clone()).collect();
        if state.is_none() && !near.is_empty() && !self.duplicates {
            let problem = CellProblem::new(None, "duplicate").with(near);
            return Ok(Verdict { done: Done::Duplicate, events: Vec::new(), told: vec![problem] });
        }
        let shown = |d: &Defined| base_row(at.ledger, Entry::Compound(d), &self.known, 0, false);
        let before = now.map_or_else(|| vec![String::new(); at.ledger.columns.len()], shown);
        let done = self.said(at, state.is_some(), now == Some(&next), next.name.clone(), &before, &shown(&next));
        let id = match found {
            Some(id) => id,
            None => new_id(self.api.clock.wall_ms())?,
        };
        let next = Defined { batch: Batch::of(&self.id), ..next };
        let event = define(self.caller, "compound", &id, record::TOWN, compound::DEFINED, &next)?;
        Ok(Verdict { events: if matches!(done, Done::Same) { Vec::new() } else { vec![event] }, done, told })
    }

    fn said(&self, at: At<'_>, known: bool, same: bool, label: String, before: &[String], after: &[String]) -> Done {
        match (known, same) {
            (true, true) => Done::Same,
            (true, false) => Done::Changed(at.report("changed", label, at.differences(before, after))),
            (false, _) => Done::Created(at.report("created", label, at.differences(before, after))),
        }
    }

    fn company_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        let id = RowId::read(&at.row.id);
        let code = self.text(at, "company_code").to_owned();
        let by_code = self.known.companies.iter().find(|(_, (known, _))| !code.is_empty() && *known == code);
        let found = match id.record.strip_prefix("company:") {
            Some(id) if self.known.companies.contains_key(id) => Some(id.to_owned()),
            _ if !id.record.is_empty() => return Ok(Verdict::whole("unknown_record")),
            _ => by_code.map(|(id, _)| id.clone()),
        };
        let clash = by_code.is_some_and(|(id, _)| found.as_ref() != Some(id));
        if !self.seen.insert(found.clone().unwrap_or_else(|| code.clone())) || clash {
            return Ok(Verdict::whole("twice"));
        }
        let state = found.as_deref().map(|id| self.api.company(id)).transpose()?;
        let base = match (&state, id.heads.is_empty()) {
            (Some(_), false) => Some(company::fold(&id.record, &self.api.seen_at(&id.record, &id.heads)?).defined),
            _ => None,
        };
        let now = state.as_ref().map(|s: &CompanyState| &s.defined);
        let (next, told) = match ledger::company(at.ledger, &at.row.cells, now, base.as_ref(), &self.known) {
            Ok(read) => read,
            Err(problems) => return Ok(Verdict::wrong(problems)),
        };
        let namesake =
            self.known.companies.iter().find(|(id, (_, name))| found.as_ref() != Some(*id) && *name == next.name);
        if let (None, Some((_, (code, name))), false) = (&state, namesake, self.duplicates) {
            let problem = CellProblem::new(None, "duplicate").with(vec![format!("{name} {code}")]);
            return Ok(Verdict { done: Done::Duplicate, events: Vec::new(), told: vec![problem] });
        }
        let shown = |d: &company::Defined| base_row(at.ledger, Entry::Company(d), &self.known, 0, false);
        let before = now.map_or_else(|| vec![String::new(); at.ledger.columns.len()], shown);
        let done = self.said(at, state.is_some(), now == Some(&next), next.name.clone(), &before, &shown(&next));
        let id = match found {
            Some(id) => id,
            None => new_id(self.api.clock.wall_ms())?,
        };
        let next = company::Defined { batch: Batch::of(&self.id), ..next };
        let event = define(self.caller, "company", &id, record::TOWN, company::DEFINED, &next)?;
        Ok(Verdict { events: if matches!(done, Done::Same) { Vec::new() } else { vec![event] }, done, told })
    }

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

    fn doorway_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
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

    fn dwelling_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
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

//! One row of the registers of compounds and companies against the entry it came from.

use xunju_domain::batch::Batch;
use xunju_domain::company::{self, CompanyState};
use xunju_domain::compound::{self, Defined};
use xunju_domain::event::NewEvent;
use xunju_domain::ledger::{self, CellProblem, Entry, RowId, base_row};
use xunju_domain::{address, record};

use super::import::{Run, Verdict};
use super::report::{At, Done};
use crate::Caller;
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;

pub(super) fn define(
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
    pub(super) fn register_row(&mut self, at: At<'_>) -> Result<Verdict, ApiError> {
        match at.ledger.of.as_str() {
            "compound" => self.compound_row(at),
            "doorway" => self.doorway_row(at),
            "dwelling" => self.dwelling_row(at),
            _ => self.company_row(at),
        }
    }

    pub(super) fn text<'a>(&self, at: At<'a>, source: &str) -> &'a str {
        let place = at.ledger.columns.iter().position(|c| c.source == source);
        place.and_then(|place| at.row.cells.get(place)).map_or("", |cell| cell.trim())
    }

    /// The compound of this name, in any spelling.
    pub(super) fn named(&self, name: &str) -> Option<String> {
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

    pub(super) fn said(
        &self,
        at: At<'_>,
        known: bool,
        same: bool,
        label: String,
        before: &[String],
        after: &[String],
    ) -> Done {
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
}

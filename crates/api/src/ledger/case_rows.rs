//! One row of a ledger of cases against the case it came from, or against nothing: then it is a new case.

use xunju_domain::case::{self, CaseState, decide};
use xunju_domain::ledger::{self, Beside, CellProblem, RowId, case_row};
use xunju_domain::{catalogue, record};
use xunju_store::Query;

use super::import::{Run, Verdict};
use super::report::{At, Done};
use crate::doc;
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;

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
}

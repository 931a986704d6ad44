//! An import is taken back: by events that put back what stood, where nobody has changed it since.

use xunju_domain::batch::{self, Before, WITHDRAWN};
use xunju_domain::case::{CaseState, decide};
use xunju_domain::event::NewEvent;
use xunju_domain::import::{self, ImportState, UNDONE, Undone};
use xunju_domain::{catalogue, company, compound, dwelling, record};
use xunju_store::{Commit, Order, Query, RecordRow};

use super::Progress;
use super::go_on;
use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::ledger::{ImportUndone, KeptRecord};
use crate::{Api, Caller, doc};

/// Records that become durable together.
const BATCH: usize = 200;
/// Why a case that an import made is not taken up: by the office's list of reasons.
const REASON: &str = "reject.import";
const WORDS: &str = "撤销台账导入";

/// Registers an import can have written, each with its kind of event.
const REGISTERS: &[(&str, &str)] =
    &[("compound", compound::DEFINED), ("company", company::DEFINED), ("dwelling", dwelling::DEFINED)];

struct Undoing<'a> {
    api: &'a Api,
    caller: &'a Caller,
    import: &'a str,
    undone: ImportUndone,
    waiting: Vec<NewEvent>,
}

impl Api {
    /// Puts back what an import changed, where nobody has changed it since. Nothing leaves the journal.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound` for an import that is not known here, disk failures.
    pub(crate) fn undo_import(
        &self,
        caller: &Caller,
        import: &str,
        progress: Progress<'_>,
    ) -> Result<ImportUndone, ApiError> {
        let missing = || ApiError::new(ErrorCode::NotFound).at("import").with("what", import);
        let row = self.store.record(&format!("import:{import}")).refused()?.ok_or_else(missing)?;
        let state: ImportState = doc(&row)?;
        if !import::allowed(&state.begun.ledger, &caller.author().person()) {
            return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "import"));
        }
        let mut undoing = Undoing { api: self, caller, import, undone: ImportUndone::default(), waiting: Vec::new() };
        let facets = vec![("import".to_owned(), import.to_owned())];
        let mut queries =
            vec![(Query { order: Order::Oldest, ..caller.cases(vec![("import", import.to_owned())]) }, "")];
        queries.extend(REGISTERS.iter().rev().map(|(kind, event)| {
            (Query { kind: (*kind).into(), facets: facets.clone(), order: Order::Oldest, ..Query::default() }, *event)
        }));
        let mut done = 0;
        for (query, event) in queries {
            self.each(&query, |_, row| {
                done += 1;
                if event.is_empty() {
                    undoing.case(row)?
                } else {
                    undoing.entry(row, event)?
                }
                go_on(done, 0, progress)
            })?;
        }
        undoing.write()?;
        let undone = undoing.undone;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let said = Undone { restored: undone.restored, kept: count(undone.kept.len()) };
        let event = import::event(import, &caller.user, UNDONE, &said);
        self.commit(Commit { events: vec![event], ..Commit::empty() }, import)?;
        Ok(undone)
    }
}

impl Undoing<'_> {
    fn keep(&mut self, label: &str, reason: &str) {
        self.undone.kept.push(KeptRecord { label: label.to_owned(), reason: reason.to_owned() });
    }

    fn take(&mut self, events: Vec<NewEvent>) -> Result<(), ApiError> {
        self.undone.restored += u32::from(!events.is_empty());
        self.waiting.extend(events);
        if self.waiting.len() >= BATCH { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), ApiError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let events = std::mem::take(&mut self.waiting);
        self.api.commit(Commit { events, ..Commit::empty() }, self.import).map(drop)
    }

    fn case(&mut self, row: &RecordRow) -> Result<(), ApiError> {
        let state: CaseState = doc(row)?;
        let events = self.api.store.events(&row.id).refused()?;
        let (author, catalogue) = (self.caller.author(), catalogue::standard());
        if decide::is_of_import(&events, self.import) {
            if !state.is_open() || state.expected == "REJECTED" {
                return Ok(());
            }
            if !decide::is_as_imported(&events, self.import) {
                self.keep(state.no(), "changed_since");
                return Ok(());
            }
            let input = decide::ActInput {
                action: "reject".to_owned(),
                reason_code: Some(REASON.to_owned()),
                reason: WORDS.to_owned(),
                params: [("reply".to_owned(), WORDS.to_owned())].into(),
                ..decide::ActInput::default()
            };
            return match decide::act(&state, &author, &input) {
                Ok(events) => self.take(events),
                Err(_) => {
                    self.keep(state.no(), "changed_since");
                    Ok(())
                }
            };
        }
        match decide::undo_import(&state, &events, &author, self.import, catalogue) {
            Ok((new, kept)) => {
                if let Some((_, reason)) = kept.first() {
                    self.keep(state.no(), reason);
                }
                self.take(new)
            }
            Err(_) => {
                self.keep(state.no(), "closed");
                Ok(())
            }
        }
    }

    fn entry(&mut self, row: &RecordRow, kind: &str) -> Result<(), ApiError> {
        let events = self.api.store.events(&row.id).refused()?;
        let label = row.doc.get("name").or_else(|| row.doc.get("room")).and_then(|v| v.as_str()).unwrap_or_default();
        let data = match batch::before(&events, kind, self.import) {
            Before::Back => return Ok(()),
            Before::Changed => {
                self.keep(label, "changed_since");
                return Ok(());
            }
            Before::Made(_) if self.in_use(row)? => {
                self.keep(label, "in_use");
                return Ok(());
            }
            Before::Made(data) | Before::Restored(data) => data,
        };
        self.take(vec![NewEvent {
            record: row.id.clone(),
            scope: row.scope.clone(),
            kind: kind.to_owned(),
            tv: 1,
            actor: self.caller.user.clone(),
            parents: Vec::new(),
            blobs: Vec::new(),
            data,
        }])
    }

    /// Whether other records stand on an entry: cases and rounds in a compound, compounds of a company.
    fn in_use(&self, row: &RecordRow) -> Result<bool, ApiError> {
        let id = record::id_of(&row.id).to_owned();
        let query = match row.kind.as_str() {
            "compound" => {
                let within = Query { scopes: Some(vec![id]), ..Query::default() };
                let gone = Query { kind: WITHDRAWN.into(), ..within.clone() };
                return Ok(self.api.store.count(&within).refused()? > self.api.store.count(&gone).refused()?);
            }
            "company" => Query { kind: "compound".into(), facets: vec![("company".into(), id)], ..Query::default() },
            _ => return Ok(false),
        };
        Ok(self.api.store.count(&query).refused()? > 0)
    }
}

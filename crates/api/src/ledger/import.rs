//! A ledger comes in: read once row by row; what is right is written, a row whole or nothing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use xunju_documents::ledger::{FileProblem, Read, Row, read};
use xunju_domain::event::{FoldEvent, NewEvent};
use xunju_domain::import::{self, BEGUN, Begun, ENDED, Ended};
use xunju_domain::ledger::{CellProblem, Known, Ledger, standard};
use xunju_store::{Commit, Order, Query};

use super::door_rows::Draft;
use super::report::{At, Done, count, note};
use super::{Progress, go_on};
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::ledger::{ImportCard, ImportReport};
use crate::{Api, Caller, doc};

/// Rows that become durable together.
const BATCH: usize = 200;
const SHOWN_MAX: u32 = 200;

/// One import as it goes on.
pub(super) struct Run<'a> {
    pub api: &'a Api,
    pub caller: &'a Caller,
    pub known: Known,
    pub id: String,
    /// Possible duplicates are written too.
    pub duplicates: bool,
    /// Records and places met in the file so far: a row says something once.
    pub seen: BTreeSet<String>,
    /// Compounds whose doorways or rooms change: each becomes one definition at the end.
    pub drafts: BTreeMap<String, Draft>,
    apply: bool,
    file: String,
    begun: bool,
    waiting: Vec<NewEvent>,
    rows_waiting: u32,
    report: ImportReport,
}

/// A row's answer: what it does and with which events; or everything that keeps it out.
pub(super) struct Verdict {
    pub done: Done,
    pub events: Vec<NewEvent>,
    pub told: Vec<CellProblem>,
}

impl Verdict {
    pub fn wrong(told: Vec<CellProblem>) -> Self {
        Self { done: Done::Wrong, events: Vec::new(), told }
    }

    pub fn whole(code: &str) -> Self {
        Self::wrong(vec![CellProblem::new(None, code)])
    }
}

impl Api {
    /// Checks a file, and with `apply` writes what is right in it. Rows whose cells are wrong are left out whole and
    /// told by cell. Stopping (`progress` says false) leaves whole rows.
    ///
    /// # Errors
    /// `NotAllowed` for all but those who keep that ledger; `Invalid` at `file` for a file that is no ledger; disk
    /// failures.
    pub(super) fn import_file(
        &self,
        caller: &Caller,
        name: &str,
        file: File,
        (apply, duplicates): (bool, bool),
        progress: Progress<'_>,
    ) -> Result<ImportReport, ApiError> {
        let mut run = Run {
            api: self,
            caller,
            known: self.known(caller)?,
            id: new_id(self.clock.wall_ms())?,
            duplicates,
            seen: BTreeSet::new(),
            drafts: BTreeMap::new(),
            apply,
            file: name.to_owned(),
            begun: false,
            waiting: Vec::new(),
            rows_waiting: 0,
            report: ImportReport::default(),
        };
        let mut failed = None;
        let found = read(file, standard(), |read, row| {
            let went = run.row(read, &row).and_then(|()| go_on(run.report.rows, 0, progress));
            failed = went.err();
            failed.is_none()
        });
        let found = found.map_err(|problem| unreadable(&problem))?;
        match failed {
            Some(e) if e.code == ErrorCode::Stopped => run.report.stopped = true,
            Some(e) => return Err(e),
            None => {}
        }
        run.report.ledger = found.ledger;
        run.report.sheet = found.sheet;
        run.end()
    }

    /// Events of a record as somebody had seen them who names its newest; all of them where that is not said.
    pub(super) fn seen_at(&self, record: &str, heads: &[String]) -> Result<Vec<FoldEvent>, ApiError> {
        let events = self.store.events(record).refused()?;
        if heads.is_empty() {
            return Ok(events);
        }
        Ok(xunju_domain::graph::seen_at(&events, heads).unwrap_or(events))
    }
}

impl Run<'_> {
    fn row(&mut self, read: &Read, row: &Row) -> Result<(), ApiError> {
        let ledger = self.ledger(&read.ledger)?;
        self.report.rows += 1;
        let at = At { read, ledger, row };
        let verdict = match at.shape() {
            shape if !shape.is_empty() => Verdict::wrong(shape),
            _ if ledger.of == "case" => self.case_row(at)?,
            _ => self.register_row(at)?,
        };
        note(&mut self.report, at, verdict.told);
        count(&mut self.report, verdict.done);
        if !verdict.events.is_empty() {
            self.waiting.extend(verdict.events);
            self.rows_waiting += 1;
        }
        if self.rows_waiting as usize >= BATCH { self.write() } else { Ok(()) }
    }

    fn ledger(&mut self, id: &str) -> Result<&'static Ledger, ApiError> {
        let ledger = super::ledger(self.caller, id)?;
        if self.report.label.zh_hans.is_empty() {
            self.caller.require(import::action(ledger))?;
            self.report.ledger.clone_from(&ledger.id);
            self.report.label = ledger.label.clone();
        }
        Ok(ledger)
    }

    /// Writes what waits. The first time the import itself is said, so that what is broken off can be taken back.
    fn write(&mut self) -> Result<(), ApiError> {
        let mut events = std::mem::take(&mut self.waiting);
        let rows = std::mem::take(&mut self.rows_waiting);
        if !self.apply || events.is_empty() {
            return Ok(());
        }
        if !std::mem::replace(&mut self.begun, true) {
            let begun = Begun { ledger: self.report.ledger.clone(), file: self.file.clone() };
            events.insert(0, import::event(&self.id, &self.caller.user, BEGUN, &begun));
        }
        self.api.commit(Commit { events, ..Commit::empty() }, &self.id)?;
        self.report.written += rows;
        Ok(())
    }

    fn end(mut self) -> Result<ImportReport, ApiError> {
        for (_, draft) in std::mem::take(&mut self.drafts) {
            // A stop before the end leaves compounds whole: none of their rows is written.
            if self.report.stopped {
                continue;
            }
            let rows = draft.rows;
            self.waiting.extend(draft.events(self.caller, &self.id)?);
            self.rows_waiting += rows;
        }
        self.write()?;
        if self.begun {
            let Self { report, id, caller, .. } = &mut self;
            report.import.clone_from(id);
            let ended = Ended { created: report.created, changed: report.changed, stopped: report.stopped };
            let event = import::event(id, &caller.user, ENDED, &ended);
            self.api.commit(Commit { events: vec![event], ..Commit::empty() }, &self.id)?;
        }
        Ok(self.report)
    }
}

fn unreadable(problem: &FileProblem) -> ApiError {
    let code = match problem {
        FileProblem::NotExcel => "not_excel",
        FileProblem::OldExcel => "old_excel",
        FileProblem::Password => "password",
        FileProblem::Damaged(_) => "damaged",
        FileProblem::TooLarge => "too_large",
        FileProblem::NoHeading => "no_heading",
        FileProblem::Disk(cause) => return super::files::on_disk(cause),
    };
    ApiError::new(ErrorCode::Invalid).at("file").with("problem", code)
}

/// Newest first: one's own kinds of ledger.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<ImportCard>, ApiError> {
    let query = Query { kind: "import".into(), order: Order::Newest, limit: SHOWN_MAX, ..Query::default() };
    let names = api.names()?;
    let person = caller.author();
    let mut cards = Vec::new();
    for row in api.store().records(&query).refused()? {
        let state: import::ImportState = doc(&row)?;
        let Some(ledger) = standard().iter().find(|l| l.id == state.begun.ledger) else { continue };
        if !import::allowed(&ledger.id, &person.person()) {
            continue;
        }
        let (ended, undone) = (state.ended.unwrap_or_default(), state.undone.clone().unwrap_or_default());
        cards.push(ImportCard {
            id: state.id,
            ledger: ledger.label.clone(),
            file: state.begun.file,
            author: names.of(&state.author),
            at_ms: state.at_ms,
            may_undo: row.status != "undone" || undone.kept > 0,
            status: row.status,
            created: ended.created,
            changed: ended.changed,
            stopped: ended.stopped,
            restored: undone.restored,
            kept: undone.kept,
        });
    }
    Ok(cards)
}

//! A ledger comes in: read once row by row; what is right is written, a row an event or nothing of it.

use std::collections::BTreeSet;
use std::fs::File;

use xunju_documents::ledger::{FileProblem, Read, Row, read};
use xunju_domain::case::{CaseState, decide};
use xunju_domain::event::NewEvent;
use xunju_domain::ledger::{Change, Known, Ledger, changes, standard};
use xunju_domain::permission::Action;
use xunju_domain::{catalogue, record};
use xunju_store::{Commit, Order, Query};

use super::export::go_on;
use super::{CellReport, ImportReport, Progress, Undone, ledger};
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Rows that become durable together.
const BATCH: usize = 200;
/// Problems told one by one.
const PROBLEMS_MAX: usize = 1000;

/// One import as it goes on.
struct Run<'a> {
    api: &'a Api,
    caller: &'a Caller,
    known: Known,
    id: String,
    apply: bool,
    seen: BTreeSet<String>,
    waiting: Vec<NewEvent>,
    report: ImportReport,
}

/// What a row asks to change of which case; none for one that says nothing new.
type Asked = Option<(CaseState, Change)>;

impl Api {
    /// Checks a file, and with `apply` writes what is right in it. Rows whose cells are wrong are left out whole and
    /// told by cell. Stopping (`progress` says false) leaves whole rows.
    ///
    /// # Errors
    /// `NotAllowed` for all but the office; `Invalid` at `file` for a file that is no ledger; disk failures.
    pub fn import_ledger(
        &self,
        caller: &Caller,
        file: File,
        apply: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, ApiError> {
        caller.require(Action::File)?;
        let mut run = Run {
            api: self,
            caller,
            known: self.known()?,
            id: new_id(self.clock.wall_ms())?,
            apply,
            seen: BTreeSet::new(),
            waiting: Vec::new(),
            report: ImportReport::default(),
        };
        let mut failed = None;
        let found = read(file, standard(), |read, row| {
            let went = run.row(read, &row).and_then(|()| go_on(run.report.rows, 0, progress));
            match went {
                Ok(()) => true,
                Err(e) => {
                    failed = Some(e);
                    false
                }
            }
        });
        let found = found.map_err(|problem| unreadable(&problem))?;
        match failed {
            Some(e) if e.code == ErrorCode::Stopped => run.report.stopped = true,
            Some(e) => return Err(e),
            None => {}
        }
        run.write()?;
        let mut report = run.report;
        report.ledger = found.ledger;
        report.sheet = found.sheet;
        report.import = if report.written > 0 { run.id } else { String::new() };
        Ok(report)
    }

    /// Puts back what an import changed, where nobody has changed it since. Nothing leaves the journal.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound` for an import that changed nothing here, disk failures.
    pub fn undo_ledger(&self, caller: &Caller, import: &str) -> Result<Undone, ApiError> {
        caller.require(Action::File)?;
        let query = Query { order: Order::Oldest, ..caller.cases(vec![("import", import.to_owned())]) };
        if self.store.count(&query).refused()? == 0 {
            return Err(ApiError::new(ErrorCode::NotFound).at("import").with("what", import));
        }
        let mut undone = Undone::default();
        let mut waiting = Vec::new();
        self.each(&query, |id, row| {
            let state: CaseState = doc(row)?;
            let events = self.store.events(id).refused()?;
            match decide::undo_import(&state, &events, &caller.author(), import, catalogue::standard()) {
                Ok((new, kept)) => {
                    undone.restored += u32::from(!new.is_empty());
                    undone.kept.extend(kept.into_iter().map(|field| format!("{}: {field}", state.no())));
                    waiting.extend(new);
                }
                Err(_) => undone.kept.push(format!("{}: {}", state.no(), state.status)),
            }
            if waiting.len() >= BATCH { self.commit_all(&mut waiting) } else { Ok(()) }
        })?;
        self.commit_all(&mut waiting)?;
        Ok(undone)
    }

    fn commit_all(&self, waiting: &mut Vec<NewEvent>) -> Result<(), ApiError> {
        if waiting.is_empty() {
            return Ok(());
        }
        self.commit(Commit { events: std::mem::take(waiting), ..Commit::empty() }, "").map(drop)
    }
}

impl Run<'_> {
    fn row(&mut self, read: &Read, row: &Row) -> Result<(), ApiError> {
        self.report.rows += 1;
        let ledger = ledger(&read.ledger)?;
        if ledger.of != "case" {
            return Err(ApiError::new(ErrorCode::Invalid)
                .at("file")
                .with("problem", "register")
                .with("ledger", &ledger.id));
        }
        match self.change(ledger, row)? {
            Err(problems) => {
                self.report.wrong += 1;
                let room = PROBLEMS_MAX.saturating_sub(self.report.problems.len());
                let told = problems.into_iter().take(room).map(|p| told(read, ledger, row, p));
                self.report.problems.extend(told);
            }
            Ok(None) => self.report.same += 1,
            Ok(Some((state, change))) => {
                self.report.changed += 1;
                let author = self.caller.author();
                let events = decide::import(&state, &author, &change, &self.id, catalogue::standard()).refused()?;
                self.waiting.extend(events);
                if self.waiting.len() >= BATCH {
                    self.write()?;
                }
            }
        }
        Ok(())
    }

    /// What the row changes; none where it says what is known already.
    fn change(&mut self, ledger: &Ledger, row: &Row) -> Result<Result<Asked, Vec<Wrong>>, ApiError> {
        let whole = |code: &str| Ok(Err(vec![Wrong { column: None, code: code.to_owned(), allowed: Vec::new() }]));
        if row.id.is_empty() {
            return whole("no_record");
        }
        let state = match self.api.case(self.caller, record::id_of(&row.id)) {
            Ok(state) if row.id.starts_with("case:") && ledger.categories.contains(&state.category()) => state,
            Ok(_) => return whole("unknown_record"),
            Err(e) if e.code == ErrorCode::NotFound => return whole("unknown_record"),
            Err(e) => return Err(e),
        };
        if !self.seen.insert(row.id.clone()) {
            return whole("twice");
        }
        let shape = row.problems.iter().map(|(at, code)| Wrong {
            column: Some(*at),
            code: (*code).to_owned(),
            allowed: Vec::new(),
        });
        let mut wrong: Vec<Wrong> = shape.collect();
        match changes(ledger, &state, &row.cells, &self.known) {
            Ok(change) if wrong.is_empty() && change.set.is_empty() => return Ok(Ok(None)),
            Ok(_) if wrong.is_empty() && !state.is_open() => return whole("closed"),
            Ok(change) if wrong.is_empty() => return Ok(Ok(Some((state, change)))),
            Ok(_) => {}
            Err(problems) => wrong.extend(problems.into_iter().map(|p| Wrong {
                column: Some(p.column),
                code: p.code,
                allowed: p.allowed,
            })),
        }
        Ok(Err(wrong))
    }

    fn write(&mut self) -> Result<(), ApiError> {
        if !self.apply {
            self.waiting.clear();
            return Ok(());
        }
        let rows = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        self.api.commit_all(&mut self.waiting)?;
        self.report.written += rows;
        Ok(())
    }
}

struct Wrong {
    column: Option<usize>,
    code: String,
    allowed: Vec<String>,
}

fn told(read: &Read, ledger: &Ledger, row: &Row, wrong: Wrong) -> CellReport {
    let column = wrong.column.and_then(|at| ledger.columns.get(at));
    let cell = wrong.column.map(|at| read.cell(row.number, at)).unwrap_or_else(|| row.number.to_string());
    CellReport {
        sheet: read.sheet.clone(),
        cell,
        column: column.map(|c| c.label.zh_hans.clone()).unwrap_or_default(),
        problem: wrong.code,
        value: wrong.column.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default(),
        allowed: wrong.allowed,
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
        FileProblem::Disk(cause) => return ApiError::new(ErrorCode::DiskFailed).with("cause", cause),
    };
    ApiError::new(ErrorCode::Invalid).at("file").with("problem", code)
}

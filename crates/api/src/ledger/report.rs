//! What an import tells, counted and by cell.

use xunju_documents::ledger::{Read, Row};
use xunju_domain::ledger::{CellProblem, Ledger};

use crate::view::ledger::{CellChange, CellReport, ImportReport, RowReport};

/// Problems and remarks told one by one.
const PROBLEMS_MAX: usize = 1000;
/// Rows shown with what they change.
const SHOWN_MAX: usize = 200;

/// What became of one row.
pub(super) enum Done {
    Same,
    Changed(RowReport),
    Created(RowReport),
    Duplicate,
    Wrong,
}

/// The row as it is read, with what says where its cells are.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub read: &'a Read,
    pub ledger: &'a Ledger,
    pub row: &'a Row,
}

impl At<'_> {
    /// What reading the file itself found wrong with the row.
    pub fn shape(&self) -> Vec<CellProblem> {
        self.row.problems.iter().map(|(at, code)| CellProblem::new(Some(*at), code)).collect()
    }

    fn told(&self, problem: CellProblem) -> CellReport {
        let column = problem.column.and_then(|at| self.ledger.columns.get(at));
        let cell = problem.column.map(|at| self.read.cell(self.row.number, at)).filter(|cell| !cell.is_empty());
        // What the file shows may be somebody's name or number: only the place of such a cell is told.
        let shown = column.is_none_or(|c| !c.personal);
        CellReport {
            sheet: self.read.sheet.clone(),
            cell: cell.unwrap_or_else(|| self.row.number.to_string()),
            column: column.map(|c| c.label.zh_hans.clone()).unwrap_or_default(),
            problem: problem.code,
            value: problem.column.filter(|_| shown).and_then(|at| self.row.cells.get(at)).cloned().unwrap_or_default(),
            allowed: problem.allowed,
            blocks: problem.blocks,
        }
    }

    pub fn report(&self, what: &str, label: String, cells: Vec<CellChange>) -> RowReport {
        RowReport { row: self.row.number, what: what.to_owned(), label, cells }
    }

    /// Filled cells, before and after, of those that are not personal and differ.
    pub fn differences(&self, before: &[String], after: &[String]) -> Vec<CellChange> {
        let columns = self.ledger.columns.iter().zip(before.iter().zip(after));
        let differ = columns.filter(|(c, (b, a))| !c.personal && b != a && c.source != "row");
        let change = |(c, (b, a)): (&xunju_domain::ledger::Column, (&String, &String))| CellChange {
            column: c.label.zh_hans.clone(),
            before: b.clone(),
            after: a.clone(),
        };
        differ.map(change).collect()
    }
}

pub(super) fn note(report: &mut ImportReport, at: At<'_>, problems: Vec<CellProblem>) {
    let room = PROBLEMS_MAX.saturating_sub(report.problems.len());
    report.problems.extend(problems.into_iter().take(room).map(|p| at.told(p)));
}

pub(super) fn count(report: &mut ImportReport, done: Done) {
    let shown = match done {
        Done::Same => {
            report.same += 1;
            None
        }
        Done::Duplicate => {
            report.duplicates += 1;
            None
        }
        Done::Wrong => {
            report.wrong += 1;
            None
        }
        Done::Changed(row) => {
            report.changed += 1;
            Some(row)
        }
        Done::Created(row) => {
            report.created += 1;
            Some(row)
        }
    };
    if report.shown.len() < SHOWN_MAX {
        report.shown.extend(shown);
    }
}

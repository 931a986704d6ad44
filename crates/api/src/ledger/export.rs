//! A ledger goes out: page by page from the store, row by row into the file.

use std::fs::File;

use xunju_documents::ledger::{Format, Watermark, WriteError, Writer};
use xunju_domain::case::CaseState;
use xunju_domain::compound::CompoundState;
use xunju_domain::ledger::{Ledger, base_rows, case_row, masked_text};
use xunju_domain::permission::Action;
use xunju_domain::{mask, record};
use xunju_store::{Order, Query};

use super::{Exported, Progress, ledger};
use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Rows read at a time.
const PAGE: u32 = 500;
/// States whose cases are in no ledger.
const LEFT_OUT: &[&str] = &["DRAFT", "VOID", "REJECTED", "MERGED"];

#[derive(Debug, Clone)]
pub struct ExportRequest {
    pub ledger: String,
    pub format: Format,
    /// Only these states; all that belong in a ledger when empty.
    pub status: Vec<String>,
    pub compound: Option<String>,
    /// Words of the search.
    pub text: String,
    /// Why: stands in the access log.
    pub reason: String,
}

impl Api {
    /// Writes a ledger into `to`. The access log has the export before the first row is written. Personal data leaves
    /// masked, always: no way to approve more is built in this version.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound` for a ledger there is not, `Invalid` without a reason, `Stopped` by `progress` saying
    /// false, disk failures. The file is then not whole and is to be thrown away.
    pub fn export_ledger(
        &self,
        caller: &Caller,
        asked: &ExportRequest,
        to: File,
        progress: Progress<'_>,
    ) -> Result<Exported, ApiError> {
        caller.require(Action::See)?;
        let ledger = ledger(&asked.ledger)?;
        let number = self.export_number()?;
        self.note_access(
            caller,
            Access {
                action: "export",
                objects: vec![format!("ledger:{}", ledger.id), number.clone()],
                fields: Vec::new(),
                reason: asked.reason.clone(),
            },
        )?;
        let at = self.now().format("%Y-%m-%d %H:%M").to_string();
        let mark = Watermark { number: number.clone(), user: self.names()?.of(&caller.user), at, masked: true };
        let mut writer = Writer::new(to, asked.format, ledger, &mark).map_err(unwritten)?;
        let rows = if ledger.of == "case" {
            self.cases_out(caller, asked, ledger, &mut writer, progress)?
        } else {
            self.base_out(caller, asked, ledger, &mut writer, progress)?
        };
        let file = writer.finish().map_err(unwritten)?;
        file.sync_all().map_err(unwritten)?;
        Ok(Exported { number, ledger: ledger.id.clone(), rows, masked: true })
    }

    /// `DC-20261124-3fa9c1d2`: unique without asking the server, so that a laptop in the field has one too.
    fn export_number(&self) -> Result<String, ApiError> {
        let id = new_id(self.clock.wall_ms())?;
        let tail: String = id.chars().rev().take(8).collect();
        Ok(format!("DC-{}-{}", self.today().format("%Y%m%d"), tail))
    }

    fn cases_out(
        &self,
        caller: &Caller,
        asked: &ExportRequest,
        ledger: &Ledger,
        writer: &mut Writer<File>,
        progress: Progress<'_>,
    ) -> Result<u32, ApiError> {
        let known = self.known()?;
        let states = xunju_domain::catalogue::standard().states.keys();
        let usual = || states.clone().filter(|s| !LEFT_OUT.contains(&s.as_str())).cloned().collect();
        let status: Vec<String> = if asked.status.is_empty() { usual() } else { asked.status.clone() };
        let compound = asked.compound.iter().map(|id| ("compound", id.clone()));
        let query = |category: &String| Query {
            status: status.clone(),
            text: asked.text.clone(),
            order: Order::Oldest,
            ..caller.cases([("category", category.clone())].into_iter().chain(compound.clone()).collect())
        };
        let counts = ledger.categories.iter().map(|c| self.store.count(&query(c)).refused());
        let total = counts.sum::<Result<u32, ApiError>>()?;
        let mut done = 0;
        for category in &ledger.categories {
            self.each(&query(category), |id, row| {
                let state: CaseState = doc(row)?;
                let cells = masked(ledger, case_row(ledger, &state, &known, u64::from(done) + 1));
                writer.row(id, &cells).map_err(unwritten)?;
                done += 1;
                go_on(done, total, progress)
            })?;
        }
        Ok(done)
    }

    fn base_out(
        &self,
        caller: &Caller,
        asked: &ExportRequest,
        ledger: &Ledger,
        writer: &mut Writer<File>,
        progress: Progress<'_>,
    ) -> Result<u32, ApiError> {
        let query =
            Query { kind: "compound".into(), text: asked.text.clone(), order: Order::Oldest, ..Query::default() };
        let total = self.store.count(&query).refused()?;
        let (mut compounds, mut rows) = (0, 0u32);
        self.each(&query, |id, row| {
            let name = record::id_of(id);
            if caller.scopes.has(name) && asked.compound.as_ref().is_none_or(|c| c == name) {
                let state: CompoundState = doc(row)?;
                for cells in base_rows(ledger, &state, u64::from(rows) + 1).rows {
                    writer.row(id, &cells).map_err(unwritten)?;
                    rows += 1;
                }
            }
            compounds += 1;
            go_on(compounds, total, progress)
        })?;
        Ok(rows)
    }

    /// Every record that answers, oldest first, a page at a time: what is written meanwhile moves no page.
    pub(super) fn each(
        &self,
        query: &Query,
        mut each: impl FnMut(&str, &xunju_store::RecordRow) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let mut after = None;
        loop {
            let page = self.store.records(&Query { after: after.clone(), limit: PAGE, ..query.clone() }).refused()?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id.clone());
            page.iter().try_for_each(|row| each(&row.id, row))?;
        }
    }
}

pub(super) fn go_on(done: u32, total: u32, progress: &mut dyn FnMut(u32, u32) -> bool) -> Result<(), ApiError> {
    if progress(done, total) { Ok(()) } else { Err(ApiError::new(ErrorCode::Stopped)) }
}

/// Names and telephones by the form of domain.md §8.2, long numbers in free words with them.
fn masked(ledger: &Ledger, cells: Vec<String>) -> Vec<String> {
    let each = ledger.columns.iter().zip(cells).map(|(column, cell)| match column.source.as_str() {
        "note" | "location_text" => masked_text(&cell),
        source if column.personal && source.ends_with("phone") => mask::phone(&cell),
        _ if column.personal => mask::name(&cell),
        _ => cell,
    });
    each.collect()
}

fn unwritten(e: impl Into<WriteCause>) -> ApiError {
    ApiError::new(ErrorCode::DiskFailed).with("op", "write ledger").with("cause", e.into().0)
}

struct WriteCause(String);

impl From<WriteError> for WriteCause {
    fn from(e: WriteError) -> Self {
        Self(e.0)
    }
}

impl From<std::io::Error> for WriteCause {
    fn from(e: std::io::Error) -> Self {
        Self(e.to_string())
    }
}

//! A ledger goes out: page by page from the store, row by row into the file.

use std::fs::File;
use std::path::{Path, PathBuf};

use xunju_documents::ledger::{Format, Watermark, WriteError, Writer};
use xunju_domain::case::CaseState;
use xunju_domain::export::{self, Asked, Done, ExportState};
use xunju_domain::ledger::{Ledger, RowId, case_row, point};
use xunju_store::{Commit, Order, Query};

use super::beside::Wanted;
use super::files::on_disk;
use super::{Progress, go_on, ledger};
use crate::act::access::Access;
use crate::error::ApiError;
use crate::present::id::new_id;
use crate::present::{aside, make_aside};
use crate::refuse::Refused;
use crate::view::app::Host;
use crate::view::ledger::{LedgerExportRequest, LedgerFile, LedgerFormat};
use crate::{Api, Caller, doc};

/// States whose cases are in no ledger.
const LEFT_OUT: &[&str] = &["DRAFT", "VOID", "REJECTED", "MERGED"];

/// One export as it goes on.
pub(super) struct Out<'a> {
    pub ledger: &'static Ledger,
    pub asked: Asked,
    /// Personal data in clear.
    pub clear: bool,
    pub writer: Writer<File>,
    pub progress: Progress<'a>,
}

/// Where an export goes.
enum To {
    Web(File),
    Laptop(PathBuf),
}

impl Api {
    /// Writes a ledger. The access log has the export before the first row is written. Personal data is masked unless
    /// a second person has approved this very export, which can then be used once.
    ///
    /// # Errors
    /// `NotAllowed`, `NotFound` for a ledger there is not, `Invalid` without a reason, `IllegalTransition` for an
    /// approval that is none, `Stopped` by the person, disk failures. No file is left then.
    pub(crate) fn export_ledger(
        &self,
        caller: &Caller,
        asked: LedgerExportRequest,
        to: Option<&Path>,
        progress: Progress<'_>,
    ) -> Result<LedgerFile, ApiError> {
        let approval = asked.approval.as_deref().map(|id| self.export_state(id)).transpose()?;
        let choice = self.choice(caller, &asked, approval.as_ref())?;
        let ledger = ledger(caller, &choice.ledger)?;
        let at = self.now();
        let number = format!("DC-{}-{}", at.format("%Y%m%d"), self.export_tail()?);
        let name = format!("{}-{number}.{}", ledger.label.zh_hans, ending(asked.format));
        self.note_access(caller, access(ledger, &number, &choice.reason, approval.as_ref()))?;
        let user = self.names()?.of(&caller.user);
        let clear = approval.is_some();
        let mark =
            Watermark { number: number.clone(), user, at: at.format("%Y-%m-%d %H:%M").to_string(), masked: !clear };
        let (target, file) = self.target(caller, &name, to)?;
        let writer = Writer::new(file, format(asked.format), ledger, &mark).map_err(unwritten)?;
        let out = Out { ledger, asked: choice, clear, writer, progress };
        let rows = self.fill(caller, out, &number, approval.as_ref()).inspect_err(|_| {
            if let To::Laptop(path) = &target {
                // Half a file is none; one that cannot be removed is named by the error.
                let _gone = std::fs::remove_file(path);
            }
        })?;
        let (path, url) = match target {
            To::Laptop(path) => (Some(path.display().to_string()), None),
            To::Web(file) => (None, Some(self.hold_export(caller, &name, file)?)),
        };
        Ok(LedgerFile { number, ledger: ledger.id.clone(), rows, masked: !clear, name, path, url })
    }

    /// Every row, then the end of the file on the disk, then that the approval is used.
    fn fill(
        &self,
        caller: &Caller,
        mut out: Out<'_>,
        number: &str,
        approval: Option<&ExportState>,
    ) -> Result<u32, ApiError> {
        let rows =
            if out.ledger.of == "case" { self.cases_out(caller, &mut out)? } else { self.base_out(caller, &mut out)? };
        let file = out.writer.finish().map_err(unwritten)?;
        file.sync_all().map_err(on_disk)?;
        if let Some(state) = approval {
            let done = Done { number: number.to_owned(), rows };
            let event = export::used(state, &caller.author().person(), &done).refused()?;
            self.commit(Commit { events: vec![event], ..Commit::empty() }, &state.id)?;
        }
        Ok(rows)
    }

    /// What is taken out: an approval is for what was approved and nothing wider.
    fn choice(
        &self,
        caller: &Caller,
        asked: &LedgerExportRequest,
        approval: Option<&ExportState>,
    ) -> Result<Asked, ApiError> {
        if let Some(state) = approval {
            export::may_use(state, &caller.author().person()).refused()?;
            return Ok(state.asked.clone());
        }
        Ok(Asked {
            ledger: asked.ledger.clone(),
            compound: asked.compound.clone().unwrap_or_default(),
            status: asked.status.clone(),
            text: asked.text.clone(),
            reason: asked.reason.clone(),
        })
    }

    /// Unique without asking the server, so that a laptop in the field has a number too.
    fn export_tail(&self) -> Result<String, ApiError> {
        Ok(new_id(self.clock.wall_ms())?.chars().rev().take(8).collect())
    }

    fn target(&self, caller: &Caller, name: &str, to: Option<&Path>) -> Result<(To, File), ApiError> {
        if caller.host == Host::Web {
            let file = tempfile::tempfile().map_err(on_disk)?;
            return Ok((To::Web(file.try_clone().map_err(on_disk)?), file));
        }
        let (file, path) = match to {
            Some(path) => (make_aside(path)?, path.to_owned()),
            None => aside(name)?,
        };
        Ok((To::Laptop(path), file))
    }

    fn cases_out(&self, caller: &Caller, out: &mut Out<'_>) -> Result<u32, ApiError> {
        let known = self.known(caller)?;
        let wanted = Wanted::of(out.ledger, caller, out.clear);
        let states = xunju_domain::catalogue::standard().states.keys();
        let usual = || states.clone().filter(|s| !LEFT_OUT.contains(&s.as_str())).cloned().collect();
        let status: Vec<String> = if out.asked.status.is_empty() { usual() } else { out.asked.status.clone() };
        let compound = Some(&out.asked.compound).filter(|id| !id.is_empty()).map(|id| ("compound", id.clone()));
        let query = |category: &String| Query {
            status: status.clone(),
            text: out.asked.text.clone(),
            order: Order::Oldest,
            ..caller.cases([("category", category.clone())].into_iter().chain(compound.clone()).collect())
        };
        let queries: Vec<Query> = out.ledger.categories.iter().map(query).collect();
        let total = queries.iter().map(|q| self.store.count(q).refused()).sum::<Result<u32, ApiError>>()?;
        let mut done = 0;
        for query in &queries {
            self.each(query, |id, row| {
                let state: CaseState = doc(row)?;
                let beside = self.beside(wanted, &state)?;
                let cells = case_row(out.ledger, &state, &known, &beside, u64::from(done) + 1);
                let at = point(&state);
                let at = at.as_ref().map(|(lon, lat)| (lon.as_str(), lat.as_str()));
                let id = RowId::of(id, &state.heads, &[]).text();
                out.writer.row_at(&id, &cells, at).map_err(unwritten)?;
                done += 1;
                go_on(done, total, out.progress)
            })?;
        }
        Ok(done)
    }
}

fn access(ledger: &Ledger, number: &str, reason: &str, approval: Option<&ExportState>) -> Access {
    let personal = ledger.columns.iter().filter(|c| c.personal).map(|c| c.key.clone());
    let of = approval.map(|state| format!("export:{}", state.id));
    Access {
        action: "export",
        objects: [format!("ledger:{}", ledger.id), number.to_owned()].into_iter().chain(of).collect(),
        fields: if approval.is_some() { personal.collect() } else { Vec::new() },
        reason: reason.to_owned(),
    }
}

fn format(of: LedgerFormat) -> Format {
    match of {
        LedgerFormat::Xlsx => Format::Excel,
        LedgerFormat::Csv => Format::Csv,
        LedgerFormat::Geojson => Format::GeoJson,
    }
}

fn ending(of: LedgerFormat) -> &'static str {
    match of {
        LedgerFormat::Xlsx => "xlsx",
        LedgerFormat::Csv => "csv",
        LedgerFormat::Geojson => "geojson",
    }
}

pub(super) fn unwritten(e: WriteError) -> ApiError {
    on_disk(e.0)
}

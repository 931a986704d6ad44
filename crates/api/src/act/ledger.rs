//! 台账: the commands.

use std::path::Path;

use xunju_domain::import;
use xunju_domain::ledger::standard;
use xunju_domain::permission::{Action, may};

use crate::error::ApiError;
use crate::ledger::seen_by;
use crate::view::app::Nothing;
use crate::view::ledger::{
    ImportReport, ImportUndone, LedgerCard, LedgerExportRequest, LedgerFile, LedgerImportRef, LedgerImportRequest,
    LedgerJob, LedgerJobRef, LedgerList,
};
use crate::{Api, Caller};

pub(crate) use crate::ledger::{answer, ask, asked, imports};

/// Ledgers the caller may see.
///
/// # Errors
/// None.
pub fn list(_: &Api, caller: &Caller, _: Nothing) -> Result<LedgerList, ApiError> {
    let roles = caller.roles();
    let mine = standard().iter().filter(|l| may(&roles, seen_by(l)));
    let rows = mine.map(|l| LedgerCard {
        id: l.id.clone(),
        label: l.label.clone(),
        of: l.of.clone(),
        personal: l.columns.iter().any(|c| c.personal),
        may_import: may(&roles, import::action(l)),
    });
    Ok(LedgerList { rows: rows.collect(), may_take_out: may(&roles, Action::TakeOut) })
}

/// # Errors
/// `NotAllowed`, `NotFound`, `Invalid` without a reason, `IllegalTransition` for an approval that is none, `Stopped`.
pub fn export(api: &Api, caller: &Caller, asked: LedgerExportRequest) -> Result<LedgerFile, ApiError> {
    export_to(api, caller, asked, None)
}

/// The same into a file of the person's choosing, on a laptop.
///
/// # Errors
/// As [`export`].
pub fn export_to(
    api: &Api,
    caller: &Caller,
    asked: LedgerExportRequest,
    to: Option<&Path>,
) -> Result<LedgerFile, ApiError> {
    let job = asked.job.clone();
    api.jobs.run(caller, &job, |progress| api.export_ledger(caller, asked, to, progress))
}

/// How far a job of the caller's is.
///
/// # Errors
/// None.
pub fn job(api: &Api, caller: &Caller, of: LedgerJobRef) -> Result<LedgerJob, ApiError> {
    Ok(api.jobs.look(caller, &of.job))
}

/// Asks a job to end; whole rows stay.
///
/// # Errors
/// None.
pub fn stop(api: &Api, caller: &Caller, of: LedgerJobRef) -> Result<Nothing, ApiError> {
    api.jobs.stop(caller, &of.job);
    Ok(Nothing {})
}

/// What a file would do, and everything that is wrong with it. Writes nothing.
///
/// # Errors
/// `NotFound` for a file that was not handed over, `Invalid` at `file` with `problem`, `NotAllowed`.
pub fn preview(api: &Api, caller: &Caller, asked: LedgerImportRequest) -> Result<ImportReport, ApiError> {
    api.read_ledger(caller, &asked, false)
}

/// Writes what is right in a file.
///
/// # Errors
/// As [`preview`]; disk failures: rows written before stay whole.
pub fn import(api: &Api, caller: &Caller, asked: LedgerImportRequest) -> Result<ImportReport, ApiError> {
    api.read_ledger(caller, &asked, true)
}

/// # Errors
/// `NotAllowed`, `NotFound`, disk failures.
pub fn undo(api: &Api, caller: &Caller, of: LedgerImportRef) -> Result<ImportUndone, ApiError> {
    api.jobs.run(caller, &of.import, |progress| api.undo_import(caller, &of.import, progress))
}

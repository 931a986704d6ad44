//! 台账: out to a file, in from a file, and back again (domain.md §6).
mod approve;
mod beside;
mod case_rows;
mod door_rows;
mod entry_rows;
mod export;
mod files;
mod import;
mod jobs;
mod register;
mod report;
mod undo;

pub(crate) use approve::{answer, ask, asked};
pub(crate) use files::{Files, HandedOut};
pub(crate) use import::list as imports;
pub(crate) use jobs::Jobs;

use std::collections::BTreeMap;

use xunju_domain::company::CompanyState;
use xunju_domain::compound::CompoundState;
use xunju_domain::ledger::{Known, Ledger, Place, standard};
use xunju_domain::permission::Action;
use xunju_store::{Order, Query, RecordRow};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Done and in all; answers whether to go on.
pub(crate) type Progress<'a> = &'a mut dyn FnMut(u32, u32) -> bool;

/// Rows read at a time.
const PAGE: u32 = 500;

impl Api {
    /// Names that rows of a ledger need.
    fn known(&self, caller: &Caller) -> Result<Known, ApiError> {
        let query = |kind: &str| Query { kind: kind.into(), order: Order::Oldest, ..Query::default() };
        let mut known = Known {
            people: self.names()?.all(),
            compounds: BTreeMap::new(),
            companies: BTreeMap::new(),
            today: self.today().to_string(),
        };
        self.each(&query("compound"), |_, row| {
            let state: CompoundState = doc(row)?;
            if caller.scopes.has(&state.id) {
                let d = state.defined;
                let place = Place { name: d.name, address: d.address, committee: d.committee, grids: d.grids };
                known.compounds.insert(state.id, place);
            }
            Ok(())
        })?;
        self.each(&query("company"), |_, row| {
            let state: CompanyState = doc(row)?;
            known.companies.insert(state.id, (state.defined.credit_code, state.defined.name));
            Ok(())
        })?;
        Ok(known)
    }

    /// Every record that answers, oldest first, a page at a time: what is written meanwhile moves no page.
    fn each(
        &self,
        query: &Query,
        mut each: impl FnMut(&str, &RecordRow) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let mut after = Some(String::new());
        loop {
            let page = self.store.records(&Query { after: after.clone(), limit: PAGE, ..query.clone() }).refused()?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id.clone());
            page.iter().try_for_each(|row| each(&row.id, row))?;
        }
    }
}

/// A ledger the caller may see: cases for those who see cases, registers for those who see registers.
fn ledger(caller: &Caller, id: &str) -> Result<&'static Ledger, ApiError> {
    let unknown = || ApiError::new(ErrorCode::NotFound).at("ledger").with("what", id);
    let ledger = standard().iter().find(|l| l.id == id).ok_or_else(unknown)?;
    caller.require(seen_by(ledger))?;
    Ok(ledger)
}

pub(crate) fn seen_by(ledger: &Ledger) -> Action {
    if ledger.of == "case" { Action::See } else { Action::SeeBase }
}

fn go_on(done: u32, total: u32, progress: &mut dyn FnMut(u32, u32) -> bool) -> Result<(), ApiError> {
    if progress(done, total) { Ok(()) } else { Err(ApiError::new(ErrorCode::Stopped)) }
}

//! 台账: out to a file, in from a file, and back again (domain.md §6).
mod export;
mod import;
mod report;

pub use export::ExportRequest;
pub use report::{CellReport, Exported, ImportReport, Undone};
pub use xunju_documents::ledger::Format;

use xunju_domain::compound::CompoundState;
use xunju_domain::ledger::{Known, Ledger, standard};
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::{Api, doc};

/// Done and in all; answers whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u32, u32) -> bool;

impl Api {
    /// Names that rows of a ledger need.
    fn known(&self) -> Result<Known, ApiError> {
        let query = Query { kind: "compound".into(), order: Order::Oldest, limit: 20_000, ..Query::default() };
        let rows = self.store.records(&query).refused()?;
        let compounds = rows.iter().map(doc::<CompoundState>).collect::<Result<Vec<_>, _>>()?;
        Ok(Known {
            people: self.names()?.all(),
            committees: compounds.into_iter().map(|c| (c.id, c.defined.committee)).collect(),
            today: self.today().to_string(),
        })
    }
}

fn ledger(id: &str) -> Result<&'static Ledger, ApiError> {
    let unknown = || ApiError::new(ErrorCode::NotFound).at("ledger").with("what", id);
    standard().iter().find(|l| l.id == id).ok_or_else(unknown)
}

//! 台账: what a ledger's columns are, how a record fills a row of it, and what an edited row says (domain.md §6.1-6.3).
//!
//! Columns are data (`assets/ledgers/`). A column whose source is `none` has nothing behind it in this version: it
//! stands in the heading, as the town's form has it, and is empty, never invented.
mod base;
mod cases;
mod column;
mod fresh;
mod register;
mod row_id;
mod said;
mod typed;

pub use base::{Entry, row as base_row};
pub use cases::{Beside, Known, Place, masked_text, point, row as case_row};
pub use column::{Column, ColumnKind, Ledger, LedgerError, builtin, standard};
pub use fresh::{Fresh, NO_PHOTO, fresh, recorded};
pub use register::{company, compound, doorway, dwelling};
pub use row_id::RowId;
pub use said::CellProblem;
pub use typed::{Change, changes};

#[cfg(test)]
mod tests;

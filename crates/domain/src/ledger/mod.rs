//! 台账: what a ledger's columns are, and how a case or a compound fills a row of it (domain.md §6.1-6.3).
//!
//! Columns are data (`assets/ledgers/`). A column whose source is `none` has nothing behind it in this version: it
//! stands in the heading, as the town's form has it, and is empty, never invented.
mod base;
mod cases;
mod column;
mod typed;

pub use base::{Page, rows as base_rows};
pub use cases::{Known, masked_text, row as case_row};
pub use column::{Column, ColumnKind, Ledger, LedgerError, builtin, standard};
pub use typed::{CellProblem, Change, changes};

#[cfg(test)]
mod tests;

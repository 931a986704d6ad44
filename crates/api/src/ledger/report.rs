//! What is told of an export, an import, and of an import taken back.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Stands in the file, on every page, and in the access log.
    pub number: String,
    pub ledger: String,
    pub rows: u32,
    pub masked: bool,
}

/// One cell that cannot be taken, named as the spreadsheet names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellReport {
    pub sheet: String,
    /// `K17`; `17` for a whole row.
    pub cell: String,
    /// Heading of the column; empty for a whole row.
    pub column: String,
    /// `unknown_choice` | `not_a_number` | `out_of_range` | `too_long` | `not_editable` | `merged` | `error_value` |
    /// `no_record` | `unknown_record` | `twice` | `closed`
    pub problem: String,
    pub value: String,
    pub allowed: Vec<String>,
}

/// Every row of the file is counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// What takes it back; empty when nothing was written.
    pub import: String,
    pub ledger: String,
    pub sheet: String,
    pub rows: u32,
    pub same: u32,
    pub changed: u32,
    pub wrong: u32,
    /// Rows written so far: all that changed, unless it was stopped.
    pub written: u32,
    pub stopped: bool,
    /// The first problems; `wrong` counts all rows that have any.
    pub problems: Vec<CellReport>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Cases put back.
    pub restored: u32,
    /// `number: field`: changed by somebody since, without a value before, or closed; left as they are.
    pub kept: Vec<String>,
}

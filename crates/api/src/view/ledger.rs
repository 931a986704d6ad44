//! 台账: what goes out and comes in as files, and what is told of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xunju_domain::catalogue::Label;

/// One ledger the caller may see.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerCard {
    pub id: String,
    pub label: Label,
    /// `case` | `compound` | `doorway` | `dwelling` | `company`: what a row is.
    pub of: String,
    /// Whether some columns are personal data.
    pub personal: bool,
    pub may_import: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerList {
    pub rows: Vec<LedgerCard>,
    /// Whether the caller may ask for an export with personal data, or approve another's.
    pub may_take_out: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFormat {
    Xlsx,
    Csv,
    Geojson,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerExportRequest {
    pub ledger: String,
    pub format: LedgerFormat,
    /// Only these states; all that belong in a ledger when empty.
    #[serde(default)]
    pub status: Vec<String>,
    #[serde(default)]
    pub compound: Option<String>,
    /// Words of the search.
    #[serde(default)]
    pub text: String,
    /// Why: stands in the access log.
    pub reason: String,
    /// An approved export: its own choice of rows counts, and personal data is in clear.
    #[serde(default)]
    pub approval: Option<String>,
    /// A name of the caller's choosing, by which progress is asked for and the work stopped.
    #[serde(default)]
    pub job: String,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerFile {
    /// Stands in the file, on every page, and in the access log.
    pub number: String,
    pub ledger: String,
    pub rows: u32,
    pub masked: bool,
    pub name: String,
    /// On a laptop: where it lies.
    pub path: Option<String>,
    /// On the web: where it is fetched, once.
    pub url: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerJobRef {
    pub job: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct LedgerJob {
    pub running: bool,
    pub done: u32,
    /// Nothing while it is not known.
    pub total: u32,
}

/// A file that was handed over to be read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerUpload {
    pub file: String,
    pub name: String,
    pub bytes: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerImportRequest {
    pub file: String,
    /// Rows that may be a record that exists already are written too.
    #[serde(default)]
    pub duplicates: bool,
    #[serde(default)]
    pub job: String,
}

/// One cell with something to be said of it, named as the spreadsheet names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CellReport {
    pub sheet: String,
    /// `K17`; `17` for a whole row.
    pub cell: String,
    /// Heading of the column; empty for a whole row.
    pub column: String,
    /// `unknown_choice` | `not_a_number` | `not_a_date` | `out_of_range` | `too_long` | `required` | `not_editable` |
    /// `changed_since` | `merged` | `error_value` | `unknown_record` | `twice` | `closed` | `duplicate` | …
    pub problem: String,
    pub value: String,
    /// What may stand there; of a duplicate, what it may be.
    pub allowed: Vec<String>,
    /// Whether the row is kept out because of it.
    pub blocks: bool,
}

/// One row and what it would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowReport {
    pub row: u32,
    /// `created` | `changed`
    pub what: String,
    /// Number or place.
    pub label: String,
    pub cells: Vec<CellChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CellChange {
    pub column: String,
    pub before: String,
    pub after: String,
}

/// Every row of the file is counted once: `rows = same + changed + created + duplicates + wrong`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// What takes it back; empty when nothing was written.
    pub import: String,
    pub ledger: String,
    pub label: Label,
    pub sheet: String,
    pub rows: u32,
    pub same: u32,
    pub changed: u32,
    pub created: u32,
    /// Rows that may be a record that exists already, and were left out for it.
    pub duplicates: u32,
    pub wrong: u32,
    /// Rows written so far: all that were right, unless it was stopped.
    pub written: u32,
    pub stopped: bool,
    /// The first problems and remarks; `wrong` counts all rows that have any that block.
    pub problems: Vec<CellReport>,
    /// The first rows that change something.
    pub shown: Vec<RowReport>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LedgerImportRef {
    pub import: String,
}

/// One import, newest first in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportCard {
    pub id: String,
    pub ledger: Label,
    pub file: String,
    pub author: String,
    pub at_ms: i64,
    /// `begun` | `ended` | `undone`
    pub status: String,
    pub created: u32,
    pub changed: u32,
    pub stopped: bool,
    pub restored: u32,
    pub kept: u32,
    pub may_undo: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportUndone {
    /// Records put back.
    pub restored: u32,
    pub kept: Vec<KeptRecord>,
}

/// A record left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptRecord {
    /// Number or name.
    pub label: String,
    /// `changed_since` | `no_value_before` | `closed` | `in_use`
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAskRequest {
    pub ledger: String,
    #[serde(default)]
    pub compound: Option<String>,
    #[serde(default)]
    pub status: Vec<String>,
    #[serde(default)]
    pub text: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAnswerRequest {
    pub id: String,
    pub approved: bool,
    #[serde(default)]
    pub note: String,
}

/// One export with personal data, from the asking to the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportCard {
    pub id: String,
    pub ledger: String,
    pub label: Label,
    /// Name of the only compound; empty for all.
    pub compound: String,
    pub status: Vec<String>,
    pub text: String,
    pub reason: String,
    /// `asked` | `approved` | `refused` | `done`
    pub state: String,
    pub author: String,
    pub asked_ms: i64,
    pub answered_by: String,
    pub note: String,
    /// As the file says it, once taken out.
    pub number: String,
    pub rows: u32,
    pub may_answer: bool,
    pub may_use: bool,
}

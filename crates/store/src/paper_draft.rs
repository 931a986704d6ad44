//! Papers half filled in, on this machine alone.

use rusqlite::{OptionalExtension as _, params};

use crate::error::StoreError;
use crate::{Changed, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDraftRow {
    /// Also the id of the paper it will become: a crash between the two cannot make both stand.
    pub id: String,
    pub owner: String,
    /// `case:0192…`, `round:0192…`
    pub subject: String,
    pub template: String,
    /// JSON of the form.
    pub content: String,
    pub saved_ms: i64,
}

const COLUMNS: &str = "SELECT id, owner, subject, template, content, saved_ms FROM paper_draft";

impl Store {
    /// Keeps a half-filled paper; durable when this returns.
    ///
    /// # Errors
    /// `DiskFull` and other disk failures: what was saved last still stands.
    pub fn save_paper_draft(&self, draft: &PaperDraftRow) -> Result<Changed, StoreError> {
        let row = params![draft.id, draft.owner, draft.subject, draft.template, draft.content, draft.saved_ms];
        self.writer()?
            .db
            .prepare_cached(
                "INSERT INTO paper_draft VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (owner, subject, template) DO UPDATE SET content = excluded.content, saved_ms = excluded.saved_ms",
            )
            .and_then(|mut s| s.execute(row))
            .map_err(StoreError::sql("save paper draft"))?;
        Ok(Changed::topic("paper_draft"))
    }

    /// Somebody's half-filled papers of one thing, newest first.
    ///
    /// # Errors
    /// Disk failures.
    pub fn paper_drafts(&self, owner: &str, subject: &str) -> Result<Vec<PaperDraftRow>, StoreError> {
        self.reader()?
            .prepare_cached(&format!("{COLUMNS} WHERE owner = ?1 AND subject = ?2 ORDER BY saved_ms DESC, id"))
            .and_then(|mut s| s.query_map([owner, subject], row)?.collect())
            .map_err(StoreError::sql("read paper drafts"))
    }

    /// # Errors
    /// Disk failures.
    pub fn paper_draft(&self, owner: &str, subject: &str, template: &str) -> Result<Option<PaperDraftRow>, StoreError> {
        self.reader()?
            .prepare_cached(&format!("{COLUMNS} WHERE owner = ?1 AND subject = ?2 AND template = ?3"))
            .and_then(|mut s| s.query_row([owner, subject, template], row).optional())
            .map_err(StoreError::sql("read paper draft"))
    }

    /// # Errors
    /// Disk failures.
    pub fn drop_paper_draft(&self, owner: &str, subject: &str, template: &str) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute(
                "DELETE FROM paper_draft WHERE owner = ?1 AND subject = ?2 AND template = ?3",
                [owner, subject, template],
            )
            .map_err(StoreError::sql("drop paper draft"))?;
        Ok(Changed::topic("paper_draft"))
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PaperDraftRow> {
    Ok(PaperDraftRow {
        id: row.get(0)?,
        owner: row.get(1)?,
        subject: row.get(2)?,
        template: row.get(3)?,
        content: row.get(4)?,
        saved_ms: row.get(5)?,
    })
}

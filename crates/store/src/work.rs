//! Work in hand on this machine: drafts, the tray of imported photos, decisions in their grace, settings.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::commit::Commit;
use crate::error::StoreError;
use crate::identity::{set_setting, setting};
use crate::{Changed, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Also the id of the case it will become: a crash between the two cannot make both stand.
    pub id: String,
    pub owner: String,
    /// JSON of the form.
    pub content: String,
    pub created_ms: i64,
    pub saved_ms: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayRow {
    pub hash: String,
    /// JSON of the photo's facts.
    pub entry: String,
    pub imported_ms: i64,
}

/// A decision that does not count yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    pub id: String,
    pub owner: String,
    pub record: String,
    /// JSON of the decision.
    pub request: String,
    /// Monotonic milliseconds of `boot` when the grace ends.
    pub due_mono_ms: i64,
    pub boot: String,
    /// JSON of the error that kept it from being carried out.
    pub failed: Option<String>,
}

pub(crate) fn drop_finished(tx: &Transaction<'_>, commit: &Commit, changed: &mut Changed) -> Result<(), StoreError> {
    let run = |changed: &mut Changed| {
        if let Some(id) = &commit.drop_draft {
            tx.execute("DELETE FROM draft WHERE id = ?1", [id])?;
            changed.topics.insert("draft".to_owned());
        }
        if let Some(id) = &commit.drop_paper_draft {
            tx.execute("DELETE FROM paper_draft WHERE id = ?1", [id])?;
            changed.topics.insert("paper_draft".to_owned());
        }
        if let Some(id) = &commit.drop_held {
            tx.execute("DELETE FROM held WHERE id = ?1", [id])?;
            changed.topics.insert("review".to_owned());
        }
        for (owner, hash) in &commit.drop_tray {
            tx.execute("DELETE FROM tray WHERE owner = ?1 AND hash = ?2", (owner, hash))?;
            changed.topics.insert("tray".to_owned());
        }
        Ok(())
    };
    run(changed).map_err(StoreError::sql("finish work"))
}

/// After a roll-forward: the draft of a case that is recorded, of a paper that is issued, is done.
pub(crate) fn drop_recorded_draft(db: &Connection, record: &str) -> Result<(), StoreError> {
    let (statement, id) = match record.split_once(':') {
        Some(("paper", id)) => ("DELETE FROM paper_draft WHERE id = ?1", id),
        Some((_, id)) => ("DELETE FROM draft WHERE id = ?1", id),
        None => return Ok(()),
    };
    db.execute(statement, [id]).map(|_| ()).map_err(StoreError::sql("drop draft"))
}

impl Store {
    /// Keeps a draft; durable when this returns.
    ///
    /// # Errors
    /// `DiskFull` and other disk failures: the draft as last saved still stands.
    pub fn save_draft(&self, draft: &DraftRow) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .prepare_cached(
                "INSERT INTO draft VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET content = excluded.content, saved_ms = excluded.saved_ms",
            )
            .and_then(|mut s| s.execute(params![draft.id, draft.owner, draft.content, draft.created_ms, draft.saved_ms]))
            .map_err(StoreError::sql("save draft"))?;
        Ok(Changed::topic("draft"))
    }

    /// # Errors
    /// Disk failures.
    pub fn drafts(&self, owner: &str) -> Result<Vec<DraftRow>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT id, owner, content, created_ms, saved_ms FROM draft WHERE owner = ?1 ORDER BY saved_ms DESC, id")
            .and_then(|mut s| s.query_map([owner], draft_row)?.collect())
            .map_err(StoreError::sql("read drafts"))
    }

    /// # Errors
    /// Disk failures.
    pub fn draft(&self, owner: &str, id: &str) -> Result<Option<DraftRow>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT id, owner, content, created_ms, saved_ms FROM draft WHERE owner = ?1 AND id = ?2")
            .and_then(|mut s| s.query_row([owner, id], draft_row).optional())
            .map_err(StoreError::sql("read draft"))
    }

    /// # Errors
    /// Disk failures.
    pub fn drop_draft(&self, owner: &str, id: &str) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute("DELETE FROM draft WHERE owner = ?1 AND id = ?2", [owner, id])
            .map_err(StoreError::sql("drop draft"))?;
        Ok(Changed::topic("draft"))
    }

    /// # Errors
    /// Disk failures.
    pub fn put_tray(&self, owner: &str, photo: &TrayRow) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute(
                "INSERT INTO tray (owner, hash, entry, imported_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                params![owner, photo.hash, photo.entry, photo.imported_ms],
            )
            .map_err(StoreError::sql("put in tray"))?;
        Ok(Changed::topic("tray"))
    }

    /// Every file of the vault that has a row: of events, of trays, and of what was taken out of one; hashes in hex.
    ///
    /// # Errors
    /// Disk failures.
    pub fn files_with_rows(&self) -> Result<BTreeSet<String>, StoreError> {
        self.reader()?
            .prepare(
                "SELECT lower(hex(hash)) FROM blob
                 UNION SELECT value FROM (SELECT entry FROM tray UNION ALL SELECT entry FROM dropped) e, json_each(e.entry)
                   WHERE key IN ('hash', 'thumb', 'preview') AND value IS NOT NULL",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::sql("read files"))
    }

    /// Newest first.
    ///
    /// # Errors
    /// Disk failures.
    pub fn tray(&self, owner: &str) -> Result<Vec<TrayRow>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT hash, entry, imported_ms FROM tray WHERE owner = ?1 ORDER BY imported_ms DESC, hash",
            )
            .and_then(|mut s| {
                s.query_map([owner], |row| {
                    Ok(TrayRow { hash: row.get(0)?, entry: row.get(1)?, imported_ms: row.get(2)? })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read tray"))
    }

    /// Takes a photo out of the tray. Its bytes stay in the vault.
    ///
    /// # Errors
    /// Disk failures.
    pub fn drop_tray(&self, owner: &str, hash: &str) -> Result<Changed, StoreError> {
        let mut writer = self.writer()?;
        let drop = |db: &mut Connection| {
            let tx = db.transaction()?;
            tx.execute(
                "INSERT OR REPLACE INTO dropped SELECT hash, entry FROM tray WHERE owner = ?1 AND hash = ?2",
                [owner, hash],
            )?;
            tx.execute("DELETE FROM tray WHERE owner = ?1 AND hash = ?2", [owner, hash])?;
            tx.commit()
        };
        drop(&mut writer.db).map_err(StoreError::sql("drop from tray"))?;
        Ok(Changed::topic("tray"))
    }

    /// # Errors
    /// Disk failures.
    pub fn hold(&self, held: &HeldRow) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute(
                "INSERT OR REPLACE INTO held VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![held.id, held.owner, held.record, held.request, held.due_mono_ms, held.boot, held.failed],
            )
            .map_err(StoreError::sql("hold decision"))?;
        Ok(Changed::topic("review"))
    }

    /// Decisions of one person, or of everybody.
    ///
    /// # Errors
    /// Disk failures.
    pub fn held(&self, owner: Option<&str>) -> Result<Vec<HeldRow>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT id, owner, record, request, due_mono_ms, boot, failed FROM held WHERE ?1 IS NULL OR owner = ?1 ORDER BY id")
            .and_then(|mut s| {
                s.query_map([owner], |row| {
                    Ok(HeldRow {
                        id: row.get(0)?,
                        owner: row.get(1)?,
                        record: row.get(2)?,
                        request: row.get(3)?,
                        due_mono_ms: row.get(4)?,
                        boot: row.get(5)?,
                        failed: row.get(6)?,
                    })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read held"))
    }

    /// Takes a held decision back; says whether it was still there.
    ///
    /// # Errors
    /// Disk failures.
    pub fn drop_held(&self, owner: &str, id: &str) -> Result<bool, StoreError> {
        self.writer()?
            .db
            .execute("DELETE FROM held WHERE owner = ?1 AND id = ?2", [owner, id])
            .map(|dropped| dropped > 0)
            .map_err(StoreError::sql("drop held"))
    }

    /// # Errors
    /// Disk failures.
    pub fn setting(&self, owner: &str, key: &str) -> Result<Option<String>, StoreError> {
        setting(&*self.reader()?, owner, key)
    }

    /// # Errors
    /// Disk failures.
    pub fn set_setting(&self, owner: &str, key: &str, value: &str) -> Result<Changed, StoreError> {
        set_setting(&self.writer()?.db, owner, key, value)?;
        Ok(Changed::topic(key))
    }
}

fn draft_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: row.get(0)?,
        owner: row.get(1)?,
        content: row.get(2)?,
        created_ms: row.get(3)?,
        saved_ms: row.get(4)?,
    })
}

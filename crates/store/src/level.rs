//! How far the town keeps what was delivered: in a checked backup, under a time stamp (sync.md §7.4). And which of its
//! own originals a laptop may let go of: a last copy never (I3).

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use xunju_evidence::Hash;

use crate::error::StoreError;
use crate::identity::{OWNER, set_setting, setting};
use crate::{Changed, Store};

const LEVELS: &str = "log_levels";

/// How far something holds the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Everything up to this event of the log.
    pub size: u64,
    /// Server's clock, milliseconds since 1970.
    pub at_ms: i64,
}

/// What the server said last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    pub backed: Option<Reach>,
    pub stamped: Option<Reach>,
    /// The backup after which this laptop asked about its files.
    pub asked_ms: Option<i64>,
}

/// How far an event has come at the town beyond being received (sync.md §7.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// In a signed checkpoint that this machine saw.
    pub logged: bool,
    pub backed_up: bool,
    pub stamped: bool,
}

/// Originals this machine let go of, and those it could.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freed {
    pub freed: u64,
    pub freeable: u64,
    pub freeable_bytes: u64,
}

/// What the server said counts no more: it was put back from an older copy.
pub(crate) fn forget(db: &Connection) -> Result<(), StoreError> {
    set_setting(db, OWNER, LEVELS, "")
}

impl Levels {
    /// `logged`: events of the log this machine saw a checkpoint of.
    pub(crate) fn of(&self, seq: Option<u64>, logged: u64) -> Kept {
        let within = |reach: Option<Reach>| reach.zip(seq).is_some_and(|(reach, seq)| seq <= reach.size);
        Kept {
            logged: seq.is_some_and(|seq| seq <= logged),
            backed_up: within(self.backed),
            stamped: within(self.stamped),
        }
    }
}

impl Store {
    /// # Errors
    /// Disk failures.
    pub fn levels(&self) -> Result<Levels, StoreError> {
        let text = setting(&*self.reader()?, OWNER, LEVELS)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// # Errors
    /// Disk failures.
    pub fn set_levels(&self, levels: &Levels) -> Result<Changed, StoreError> {
        let text = serde_json::to_string(levels).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        set_setting(&self.writer()?.db, OWNER, LEVELS, &text)?;
        let mut changed = Changed::topic("sync");
        changed.merge(Changed::topic("photo"));
        Ok(changed)
    }

    /// Files the server has whole that no backup was said to hold, after a hash: the next so many.
    ///
    /// # Errors
    /// Disk failures.
    pub fn not_backed(&self, after: Option<&Hash>, limit: usize) -> Result<Vec<Hash>, StoreError> {
        self.hashes(
            "SELECT hash FROM blob WHERE lane = 3 AND backed = 0 AND (receipt IS NOT NULL OR mine = 0) AND hash > ?1
             ORDER BY hash LIMIT ?2",
            params![after.map_or(&[][..], |hash| &hash.0), limit],
        )
    }

    /// The server said that a checked backup holds them, or that none does.
    ///
    /// # Errors
    /// Disk failures.
    pub fn mark_backed(&self, hashes: &[Hash], backed: bool) -> Result<Changed, StoreError> {
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        for hash in hashes {
            tx.prepare_cached("UPDATE blob SET backed = ?2 WHERE hash = ?1")
                .and_then(|mut s| s.execute((hash.0, backed)))
                .map_err(StoreError::sql("mark backed up"))?;
        }
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(Changed::topic("photo"))
    }

    /// Originals here that a backup holds too, the oldest first.
    ///
    /// # Errors
    /// Disk failures.
    pub fn freeable(&self, limit: usize) -> Result<Vec<Hash>, StoreError> {
        self.hashes(
            "SELECT hash FROM blob WHERE lane = 3 AND backed = 1 AND here = 1 AND missing = 0
             AND (receipt IS NOT NULL OR mine = 0) ORDER BY since_ms, hash LIMIT ?1",
            params![limit],
        )
    }

    /// Lets go of an original in the row first: cut off in between, a file too many stays, never one too few.
    /// False where it may not be.
    ///
    /// # Errors
    /// Disk failures.
    pub fn free(&self, hash: &Hash) -> Result<bool, StoreError> {
        self.writer()?
            .db
            .execute(
                "UPDATE blob SET here = 0, wanted = 0, freed = 1 WHERE hash = ?1 AND lane = 3 AND backed = 1 AND here = 1
                 AND missing = 0 AND (receipt IS NOT NULL OR mine = 0)",
                [hash.0],
            )
            .map(|changed| changed == 1)
            .map_err(StoreError::sql("let go of original"))
    }

    /// Let go of in the row, the file perhaps still there.
    ///
    /// # Errors
    /// Disk failures.
    pub fn half_freed(&self) -> Result<Vec<Hash>, StoreError> {
        self.hashes("SELECT hash FROM blob WHERE freed = 1 AND here = 0 ORDER BY hash", [])
    }

    /// # Errors
    /// Disk failures.
    pub fn file_gone(&self, hash: &Hash) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute("UPDATE blob SET freed = 2 WHERE hash = ?1 AND freed = 1 AND here = 0", [hash.0])
            .map_err(StoreError::sql("let go of original"))?;
        Ok(Changed::topic("photo"))
    }

    /// # Errors
    /// Disk failures.
    pub fn freed(&self) -> Result<Freed, StoreError> {
        self.reader()?
            .query_row(
                "SELECT (SELECT count(*) FROM blob WHERE freed > 0), count(*), coalesce(sum(bytes), 0) FROM blob
                 WHERE lane = 3 AND backed = 1 AND here = 1 AND missing = 0",
                [],
                |row| Ok(Freed { freed: row.get(0)?, freeable: row.get(1)?, freeable_bytes: row.get(2)? }),
            )
            .map_err(StoreError::sql("count originals"))
    }

    /// Own events a backup does not hold yet, of those the server has.
    ///
    /// # Errors
    /// Disk failures.
    pub fn events_not_backed(&self) -> Result<u32, StoreError> {
        let upto = self.levels()?.backed.map_or(0, |backed| backed.size);
        self.reader()?
            .query_row(
                "SELECT count(*) FROM event WHERE mine = 1 AND recv_ms IS NOT NULL AND (seq IS NULL OR seq > ?1)",
                [upto],
                |row| row.get(0),
            )
            .map_err(StoreError::sql("count events"))
    }

    fn hashes(&self, sql: &str, by: impl rusqlite::Params) -> Result<Vec<Hash>, StoreError> {
        self.reader()?
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(by, |row| row.get(0).map(Hash))?.collect())
            .map_err(StoreError::sql("read originals"))
    }
}

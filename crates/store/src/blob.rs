//! Files that events vouch for: which are here, which the server has, which to fetch. Bytes live in the vault.

use rusqlite::{Connection, OptionalExtension as _, params};
use xunju_evidence::{BlobReceipt, Countersigned, EventBody, Hash};

use crate::error::StoreError;
use crate::{Changed, Store, level};

/// Thumbnails leave first, then previews, then originals (sync.md §8.4).
pub const LANE_THUMB: u8 = 1;
pub const LANE_PREVIEW: u8 = 2;
pub const LANE_ORIGINAL: u8 = 3;

/// The next file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub hash: Hash,
    pub bytes: u64,
    pub lane: u8,
}

/// The next file to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub hash: Hash,
    pub bytes: u64,
    pub lane: u8,
}

/// Where a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobState {
    pub bytes: u64,
    pub lane: u8,
    pub mine: bool,
    pub here: bool,
    pub sent_offset: u64,
    pub verified: bool,
    pub missing: bool,
    /// A checked backup of the town holds it.
    pub backed: bool,
}

const ARRIVED: &str = "UPDATE blob SET here = 1, missing = 0, freed = 0 WHERE hash = ?1";

/// An original that an event names and that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    pub hash: Hash,
    pub bytes: u64,
    pub record: String,
    pub scope: String,
    /// The device that recorded it, which has it.
    pub dev: String,
    /// Server's clock.
    pub recv_ms: i64,
}

/// Rows for the files an event names. Own files are here; others' thumbnails and previews are wanted at once.
pub(crate) fn note(db: &Connection, event: &Hash, body: &EventBody, mine: bool, here: bool) -> Result<(), StoreError> {
    let mut insert = db
        .prepare_cached(
            "INSERT INTO blob (hash, bytes, lane, event, record, mine, here, wanted, since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (hash) DO UPDATE SET mine = max(mine, excluded.mine), here = max(here, excluded.here)",
        )
        .map_err(StoreError::sql("note photo"))?;
    for blob in &body.blobs {
        let parts = [
            (Some((blob.h, blob.n)), LANE_ORIGINAL),
            (blob.preview.as_ref().map(|p| (p.h, p.n)), LANE_PREVIEW),
            (blob.thumb.as_ref().map(|p| (p.h, p.n)), LANE_THUMB),
        ];
        for (hash, bytes, lane) in parts.into_iter().filter_map(|(part, lane)| part.map(|(h, n)| (h, n, lane))) {
            let wanted = !here && lane < LANE_ORIGINAL;
            insert
                .execute(params![hash.0, bytes, lane, event.0, body.record, mine, here, wanted, body.t.wall])
                .map_err(StoreError::sql("note photo"))?;
        }
    }
    Ok(())
}

impl Store {
    /// The next file to send, of lanes up to `max_lane` and not among `skip`: only files of events the server
    /// has received, a started one before a fresh one.
    ///
    /// # Errors
    /// Disk failures.
    pub fn next_upload(&self, max_lane: u8, skip: &[Hash]) -> Result<Option<Upload>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT b.hash, b.bytes, b.lane FROM blob b JOIN event e ON e.hash = b.event
                 WHERE b.mine = 1 AND b.receipt IS NULL AND b.here = 1 AND b.missing = 0 AND b.lane <= ?1 AND e.recv_ms IS NOT NULL
                   AND instr(?2, hex(b.hash)) = 0
                 ORDER BY b.lane, b.sent_offset = 0, b.since_ms, b.hash LIMIT 1",
            )
            .and_then(|mut s| {
                s.query_row((max_lane, skipped(skip)), |row| Ok(Upload { hash: Hash(row.get(0)?), bytes: row.get(1)?, lane: row.get(2)? }))
                    .optional()
            })
            .map_err(StoreError::sql("next upload"))
    }

    /// The next file to fetch: what a person asked for to look at comes with its lane's turn.
    ///
    /// # Errors
    /// Disk failures.
    pub fn next_download(&self, skip: &[Hash]) -> Result<Option<Download>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT hash, bytes, lane FROM blob WHERE wanted = 1 AND here = 0 AND instr(?1, hex(hash)) = 0
                 ORDER BY lane, since_ms DESC, hash LIMIT 1",
            )
            .and_then(|mut s| {
                s.query_row([skipped(skip)], |row| {
                    Ok(Download { hash: Hash(row.get(0)?), bytes: row.get(1)?, lane: row.get(2)? })
                })
                .optional()
            })
            .map_err(StoreError::sql("next download"))
    }

    /// Every original of a received event that is not here, the longest awaited first. Files that came by a way this store
    /// was not told of are said with [`Self::blobs_arrived`].
    ///
    /// # Errors
    /// Disk failures.
    pub fn absent(&self) -> Result<Vec<Absent>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT b.hash, b.bytes, b.record, e.scope, e.dev, e.recv_ms FROM blob b JOIN event e ON e.hash = b.event
                 WHERE b.lane = 3 AND b.here = 0 AND e.aside = 0 AND e.recv_ms IS NOT NULL ORDER BY e.recv_ms, b.hash",
            )
            .and_then(|mut s| {
                s.query_map([], |row| {
                    Ok(Absent {
                        hash: Hash(row.get(0)?),
                        bytes: row.get(1)?,
                        record: row.get(2)?,
                        scope: row.get(3)?,
                        dev: row.get(4)?,
                        recv_ms: row.get(5)?,
                    })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read missing photos"))
    }

    /// How many own originals no server has confirmed that were taken in before a moment of this machine's clock, and the
    /// oldest's moment.
    ///
    /// # Errors
    /// Disk failures.
    pub fn only_here(&self, before_ms: i64) -> Result<Option<(u32, i64)>, StoreError> {
        self.reader()?
            .query_row(
                "SELECT count(*), min(since_ms) FROM blob WHERE mine = 1 AND lane = 3 AND receipt IS NULL AND since_ms < ?1",
                [before_ms],
                |row| Ok(row.get::<_, Option<i64>>(1)?.map(|oldest| (row.get(0), oldest))),
            )
            .and_then(|found| found.map(|(count, oldest)| Ok((count?, oldest))).transpose())
            .map_err(StoreError::sql("read photos"))
    }

    /// Durable bytes at the server, as it reported them.
    ///
    /// # Errors
    /// Disk failures.
    pub fn upload_progress(&self, hash: &Hash, offset: u64) -> Result<Changed, StoreError> {
        self.set_blob(hash, "UPDATE blob SET sent_offset = ?2 WHERE hash = ?1", Some(offset))
    }

    /// The server's signed word that it holds the file whole; the caller has verified the signature.
    ///
    /// # Errors
    /// Disk failures.
    pub fn blob_verified(&self, receipt: &Countersigned<BlobReceipt>) -> Result<Changed, StoreError> {
        let text = serde_json::to_string(receipt).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        self.writer()?
            .db
            .execute("UPDATE blob SET receipt = ?2, sent_offset = bytes WHERE hash = ?1", (receipt.said.hash.0, text))
            .map_err(StoreError::sql("keep photo receipt"))?;
        Ok(photo_changed())
    }

    /// # Errors
    /// Disk failures.
    pub fn blob_arrived(&self, hash: &Hash) -> Result<Changed, StoreError> {
        self.blobs_arrived(&[*hash])?;
        Ok(photo_changed())
    }

    /// The same of many, at once.
    ///
    /// # Errors
    /// Disk failures.
    pub fn blobs_arrived(&self, hashes: &[Hash]) -> Result<(), StoreError> {
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        for hash in hashes {
            tx.prepare_cached(ARRIVED)
                .and_then(|mut s| s.execute([hash.0]))
                .map_err(StoreError::sql("update photo"))?;
        }
        tx.commit().map_err(StoreError::sql("commit"))
    }

    /// A file that should be in the vault is not: an error state, never a deletion.
    ///
    /// # Errors
    /// Disk failures.
    pub fn blob_missing(&self, hash: &Hash) -> Result<Changed, StoreError> {
        self.set_blob(hash, "UPDATE blob SET missing = 1 WHERE hash = ?1 AND ?2 IS NULL", None)
    }

    /// Files that should be in the vault and were not when they were to be sent.
    ///
    /// # Errors
    /// Disk failures.
    pub fn missing_files(&self) -> Result<Vec<Hash>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT hash FROM blob WHERE missing = 1")
            .and_then(|mut s| s.query_map([], |row| row.get(0).map(Hash))?.collect())
            .map_err(StoreError::sql("read missing photos"))
    }

    /// Asks for a file that is not here, such as an original looked at full size.
    ///
    /// # Errors
    /// Disk failures.
    pub fn want_blob(&self, hash: &Hash) -> Result<Changed, StoreError> {
        self.set_blob(hash, "UPDATE blob SET wanted = 1 WHERE hash = ?1 AND ?2 IS NULL", None)
    }

    fn set_blob(&self, hash: &Hash, sql: &str, value: Option<u64>) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.execute((hash.0, value)))
            .map_err(StoreError::sql("update photo"))?;
        Ok(photo_changed())
    }

    /// # Errors
    /// Disk failures.
    pub fn blob_state(&self, hash: &Hash) -> Result<Option<BlobState>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT bytes, lane, mine, here, sent_offset, receipt IS NOT NULL, missing, backed FROM blob WHERE hash = ?1",
            )
            .and_then(|mut s| {
                s.query_row([hash.0], |row| {
                    Ok(BlobState {
                        bytes: row.get(0)?,
                        lane: row.get(1)?,
                        mine: row.get(2)?,
                        here: row.get(3)?,
                        sent_offset: row.get(4)?,
                        verified: row.get(5)?,
                        missing: row.get(6)?,
                        backed: row.get(7)?,
                    })
                })
                .optional()
            })
            .map_err(StoreError::sql("read photo"))
    }

    /// The server was put back from an older copy: files it signed for may be gone, and are offered again; what it said
    /// of its backups counts no more.
    ///
    /// # Errors
    /// Disk failures.
    pub fn forget_promises(&self) -> Result<Changed, StoreError> {
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        tx.execute("UPDATE blob SET receipt = NULL, sent_offset = 0, backed = 0 WHERE mine = 1 AND here = 1", [])
            .map_err(StoreError::sql("offer photos again"))?;
        level::forget(&tx)?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(photo_changed())
    }

    /// The record whose event first named a file.
    ///
    /// # Errors
    /// Disk failures.
    pub fn blob_record(&self, hash: &Hash) -> Result<Option<String>, StoreError> {
        self.reader()?
            .query_row("SELECT record FROM blob WHERE hash = ?1", [hash.0], |row| row.get(0))
            .optional()
            .map_err(StoreError::sql("read photo"))
    }
}

/// Hashes as one text to look a row's hash up in: a handful at most, set aside after failures.
fn skipped(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| hash.hex().to_uppercase()).collect::<Vec<_>>().join(" ")
}

fn photo_changed() -> Changed {
    let mut changed = Changed::topic("photo");
    changed.merge(Changed::topic("sync"));
    changed
}

//! A scope this person no longer has (sync.md §5.4): what others said there goes from this machine, what was said here
//! goes when a checked backup of the town holds it, and what is not delivered stays and is delivered.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use xunju_evidence::{EventBody, Hash};

use crate::error::StoreError;
use crate::identity::{OWNER, set_setting, setting};
use crate::{Store, journal};

const LEAVING: &str = "leaving";
/// What went of each scope and is not yet wiped and said.
const UNWIPED: &str = "unwiped";

/// What went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Events of others.
    pub events: u64,
    /// Own events of which only number, id and receipt stay.
    pub own: u64,
    /// Own events that stay whole until a backup holds them; nobody is shown them.
    pub own_waiting: u64,
    pub files: u64,
}

/// Own events go when a backup holds them and every original of theirs. `?2`: how far the backup reaches. The place of
/// one that was delivered after the scope was gone is never told; a later one of the same chain stands behind it.
const OWN_HELD: &str = "event.mine = 1 AND event.recv_ms IS NOT NULL
  AND EXISTS (SELECT 1 FROM event l WHERE l.mine = 1 AND l.inc = event.inc AND l.n >= event.n AND l.seq <= ?2)
  AND NOT EXISTS (
    SELECT 1 FROM blob o WHERE o.event = event.hash AND o.lane = 3 AND o.mine = 1 AND o.backed = 0)";

/// The server said which scopes it no longer gives; one it gives again is not left.
pub(crate) fn note(db: &Connection, granted: &[String], revoked: &[String]) -> Result<(), StoreError> {
    let before = leaving(db)?;
    let mut now = before.clone();
    now.extend(revoked.iter().cloned());
    now.retain(|scope| !granted.contains(scope));
    if now == before { Ok(()) } else { keep(db, &now) }
}

fn leaving(db: &Connection) -> Result<BTreeSet<String>, StoreError> {
    kept(db, LEAVING)
}

fn keep(db: &Connection, scopes: &BTreeSet<String>) -> Result<(), StoreError> {
    write(db, LEAVING, scopes)
}

fn unwiped(db: &Connection) -> Result<BTreeMap<String, Left>, StoreError> {
    kept(db, UNWIPED)
}

/// In the transaction in which it goes: a stop before the wiping cannot forget it.
fn note_unwiped(db: &Connection, scope: &str, left: &Left) -> Result<(), StoreError> {
    if left.events + left.own + left.files == 0 {
        return Ok(());
    }
    let mut all = unwiped(db)?;
    let sum = all.entry(scope.to_owned()).or_default();
    sum.events += left.events;
    sum.own += left.own;
    sum.files += left.files;
    write(db, UNWIPED, &all)
}

fn kept<T: DeserializeOwned + Default>(db: &Connection, key: &str) -> Result<T, StoreError> {
    let text = setting(db, OWNER, key)?.filter(|text| !text.is_empty());
    text.map_or(Ok(T::default()), |text| {
        serde_json::from_str(&text).map_err(|e| StoreError::Corrupt { what: format!("{key}: {e}") })
    })
}

fn write<T: Serialize>(db: &Connection, key: &str, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
    set_setting(db, OWNER, key, &text)
}

impl Store {
    /// Scopes that are to be left.
    ///
    /// # Errors
    /// Disk failures.
    pub fn leaving(&self) -> Result<Vec<String>, StoreError> {
        Ok(leaving(&*self.reader()?)?.into_iter().collect())
    }

    /// Whether everything said here in a scope has its receipt, with its files.
    ///
    /// # Errors
    /// Disk failures.
    pub fn drained(&self, scope: &str) -> Result<bool, StoreError> {
        self.reader()?
            .query_row(
                "SELECT NOT EXISTS (SELECT 1 FROM event WHERE scope = ?1 AND mine = 1 AND recv_ms IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM blob b JOIN event e ON e.hash = b.event
                                 WHERE e.scope = ?1 AND b.mine = 1 AND b.receipt IS NULL AND (b.here = 1 OR b.missing = 1))",
                [scope],
                |row| row.get(0),
            )
            .map_err(StoreError::sql("read outbox"))
    }

    /// Files that go with a scope: no other names them. They are removed first; a stop before [`Store::leave`] leaves rows
    /// without files, which go the next time, never files without rows.
    ///
    /// # Errors
    /// Disk failures.
    pub fn files_to_go(&self, scope: &str) -> Result<Vec<Hash>, StoreError> {
        let backed = self.backed_upto()?;
        let db = self.reader()?;
        let named = named_elsewhere(&db, scope)?;
        let files = files(&db, scope, backed).map_err(StoreError::sql("leave scope"))?;
        Ok(files.into_iter().filter(|file| !named.contains_key(file)).collect())
    }

    /// Lets a scope go in the database, in one transaction. Again after a stop in between, it does the rest.
    ///
    /// # Errors
    /// Disk failures: then nothing changed.
    pub fn leave(&self, scope: &str) -> Result<Left, StoreError> {
        let backed = self.backed_upto()?;
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        let named = named_elsewhere(&tx, scope)?;
        let left = leave(&tx, scope, backed, &named).map_err(StoreError::sql("leave scope"))?;
        note_unwiped(&tx, scope, &left)?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(left)
    }

    fn backed_upto(&self) -> Result<u64, StoreError> {
        Ok(self.levels()?.backed.map_or(0, |backed| backed.size))
    }

    /// What went of a scope, also before a stop, and is not yet wiped and said.
    ///
    /// # Errors
    /// Disk failures.
    pub fn unwiped(&self, scope: &str) -> Result<Option<Left>, StoreError> {
        Ok(unwiped(&*self.reader()?)?.remove(scope))
    }

    /// It is wiped, and said.
    ///
    /// # Errors
    /// Disk failures.
    pub fn wiped(&self, scope: &str) -> Result<(), StoreError> {
        let writer = self.writer()?;
        let mut all = unwiped(&writer.db)?;
        all.remove(scope);
        write(&writer.db, UNWIPED, &all)
    }

    /// Nothing of it is left: it need not be left again.
    ///
    /// # Errors
    /// Disk failures.
    pub fn left(&self, scope: &str) -> Result<(), StoreError> {
        let writer = self.writer()?;
        let mut now = leaving(&writer.db)?;
        now.remove(scope);
        keep(&writer.db, &now)
    }

    /// Freed pages are given back and overwritten, the write-ahead log is folded in and cut to nothing, copies from before
    /// an upgrade are removed, and the second journal keeps only what still stands whole. False where a reader at work held
    /// up the cutting: to be done again.
    ///
    /// # Errors
    /// Disk failures.
    pub fn wipe_freed(&self) -> Result<bool, StoreError> {
        let mut writer = self.writer()?;
        writer.db.execute_batch("VACUUM").map_err(StoreError::sql("give back pages"))?;
        let busy = writer.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        let cut = busy.map_err(StoreError::sql("cut write-ahead log"))? == 0;
        for entry in std::fs::read_dir(&self.dir).map_err(StoreError::io("list", &self.dir))? {
            let path = entry.map_err(StoreError::io("list", &self.dir))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("app.db.schema-") || name.starts_with("outbox.journal.") {
                std::fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
            }
        }
        let crate::Writer { db, journal } = &mut *writer;
        let stands = |id: &Hash| -> Result<bool, StoreError> {
            db.prepare_cached("SELECT EXISTS (SELECT 1 FROM event WHERE hash = ?1 AND length(body) > 0)")
                .and_then(|mut s| s.query_row([id.0], |row| row.get(0)))
                .map_err(StoreError::sql("look up event"))
        };
        journal::keep(journal, &self.dir, stands)?;
        Ok(cut)
    }
}

/// Every file that events of the scope brought here, of those that go.
fn files(db: &Connection, scope: &str, backed: u64) -> rusqlite::Result<Vec<Hash>> {
    let sql = format!(
        "SELECT b.hash FROM blob b JOIN event ON event.hash = b.event WHERE event.scope = ?1 AND (event.mine = 0 OR ({OWN_HELD}))"
    );
    db.prepare(&sql)?.query_map((scope, backed), |row| row.get(0).map(Hash))?.collect()
}

fn leave(db: &Connection, scope: &str, backed: u64, named: &BTreeMap<Hash, (Hash, String)>) -> rusqlite::Result<Left> {
    forget_records(db, scope)?;
    let mut left = Left::default();
    let going = files(db, scope, backed)?;
    // Before their files' rows go, which say what is held.
    let own = format!(
        "UPDATE event SET body = x'', record = '', kind = '', actor = '' WHERE scope = ?1 AND {OWN_HELD} AND length(body) > 0"
    );
    left.own = db.execute(&own, (scope, backed))? as u64;
    for file in going {
        match named.get(&file) {
            Some((event, record)) => {
                db.execute(
                    "UPDATE blob SET event = ?2, record = ?3 WHERE hash = ?1",
                    params![file.0, event.0, record],
                )?;
            }
            None => {
                db.execute("DELETE FROM blob WHERE hash = ?1", [file.0])?;
                db.execute("DELETE FROM look WHERE original = ?1", [file.0])?;
                left.files += 1;
            }
        }
    }
    left.events = db.execute("DELETE FROM event WHERE scope = ?1 AND mine = 0", [scope])? as u64;
    let waiting = "SELECT count(*) FROM event WHERE scope = ?1 AND mine = 1 AND length(body) > 0";
    left.own_waiting = db.query_row(waiting, [scope], |row| row.get(0))?;
    db.execute("DELETE FROM cursor WHERE scope = ?1", [scope])?;
    Ok(left)
}

/// What the records of a scope are found, listed and followed by.
fn forget_records(db: &Connection, scope: &str) -> rusqlite::Result<()> {
    let sql = "SELECT id FROM record WHERE scope = ?1 UNION SELECT record FROM event WHERE scope = ?1 AND record <> ''";
    let records: Vec<String> = db.prepare(sql)?.query_map([scope], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for record in &records {
        db.execute("DELETE FROM word WHERE rowid IN (SELECT doc FROM found WHERE record = ?1)", [record])?;
        for table in ["found", "facet", "head", "held"] {
            db.execute(&format!("DELETE FROM {table} WHERE record = ?1"), [record])?;
        }
        db.execute("DELETE FROM paper_draft WHERE subject = ?1", [record])?;
        db.execute("DELETE FROM record WHERE id = ?1", [record])?;
    }
    Ok(())
}

/// Files that events of other scopes name, too: which event, of which record.
fn named_elsewhere(db: &Connection, scope: &str) -> Result<BTreeMap<Hash, (Hash, String)>, StoreError> {
    let failed = |e| StoreError::Sql { op: "read files of others", source: e };
    let sql = "SELECT hash, record, body FROM event WHERE scope <> ?1 AND instr(body, '\"blobs\"') > 0";
    let mut stmt = db.prepare(sql).map_err(failed)?;
    let mut rows = stmt.query([scope]).map_err(failed)?;
    let mut named = BTreeMap::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let read =
            || -> rusqlite::Result<(Hash, String, Vec<u8>)> { Ok((Hash(row.get(0)?), row.get(1)?, row.get(2)?)) };
        let (event, record, body) = read().map_err(failed)?;
        for blob in EventBody::parse(&body)?.blobs {
            let parts = [Some(blob.h), blob.thumb.map(|part| part.h), blob.preview.map(|part| part.h)];
            named.extend(parts.into_iter().flatten().map(|hash| (hash, (event, record.clone()))));
        }
    }
    Ok(named)
}

//! Records refolded whole from their raw events at every change: no patching, so no drift (sync.md §2.2).

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use xunju_domain::event::{BlobPart, BlobRef, FoldEvent, Projection};
use xunju_domain::record;
use xunju_evidence::{Blob, EventBody, Hash, SignedEvent};

use crate::error::StoreError;
use crate::{Store, search};

/// Raised when `domain`'s fold changes its answer; older rows are then refolded at start.
pub(crate) const FOLD_VERSION: u32 = 5;

/// What the fold reads of one stored event.
pub(crate) fn fold_event(
    id: &Hash,
    body: EventBody,
    server: &str,
    seq: Option<u64>,
    received_ms: Option<i64>,
) -> FoldEvent {
    FoldEvent {
        id: id.hex(),
        parents: body.parents.iter().map(Hash::hex).collect(),
        kind: body.kind,
        tv: body.tv,
        by_server: body.dev == server,
        actor: body.actor,
        device: body.dev,
        inc: body.inc,
        n: body.n,
        wall_ms: body.t.wall,
        estimate: body.t.estimate(),
        tz: body.t.tz,
        blobs: body.blobs.iter().map(blob_ref).collect(),
        data: body.data,
        seq,
        received_ms,
    }
}

fn blob_ref(blob: &Blob) -> BlobRef {
    let part = |part: &xunju_evidence::BlobPart| BlobPart { h: part.h.hex(), n: part.n };
    BlobRef {
        h: blob.h.hex(),
        n: blob.n,
        m: blob.m.clone(),
        role: blob.role.clone(),
        thumb: blob.thumb.as_ref().map(part),
        preview: blob.preview.as_ref().map(part),
        facts: blob.facts.clone(),
    }
}

/// Set while what others said waits to be placed in the log of a new epoch.
pub(crate) const UNPLACED: &str = "unplaced";

/// Every event of a record, as the fold reads them. What others said and the log does not hold does not count.
pub(crate) fn events_of(db: &Connection, record: &str, server: &str) -> Result<Vec<FoldEvent>, StoreError> {
    let mut statement = db
        .prepare_cached(
            "SELECT hash, body, seq, recv_ms FROM event WHERE record = ?1 AND (mine = 1 OR seq IS NOT NULL) AND aside = 0",
        )
        .map_err(StoreError::sql("read record"))?;
    let rows = statement
        .query_map([record], |row| Ok((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?, row.get(2)?, row.get(3)?)))
        .map_err(StoreError::sql("read record"))?;
    rows.map(|row| {
        let (id, body, seq, received_ms) = row.map_err(StoreError::sql("read record"))?;
        Ok(fold_event(&id, EventBody::parse(&body)?, server, seq, received_ms))
    })
    .collect()
}

/// Replaces a record's projection by what its events now say.
pub(crate) fn refold(db: &Connection, record: &str, scope: &str, server: &str) -> Result<(), StoreError> {
    let events = events_of(db, record, server)?;
    if let Some(projection) = record::project(record, scope, &events) {
        write(db, record, &projection).map_err(StoreError::sql("write projection"))?;
    }
    Ok(())
}

fn write(db: &Connection, record: &str, projection: &Projection) -> Result<(), rusqlite::Error> {
    let Projection { kind, scope, status, due, search, facets, doc } = projection;
    db.prepare_cached("INSERT OR REPLACE INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        record,
        kind,
        scope,
        status,
        due,
        search,
        doc.to_string(),
        FOLD_VERSION
    ])?;
    db.prepare_cached("DELETE FROM facet WHERE record = ?1")?.execute([record])?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO facet VALUES (?1, ?2, ?3)")?;
    facets.iter().try_for_each(|(key, value)| insert.execute((record, key, value)).map(|_| ()))?;
    search::write(db, record, projection)
}

/// Adds an event's row and moves the record's heads. Says whether the event is new here.
pub(crate) fn insert(
    db: &Connection,
    id: &Hash,
    event: &SignedEvent,
    body: &EventBody,
    mine: bool,
    received: Option<(u64, i64)>,
) -> Result<bool, StoreError> {
    let run = || {
        let added = db
            .prepare_cached(
                "INSERT OR IGNORE INTO event (hash, dev, inc, n, record, scope, kind, actor, body, suite, sig, wall_ms, mine, seq, recv_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                id.0, body.dev, body.inc, body.n, body.record, body.scope, body.kind, body.actor, event.body, event.suite,
                event.sig, body.t.wall, mine, received.map(|r| r.0), received.map(|r| r.1)
            ])?;
        if added == 0 {
            return Ok(false);
        }
        let mut unhead = db.prepare_cached("DELETE FROM head WHERE record = ?1 AND hash = ?2")?;
        for parent in &body.parents {
            unhead.execute((&body.record, parent.0))?;
        }
        // A late parent must not become a head again below a child that came first.
        let hex = id.hex();
        let has_child = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM event, json_each(CAST(event.body AS TEXT), '$.parents') AS p WHERE event.record = ?1 AND p.value = ?2)")?
            .query_row((&body.record, &hex), |row| row.get::<_, bool>(0))?;
        if !has_child {
            db.prepare_cached("INSERT OR IGNORE INTO head VALUES (?1, ?2)")?.execute((&body.record, id.0))?;
        }
        Ok(true)
    };
    run().map_err(StoreError::sql("insert event"))
}

pub(crate) fn heads(db: &Connection, record: &str) -> Result<Vec<Hash>, StoreError> {
    let mut statement = db
        .prepare_cached("SELECT hash FROM head WHERE record = ?1 ORDER BY hash")
        .map_err(StoreError::sql("read heads"))?;
    let rows = statement.query_map([record], |row| row.get(0).map(Hash)).map_err(StoreError::sql("read heads"))?;
    rows.collect::<Result<_, _>>().map_err(StoreError::sql("read heads"))
}

/// After a new epoch was read whole: records with events that the log no longer holds are folded without them, and
/// what is written next follows what counts. Says which.
pub(crate) fn without_unplaced(db: &Connection, server: &str) -> Result<Vec<String>, StoreError> {
    let records: Vec<(String, String)> = db
        .prepare("SELECT DISTINCT record, scope FROM event WHERE mine = 0 AND seq IS NULL")
        .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .map_err(StoreError::sql("read unplaced"))?;
    for (record, scope) in &records {
        refold(db, record, scope, server)?;
        let standing = events_of(db, record, server)?;
        let followed: BTreeSet<&str> = standing.iter().flat_map(|e| e.parents.iter().map(String::as_str)).collect();
        db.execute("DELETE FROM head WHERE record = ?1", [record]).map_err(StoreError::sql("read unplaced"))?;
        for head in standing.iter().filter(|e| !followed.contains(e.id.as_str())) {
            db.execute("INSERT INTO head VALUES (?1, unhex(?2))", (record, &head.id))
                .map_err(StoreError::sql("read unplaced"))?;
        }
    }
    Ok(records.into_iter().map(|(record, _)| record).collect())
}

impl Store {
    /// Refolds every record whose row was made by an older fold.
    pub(crate) fn refold_outdated(&self) -> Result<(), StoreError> {
        let Some(identity) = self.identity()? else { return Ok(()) };
        let server = identity.server_key.device_id();
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        let outdated: Vec<(String, String)> = tx
            .prepare("SELECT id, scope FROM record WHERE fold_version <> ?1")
            .and_then(|mut s| s.query_map([FOLD_VERSION], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::sql("read outdated"))?;
        for (record, scope) in &outdated {
            refold(&tx, record, scope, &server)?;
        }
        tx.commit().map_err(StoreError::sql("commit"))
    }
}

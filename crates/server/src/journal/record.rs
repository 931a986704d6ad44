//! Records as the log holds them: the events of one record, ready to be folded.

use rusqlite::{Connection, OptionalExtension as _};
use xunju_domain::event::{BlobPart, BlobRef, FoldEvent};
use xunju_evidence::{Blob, EventBody, Hash};

use crate::error::{Result, ServerError};

/// A record's standing events in the order of the log; what is in quarantine stands aside.
///
/// # Errors
/// `Sql`; `Body` when a stored body does not read.
pub fn events(conn: &Connection, record: &str, server_dev: &str) -> Result<Vec<FoldEvent>> {
    let sql = "SELECT id, seq, recv_ms, body FROM log WHERE record = ?1
               AND NOT EXISTS (SELECT 1 FROM quarantine WHERE quarantine.seq = log.seq) ORDER BY seq";
    let rows: Vec<(Hash, u64, i64, Vec<u8>)> = conn
        .prepare_cached(sql)
        .and_then(|mut stmt| {
            stmt.query_map([record], |row| Ok((Hash(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
        })
        .map_err(ServerError::sql("read record"))?;
    rows.into_iter()
        .map(|(id, seq, recv_ms, body)| {
            Ok(fold_event(&id, &EventBody::parse(&body)?, server_dev, Some((seq, recv_ms))))
        })
        .collect()
}

/// The scope a record lives under: that of its first standing event. None for a record never seen.
///
/// # Errors
/// `Sql`.
pub fn scope(conn: &Connection, record: &str) -> Result<Option<String>> {
    let sql = "SELECT scope FROM log WHERE record = ?1
               AND NOT EXISTS (SELECT 1 FROM quarantine WHERE quarantine.seq = log.seq) ORDER BY seq LIMIT 1";
    conn.prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row([record], |row| row.get(0)).optional())
        .map_err(ServerError::sql("read scope of record"))
}

/// Every record of a kind under a scope.
///
/// # Errors
/// `Sql`.
pub fn named(conn: &Connection, kind: &str, scope: &str) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT record FROM log WHERE record >= ?1 AND record < ?2 AND scope = ?3 ORDER BY record";
    conn.prepare_cached(sql)
        .and_then(|mut stmt| {
            stmt.query_map((format!("{kind}:"), format!("{kind};"), scope), |row| row.get(0))?.collect()
        })
        .map_err(ServerError::sql("list records"))
}

/// What the fold reads of an event.
#[must_use]
pub fn fold_event(id: &Hash, body: &EventBody, server_dev: &str, place: Option<(u64, i64)>) -> FoldEvent {
    FoldEvent {
        id: id.hex(),
        parents: body.parents.iter().map(Hash::hex).collect(),
        kind: body.kind.clone(),
        tv: body.tv,
        actor: body.actor.clone(),
        device: body.dev.clone(),
        inc: body.inc,
        n: body.n,
        by_server: body.dev == server_dev,
        wall_ms: body.t.wall,
        tz: body.t.tz.clone(),
        estimate: body.t.estimate(),
        blobs: body.blobs.iter().map(blob).collect(),
        data: body.data.clone(),
        seq: place.map(|(seq, _)| seq),
        received_ms: place.map(|(_, recv_ms)| recv_ms),
    }
}

fn blob(blob: &Blob) -> BlobRef {
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

/// Events of the record that nothing in it follows yet.
#[must_use]
pub fn heads(events: &[FoldEvent]) -> Vec<Hash> {
    let followed: std::collections::BTreeSet<&str> =
        events.iter().flat_map(|e| e.parents.iter().map(String::as_str)).collect();
    events.iter().filter(|e| !followed.contains(e.id.as_str())).filter_map(|e| e.id.parse().ok()).collect()
}

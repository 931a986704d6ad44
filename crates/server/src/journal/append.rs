//! The sequencer: dense numbers in the log and dense positions in each scope, given out inside the
//! transaction (sync.md §6.3). A number is never given twice and none is left out.

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::{EventBody, Hash, SignedEvent, scope};

use super::Tx;
use super::{chain, tree};
use crate::error::{Result, ServerError};

/// Everything authentic that stands in the log has been through here.
#[derive(Debug, Clone)]
pub struct Appended {
    pub seq: u64,
    pub id: Hash,
    pub recv_ms: i64,
}

/// Puts an event into the log and moves its chain. Positions in scopes are another step ([`index`]),
/// because who may see it is judged first.
///
/// # Errors
/// `Sql`; the caller has checked the chain.
pub fn append(tx: &Tx<'_>, event: &SignedEvent, body: &EventBody) -> Result<Appended> {
    append_at(tx, event, body, tx.clock.now_ms())
}

/// The same with the time it was first received: of an event that comes back.
///
/// # Errors
/// As [`append`].
pub fn append_at(tx: &Tx<'_>, event: &SignedEvent, body: &EventBody, recv_ms: i64) -> Result<Appended> {
    let id = event.id();
    let missing = body.parents.iter().map(|parent| has(tx.conn, parent)).collect::<Result<Vec<_>>>()?.contains(&false);
    let seq = next_seq(tx.conn)?;
    let sql =
        "INSERT INTO log(seq, id, dev, inc, n, record, scope, kind, actor, recv_ms, body, suite, sig, missing_parent)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    tx.conn
        .prepare_cached(sql)
        .and_then(|mut stmt| {
            stmt.execute(rusqlite::params![
                seq,
                id.0,
                body.dev,
                body.inc,
                body.n,
                body.record,
                body.scope,
                body.kind,
                body.actor,
                recv_ms,
                event.body,
                event.suite,
                event.sig,
                missing,
            ])
        })
        .map_err(ServerError::sql("append event"))?;
    tree::grow(tx.conn)?;
    chain::advance(tx, &body.dev, body.inc, body.n, &id)?;
    refer(tx, seq, body)?;
    Ok(Appended { seq, id, recv_ms })
}

/// Makes an event visible under a scope, at its end. Doing it twice changes nothing.
///
/// # Errors
/// `Sql`, `Corrupt`.
pub fn index(tx: &Tx<'_>, scope_name: &str, appended: &Appended) -> Result<()> {
    let known = tx
        .conn
        .prepare_cached("SELECT 1 FROM scope_index WHERE seq = ?1 AND scope = ?2")
        .and_then(|mut stmt| stmt.exists((appended.seq, scope_name)))
        .map_err(ServerError::sql("look for position"))?;
    if known {
        return Ok(());
    }
    let (pos, before) = end(tx.conn, scope_name)?;
    let hash = scope::extend(&before, &appended.id);
    tx.conn
        .prepare_cached("INSERT INTO scope_index(scope, pos, seq, hash) VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut stmt| stmt.execute((scope_name, pos + 1, appended.seq, hash.0)))
        .map_err(ServerError::sql("index event"))?;
    tx.touch(scope_name);
    Ok(())
}

/// Where a scope ends: its last position and the rolling hash there.
///
/// # Errors
/// `Sql`.
pub fn end(conn: &Connection, scope_name: &str) -> Result<(u64, Hash)> {
    let row = conn
        .prepare_cached("SELECT pos, hash FROM scope_index WHERE scope = ?1 ORDER BY pos DESC LIMIT 1")
        .and_then(|mut stmt| stmt.query_row([scope_name], |row| Ok((row.get(0)?, Hash(row.get(1)?)))).optional())
        .map_err(ServerError::sql("read end of scope"))?;
    Ok(row.unwrap_or((0, scope::EMPTY)))
}

/// Whether the log holds an event.
///
/// # Errors
/// `Sql`.
pub fn has(conn: &Connection, id: &Hash) -> Result<bool> {
    conn.prepare_cached("SELECT 1 FROM log WHERE id = ?1")
        .and_then(|mut stmt| stmt.exists([id.0]))
        .map_err(ServerError::sql("look for event"))
}

fn next_seq(conn: &Connection) -> Result<u64> {
    let sql = "SELECT coalesce(max(seq), 0) + 1 FROM log";
    conn.prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row([], |row| row.get(0)))
        .map_err(ServerError::sql("next number"))
}

/// Notes every file the event vouches for: the original and its renditions.
fn refer(tx: &Tx<'_>, seq: u64, body: &EventBody) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO blob_ref(hash, seq, dev, bytes, role) VALUES (?1, ?2, ?3, ?4, ?5)";
    for blob in &body.blobs {
        let parts = [("thumb", &blob.thumb), ("preview", &blob.preview)];
        let parts = parts.into_iter().filter_map(|(role, part)| part.as_ref().map(|part| (role, part.h, part.n)));
        for (role, hash, bytes) in std::iter::once(("original", blob.h, blob.n)).chain(parts) {
            tx.conn
                .prepare_cached(sql)
                .and_then(|mut stmt| stmt.execute((hash.0, seq, &body.dev, bytes, role)))
                .map_err(ServerError::sql("note file"))?;
        }
    }
    Ok(())
}

//! How far what was received has come (sync.md §7.4): received, under a checkpoint, in a checked backup, under a time
//! stamp.

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::Hash;
use xunju_sync::Reach;

use super::Tx;
use crate::error::{Result, ServerError};

/// The backup that holds most of the log, with when the last one was taken; none before the first.
///
/// # Errors
/// `Sql`.
pub fn backed(conn: &Connection) -> Result<Option<Reach>> {
    reach(conn, "SELECT size, (SELECT max(taken_ms) FROM backup) FROM backup ORDER BY size DESC LIMIT 1")
}

/// The largest checkpoint under a time stamp.
///
/// # Errors
/// `Sql`.
pub fn stamped(conn: &Connection) -> Result<Option<Reach>> {
    reach(conn, "SELECT size, at_ms FROM stamp ORDER BY size DESC, at_ms LIMIT 1")
}

fn reach(conn: &Connection, sql: &str) -> Result<Option<Reach>> {
    conn.prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row([], |row| Ok(Reach { size: row.get(0)?, at_ms: row.get(1)? })).optional())
        .map_err(ServerError::sql("read how far the log is kept"))
}

/// Notes a checked backup: up to which event of the log, and where.
///
/// # Errors
/// `Sql`.
pub fn note_backup(tx: &Tx<'_>, size: u64, taken_ms: i64, place: &str) -> Result<()> {
    tx.conn
        .execute("INSERT OR IGNORE INTO backup(size, taken_ms, place) VALUES (?1, ?2, ?3)", (size, taken_ms, place))
        .map(drop)
        .map_err(ServerError::sql("note backup"))
}

/// Keeps a time stamp over the checkpoint of a size: the token as it was given, checked by the caller.
///
/// # Errors
/// `Sql`.
pub fn note_stamp(tx: &Tx<'_>, size: u64, token: &[u8]) -> Result<()> {
    tx.conn
        .execute("INSERT INTO stamp(size, at_ms, token) VALUES (?1, ?2, ?3)", (size, tx.clock.now_ms(), token))
        .map(drop)
        .map_err(ServerError::sql("keep time stamp"))
}

/// A stamped checkpoint: its note and the token over it.
///
/// # Errors
/// `Sql`.
pub fn stamp(conn: &Connection, size: u64) -> Result<Option<(String, Vec<u8>)>> {
    let sql = "SELECT c.note, s.token FROM stamp s JOIN checkpoint c ON c.size = s.size WHERE s.size = ?1
               ORDER BY s.at_ms LIMIT 1";
    conn.prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row([size], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(ServerError::sql("read time stamp"))
}

/// Notes files that a checked backup holds.
///
/// # Errors
/// `Sql`.
pub fn note_files(tx: &Tx<'_>, hashes: &[Hash]) -> Result<()> {
    let mut stmt = tx
        .conn
        .prepare_cached("UPDATE blob SET backed = 1 WHERE hash = ?1 AND backed = 0")
        .map_err(ServerError::sql("note files of backup"))?;
    for hash in hashes {
        stmt.execute([hash.0]).map_err(ServerError::sql("note files of backup"))?;
    }
    Ok(())
}

/// Whether a checked backup holds the file.
///
/// # Errors
/// `Sql`.
pub fn holds(conn: &Connection, hash: &Hash) -> Result<bool> {
    conn.prepare_cached("SELECT 1 FROM blob WHERE hash = ?1 AND backed = 1")
        .and_then(|mut stmt| stmt.exists([hash.0]))
        .map_err(ServerError::sql("look for file in backup"))
}

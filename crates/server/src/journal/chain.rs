//! Device chains as the server holds them, and the other branch where one was written twice (sync.md §3.3).

use rusqlite::{Connection, OptionalExtension as _, Row};
use xunju_evidence::{EventBody, Hash, Head, SignedEvent};
use xunju_sync::server::{ChainRow, ChainView};

use super::Tx;
use crate::error::{Result, ServerError};

/// Where the chain stands; empty for one never seen.
///
/// # Errors
/// `Sql`.
pub fn head(conn: &Connection, dev: &str, inc: u32) -> Result<Head> {
    let row = conn
        .prepare_cached("SELECT n, head FROM chain WHERE dev = ?1 AND inc = ?2")
        .and_then(|mut stmt| {
            stmt.query_row((dev, inc), |row| Ok(Head { n: row.get(0)?, hash: Hash(row.get(1)?) })).optional()
        })
        .map_err(ServerError::sql("read chain"))?;
    Ok(row.unwrap_or_default())
}

/// What the server holds of the chain (dev, inc) between two numbers, on every branch.
///
/// # Errors
/// `Sql`.
pub fn view(conn: &Connection, dev: &str, inc: u32, from_n: u64, to_n: u64) -> Result<ChainView> {
    let sql = "SELECT n, id, 0 AS branch, recv_ms FROM log WHERE dev = ?1 AND inc = ?2 AND n BETWEEN ?3 AND ?4
               UNION ALL
               SELECT n, id, branch, recv_ms FROM fork WHERE dev = ?1 AND inc = ?2 AND n BETWEEN ?3 AND ?4";
    let row = |row: &Row<'_>| {
        Ok(ChainRow { n: row.get(0)?, id: Hash(row.get(1)?), branch: row.get(2)?, recv_ms: row.get(3)? })
    };
    let rows = conn
        .prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_map((dev, inc, from_n, to_n), row)?.collect())
        .map_err(ServerError::sql("read chain"))?;
    let branch_max = conn
        .prepare_cached("SELECT coalesce(max(branch), 0) FROM fork WHERE dev = ?1 AND inc = ?2")
        .and_then(|mut stmt| stmt.query_row((dev, inc), |row| row.get(0)))
        .map_err(ServerError::sql("read branches"))?;
    Ok(ChainView { head: head(conn, dev, inc)?, branch_max, rows })
}

pub(super) fn advance(tx: &Tx<'_>, dev: &str, inc: u32, n: u64, head: &Hash) -> Result<()> {
    let sql = "INSERT INTO chain(dev, inc, n, head) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT(dev, inc) DO UPDATE SET n = excluded.n, head = excluded.head";
    tx.conn
        .prepare_cached(sql)
        .and_then(|mut stmt| stmt.execute((dev, inc, n, head.0)))
        .map_err(ServerError::sql("advance chain"))?;
    Ok(())
}

/// An event off the main branch, kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    pub recv_ms: i64,
    /// The chain was not marked before.
    pub first: bool,
}

/// Keeps an event of another branch and marks the chain.
///
/// # Errors
/// `Sql`.
pub fn keep_fork(tx: &Tx<'_>, branch: u32, event: &SignedEvent, body: &EventBody) -> Result<Kept> {
    let sql = "INSERT INTO fork(dev, inc, branch, n, id, recv_ms, body, suite, sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (id, now) = (event.id(), tx.clock.now_ms());
    tx.conn
        .prepare_cached(sql)
        .and_then(|mut stmt| {
            stmt.execute((&body.dev, body.inc, branch, body.n, id.0, now, &event.body, event.suite, &event.sig))
        })
        .map_err(ServerError::sql("keep fork"))?;
    let sql = "UPDATE chain SET forked_at = ?3 WHERE dev = ?1 AND inc = ?2 AND forked_at IS NULL";
    let marked = tx.conn.execute(sql, (&body.dev, body.inc, body.n)).map_err(ServerError::sql("mark fork"))?;
    Ok(Kept { recv_ms: now, first: marked == 1 })
}

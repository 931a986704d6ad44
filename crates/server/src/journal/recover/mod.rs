//! A server put back from an older backup is completed by its laptops, without giving a number twice (sync.md §6.4).
//!
//! [`take`] what a laptop brings: everybody's events with their place in the lost log. [`finish`] makes the log of it
//! again. Where it comes out as the laptops saw it, it simply goes on; else a new epoch begins, under a signed note that
//! binds what was kept and what was seen. Until then nothing new is taken, and nothing is said.

mod finish;
mod take;

use rusqlite::Connection;
use serde::Serialize;

use super::town;
use crate::error::{Result, ServerError};

pub use finish::{Finished, RESTORED, Restored, finish};
pub use take::take;

/// When a laptop asks again.
pub const RETRY_MS: u32 = 10_000;

/// How far a recovery has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recovery {
    /// Events the backup held.
    pub kept: u64,
    /// The largest checkpoint a laptop showed; none beyond `kept`.
    pub seen: Option<u64>,
    /// Events brought, each place counted once.
    pub brought: u64,
    /// Places up to `seen` that nobody brought.
    pub missing: u64,
    /// Laptops that brought all they have.
    pub heard: Vec<String>,
    /// Laptops in use that have not: those that were ever heard before the backup, or since it was put back.
    pub waiting: Vec<String>,
}

/// None where nothing is being recovered.
///
/// # Errors
/// `Sql`.
pub fn recovery(conn: &Connection) -> Result<Option<Recovery>> {
    let Some(kept) = town::read(conn)?.recovering else { return Ok(None) };
    let failed = |e| ServerError::Sql { op: "read recovery", source: e };
    let count = |sql: &str, upto: u64| conn.query_row(sql, (kept, upto), |row| row.get::<_, u64>(0)).map_err(failed);
    let seen: Option<u64> = conn
        .query_row("SELECT max(size) FROM recovered_from WHERE size > ?1", [kept], |row| row.get(0))
        .map_err(failed)?;
    let places = "SELECT count(DISTINCT seq) FROM recovered WHERE seq > ?1 AND seq <= ?2";
    let brought = count(places, i64::MAX as u64)?;
    let missing = seen.map_or(Ok(0), |seen| count(places, seen).map(|there| seen - kept - there))?;
    let names = |sql: &str| -> Result<Vec<String>> {
        let mut stmt = conn.prepare(sql).map_err(failed)?;
        stmt.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)
    };
    let heard = names("SELECT dev FROM recovered_from WHERE whole = 1 ORDER BY dev")?;
    let waiting = names(
        "SELECT name || ' ' || dev FROM directory_device d WHERE kind = 'laptop' AND revoked = 0
         AND EXISTS (SELECT 1 FROM contact c WHERE c.dev = d.dev)
         AND NOT EXISTS (SELECT 1 FROM recovered_from r WHERE r.dev = d.dev AND r.whole = 1) ORDER BY 1",
    )?;
    Ok(Some(Recovery { kept, seen, brought, missing, heard, waiting }))
}

/// The last note that says where the log went on from an older state of itself.
///
/// # Errors
/// `Sql`.
pub fn fork_note(conn: &Connection) -> Result<Option<String>> {
    use rusqlite::OptionalExtension as _;
    conn.prepare_cached("SELECT note FROM fork_note ORDER BY epoch DESC LIMIT 1")
        .and_then(|mut stmt| stmt.query_row([], |row| row.get(0)).optional())
        .map_err(ServerError::sql("read fork note"))
}

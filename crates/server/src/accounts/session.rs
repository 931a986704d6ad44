//! Sessions: random tokens, of which the server keeps only the hash.

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::hash::to_hex;

use crate::error::{Result, ServerError};
use crate::journal::Tx;
use crate::secret;

/// A working day; then the password again.
pub const LIFE_MS: i64 = 12 * 3_600_000;
/// An empty chair.
const IDLE_MS: i64 = 2 * 3_600_000;
/// How often "seen" is written.
const SEEN_STEP_MS: i64 = 60_000;

const KIND: &str = "session";

/// Begins a session; the token goes to the browser and nowhere else.
///
/// # Errors
/// `Sql`.
pub fn begin(tx: &Tx<'_>, user: &str) -> Result<String> {
    let token = to_hex(&secret::bytes32()?);
    let now = tx.clock.now_ms();
    tx.conn
        .execute("DELETE FROM session WHERE created_ms < ?1 OR seen_ms < ?2", (now - LIFE_MS, now - IDLE_MS))
        .map_err(ServerError::sql("sweep sessions"))?;
    tx.conn
        .execute(
            "INSERT INTO session(token, user, created_ms, seen_ms) VALUES (?1, ?2, ?3, ?3)",
            (secret::fingerprint(KIND, &token), user, now),
        )
        .map_err(ServerError::sql("begin session"))?;
    Ok(token)
}

/// Whose session it is, and whether it is time to note that it lives.
///
/// # Errors
/// `Sql`.
pub fn user_of(conn: &Connection, token: &str, now_ms: i64) -> Result<Option<(String, bool)>> {
    let sql = "SELECT user, seen_ms FROM session WHERE token = ?1 AND created_ms >= ?2 AND seen_ms >= ?3";
    let row: Option<(String, i64)> = conn
        .prepare_cached(sql)
        .and_then(|mut stmt| {
            let key = (secret::fingerprint(KIND, token), now_ms - LIFE_MS, now_ms - IDLE_MS);
            stmt.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
        .map_err(ServerError::sql("read session"))?;
    Ok(row.map(|(user, seen_ms)| (user, now_ms - seen_ms > SEEN_STEP_MS)))
}

/// Notes that somebody is there.
///
/// # Errors
/// `Sql`.
pub fn seen(tx: &Tx<'_>, token: &str) -> Result<()> {
    tx.conn
        .execute(
            "UPDATE session SET seen_ms = ?2 WHERE token = ?1",
            (secret::fingerprint(KIND, token), tx.clock.now_ms()),
        )
        .map(drop)
        .map_err(ServerError::sql("note session"))
}

/// # Errors
/// `Sql`.
pub fn end(tx: &Tx<'_>, token: &str) -> Result<()> {
    tx.conn
        .execute("DELETE FROM session WHERE token = ?1", [secret::fingerprint(KIND, token)])
        .map(drop)
        .map_err(ServerError::sql("end session"))
}

/// # Errors
/// `Sql`.
pub fn end_all(tx: &Tx<'_>, user: &str) -> Result<()> {
    tx.conn.execute("DELETE FROM session WHERE user = ?1", [user]).map(drop).map_err(ServerError::sql("end sessions"))
}

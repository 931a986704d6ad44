//! Signing in, with a delay that grows with every wrong try, for the user and for the address.

use std::net::IpAddr;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::{access, password, session, user};
use crate::error::{Result, ServerError};
use crate::journal::{Journal, Tx};

/// Wrong tries that cost nothing; then 1 s, 2 s, 4 s … 15 min.
const FREE_FOR_USER: u32 = 4;
/// More: a whole office may sit behind one address.
const FREE_FOR_ADDRESS: u32 = 20;
const DELAY_MS_MAX: i64 = 15 * 60_000;
/// Tries older than this are forgotten.
const FORGET_MS: i64 = 24 * 3_600_000;

/// Signs in and gives the session's token.
///
/// # Errors
/// `TooManyTries`, `WrongPassword` (whether or not the user exists), `Sql`.
pub fn login(journal: &Arc<Journal>, name: &str, secret: &str, address: IpAddr) -> Result<String> {
    let (by_user, by_address) = (format!("user:{name}"), format!("login:{address}"));
    let now = journal.clock().now_ms();
    let stored = journal.read(|conn| {
        hold(conn, &by_user, now)?;
        hold(conn, &by_address, now)?;
        user::stored_hash(conn, name)
    })?;
    let fits = password::verify(stored.as_deref(), secret)?;
    let name = name.to_owned();
    let token = journal.write(move |tx| {
        // Tries that ran side by side count one after the other.
        hold(tx.conn, &by_user, now)?;
        hold(tx.conn, &by_address, now)?;
        if !fits {
            failed(tx, &by_user, FREE_FOR_USER)?;
            failed(tx, &by_address, FREE_FOR_ADDRESS)?;
            access::note(tx, &access::Look { user: &name, device: "", action: "login_failed", object: "", address })?;
            return Ok(None);
        }
        forget(tx, &by_user)?;
        access::note(tx, &access::Look { user: &name, device: "", action: "login", object: "", address })?;
        session::begin(tx, &name).map(Some)
    })?;
    token.ok_or(ServerError::WrongPassword)
}

/// Refuses while the delay runs.
///
/// # Errors
/// `TooManyTries`, `Sql`.
pub fn hold(conn: &Connection, who: &str, now_ms: i64) -> Result<()> {
    let next_ms: Option<i64> = conn
        .query_row("SELECT next_ms FROM login_try WHERE who = ?1", [who], |row| row.get(0))
        .optional()
        .map_err(ServerError::sql("read tries"))?;
    match next_ms.map(|next_ms| next_ms - now_ms) {
        Some(wait_ms) if wait_ms > 0 => {
            Err(ServerError::TooManyTries { retry_s: u64::try_from(wait_ms).unwrap_or(0).div_ceil(1_000) })
        }
        _ => Ok(()),
    }
}

/// Counts a wrong try.
///
/// # Errors
/// `Sql`.
pub fn failed(tx: &Tx<'_>, who: &str, free: u32) -> Result<()> {
    let now = tx.clock.now_ms();
    tx.conn
        .execute("DELETE FROM login_try WHERE next_ms < ?1", [now - FORGET_MS])
        .map_err(ServerError::sql("forget tries"))?;
    let sql = "INSERT INTO login_try(who, fails, next_ms) VALUES (?1, 1, ?2)
               ON CONFLICT(who) DO UPDATE SET fails = fails + 1 RETURNING fails";
    let fails: u32 = tx.conn.query_row(sql, (who, now), |row| row.get(0)).map_err(ServerError::sql("count try"))?;
    let delay_ms = fails.checked_sub(free).filter(|over| *over > 0).map_or(0, |over| {
        1_000_i64.checked_shl(over - 1).filter(|ms| over < 32 && *ms > 0).unwrap_or(DELAY_MS_MAX).min(DELAY_MS_MAX)
    });
    tx.conn
        .execute("UPDATE login_try SET next_ms = ?2 WHERE who = ?1", (who, now + delay_ms))
        .map(drop)
        .map_err(ServerError::sql("set delay"))
}

/// A right password forgives the wrong ones before it.
///
/// # Errors
/// `Sql`.
pub fn forget(tx: &Tx<'_>, who: &str) -> Result<()> {
    tx.conn.execute("DELETE FROM login_try WHERE who = ?1", [who]).map(drop).map_err(ServerError::sql("forget tries"))
}

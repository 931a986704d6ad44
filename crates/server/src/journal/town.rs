//! What the log is called: its id, epoch, and the town's name and code. Read anew inside every transaction.

use rusqlite::Connection;

use super::Tx;
use crate::error::{Result, ServerError};
use crate::secret;
use xunju_evidence::hash::to_hex;

/// Until an administrator names the town.
const UNNAMED: (&str, &str) = ("未命名镇", "XJ");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Random, made once.
    pub log: String,
    pub epoch: u32,
    pub name: String,
    /// First part of case numbers.
    pub code: String,
}

/// Makes the log's id on the very first opening; a second process finds it made.
pub fn found(tx: &Tx<'_>) -> Result<()> {
    let log = format!("log_{}", to_hex(&secret::bytes32()?).chars().take(24).collect::<String>());
    for (key, value) in [("log", log.as_str()), ("epoch", "1"), ("name", UNNAMED.0), ("code", UNNAMED.1)] {
        tx.conn
            .execute("INSERT OR IGNORE INTO town(key, value) VALUES (?1, ?2)", (key, value))
            .map_err(ServerError::sql("found town"))?;
    }
    Ok(())
}

/// # Errors
/// `Sql`; `Corrupt` when the epoch is not a number.
pub fn read(conn: &Connection) -> Result<Town> {
    let get = |key: &str| -> Result<String> {
        conn.prepare_cached("SELECT value FROM town WHERE key = ?1")
            .and_then(|mut stmt| stmt.query_row([key], |row| row.get(0)))
            .map_err(ServerError::sql("read town"))
    };
    let epoch = get("epoch")?.parse().map_err(|_| ServerError::corrupt("town epoch"))?;
    Ok(Town { log: get("log")?, epoch, name: get("name")?, code: get("code")? })
}

/// Names the town.
///
/// # Errors
/// `BadRequest` when the code cannot stand in a case number.
pub fn name(tx: &Tx<'_>, name: &str, code: &str) -> Result<()> {
    let fits = !code.is_empty() && code.len() <= 12 && code.chars().all(|c| c.is_ascii_alphanumeric());
    if !fits || name.trim().is_empty() || name.chars().count() > 40 {
        return Err(ServerError::BadRequest { what: "town name or code".to_owned() });
    }
    for (key, value) in [("name", name.trim()), ("code", code)] {
        tx.conn
            .execute("UPDATE town SET value = ?2 WHERE key = ?1", (key, value))
            .map_err(ServerError::sql("name town"))?;
    }
    Ok(())
}

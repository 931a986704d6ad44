//! What the log is called: its id, epoch, and the town's name and code. Read anew inside every transaction.

use rusqlite::{Connection, OptionalExtension as _};

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
    /// The server's own chain in use.
    pub inc: u32,
    /// Set while a server that was put back from a backup waits for what its laptops have: events it was put back with.
    pub recovering: Option<u64>,
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
    let number = |key: &str| -> Result<Option<u64>> {
        let text: Option<String> = conn
            .prepare_cached("SELECT value FROM town WHERE key = ?1")
            .and_then(|mut stmt| stmt.query_row([key], |row| row.get(0)).optional())
            .map_err(ServerError::sql("read town"))?;
        text.map(|text| text.parse().map_err(|_| ServerError::corrupt(format!("town {key}")))).transpose()
    };
    let small = |n: Option<u64>| u32::try_from(n.unwrap_or(1)).map_err(|_| ServerError::corrupt("town epoch"));
    Ok(Town {
        log: get("log")?,
        epoch: small(number("epoch")?)?,
        name: get("name")?,
        code: get("code")?,
        inc: small(number("inc")?)?,
        recovering: number("recovering")?,
    })
}

/// From here on nothing new is taken until [`super::recover::finish`].
///
/// # Errors
/// `Sql`.
pub fn begin_recovery(conn: &Connection, size: u64) -> Result<()> {
    put(conn, "recovering", &size.to_string())
}

/// What series that have not begun yet in a year begin above.
///
/// # Errors
/// `Sql`, `Corrupt`.
pub fn floor(conn: &Connection, of: &str, year: i64) -> Result<u64> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM town WHERE key = ?1")
        .and_then(|mut stmt| stmt.query_row([format!("{of}:{year}")], |row| row.get(0)).optional())
        .map_err(ServerError::sql("read numbers"))?;
    text.map_or(Ok(0), |text| text.parse().map_err(|_| ServerError::corrupt(format!("{of} {year}"))))
}

pub(super) fn raise_floor(conn: &Connection, of: &str, year: i64, by: u64) -> Result<()> {
    put(conn, &format!("{of}:{year}"), &(floor(conn, of, year)? + by).to_string())
}

pub(super) fn put(conn: &Connection, key: &str, value: &str) -> Result<()> {
    conn.execute("INSERT OR REPLACE INTO town(key, value) VALUES (?1, ?2)", (key, value))
        .map(drop)
        .map_err(ServerError::sql("keep town"))
}

pub(super) fn end_recovery(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM town WHERE key = 'recovering'", []).map(drop).map_err(ServerError::sql("end recovery"))
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

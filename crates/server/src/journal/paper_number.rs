//! Document numbers: leased in runs, given to papers once, in the transaction that rules (domain.md §5.3).

use rusqlite::OptionalExtension as _;

use super::number::date_in_shanghai;
use super::{Tx, town};
use crate::error::{Result, ServerError};

/// What a series begins above.
const FLOOR: &str = "paper_floor";

/// The next run of a series: what came back first, then where the series ends.
///
/// # Errors
/// `Sql`.
pub fn lease(tx: &Tx<'_>, series: &str, year: i32, count: u32) -> Result<(u32, u32, String)> {
    let name = town::read(tx.conn)?.name;
    let back: Option<(u32, u32)> = tx
        .conn
        .prepare_cached("SELECT first, last FROM number_back WHERE series = ?1 AND year = ?2 ORDER BY first LIMIT 1")
        .and_then(|mut stmt| stmt.query_row((series, year), |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(ServerError::sql("read returned numbers"))?;
    if let Some((first, last)) = back {
        tx.conn
            .prepare_cached("DELETE FROM number_back WHERE series = ?1 AND year = ?2 AND first = ?3")
            .and_then(|mut stmt| stmt.execute((series, year, first)))
            .map_err(ServerError::sql("lease returned numbers"))?;
        return Ok((first, last, name));
    }
    let sql = "INSERT INTO number_series(series, year, last) VALUES (?1, ?2, ?3 + ?4)
               ON CONFLICT(series, year) DO UPDATE SET last = last + ?3 RETURNING last";
    let floor = town::floor(tx.conn, FLOOR, i64::from(year))?;
    let last: u32 = tx
        .conn
        .prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_row((series, year, count, floor), |row| row.get(0)))
        .map_err(ServerError::sql("lease numbers"))?;
    Ok((last - count + 1, last, name))
}

/// # Errors
/// `Sql`.
pub fn give_back(tx: &Tx<'_>, series: &str, year: i32, first: u32, last: u32) -> Result<()> {
    tx.conn
        .prepare_cached("INSERT OR REPLACE INTO number_back(series, year, first, last) VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut stmt| stmt.execute((series, year, first, last)))
        .map(|_| ())
        .map_err(ServerError::sql("take numbers back"))
}

/// Gives a number to a paper; false where another has it.
///
/// # Errors
/// `Sql`.
pub fn take(tx: &Tx<'_>, series: &str, year: i32, seq: u32, paper: &str) -> Result<bool> {
    tx.conn
        .prepare_cached("INSERT OR IGNORE INTO number_use(series, year, seq, paper) VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut stmt| stmt.execute((series, year, seq, paper)))
        .map_err(ServerError::sql("give number"))?;
    tx.conn
        .prepare_cached("SELECT paper = ?4 FROM number_use WHERE series = ?1 AND year = ?2 AND seq = ?3")
        .and_then(|mut stmt| stmt.query_row((series, year, seq, paper), |row| row.get(0)))
        .map_err(ServerError::sql("read number"))
}

/// # Errors
/// `Sql`.
pub fn taken(tx: &Tx<'_>, series: &str, year: i32, first: u32, last: u32) -> Result<u32> {
    tx.conn
        .prepare_cached("SELECT count(*) FROM number_use WHERE series = ?1 AND year = ?2 AND seq BETWEEN ?3 AND ?4")
        .and_then(|mut stmt| stmt.query_row((series, year, first, last), |row| row.get(0)))
        .map_err(ServerError::sql("count numbers"))
}

/// A block that was leased already comes no second time.
///
/// # Errors
/// `Sql`.
pub fn leased(tx: &Tx<'_>, series: &str, year: i32, last: u32) -> Result<()> {
    let sql = "INSERT INTO number_series(series, year, last) VALUES (?1, ?2, ?3)
               ON CONFLICT(series, year) DO UPDATE SET last = max(last, excluded.last)";
    tx.conn.execute(sql, (series, year, last)).map(drop).map_err(ServerError::sql("note leased numbers"))
}

/// Leaves a gap in every series, also one that begins later this year, and gives nothing out again that came back: it may have been leased since.
///
/// # Errors
/// `Sql`.
pub fn leave_out(tx: &Tx<'_>, numbers: u64) -> Result<()> {
    tx.conn
        .execute("UPDATE number_series SET last = last + ?1", [numbers])
        .and_then(|_| tx.conn.execute("DELETE FROM number_back", []))
        .map_err(ServerError::sql("leave numbers out"))?;
    town::raise_floor(tx.conn, FLOOR, date_in_shanghai(tx.clock.now_ms()).0, numbers)
}

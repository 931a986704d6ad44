//! One-time codes: for the first administrator and for new devices. Only their hashes are stored.

use rusqlite::OptionalExtension as _;

use crate::error::{Result, ServerError};
use crate::journal::Tx;
use crate::secret;

const GROUPS: usize = 4;
/// A device code that nobody used is worth nothing after three days.
const DEVICE_CODE_MS: i64 = 3 * 24 * 3_600_000;

const SETUP: &str = "setup";
const DEVICE: &str = "device";

/// Draws the code with which a browser makes the first administrator. An earlier one stops counting.
///
/// # Errors
/// `Sql`.
pub fn draw_setup(tx: &Tx<'_>) -> Result<String> {
    tx.conn.execute("DELETE FROM code WHERE kind = ?1", [SETUP]).map_err(ServerError::sql("drop setup code"))?;
    draw(tx, SETUP, "", i64::MAX)
}

/// Draws a code with which one device of this user may enrol. Says when it ends.
///
/// # Errors
/// `Sql`.
pub fn draw_device(tx: &Tx<'_>, user: &str) -> Result<(String, i64)> {
    let expires_ms = tx.clock.now_ms() + DEVICE_CODE_MS;
    Ok((draw(tx, DEVICE, user, expires_ms)?, expires_ms))
}

fn draw(tx: &Tx<'_>, kind: &str, user: &str, expires_ms: i64) -> Result<String> {
    let code = secret::code(GROUPS)?;
    tx.conn
        .execute(
            "INSERT INTO code(hash, kind, user, expires_ms) VALUES (?1, ?2, ?3, ?4)",
            (secret::fingerprint(kind, &secret::normal(&code)), kind, user, expires_ms),
        )
        .map_err(ServerError::sql("keep code"))?;
    Ok(code)
}

/// Uses up the setup code.
///
/// # Errors
/// `CodeRefused`, `Sql`.
pub fn use_setup(tx: &Tx<'_>, code: &str) -> Result<()> {
    let hash = secret::fingerprint(SETUP, &secret::normal(code));
    let used = tx.conn.execute("DELETE FROM code WHERE hash = ?1 AND kind = ?2", (hash, SETUP));
    match used.map_err(ServerError::sql("use setup code"))? {
        1 => Ok(()),
        _ => Err(ServerError::CodeRefused),
    }
}

/// Uses a device code for this device, and says whose it is. The same device may hear it again: the
/// reply to its first request may have been lost.
///
/// # Errors
/// `CodeRefused`, `Sql`.
pub fn use_device(tx: &Tx<'_>, code: &str, dev: &str) -> Result<String> {
    let hash = secret::fingerprint(DEVICE, &secret::normal(code));
    let sql = "UPDATE code SET used_by = ?2 WHERE hash = ?1 AND kind = ?3 AND expires_ms > ?4
               AND (used_by IS NULL OR used_by = ?2) RETURNING user";
    let user = tx.conn.query_row(sql, (hash, dev, DEVICE, tx.clock.now_ms()), |row| row.get(0)).optional();
    user.map_err(ServerError::sql("use device code"))?.ok_or(ServerError::CodeRefused)
}

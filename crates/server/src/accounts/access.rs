//! Who looked at what (domain.md §8.3): append-only, each row carrying the hash of the one before.

use std::net::IpAddr;

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::Hash;

use crate::error::{Result, ServerError};
use crate::journal::Tx;

/// One look.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub user: &'a str,
    pub device: &'a str,
    /// `login`, `view`, `photo`, `command`, …
    pub action: &'a str,
    /// Ids only, never content.
    pub object: &'a str,
    pub address: IpAddr,
}

/// # Errors
/// `Sql`.
pub fn note(tx: &Tx<'_>, look: &Look<'_>) -> Result<()> {
    let Look { user, device, action, object, address } = look;
    let before = tx
        .conn
        .query_row("SELECT hash FROM access ORDER BY id DESC LIMIT 1", [], |row| row.get(0).map(Hash))
        .optional()
        .map_err(ServerError::sql("read access log"))?
        .unwrap_or_default();
    let (at_ms, address) = (tx.clock.now_ms(), address.to_string());
    let hash = row_hash(&before, at_ms, &[user, device, action, object, &address]);
    tx.conn
        .prepare_cached(
            "INSERT INTO access(at_ms, user, device, action, object, address, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .and_then(|mut stmt| stmt.execute((at_ms, user, device, action, object, &address, hash.0)))
        .map(drop)
        .map_err(ServerError::sql("note access"))
}

fn row_hash(before: &Hash, at_ms: i64, texts: &[&str]) -> Hash {
    let mut parts = vec![before.0.to_vec(), at_ms.to_be_bytes().to_vec()];
    for text in texts {
        parts.push((text.len() as u64).to_be_bytes().to_vec());
        parts.push(text.as_bytes().to_vec());
    }
    Hash::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// The first row whose hash does not follow from the one before; none when all do.
///
/// # Errors
/// `Sql`.
pub fn first_broken(conn: &Connection) -> Result<Option<i64>> {
    let failed = |e| ServerError::Sql { op: "read access log", source: e };
    let mut stmt = conn
        .prepare("SELECT id, at_ms, user, device, action, object, address, hash FROM access ORDER BY id")
        .map_err(failed)?;
    let mut rows = stmt.query([]).map_err(failed)?;
    let mut before = Hash::default();
    while let Some(row) = rows.next().map_err(failed)? {
        let read = || -> rusqlite::Result<(i64, Hash, Hash)> {
            let texts = (2..7).map(|column| row.get::<_, String>(column)).collect::<rusqlite::Result<Vec<_>>>()?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            Ok((row.get(0)?, row_hash(&before, row.get(1)?, &texts), Hash(row.get(7)?)))
        };
        let (id, expected, stored) = read().map_err(failed)?;
        if expected != stored {
            return Ok(Some(id));
        }
        before = stored;
    }
    Ok(None)
}

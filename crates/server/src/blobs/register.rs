//! Which files are whole, who vouched for them, and who may have them.

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::{BlobReceipt, Countersigned, Hash};

use super::Blobs;
use crate::error::{Result, ServerError};
use crate::journal::directory::Device;
use crate::journal::{Journal, Tx, pull, town};

/// A file that is whole and in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    pub hash: Hash,
    pub bytes: u64,
    pub recv_ms: i64,
}

/// # Errors
/// `Sql`.
pub fn whole(conn: &Connection, hash: &Hash) -> Result<Option<Whole>> {
    conn.prepare_cached("SELECT bytes, recv_ms FROM blob WHERE hash = ?1")
        .and_then(|mut stmt| {
            stmt.query_row([hash.0], |row| Ok(Whole { hash: *hash, bytes: row.get(0)?, recv_ms: row.get(1)? }))
                .optional()
        })
        .map_err(ServerError::sql("read blob"))
}

/// Notes a file that stands in the vault, verified. A second time changes nothing: a receipt says the
/// same for ever.
///
/// # Errors
/// `Sql`.
pub fn note(tx: &Tx<'_>, hash: &Hash, bytes: u64) -> Result<Whole> {
    tx.conn
        .prepare_cached("INSERT OR IGNORE INTO blob(hash, bytes, recv_ms) VALUES (?1, ?2, ?3)")
        .and_then(|mut stmt| stmt.execute((hash.0, bytes, tx.clock.now_ms())))
        .map_err(ServerError::sql("note blob"))?;
    whole(tx.conn, hash)?.ok_or_else(|| ServerError::corrupt(format!("blob {hash} not noted")))
}

/// Length by which a received event of this device vouched for the file.
///
/// # Errors
/// `Sql`.
pub fn vouched(conn: &Connection, dev: &str, hash: &Hash) -> Result<Option<u64>> {
    conn.prepare_cached("SELECT bytes FROM blob_ref WHERE hash = ?1 AND dev = ?2 ORDER BY seq LIMIT 1")
        .and_then(|mut stmt| stmt.query_row((hash.0, dev), |row| row.get(0)).optional())
        .map_err(ServerError::sql("read photo reference"))
}

/// Whether an event that names the file stands in a scope the device may follow now. A person's own
/// scope gives no right: what stands there is in quarantine, and naming a file is not having it.
///
/// # Errors
/// `Sql`.
pub fn may_have(conn: &Connection, device: &Device, hash: &Hash) -> Result<bool> {
    let Some(granted) = pull::scopes(conn, device)? else { return Ok(false) };
    let scopes: Vec<String> = conn
        .prepare_cached("SELECT DISTINCT i.scope FROM blob_ref b JOIN scope_index i ON i.seq = b.seq WHERE b.hash = ?1")
        .and_then(|mut stmt| stmt.query_map([hash.0], |row| row.get(0))?.collect())
        .map_err(ServerError::sql("read photo scopes"))?;
    let mut named = scopes.iter().filter(|scope| !scope.starts_with("user-"));
    Ok(named.any(|scope| granted.binary_search_by(|(name, _)| name.cmp(scope)).is_ok()))
}

/// The server's word for a whole file.
///
/// # Errors
/// `Sql`.
pub fn receipt(journal: &Journal, whole: &Whole) -> Result<Countersigned<BlobReceipt>> {
    let log = journal.read(town::read)?.log;
    let Whole { hash, bytes, recv_ms } = *whole;
    Ok(Countersigned::sign(BlobReceipt { log, hash, bytes, recv_ms }, journal.signer()))
}

impl Blobs {
    /// A file some part of this program has put into the vault itself.
    ///
    /// # Errors
    /// `Photo` when it is not there whole; `Sql`.
    pub fn vouch(&self, hash: &Hash) -> Result<Option<Whole>> {
        let hash = *hash;
        if let Some(whole) = self.journal.read(|conn| whole(conn, &hash))? {
            return Ok(Some(whole));
        }
        let name = hash.hex();
        if !self.vault.has(&name) || !self.vault.verify(&name)? {
            return Ok(None);
        }
        let bytes = self.vault.len(&name)?;
        self.journal.write(move |tx| note(tx, &hash, bytes)).map(Some)
    }
}

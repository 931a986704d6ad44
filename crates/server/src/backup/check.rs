//! Checking a backup from its bytes, with no server.

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use xunju_photos::{PhotoError, Vault};

use super::{JOURNAL, Manifest, Place};
use crate::error::{Result, ServerError};
use crate::journal::audit::{Audit, audit};
use crate::journal::tree;

/// A generation and everything that does not hold in it.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    pub generation: String,
    #[serde(flatten)]
    pub audit: Audit,
}

/// Checks every generation of a place.
///
/// # Errors
/// `Io`, `Sql`, `Photo`; `Corrupt` where a manifest cannot be read or is not of its journal.
pub fn place(place: &Place) -> Result<Vec<Checked>> {
    let vault = Vault::beside(&place.blobs(), None);
    let mut all = Vec::new();
    for generation in place.generations()? {
        let manifest = Manifest::read(&generation)?;
        manifest.holds(&generation)?;
        let conn = Connection::open_with_flags(generation.join(JOURNAL), OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(ServerError::sql("open journal of backup"))?;
        let audit = contents(&conn, &manifest, &vault)?;
        all.push(Checked { generation: generation.display().to_string(), audit });
    }
    Ok(all)
}

/// The journal against itself and its manifest, and every photo it names.
///
/// # Errors
/// `Sql`, `Photo`, `Corrupt`.
pub fn contents(conn: &Connection, manifest: &Manifest, vault: &Vault) -> Result<Audit> {
    let mut found = audit(conn, &manifest.public_key()?)?;
    if tree::size(conn)? != manifest.size || tree::root(conn, manifest.size)?.hex() != manifest.root {
        found.found("tree", manifest.size, "hash");
    }
    photos(conn, vault, &mut found)?;
    Ok(found)
}

/// Every photo the journal says is whole, read and held against its hash.
///
/// # Errors
/// `Sql`, `Photo`.
pub fn photos(conn: &Connection, vault: &Vault, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read photos", source: e };
    let mut stmt = conn.prepare("SELECT lower(hex(hash)), bytes FROM blob ORDER BY hash").map_err(failed)?;
    let rows = stmt.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
    for row in rows {
        let (hash, bytes): (String, u64) = row.map_err(failed)?;
        found.photos += 1;
        match vault.read(&hash) {
            Ok(whole) if whole.len() as u64 == bytes => {}
            Ok(_) => found.found("photo", hash, "bytes"),
            Err(PhotoError::Missing { .. }) => found.found("photo", hash, "missing"),
            Err(PhotoError::Corrupt { .. }) => found.found("photo", hash, "hash"),
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

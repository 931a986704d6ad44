//! `verify`: the journal and the photos of a folder, checked from their bytes, with the server stopped or running.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use xunju_photos::{PhotoError, Vault};

use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::audit::{Audit, audit};

/// Prints what was checked and everything that does not hold.
///
/// # Errors
/// `NotFound` for a folder without a journal, `Corrupt` when something does not hold, `Sql`, `Photo`.
pub fn run(data: &Path) -> Result<()> {
    let missing = || ServerError::NotFound { what: format!("journal in {}", data.display()) };
    if !data.join("journal.db").is_file() || !data.join("server.key").is_file() {
        return Err(missing());
    }
    let folder = Folder::open(data)?;
    let failed = ServerError::sql("open journal to read");
    let conn = Connection::open_with_flags(folder.journal_db(), OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    // One moment of a journal that may grow meanwhile.
    conn.execute_batch("BEGIN").map_err(ServerError::sql("begin read"))?;
    let mut found = audit(&conn, &folder.server_key()?.public())?;
    photos(&conn, &Vault::open(&folder.blobs(), None)?, &mut found)?;
    let text = serde_json::to_string_pretty(&found).map_err(|e| ServerError::inner("write findings", e))?;
    println!("{text}");
    if found.findings.is_empty() {
        return Ok(());
    }
    Err(ServerError::corrupt(format!("{} things do not hold", found.findings.len())))
}

fn photos(conn: &Connection, vault: &Vault, found: &mut Audit) -> Result<()> {
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

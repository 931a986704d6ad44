//! `verify`: the journal and the photos of a folder, checked from their bytes, with the server stopped or running.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use xunju_photos::Vault;

use crate::backup::{Place, check};
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::audit::audit;

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
    check::photos(&conn, &Vault::beside(&folder.blobs(), None), &mut found)?;
    let text = serde_json::to_string_pretty(&found).map_err(|e| ServerError::inner("write findings", e))?;
    println!("{text}");
    if found.findings.is_empty() {
        return Ok(());
    }
    Err(ServerError::corrupt(format!("{} things do not hold", found.findings.len())))
}

/// The same for every generation of a place with backups.
///
/// # Errors
/// As [`run`].
pub fn backup(from: &Path) -> Result<()> {
    let checked = check::place(&Place::open(from)?)?;
    let wrong: usize = checked.iter().map(|one| one.audit.findings.len()).sum();
    println!("{}", serde_json::to_string_pretty(&checked).map_err(|e| ServerError::inner("write findings", e))?);
    if checked.is_empty() {
        return Err(ServerError::NotFound { what: format!("whole backup in {}", from.display()) });
    }
    if wrong == 0 { Ok(()) } else { Err(ServerError::corrupt(format!("{wrong} things do not hold"))) }
}

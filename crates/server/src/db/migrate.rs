//! Numbered, checksummed migrations. A file written by a newer program is refused before it is opened
//! for writing; an older one is copied aside before it is changed.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use xunju_evidence::Hash;

use crate::error::{Result, ServerError};

/// In order; a released one never changes (its hash is stored and compared).
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_journal.sql"),
    include_str!("../../migrations/0002_unit.sql"),
    include_str!("../../migrations/0003_certificates.sql"),
    include_str!("../../migrations/0004_numbers.sql"),
    include_str!("../../migrations/0005_tree.sql"),
    include_str!("../../migrations/0006_backup.sql"),
    include_str!("../../migrations/0007_levels.sql"),
    include_str!("../../migrations/0008_recovery.sql"),
];

/// What this program writes.
#[allow(clippy::cast_possible_truncation)]
pub const VERSION: u32 = MIGRATIONS.len() as u32;

/// Looks at the version without changing a byte.
///
/// # Errors
/// `NewerDatabase`, `Io`.
pub fn refuse_newer(path: &Path) -> Result<()> {
    // The first hundred bytes carry user_version at 60, big-endian (SQLite file format, 1.3); reading
    // them as a file leaves even the WAL of a foreign version alone.
    let found = match std::fs::File::open(path) {
        Ok(file) => header_version(file).map_err(|e| ServerError::io("read journal header", path, e))?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => 0,
        Err(e) => return Err(ServerError::io("read journal", path, e)),
    };
    newer(path, found)
}

fn header_version(mut file: std::fs::File) -> std::io::Result<u32> {
    use std::io::Read as _;
    let mut head = [0u8; 64];
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(0),
        Err(e) => return Err(e),
    }
    let [.., a, b, c, d] = head;
    Ok(u32::from_be_bytes([a, b, c, d]))
}

fn newer(path: &Path, found: u32) -> Result<()> {
    if found > VERSION {
        return Err(ServerError::NewerDatabase { path: path.to_owned(), found, known: VERSION });
    }
    Ok(())
}

/// Runs what is missing, each in its own transaction.
///
/// # Errors
/// `NewerDatabase`, `MigrationChanged`, `Sql`.
pub fn migrate(conn: &mut Connection, path: &Path) -> Result<()> {
    let found = version(conn)?;
    newer(path, found)?;
    if found == VERSION {
        return check(conn, path, found);
    }
    if found > 0 {
        copy_aside(conn, path, found)?;
    }
    let tx =
        conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(ServerError::sql("begin migration"))?;
    // Another process may have done it while this one waited for the lock.
    let found = version(&tx)?;
    newer(path, found)?;
    check(&tx, path, found)?;
    for (number, sql) in (1u32..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        tx.execute_batch(sql).map_err(ServerError::sql("migrate"))?;
        tx.execute("INSERT INTO migration(number, sha256) VALUES (?1, ?2)", (number, Hash::of(sql.as_bytes()).hex()))
            .map_err(ServerError::sql("note migration"))?;
    }
    tx.pragma_update(None, "user_version", VERSION).map_err(ServerError::sql("set version"))?;
    tx.commit().map_err(ServerError::sql("commit migration"))
}

fn version(conn: &Connection) -> Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(ServerError::sql("read version"))
}

fn check(conn: &Connection, path: &Path, found: u32) -> Result<()> {
    for (number, sql) in (1u32..).zip(MIGRATIONS).take(usize::try_from(found).unwrap_or(usize::MAX)) {
        let stored: String = conn
            .query_row("SELECT sha256 FROM migration WHERE number = ?1", [number], |row| row.get(0))
            .map_err(ServerError::sql("read migrations"))?;
        if stored != Hash::of(sql.as_bytes()).hex() {
            return Err(ServerError::MigrationChanged { path: path.to_owned(), number });
        }
    }
    Ok(())
}

fn copy_aside(conn: &Connection, path: &Path, found: u32) -> Result<()> {
    let aside: PathBuf = path.with_extension(format!("v{found}.copy.db"));
    if aside.exists() {
        return Ok(());
    }
    let draft = aside.with_extension("part");
    let _ = std::fs::remove_file(&draft);
    conn.backup("main", &draft, None::<fn(rusqlite::backup::Progress)>)
        .map_err(ServerError::sql("copy before migration"))?;
    std::fs::rename(&draft, &aside).map_err(|e| ServerError::io("place copy", &aside, e))?;
    // Readable again as a database of its own: proof that the copy is one.
    Connection::open_with_flags(&aside, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|copy| copy.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0)))
        .map_err(ServerError::sql("check copy"))
        .and_then(|said| {
            if said == "ok" { Ok(()) } else { Err(ServerError::corrupt(format!("copy before migration: {said}"))) }
        })
}

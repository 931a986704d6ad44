//! Opening `journal.db`: pragmas that keep what was acknowledged, and numbered migrations.

pub(crate) mod migrate;

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::{Result, ServerError};

pub use migrate::{VERSION, migrate, refuse_newer};

/// Long enough for the largest group of another process; then the caller is told.
const BUSY: Duration = Duration::from_secs(60);

/// One connection. WAL with `synchronous=FULL`: with NORMAL, 100 of 100 acknowledged rows were lost
/// at a power cut (sync.md §0, A9).
///
/// # Errors
/// `Sql`.
pub fn connect(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path).map_err(ServerError::sql("open journal"))?;
    conn.busy_timeout(BUSY).map_err(ServerError::sql("set busy timeout"))?;
    let set = |conn: &Connection| -> rusqlite::Result<()> {
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "trusted_schema", false)?;
        conn.pragma_update(None, "cache_size", -16_384)
    };
    set(&conn).map_err(ServerError::sql("set pragmas"))?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

/// Tries for the change to WAL: SQLite does not wait for it where another process opens the same new file.
const WAL_TRIES: u32 = 500;

fn set_wal(conn: &Connection) -> Result<()> {
    let mut tries = 0;
    loop {
        let set = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match set {
            Err(e) if tries < WAL_TRIES && e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            other => return other.map(drop).map_err(ServerError::sql("set WAL")),
        }
    }
}

/// Opens the journal and brings it to this program's version.
///
/// # Errors
/// `NewerDatabase` before anything is written; `MigrationChanged`; `Sql`; `Io`.
pub fn open(path: &Path) -> Result<Connection> {
    migrate::refuse_newer(path)?;
    let mut conn = connect(path)?;
    set_wal(&conn)?;
    migrate(&mut conn, path)?;
    Ok(conn)
}

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

/// Opens the journal and brings it to this program's version.
///
/// # Errors
/// `NewerDatabase` before anything is written; `MigrationChanged`; `Sql`; `Io`.
pub fn open(path: &Path) -> Result<Connection> {
    migrate::refuse_newer(path)?;
    let mut conn = connect(path)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))
        .map_err(ServerError::sql("set WAL"))?;
    migrate(&mut conn, path)?;
    Ok(conn)
}

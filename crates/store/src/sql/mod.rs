//! Opening the database: SQLCipher with a raw key, WAL, `synchronous=FULL` (without it a power cut eats
//! committed rows: measured, sync.md A9), foreign keys, a busy timeout.

mod migrate;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use xunju_evidence::hash::to_hex;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::keys::DataKey;

pub(crate) use migrate::{SCHEMA, migrate};

pub(crate) fn open(dir: &Path, key: Option<&DataKey>) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(dir.join("app.db"), flags).map_err(StoreError::sql("open database"))?;
    if let Some(key) = key {
        let raw = Zeroizing::new(format!("x'{}'", to_hex(&key.derive("xunju/key/db/v1"))));
        db.pragma_update(None, "key", raw.as_str()).map_err(StoreError::sql("unlock database"))?;
    }
    let set = |name: &str, value: &str| db.pragma_update(None, name, value).map_err(StoreError::sql("set up database"));
    set("busy_timeout", "10000")?;
    set("journal_mode", "WAL")?;
    set("synchronous", "FULL")?;
    set("foreign_keys", "ON")?;
    set("secure_delete", "ON")?;
    set("temp_store", "MEMORY")?;
    Ok(db)
}

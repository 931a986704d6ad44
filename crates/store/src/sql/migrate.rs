//! Numbered, checksummed migrations. A copy of the database is made before an upgrade; one written by a
//! newer version, or migrated by other text than ours, is refused and left as it is.

use std::path::Path;

use rusqlite::Connection;
use xunju_evidence::Hash;

use crate::error::StoreError;
use crate::folder;

const MIGRATIONS: &[(u32, &str)] = &[
    (1, include_str!("../../migrations/0001_first.sql")),
    (2, include_str!("../../migrations/0002_search.sql")),
    (3, include_str!("../../migrations/0003_paper_draft.sql")),
    (4, include_str!("../../migrations/0004_look.sql")),
    (5, include_str!("../../migrations/0005_dropped.sql")),
    (6, include_str!("../../migrations/0006_backed.sql")),
    (7, include_str!("../../migrations/0007_absent.sql")),
];

/// The newest schema this program knows.
pub(crate) const SCHEMA: u32 = MIGRATIONS.len() as u32;

pub(crate) fn migrate(dir: &Path, db: &mut Connection) -> Result<(), StoreError> {
    let found: u32 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(StoreError::sql("read schema version"))?;
    if found > SCHEMA {
        return Err(StoreError::Newer { path: dir.to_owned(), found, known: SCHEMA });
    }
    check_history(db, found)?;
    if found > 0 && found < SCHEMA {
        keep_copy(dir, db, found)?;
    }
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| *number > found) {
        apply(db, *number, text)?;
    }
    folder::write_schema(dir, SCHEMA)
}

fn apply(db: &mut Connection, number: u32, text: &str) -> Result<(), StoreError> {
    let failed = StoreError::sql("migrate");
    let run = |db: &mut Connection| {
        let tx = db.transaction()?;
        tx.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;",
        )?;
        tx.execute_batch(text)?;
        tx.execute("INSERT INTO migration VALUES (?1, ?2)", (number, Hash::of(text.as_bytes()).hex()))?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()
    };
    run(db).map_err(failed)
}

fn check_history(db: &Connection, found: u32) -> Result<(), StoreError> {
    for (number, text) in MIGRATIONS.iter().filter(|(number, _)| *number <= found) {
        let stored: String = db
            .query_row("SELECT sha256 FROM migration WHERE number = ?1", [number], |row| row.get(0))
            .map_err(StoreError::sql("read migrations"))?;
        if stored != Hash::of(text.as_bytes()).hex() {
            return Err(StoreError::Corrupt { what: format!("migration {number} of app.db") });
        }
    }
    Ok(())
}

fn keep_copy(dir: &Path, db: &Connection, found: u32) -> Result<(), StoreError> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(StoreError::sql("checkpoint"))?;
    let copy = dir.join(format!("app.db.schema-{found}"));
    std::fs::copy(dir.join("app.db"), &copy).map_err(StoreError::io("copy before upgrade", &copy))?;
    std::fs::File::open(&copy).and_then(|f| f.sync_all()).map_err(StoreError::io("sync", &copy))?;
    folder::sync_dir(dir)
}

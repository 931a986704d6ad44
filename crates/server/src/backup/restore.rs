//! A town put back from a backup, into a folder of its own.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;
use xunju_evidence::Signer;
use xunju_photos::Vault;
use xunju_store::{StoreError, unwrap_secret};

use super::{JOURNAL, Manifest, Place, check};
use crate::db::migrate::refuse_newer;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::town;

/// What was put back.
#[derive(Debug, Clone, Serialize)]
pub struct Restored {
    pub generation: String,
    pub town: String,
    pub events: u64,
    pub photos: u64,
    pub taken_ms: i64,
}

/// Puts the newest generation back into `data`, which must hold nothing; everything is checked before it takes its
/// name. Everybody is signed out; the web desk is made anew at the first start.
///
/// # Errors
/// `NotFound`, `BadRequest` for a folder that holds something, a backup without its key and none given, `WrongPassword`
/// for another passphrase, `Corrupt` for a backup that does not hold, `Io`, `Sql`, `Photo`.
pub fn restore(from: &Path, data: &Path, phrase: Option<&str>) -> Result<Restored> {
    let place = Place::open(from)?;
    let none = || ServerError::NotFound { what: format!("whole backup in {}", from.display()) };
    let generation = place.generations()?.pop().ok_or_else(none)?;
    let manifest = Manifest::read(&generation)?;
    manifest.holds(&generation)?;
    let seed = match (&manifest.key, phrase) {
        (None, _) => return Err(ServerError::BadRequest { what: "the backup was taken without its key".into() }),
        (Some(_), None) => return Err(ServerError::BadRequest { what: "the backup's passphrase is needed".into() }),
        (Some(key), Some(phrase)) => unwrap_secret(key, phrase).map_err(|e| match e {
            StoreError::WrongPassphrase => ServerError::WrongPassword,
            other => ServerError::inner("open key", other),
        })?,
    };
    if Signer::from_seed(&seed).public().text() != manifest.server_key {
        return Err(ServerError::corrupt("the key of the backup is not the one that signed it"));
    }
    let holds_something = || fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if data.is_file() || holds_something() {
        return Err(ServerError::BadRequest { what: format!("{} holds something already", data.display()) });
    }
    let draft = data.with_extension("restoring");
    let _ = fs::remove_dir_all(&draft);
    let filled = fill(&place, &generation, &manifest, &draft, &seed);
    if filled.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    filled?;
    let _ = fs::remove_dir(data);
    fs::rename(&draft, data).map_err(|e| ServerError::io("place restored folder", data, e))?;
    super::take::sync(data.parent().unwrap_or(data))?;
    Ok(Restored {
        generation: generation.display().to_string(),
        town: manifest.town,
        events: manifest.size,
        photos: manifest.photos,
        taken_ms: manifest.taken_ms,
    })
}

fn fill(place: &Place, generation: &Path, manifest: &Manifest, draft: &Path, seed: &[u8; 32]) -> Result<()> {
    let folder = Folder::open(draft)?;
    folder.place_key(seed)?;
    let to = folder.journal_db();
    fs::copy(generation.join(JOURNAL), &to).map_err(|e| ServerError::io("copy journal", &to, e))?;
    refuse_newer(&to)?;
    let conn = Connection::open(&to).map_err(ServerError::sql("open restored journal"))?;
    let (from, vault) = (Vault::beside(&place.blobs(), None), Vault::open(&folder.blobs(), None)?);
    let failed = |e| ServerError::Sql { op: "read photos", source: e };
    let mut stmt = conn.prepare("SELECT lower(hex(hash)) FROM blob ORDER BY hash").map_err(failed)?;
    for hash in stmt.query_map([], |row| row.get::<_, String>(0)).map_err(failed)? {
        let hash = hash.map_err(failed)?;
        vault.put_as(&hash, &from.read(&hash)?)?;
    }
    drop(stmt);
    let found = check::contents(&conn, manifest, &vault)?;
    if !found.findings.is_empty() {
        return Err(ServerError::corrupt(format!("{} things of the backup do not hold", found.findings.len())));
    }
    // Nobody is signed in, and no code given out before the backup opens anything.
    conn.execute_batch("DELETE FROM session; DELETE FROM code; DELETE FROM login_try;")
        .map_err(ServerError::sql("sign everybody out"))?;
    // Laptops may have seen more than the backup: nothing new until they have brought it (sync.md §6.4).
    town::begin_recovery(&conn, manifest.size)?;
    drop(conn);
    fs::File::open(&to).and_then(|file| file.sync_all()).map_err(|e| ServerError::io("sync journal", &to, e))
}

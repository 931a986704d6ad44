//! Taking a backup, beside a running server or none.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde_json::json;
use xunju_evidence::Hash;
use xunju_photos::{PhotoError, Vault};
use xunju_store::wrap_secret;

use super::manifest::{Manifest, journal_hash};
use super::{JOURNAL, MANIFEST, MARKER, Place, VERSION, check};
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::{Journal, level, town, tree};

/// Files noted in one transaction: others may write between two.
const FILES_AT_ONCE: usize = 2_000;

/// What was taken.
#[derive(Debug, Clone, Serialize)]
pub struct Taken {
    pub generation: PathBuf,
    /// Events of the log it holds.
    pub events: u64,
    pub photos: u64,
    pub photos_copied: u64,
    /// Whether the key of the log is in it.
    pub key: bool,
    /// Generations thrown away because newer ones are enough.
    pub dropped: usize,
}

/// How a backup is taken.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// Seals the key of the log; none leaves it out.
    pub phrase: Option<&'a str>,
    /// Generations to keep.
    pub keep: usize,
    /// Makes a new place of an empty folder.
    pub init: bool,
}

/// Takes one generation into `to` and checks it from its bytes; keeps the newest of them. What is cut off leaves
/// no generation, and nothing of the ones before is touched.
///
/// # Errors
/// `NotFound` where there is no place for backups and none is to be made, `BadRequest` where something else lies, `Corrupt` where a photo or the journal does not hold,
/// `Io`, `Photo`, `Sql`.
pub fn take(folder: &Folder, journal: &Journal, to: &Path, how: &How<'_>) -> Result<Taken> {
    let log = journal.read(town::read)?;
    let place = prepare(to, &log.log, how.init)?;
    let draft = place.root.join(format!(".part-{}", std::process::id()));
    let _ = fs::remove_dir_all(&draft);
    fs::create_dir(&draft).map_err(|e| ServerError::io("make draft", &draft, e))?;
    let taken = fill(folder, journal, &place, &draft, how.phrase);
    if taken.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    let (mut taken, taken_ms, files) = taken?;
    let at = taken.generation.display().to_string();
    let size = taken.events;
    for some in files.chunks(FILES_AT_ONCE) {
        let some = some.to_vec();
        journal.write(move |tx| level::note_files(tx, &some))?;
    }
    journal.write(move |tx| level::note_backup(tx, size, taken_ms, &at))?;
    let generations = place.generations()?;
    let old = generations.len().saturating_sub(how.keep.max(1));
    for generation in generations.into_iter().take(old) {
        // The manifest first: what is half thrown away is no backup.
        fs::remove_file(generation.join(MANIFEST))
            .and_then(|()| fs::remove_dir_all(&generation))
            .map_err(|e| ServerError::io("drop old backup", &generation, e))?;
        taken.dropped += 1;
    }
    Ok(taken)
}

fn fill(
    folder: &Folder,
    journal: &Journal,
    place: &Place,
    draft: &Path,
    phrase: Option<&str>,
) -> Result<(Taken, i64, Vec<Hash>)> {
    copy_journal(&folder.journal_db(), &draft.join(JOURNAL))?;
    let copy = Connection::open_with_flags(draft.join(JOURNAL), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(ServerError::sql("open journal of backup"))?;
    let vault = Vault::open(&place.blobs(), None)?;
    let (files, photo_bytes, copied) = copy_photos(&copy, &Vault::beside(&folder.blobs(), None), &vault)?;
    let (log, size) = (town::read(&copy)?, tree::size(&copy)?);
    let taken_ms = journal.clock().now_ms();
    let seal = |phrase| wrap_secret(&*folder.server_seed()?, phrase).map_err(|e| ServerError::inner("seal key", e));
    let manifest = Manifest {
        version: VERSION,
        log: log.log,
        epoch: log.epoch,
        town: log.name,
        size,
        root: tree::root(&copy, size)?.hex(),
        server_key: journal.signer().public().text(),
        taken_ms,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        journal_sha256: journal_hash(draft)?.hex(),
        photos: files.len() as u64,
        photo_bytes,
        key: phrase.map(seal).transpose()?,
    };
    let found = check::contents(&copy, &manifest, &vault)?;
    if let Some(first) = found.findings.first() {
        let (what, at, why) = (first.what, &first.at, first.why);
        let all = found.findings.len();
        return Err(ServerError::corrupt(format!("{all} things do not hold, the first: {what} {at} ({why})")));
    }
    write(&draft.join(MANIFEST), &serde_json::to_vec_pretty(&manifest).unwrap_or_default())?;
    let generation = place.root.join(format!("at-{size}-{taken_ms}"));
    fs::rename(draft, &generation).map_err(|e| ServerError::io("place backup", &generation, e))?;
    sync(&place.root)?;
    let key = manifest.key.is_some();
    let photos = manifest.photos;
    Ok((Taken { generation, events: size, photos, photos_copied: copied, key, dropped: 0 }, taken_ms, files))
}

/// With `init` an empty folder becomes a place for backups; one that holds another town's, or something else, is left
/// alone. Without it there must be one: an empty folder is where a disk is not plugged in.
fn prepare(to: &Path, log: &str, init: bool) -> Result<Place> {
    let marker = to.join(MARKER);
    let failed = |e| ServerError::io("read backup folder", to, e);
    if !marker.is_file() && !init {
        let what = format!("backup in {}: is its disk plugged in? `--init` makes a new place", to.display());
        return Err(ServerError::NotFound { what });
    }
    if !marker.is_file() {
        fs::create_dir_all(to).map_err(|e| ServerError::io("make backup folder", to, e))?;
        crate::folder::owner_only(to, 0o700)?;
        if fs::read_dir(to).map_err(failed)?.next().is_some() {
            return Err(ServerError::BadRequest { what: format!("{} holds something else", to.display()) });
        }
        write(&marker, json!({ "xunju": "server backup", "log": log }).to_string().as_bytes())?;
    }
    let said: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&marker).map_err(failed)?).unwrap_or_default();
    if said.get("log").and_then(|found| found.as_str()) != Some(log) {
        return Err(ServerError::BadRequest { what: format!("{} holds backups of another town", to.display()) });
    }
    Place::open(to)
}

/// One moment of a journal that others may be writing to: in one step, so that no write comes between.
fn copy_journal(from: &Path, to: &Path) -> Result<()> {
    let failed = ServerError::sql("copy journal");
    let run = || {
        let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut copy = Connection::open(to)?;
        Backup::new(&source, &mut copy)?.step(-1)?;
        // A file of its own, without a journal beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")
    };
    run().map_err(failed)?;
    fs::File::open(to).and_then(|file| file.sync_all()).map_err(|e| ServerError::io("sync journal of backup", to, e))
}

/// Copies what is not there, each checked against its name on the way: all files, their bytes, and how many were copied.
fn copy_photos(copy: &Connection, from: &Vault, to: &Vault) -> Result<(Vec<Hash>, u64, u64)> {
    let failed = |e| ServerError::Sql { op: "read photos", source: e };
    let mut stmt = copy.prepare("SELECT hash, bytes FROM blob ORDER BY hash").map_err(failed)?;
    let rows = stmt.query_map([], |row| Ok((Hash(row.get(0)?), row.get(1)?))).map_err(failed)?;
    let (mut files, mut total, mut copied) = (Vec::new(), 0, 0);
    for row in rows {
        let (file, bytes): (Hash, u64) = row.map_err(failed)?;
        total += bytes;
        files.push(file);
        let hash = file.hex();
        // One that lies there spoilt is put aside and copied again.
        if to.has(&hash) && to.verify(&hash)? {
            continue;
        }
        match from.read(&hash) {
            Ok(whole) => _ = to.put_as(&hash, &whole)?,
            Err(PhotoError::Missing { .. } | PhotoError::Corrupt { .. }) => {
                return Err(ServerError::corrupt(format!("photo {hash} of the town is not whole")));
            }
            Err(e) => return Err(e.into()),
        }
        copied += 1;
    }
    Ok((files, total, copied))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |e| ServerError::io("write backup", path, e);
    let mut file = fs::File::create(path).map_err(failed)?;
    std::io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)
}

pub(super) fn sync(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::File::open(folder).and_then(|f| f.sync_all()).map_err(|e| ServerError::io("sync folder", folder, e))?;
    Ok(())
}

//! The data folder: what lies in it, who holds it, whether this version may open it.
//!
//! ```text
//! folder.json      schema number in the clear, so a newer folder is refused before anything is opened
//! key.json         how the data key is kept (never the key itself in the clear)
//! lock             held by the one running program
//! app.db           SQLCipher
//! outbox.journal   second copy of this device's own events
//! photos/          the vault
//! ```

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::keys::{self, Protection};
use crate::sql::SCHEMA;

#[derive(Serialize, Deserialize)]
struct FolderFile {
    xunju: String,
    schema: u32,
}

/// What stands at a path, without opening anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peek {
    Empty,
    /// A data folder, and how its key is kept.
    Locked(Protection),
}

/// # Errors
/// Disk failures, a `key.json` that cannot be read.
pub fn peek(dir: &Path) -> Result<Peek, StoreError> {
    if !dir.join(keys::FILE).exists() {
        return Ok(Peek::Empty);
    }
    Ok(Peek::Locked(keys::protection(dir)?))
}

/// Takes the folder for this process; the operating system lets go when the process ends, however it ends.
pub(crate) fn lock(dir: &Path) -> Result<File, StoreError> {
    fs::create_dir_all(dir).map_err(StoreError::io("create folder", dir))?;
    let path = dir.join("lock");
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(StoreError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::InUse { path: dir.to_owned() }),
        Err(fs::TryLockError::Error(e)) => Err(StoreError::io("lock", &path)(e)),
    }
}

/// Refuses a folder written by a newer version before opening its database.
pub(crate) fn refuse_newer(dir: &Path) -> Result<(), StoreError> {
    let path = dir.join("folder.json");
    if !path.exists() {
        return if dir.join(keys::FILE).exists() { Ok(()) } else { Err(StoreError::NotThere { path: dir.to_owned() }) };
    }
    let text = fs::read_to_string(&path).map_err(StoreError::io("read", &path))?;
    let file: FolderFile =
        serde_json::from_str(&text).map_err(|e| StoreError::Corrupt { what: format!("folder.json: {e}") })?;
    if file.schema > SCHEMA {
        return Err(StoreError::Newer { path: dir.to_owned(), found: file.schema, known: SCHEMA });
    }
    Ok(())
}

pub(crate) fn write_schema(dir: &Path, schema: u32) -> Result<(), StoreError> {
    let file = FolderFile { xunju: "data folder".to_owned(), schema };
    let text = serde_json::to_vec_pretty(&file).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
    write_whole(&dir.join("folder.json"), &text)
}

/// Writes a small file so that after a power cut either the old or the new one stands.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let tmp = path.with_extension("tmp");
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&tmp).map_err(StoreError::io("create", &tmp))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(StoreError::io("write", &tmp))?;
    fs::rename(&tmp, path).map_err(StoreError::io("rename", path))?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// Makes renames in a folder survive a power cut (POSIX; Windows needs no such call).
pub(crate) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(dir).and_then(|d| d.sync_all()).map_err(StoreError::io("sync folder", dir))?;
    }
    Ok(())
}

/// `$XUNJU_STATE`, else the platform's per-user state folder.
pub(crate) fn default_state_dir() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    from("XUNJU_STATE")
        .or_else(|| from("XDG_STATE_HOME").map(|d| d.join("xunju")))
        .or_else(|| from("LOCALAPPDATA").map(|d| d.join("xunju-keys")))
        .or_else(|| from("HOME").map(|d| d.join(".local/state/xunju")))
        .unwrap_or_else(|| PathBuf::from(".xunju-state"))
}

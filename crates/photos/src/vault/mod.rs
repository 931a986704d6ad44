//! The vault: one file per picture, named by the SHA-256 of its plain bytes.
//!
//! ```text
//! <root>/ab/cd/abcd…   a picture, read-only once it stands
//! <root>/tmp/          half-written files; emptied when the vault is opened
//! <root>/stage/        uploads under way on the town server; kept over restarts
//! <root>/damaged/      files that no longer matched their name, put aside by a repair
//! ```
//!
//! A name stands only over whole, fsynced bytes: temp file, fsync, rename, fsync of the folder
//! (a rename without fsync left a file of 0 bytes after a power cut).

mod key;
mod read;
mod room;
mod seal;
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use key::VaultKey;
pub use room::{PHOTO_BYTES, RESERVE_BYTES};
pub use write::Step;

use crate::digest::Digest;
use crate::error::PhotoError;

/// A picture that stands in the vault, durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the plain bytes, lower-case hex.
    pub hash: String,
    /// Length of the plain bytes.
    pub bytes: u64,
}

/// Says how many bytes of the disk are free.
type Free = Arc<dyn Fn() -> u64 + Send + Sync>;
type Faults = Arc<dyn Fn(Step) -> io::Result<()> + Send + Sync>;

/// An open vault. Cheap to clone; safe to share between threads.
#[derive(Clone)]
pub struct Vault {
    root: PathBuf,
    key: Option<Arc<VaultKey>>,
    faults: Option<Faults>,
    free: Option<Free>,
}

impl Vault {
    /// Opens the vault at `root`, making the folder if need be and throwing away half-written files.
    /// With a key every file is sealed; without one files are plain (the town server).
    ///
    /// One process at a time: opening a vault another process is writing to would sweep away what it
    /// has not finished. The data folder's lock sees to that.
    ///
    /// # Errors
    /// [`PhotoError::Disk`] when the folder cannot be made or swept.
    pub fn open(root: &Path, key: Option<VaultKey>) -> Result<Self, PhotoError> {
        let vault = Self::beside(root, key);
        for folder in [vault.tmp(), vault.stages()] {
            fs::create_dir_all(&folder).map_err(|e| PhotoError::disk("make vault", &folder, e))?;
        }
        sweep(&vault.tmp())?;
        Ok(vault)
    }

    /// The vault at `root` for reading only: makes and sweeps nothing, so it may stand beside the process that
    /// writes there.
    #[must_use]
    pub fn beside(root: &Path, key: Option<VaultKey>) -> Self {
        Self { root: root.to_owned(), key: key.map(Arc::new), faults: None, free: None }
    }

    /// Calls `fault` before every step of a write. An error it returns stands for what the disk would
    /// say; a panic or an abort in it stands for the process being killed there. For tests.
    #[must_use]
    pub fn with_faults(mut self, fault: impl Fn(Step) -> io::Result<()> + Send + Sync + 'static) -> Self {
        self.faults = Some(Arc::new(fault));
        self
    }

    /// Where an upload may grow until [`Vault::adopt`] takes it over. Kept over restarts.
    /// Characters of `name` that could leave the folder become `_`.
    #[must_use]
    pub fn stage(&self, name: &str) -> PathBuf {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
        self.stages().join(name.chars().map(safe).collect::<String>())
    }

    /// Whether a picture stands under this hash. Says nothing of its health: see [`Vault::verify`].
    #[must_use]
    pub fn has(&self, hash: &str) -> bool {
        Digest::parse(hash).is_ok_and(|digest| self.place(&digest).is_file())
    }

    /// Every file that stands here, by hash, in no order.
    ///
    /// # Errors
    /// [`PhotoError::Disk`].
    pub fn all(&self) -> Result<Vec<String>, PhotoError> {
        let hexes = |folder: &Path, digits: usize| -> Result<Vec<String>, PhotoError> {
            let failed = |e| PhotoError::disk("list vault", folder, e);
            let mut names = Vec::new();
            for entry in fs::read_dir(folder).map_err(failed)? {
                let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
                let hex = name.bytes().all(|b| b.is_ascii_hexdigit());
                names.extend((name.len() == digits && hex).then_some(name));
            }
            Ok(names)
        };
        let mut all = Vec::new();
        for first in hexes(&self.root, 2)? {
            let outer = self.root.join(first);
            for second in hexes(&outer, 2)? {
                all.extend(hexes(&outer.join(second), 64)?);
            }
        }
        Ok(all)
    }

    /// Removes a cached copy of somebody else's rendition. Nothing to remove is no error.
    ///
    /// # Errors
    /// [`PhotoError::BadHash`], [`PhotoError::Disk`].
    pub fn remove(&self, hash: &str) -> Result<(), PhotoError> {
        let path = self.place(&Digest::parse(hash)?);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(PhotoError::disk("remove picture", &path, e)),
            _ => Ok(()),
        }
    }

    fn place(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        let part = |from: usize| hex.chars().skip(from).take(2).collect::<String>();
        self.root.join(part(0)).join(part(2)).join(&hex)
    }

    fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    fn stages(&self) -> PathBuf {
        self.root.join("stage")
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("root", &self.root).field("sealed", &self.key.is_some()).finish()
    }
}

fn sweep(tmp: &Path) -> Result<(), PhotoError> {
    let failed = |e| PhotoError::disk("sweep vault", tmp, e);
    for entry in fs::read_dir(tmp).map_err(failed)? {
        fs::remove_file(entry.map_err(failed)?.path()).map_err(failed)?;
    }
    Ok(())
}

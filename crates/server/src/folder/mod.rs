//! The data folder: where everything of one town stands.
//!
//! ```text
//! journal.db   the authoritative log, accounts, sessions (SQLite, WAL)
//! server.key   seed of the key that signs rulings and receipts (0600)
//! desk/        the web desk's own store, a replica, with the desk's device key (0700)
//! desk-state/  the desk's high-water mark: tells when desk/ alone was put back
//! blobs/       photos by hash
//! serve.lock   held by the one process that serves
//! ```

mod key;

pub use key::owner_only;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xunju_evidence::Signer;
use zeroize::Zeroizing;

use crate::error::{Result, ServerError};

/// An existing data folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// Held while a server serves a folder; released when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct ServeLock {
    _file: File,
}

impl Folder {
    /// Makes the folder if need be, for its owner's eyes only.
    ///
    /// # Errors
    /// `Io`.
    pub fn open(root: &Path) -> Result<Self> {
        let made = !root.exists();
        fs::create_dir_all(root).map_err(|e| ServerError::io("make data folder", root, e))?;
        if made {
            key::owner_only(root, 0o700)?;
        }
        let root = root.canonicalize().map_err(|e| ServerError::io("open data folder", root, e))?;
        Ok(Self { root })
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    #[must_use]
    pub fn journal_db(&self) -> PathBuf {
        self.root.join("journal.db")
    }

    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// The web desk's folder; its owner's alone.
    ///
    /// # Errors
    /// `Io`.
    pub fn desk(&self) -> Result<PathBuf> {
        let path = self.root.join("desk");
        fs::create_dir_all(&path).map_err(|e| ServerError::io("make desk folder", &path, e))?;
        key::owner_only(&path, 0o700)?;
        Ok(path)
    }

    /// The key that signs rulings and receipts, drawn on first use.
    ///
    /// # Errors
    /// `Io`, or `Corrupt` when the file is not a key.
    pub fn server_key(&self) -> Result<Arc<Signer>> {
        Ok(Arc::new(Signer::from_seed(&key::read_or_draw(&self.root.join("server.key"))?)))
    }

    /// The seed of that key, to be sealed for a backup; none is drawn.
    ///
    /// # Errors
    /// `Io`, `Corrupt`, `NotFound` for a folder without one.
    pub fn server_seed(&self) -> Result<Zeroizing<[u8; 32]>> {
        key::read(&self.root.join("server.key"))?
            .map(Zeroizing::new)
            .ok_or_else(|| ServerError::NotFound { what: format!("server.key in {}", self.root.display()) })
    }

    /// Puts the key of a restored town in its place.
    ///
    /// # Errors
    /// `Io`.
    pub fn place_key(&self, seed: &[u8; 32]) -> Result<()> {
        key::write(&self.root.join("server.key"), seed)
    }

    /// Takes the right to serve.
    ///
    /// # Errors
    /// `FolderInUse` when another process has it.
    pub fn lock(&self) -> Result<ServeLock> {
        let path = self.root.join("serve.lock");
        let file = File::create(&path).map_err(|e| ServerError::io("open lock", &path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(ServeLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(ServerError::FolderInUse { path: self.root.clone() }),
            Err(TryLockError::Error(e)) => Err(ServerError::io("lock", &path, e)),
        }
    }
}

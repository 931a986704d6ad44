//! A second place where everything of a town stands, taken while the server runs, checked before it counts.
//!
//! ```text
//! xunju-backup.json        of which log
//! blobs/ab/cd/<hash>       photos, shared by all generations: one that is there is checked, not copied again
//! at-<events>-<time>/      one generation
//!   journal.db             log, accounts, tree, checkpoints: one moment of it (SQLite's online backup)
//!   manifest.json          written last: a folder without it is no backup
//! ```
//!
//! Not in it: the web desk (a replica, made again), uploads that are not whole, sessions (signed out at a restore).
//! The key that signs the log is in it only under a passphrase.

pub mod check;
mod manifest;
pub mod restore;
pub mod take;

use std::path::{Path, PathBuf};

use crate::error::{Result, ServerError};

pub use manifest::Manifest;

const MARKER: &str = "xunju-backup.json";
const JOURNAL: &str = "journal.db";
const MANIFEST: &str = "manifest.json";
/// What this program writes and reads.
const VERSION: u32 = 1;

/// A folder with backups of one town.
#[derive(Debug, Clone)]
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// # Errors
    /// `NotFound` where there is no backup, `Corrupt` for one of a newer program.
    pub fn open(root: &Path) -> Result<Self> {
        if !root.join(MARKER).is_file() {
            return Err(ServerError::NotFound { what: format!("backup in {}", root.display()) });
        }
        Ok(Self { root: root.to_owned() })
    }

    fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// Generations that are whole, the oldest first.
    ///
    /// # Errors
    /// `Io`.
    pub fn generations(&self) -> Result<Vec<PathBuf>> {
        let failed = |e| ServerError::io("list backups", &self.root, e);
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.root).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("at-"));
            found.extend((named && path.join(MANIFEST).is_file()).then_some(path));
        }
        // By the moment, which is the end of the name: a server put back from a backup may be shorter.
        found.sort_by_key(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.rsplit('-').next().map(str::to_owned)
        });
        Ok(found)
    }
}

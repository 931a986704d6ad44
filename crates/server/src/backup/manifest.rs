//! What a generation says of itself.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use xunju_evidence::{Hash, PublicKey};
use xunju_store::Wrapped;

use super::{JOURNAL, MANIFEST, VERSION};
use crate::error::{Result, ServerError};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    pub version: u32,
    pub log: String,
    pub epoch: u32,
    pub town: String,
    /// Events in it: it holds everything up to this one.
    pub size: u64,
    /// Root of the tree over them, hex.
    pub root: String,
    /// Whose signatures are in it.
    pub server_key: String,
    /// Milliseconds since 1970, by the server's clock.
    pub taken_ms: i64,
    pub program: String,
    /// SHA-256 of `journal.db`.
    pub journal_sha256: String,
    pub photos: u64,
    pub photo_bytes: u64,
    /// The key that signs the log; none where no passphrase was given.
    pub key: Option<Wrapped>,
}

impl Manifest {
    /// # Errors
    /// `Io`; `Corrupt` for what is no manifest, or one of a newer program.
    pub fn read(generation: &Path) -> Result<Self> {
        let path = generation.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|e| ServerError::io("read manifest", &path, e))?;
        let found: Self =
            serde_json::from_str(&text).map_err(|e| ServerError::corrupt(format!("{}: {e}", path.display())))?;
        if found.version > VERSION {
            return Err(ServerError::NewerDatabase { path, found: found.version, known: VERSION });
        }
        Ok(found)
    }

    /// # Errors
    /// `Corrupt` where it names no key.
    pub fn public_key(&self) -> Result<PublicKey> {
        PublicKey::parse(&self.server_key).map_err(|_| ServerError::corrupt("the manifest's key"))
    }

    /// Whether the journal beside it is the one it speaks of.
    ///
    /// # Errors
    /// `Io`, `Corrupt`.
    pub fn holds(&self, generation: &Path) -> Result<()> {
        if journal_hash(generation)?.hex() == self.journal_sha256 {
            return Ok(());
        }
        Err(ServerError::corrupt(format!("{} is not what its manifest says", generation.join(JOURNAL).display())))
    }
}

pub(super) fn journal_hash(generation: &Path) -> Result<Hash> {
    let path = generation.join(JOURNAL);
    let failed = |e| ServerError::io("read journal of backup", &path, e);
    let mut file = std::fs::File::open(&path).map_err(failed)?;
    let mut digest = Sha256::new();
    std::io::copy(&mut file, &mut digest).map_err(failed)?;
    Ok(Hash(digest.finalize().into()))
}

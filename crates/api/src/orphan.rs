//! Photos whose taking in was cut off: the file is whole in the vault, and the machine died before its row was
//! written. They go into the tray; nothing is thrown away.

use xunju_photos::PhotoError;

use crate::error::{ApiError, ErrorCode};
use crate::import::PhotoSource;
use crate::refuse::Refused;
use crate::view::photo::Channel;
use crate::{Api, Caller};

impl Api {
    /// Takes in what stands in the vault without a row, after a stop that was none of the program's own. Says how many
    /// photos came back. No import may run meanwhile.
    ///
    /// # Errors
    /// Disk failures.
    pub fn take_in_orphans(&self, caller: &Caller) -> Result<u32, ApiError> {
        let known = self.store.files_with_rows().refused()?;
        let mut orphans: Vec<(bool, String)> = Vec::new();
        for hash in self.vault.all().refused()?.into_iter().filter(|hash| !known.contains(hash)) {
            match self.vault.read(&hash) {
                // Originals first: most small pictures are theirs, and have a row as soon as they do.
                Ok(bytes) => orphans.push((xunju_photos::codec::is_rendition(&bytes), hash)),
                Err(PhotoError::Corrupt { .. }) => tracing::warn!(hash, "a file without a row is damaged and stays"),
                Err(e) => return Err(e).refused(),
            }
        }
        orphans.sort();
        let mut taken = 0;
        for (_, hash) in orphans {
            if self.store.files_with_rows().refused()?.contains(&hash) {
                continue;
            }
            let bytes = self.vault.read(&hash).refused()?;
            let name = format!("recovered-{}", hash.get(..8).unwrap_or(&hash));
            let source = PhotoSource { name, mtime_ms: None, channel: Channel::Recovered };
            match self.import(caller, &bytes, &source) {
                Ok(_) => taken += 1,
                Err(e) if e.code == ErrorCode::PhotoUnsupported => tracing::warn!(hash, "no photo: it stays as it is"),
                Err(e) => return Err(e),
            }
        }
        Ok(taken)
    }
}

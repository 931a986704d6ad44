//! Files without a row and rows without a file. A photo whose taking in was cut off is whole in the vault, and the machine
//! died before its row was written: it goes into the tray. A file that was gone and is there again goes on its way.

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

    /// Files that were missing when they were to be sent, and are whole again: a guard against viruses let go of them, or
    /// somebody put them back. They are sent as if nothing had been.
    ///
    /// # Errors
    /// Disk failures.
    pub fn found_again(&self) -> Result<(), ApiError> {
        for hash in self.store.missing_files().refused()? {
            let hex = hash.hex();
            if self.vault.has(&hex) && self.vault.verify(&hex).refused()? {
                self.changed(&self.store.blob_arrived(&hash).refused()?);
            }
        }
        Ok(())
    }
}

//! Room on the disk: a photo that cannot be written whole is not begun, and some room is left for what people write.

use super::Vault;
use crate::digest::Digest;
use crate::error::PhotoError;

/// Left for records, drafts and the database's own work.
pub const RESERVE_BYTES: u64 = 64 * 1024 * 1024;
/// A photo of 12 megapixels with its renditions.
pub const PHOTO_BYTES: u64 = 6 * 1024 * 1024;
/// Both renditions at the most.
const RENDITION_BYTES: u64 = 1024 * 1024;

impl Vault {
    /// Free bytes of the disk the vault lies on; none where the system does not say.
    #[must_use]
    pub fn free_bytes(&self) -> Option<u64> {
        match &self.free {
            Some(free) => Some(free()),
            None => on_disk(&self.root),
        }
    }

    /// Free bytes as a test has them.
    #[must_use]
    pub fn with_free(mut self, free: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.free = Some(std::sync::Arc::new(free));
        self
    }

    /// How many more photos of the usual size there is room for.
    #[must_use]
    pub fn photos_fit(&self) -> Option<u64> {
        self.free_bytes().map(fit)
    }

    /// # Errors
    /// [`PhotoError::NoRoom`] for a photo that is not here and cannot be written whole.
    pub(crate) fn room_for(&self, bytes: &[u8]) -> Result<(), PhotoError> {
        let needed = bytes.len() as u64 + RENDITION_BYTES + RESERVE_BYTES;
        match self.free_bytes().filter(|free| *free < needed) {
            Some(free) if !self.has(&Digest::of(bytes).hex()) => {
                Err(PhotoError::NoRoom { free_bytes: free, photos_fit: fit(free) })
            }
            _ => Ok(()),
        }
    }
}

fn fit(free: u64) -> u64 {
    free.saturating_sub(RESERVE_BYTES) / PHOTO_BYTES
}

#[cfg(unix)]
fn on_disk(root: &std::path::Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(root).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn on_disk(_: &std::path::Path) -> Option<u64> {
    None
}

//! Small pictures are worked out of their originals: one that is lost or spoilt is made again when it is asked for.

use xunju_domain::event::BlobRef;
use xunju_photos::PhotoError;
use xunju_photos::intake::redraw;

use crate::Api;
use crate::error::ApiError;
use crate::refuse::Refused;

impl Api {
    /// The file `hash` of a photo: its original or a rendition. A rendition made by this program's recipe is bytes for
    /// bytes what it was; by another one it shows the same picture.
    ///
    /// # Errors
    /// `PhotoMissing` where neither it nor the original is on this machine, `Corrupt` for a spoilt original.
    pub(crate) fn picture(&self, photo: &BlobRef, hash: &str) -> Result<Vec<u8>, ApiError> {
        match self.vault.read(hash) {
            Err(PhotoError::Missing { .. } | PhotoError::Corrupt { .. }) if self.can_redraw(photo, hash) => {
                tracing::warn!(photo = photo.h, "a rendition was lost or spoilt and is made again");
                let (thumb, preview) = redraw(&self.vault, &photo.h).refused()?;
                let is_thumb = photo.thumb.as_ref().is_some_and(|part| part.h == hash);
                let made = if is_thumb { thumb } else { preview };
                if let Some(id) = hash.parse().ok().filter(|_| made.hash == hash) {
                    self.changed(&self.store.blob_arrived(&id).refused()?);
                }
                self.vault.read(&made.hash).refused()
            }
            read => read.refused(),
        }
    }

    /// Whether a file of a photo can be drawn now, if need be from the original.
    pub(crate) fn can_draw(&self, photo: &BlobRef, hash: &str) -> bool {
        self.vault.has(hash) || self.can_redraw(photo, hash)
    }

    fn can_redraw(&self, photo: &BlobRef, hash: &str) -> bool {
        [&photo.thumb, &photo.preview].into_iter().flatten().any(|part| part.h == hash) && self.vault.has(&photo.h)
    }
}

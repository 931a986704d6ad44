//! Room on a laptop's disk: where it runs short, originals that a checked backup of the town holds are let go of, the
//! oldest first. They stay in their cases, and come back when somebody looks at them closely.

use xunju_evidence::Hash;

use crate::Api;
use crate::error::ApiError;
use crate::refuse::Refused;

/// With room for fewer photos than this, room is made: twice what one long day brings.
const SHORT_PHOTOS: u64 = 300;
/// And no more than this is made.
const ENOUGH_PHOTOS: u64 = 600;

impl Api {
    /// Originals that could be let go of, where room is short; none otherwise.
    ///
    /// # Errors
    /// Disk failures.
    pub fn may_go(&self, limit: usize) -> Result<Vec<Hash>, ApiError> {
        self.finish_letting_go()?;
        if self.fits_fewer_than(SHORT_PHOTOS) { self.store.freeable(limit).refused() } else { Ok(Vec::new()) }
    }

    /// Lets go of originals, until there is room enough, of which the server has just said that a backup holds them.
    /// `asked` and not in `held`: they are not, whatever was said before.
    ///
    /// # Errors
    /// Disk failures.
    pub fn let_go(&self, asked: &[Hash], held: &[Hash]) -> Result<(), ApiError> {
        let lost: Vec<Hash> = asked.iter().filter(|hash| !held.contains(hash)).copied().collect();
        let mut changed = self.store.mark_backed(&lost, false).refused()?;
        for hash in held {
            if !self.fits_fewer_than(ENOUGH_PHOTOS) {
                break;
            }
            if self.store.free(hash).refused()? {
                self.vault.remove(&hash.hex()).refused()?;
                changed.merge(self.store.file_gone(hash).refused()?);
            }
        }
        self.changed(&changed);
        Ok(())
    }

    /// What a stop between the row and the file left behind.
    fn finish_letting_go(&self) -> Result<(), ApiError> {
        for hash in self.store.half_freed().refused()? {
            self.vault.remove(&hash.hex()).refused()?;
            self.store.file_gone(&hash).refused()?;
        }
        Ok(())
    }

    fn fits_fewer_than(&self, photos: u64) -> bool {
        self.vault.photos_fit().is_some_and(|fit| fit < photos)
    }
}

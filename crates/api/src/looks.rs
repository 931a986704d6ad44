//! What pictures look like: the index of recycled photos beside the store, filled while nobody waits, and the
//! pictures lately looked at.

use std::collections::VecDeque;
use std::sync::Arc;

use xunju_evidence::Hash;
use xunju_photos::recycled::{Entry, Found, Kept, Look};
use xunju_photos::{PhotoError, VaultKey};
use xunju_store::{Changed, Unseen};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Api, held};

const FILE: &str = "recycled.idx";
/// Pictures looked at that are kept at hand: a third of a megabyte each.
const AT_HAND: usize = 64;
/// Pictures waiting that are read at once.
const PAGE: u32 = 500;

/// The index, opened when it is first asked, and what is at hand.
#[derive(Default)]
pub(crate) struct Looks {
    kept: Option<Kept>,
    at_hand: VecDeque<(Hash, Arc<Look>)>,
}

impl Api {
    /// Looks at pictures that came in since, at most `limit`. Says whether there were so many.
    ///
    /// # Errors
    /// `DiskFull`, `DiskFailed`: they are looked at another time.
    pub fn look_at_arrivals(&self, limit: usize) -> Result<bool, ApiError> {
        // Opened also when nothing waits: an index that was lost says so only then.
        self.with_index(|_| Ok(()))?;
        let arrived = self.arrived(limit)?;
        if arrived.is_empty() {
            return Ok(false);
        }
        let mut entries = Vec::new();
        for Unseen { original, preview } in &arrived {
            match self.drawn(preview) {
                Ok(look) => entries.push(Entry { hash: original.0, fingerprint: look.fingerprint }),
                Err(e) if cannot_be_drawn(&e) => {
                    tracing::warn!(photo = %original, error = %e, "not looked at for recycled photos");
                    self.store.seen_picture(original, false).refused()?;
                }
                Err(e) => return Err(e).refused(),
            }
        }
        self.with_index(|kept| kept.add(&entries))?;
        for entry in &entries {
            self.store.seen_picture(&Hash(entry.hash), true).refused()?;
        }
        if !entries.is_empty() {
            self.changed(&Changed::topic("photo"));
        }
        Ok(arrived.len() == limit)
    }

    fn arrived(&self, limit: usize) -> Result<Vec<Unseen>, ApiError> {
        let (mut arrived, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.unseen(after.as_ref(), !self.is_desk(), PAGE).refused()?;
            let Some(last) = page.last() else { return Ok(arrived) };
            after = Some(last.original);
            arrived.extend(page.into_iter().filter(|picture| self.vault.has(&picture.preview.hex())));
            if arrived.len() >= limit {
                arrived.truncate(limit);
                return Ok(arrived);
            }
        }
    }

    /// Fingerprints of pictures that went from this machine go, too: the index is begun again without them.
    pub(crate) fn forget_looks(&self) -> Result<(), ApiError> {
        *held(&self.looks) = Looks::default();
        let path = self.store.dir().join(FILE);
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(PhotoError::Disk { op: "remove index", path, source }).refused();
            }
            _ => {}
        }
        self.store.look_again().refused()
    }

    /// What a picture looks like; none where it has no preview, or that is not here or cannot be drawn.
    pub(crate) fn look_of(&self, original: &Hash) -> Result<Option<Arc<Look>>, ApiError> {
        if let Some((_, look)) = held(&self.looks).at_hand.iter().find(|(hash, _)| hash == original) {
            return Ok(Some(Arc::clone(look)));
        }
        let Some(preview) = self.store.preview_of(original).refused()? else { return Ok(None) };
        let look = match self.drawn(&preview) {
            Ok(look) => Arc::new(look),
            Err(PhotoError::Missing { .. }) => return Ok(None),
            Err(e) if cannot_be_drawn(&e) => return Ok(None),
            Err(e) => return Err(e).refused(),
        };
        let at_hand = &mut held(&self.looks).at_hand;
        at_hand.truncate(AT_HAND - 1);
        at_hand.push_front((*original, Arc::clone(&look)));
        Ok(Some(look))
    }

    /// Pictures of the index like this one, the nearest first.
    pub(crate) fn alike(&self, look: &Look, original: &Hash) -> Result<Vec<Found>, ApiError> {
        self.with_index(|kept| kept.index().find(&look.fingerprint, &original.hex()))
    }

    fn drawn(&self, preview: &Hash) -> Result<Look, PhotoError> {
        self.vault.read(&preview.hex()).and_then(|bytes| Look::of(&bytes))
    }

    fn with_index<T>(&self, act: impl FnOnce(&mut Kept) -> Result<T, PhotoError>) -> Result<T, ApiError> {
        let looks = &mut *held(&self.looks);
        let kept = match &mut looks.kept {
            Some(kept) => kept,
            None => looks.kept.insert(self.open_index()?),
        };
        act(kept).refused()
    }

    /// The index is worked out of the photos: one that is lost, spoilt or of another key is begun again.
    fn open_index(&self) -> Result<Kept, ApiError> {
        let path = self.store.dir().join(FILE);
        let key = self.store.index_key().map(VaultKey::from_bytes);
        let kept = match Kept::open(&path, key.as_ref()) {
            Err(PhotoError::Corrupt { .. }) => {
                tracing::warn!("the index of recycled photos is begun again");
                std::fs::remove_file(&path).map_err(|source| PhotoError::Disk {
                    op: "remove index",
                    path: path.clone(),
                    source,
                })?;
                Kept::open(&path, key.as_ref())
            }
            opened => opened,
        }
        .refused()?;
        if kept.unreadable() > 0 || kept.index().len() < self.store.pictures_seen().refused()? {
            self.store.look_again().refused()?;
        }
        Ok(kept)
    }
}

fn cannot_be_drawn(e: &PhotoError) -> bool {
    matches!(e, PhotoError::Corrupt { .. } | PhotoError::Decode { .. })
}

//! Photos as they arrive: uploads that survive a kill of either side, and the register of whole files.
//!
//! An upload's address is its content's hash; its offset is what is durable, never what was merely
//! written (sync.md §8.3). Nothing is served, and no receipt given, before the whole file has its hash.

pub mod register;
mod upload;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use xunju_evidence::Hash;
use xunju_photos::Vault;

use crate::error::Result;
use crate::folder::Folder;
use crate::journal::Journal;

pub use register::{Whole, receipt};
pub use upload::{Progress, UploadError};

/// The photos of one data folder.
pub struct Blobs {
    vault: Arc<Vault>,
    journal: Arc<Journal>,
    slots: Mutex<HashMap<Hash, Arc<Slot>>>,
    arrivals: watch::Sender<u64>,
}

/// One upload: one writer at a time, and a bell that asks those before to stop.
struct Slot {
    turn: tokio::sync::Mutex<()>,
    stop: watch::Sender<u64>,
}

impl Default for Slot {
    fn default() -> Self {
        Self { turn: tokio::sync::Mutex::default(), stop: watch::Sender::new(0) }
    }
}

impl Slot {
    /// Asks everybody before to stop; the answer rings for whoever comes after.
    fn claim(&self) -> watch::Receiver<u64> {
        self.stop.send_modify(|turn| *turn += 1);
        self.stop.subscribe()
    }
}

impl std::fmt::Debug for Blobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blobs").field("vault", &self.vault).finish_non_exhaustive()
    }
}

impl Blobs {
    /// # Errors
    /// `Photo` when the folder cannot be made.
    pub fn open(folder: &Folder, journal: Arc<Journal>) -> Result<Arc<Self>> {
        let vault = Arc::new(Vault::open(&folder.blobs(), None)?);
        Ok(Arc::new(Self { vault, journal, slots: Mutex::default(), arrivals: watch::Sender::new(0) }))
    }

    #[must_use]
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// Rings when a file has become whole.
    #[must_use]
    pub fn arrivals(&self) -> watch::Receiver<u64> {
        self.arrivals.subscribe()
    }

    fn arrived(&self) {
        self.arrivals.send_modify(|count| *count += 1);
    }

    fn slot(&self, hash: &Hash) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        // Slots nobody holds are dropped as others come and go.
        slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        Arc::clone(slots.entry(*hash).or_default())
    }
}

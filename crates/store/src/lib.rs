//! The laptop's memory: one SQLite database, one outbox journal, one door for writes.
//!
//! Owns: the data folder, its key and its lock, migrations, the event journal, projections, drafts, the
//! tray, the outbox. Must never: decide what an event means (`domain`), send anything (`link`), touch
//! picture bytes (`photos`). "已保存本机" may be said once [`Store::commit`] has returned.
//!
//! Start reading at [`commit`], then [`ingest`] and [`fold`].

mod blob;
mod chain;
mod changed;
mod commit;
mod error;
mod export;
mod fault;
mod fold;
mod folder;
mod identity;
mod ingest;
mod journal;
mod keys;
mod level;
mod look;
mod outbox;
mod paper_draft;
mod read;
pub mod rescue;
mod scope;
mod search;
mod seen;
mod sql;
mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::Connection;
use xunju_evidence::Signer;

pub use blob::{Absent, BlobState, Download, Upload};
pub use changed::Changed;
pub use commit::{Commit, Committed};
pub use error::StoreError;
pub use export::Said;
pub use fault::{Faults, Step};
pub use folder::{Peek, peek};
pub use identity::{Enrolled, Identity};
pub use ingest::{Cursor, Page, PageFrame};
pub use keys::{NewKey, Protection, Unlock, Wrapped, unwrap_secret, wrap_secret};
pub use level::{Freed, Kept, Levels, Reach};
pub use look::Unseen;
pub use outbox::{OutboxItem, Pending, Queued};
pub use paper_draft::PaperDraftRow;
pub use read::{EventMeta, Order, Query, RecordRow};
pub use scope::Left;
pub use search::{COUNT_MAX, Found, FoundPage, Search};
pub use work::{DraftRow, HeldRow, TrayRow};

/// An open data folder. Share it in an `Arc`; writes queue on one lock.
pub struct Store {
    dir: PathBuf,
    protection: Protection,
    key: Option<keys::DataKey>,
    state_dir: PathBuf,
    store_id: String,
    writer: Mutex<Writer>,
    reader: Mutex<Connection>,
    signer: Mutex<Option<Arc<Signer>>>,
    faults: Faults,
    _lock: std::fs::File,
}

/// What only one thread may hold: the writing connection and the second journal.
struct Writer {
    db: Connection,
    journal: journal::Journal,
}

/// How a folder is opened.
#[derive(Default, Clone)]
pub struct OpenOptions {
    /// Where key files and high-water marks live, outside the data folder; the platform's state folder when none.
    pub state_dir: Option<PathBuf>,
    pub faults: Faults,
}

impl Store {
    /// Makes a new data folder in an empty or missing `dir`.
    ///
    /// # Errors
    /// `AlreadyThere` when the folder holds one, `InUse`, and every disk and key-store failure.
    pub fn create(dir: &Path, key: NewKey<'_>, options: &OpenOptions) -> Result<Self, StoreError> {
        let lock = folder::lock(dir)?;
        if !matches!(peek(dir)?, Peek::Empty) {
            return Err(StoreError::AlreadyThere { path: dir.to_owned() });
        }
        let state_dir = options.state_dir.clone().unwrap_or_else(folder::default_state_dir);
        let (store_id, protection, data_key) = keys::create(dir, &state_dir, key)?;
        Self::assemble(dir, lock, state_dir, store_id, protection, data_key, options)
    }

    /// Opens what [`Store::create`] made.
    ///
    /// # Errors
    /// `InUse`, `NeedsPassphrase`, `WrongPassphrase`, `KeyGone`, `Newer` (left untouched), `Corrupt`, disk failures.
    pub fn open(dir: &Path, unlock: Unlock<'_>, options: &OpenOptions) -> Result<Self, StoreError> {
        folder::refuse_newer(dir)?;
        let lock = folder::lock(dir)?;
        let state_dir = options.state_dir.clone().unwrap_or_else(folder::default_state_dir);
        let (store_id, protection, data_key) = keys::unlock(dir, &state_dir, unlock)?;
        Self::assemble(dir, lock, state_dir, store_id, protection, data_key, options)
    }

    fn assemble(
        dir: &Path,
        lock: std::fs::File,
        state_dir: PathBuf,
        store_id: String,
        protection: Protection,
        key: Option<keys::DataKey>,
        options: &OpenOptions,
    ) -> Result<Self, StoreError> {
        let mut db = sql::open(dir, key.as_ref())?;
        sql::migrate(dir, &mut db)?;
        let reader = sql::open(dir, key.as_ref())?;
        let (journal, tail) = journal::Journal::open(dir, key.as_ref())?;
        let store = Self {
            dir: dir.to_owned(),
            protection,
            key,
            state_dir,
            store_id,
            writer: Mutex::new(Writer { db, journal }),
            reader: Mutex::new(reader),
            signer: Mutex::new(None),
            faults: options.faults.clone(),
            _lock: lock,
        };
        store.load_signer()?;
        store.roll_forward(&tail)?;
        store.prune_journal(tail)?;
        store.notice_rollback()?;
        store.refold_outdated()?;
        Ok(store)
    }

    /// The folder this store lives in.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    #[must_use]
    pub fn protection(&self) -> Protection {
        self.protection
    }

    /// Key for the photo vault; none for a plain (server) store.
    #[must_use]
    pub fn vault_key(&self) -> Option<[u8; 32]> {
        self.key.as_ref().map(|key| key.derive("xunju/key/vault/v1"))
    }

    /// Key for the index of recycled photos; none for a plain (server) store.
    #[must_use]
    pub fn index_key(&self) -> Option<[u8; 32]> {
        self.key.as_ref().map(|key| key.derive("xunju/key/recycled/v1"))
    }

    fn writer(&self) -> Result<MutexGuard<'_, Writer>, StoreError> {
        self.writer.lock().map_err(|_| StoreError::Poisoned)
    }

    fn reader(&self) -> Result<MutexGuard<'_, Connection>, StoreError> {
        self.reader.lock().map_err(|_| StoreError::Poisoned)
    }
}

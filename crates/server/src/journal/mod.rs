//! The authoritative journal: who said what, in the one order of the town.
//!
//! [`writer`] the one way in: groups what waits into one commit. [`append`] numbers and positions,
//! given out inside the transaction, so that any number of processes may write. [`intake`] what a device
//! pushes: everything authentic is stored. [`rule`] what the server makes of it. [`pull`] who gets what.
//! [`tree`] one root over everything, signed, so that nothing can be changed unseen.

pub mod append;
pub mod audit;
pub mod chain;
mod contact;
pub mod directory;
pub mod dirty;
pub mod grant;
pub mod intake;
pub mod level;
pub mod number;
pub mod own;
pub mod paper_number;
pub mod pull;
pub mod record;
pub mod recount;
pub mod recover;
pub mod rule;
pub mod town;
pub mod tree;
mod writer;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use xunju_evidence::Signer;

use crate::clock::Clock;
use crate::db;
use crate::error::{Result, ServerError};
use crate::folder::Folder;

pub use dirty::Dirty;
pub use writer::Tx;

/// Connections kept open for readers; more are opened when needed and closed after.
const IDLE_READERS_MAX: usize = 8;

/// The journal of one data folder. Cheap to share in an `Arc`.
pub struct Journal {
    path: PathBuf,
    clock: Clock,
    signer: Arc<Signer>,
    writer: writer::Writer,
    readers: Mutex<Vec<Connection>>,
    dirty: Arc<Dirty>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Journal {
    /// Opens the journal of a folder, making it and the town's log id on first use.
    ///
    /// # Errors
    /// `NewerDatabase` with nothing touched; `Io`; `Sql`.
    pub fn open(folder: &Folder, clock: Clock) -> Result<Arc<Self>> {
        let path = folder.journal_db();
        let conn = db::open(&path)?;
        let signer = folder.server_key()?;
        let dirty = Arc::new(Dirty::default());
        let writer = writer::Writer::start(conn, clock.clone(), Arc::clone(&signer), Arc::clone(&dirty))?;
        let journal = Arc::new(Self { path, clock, signer, writer, readers: Mutex::default(), dirty });
        journal.write(town::found)?;
        journal.write(|tx| tree::grow(tx.conn))?;
        Ok(journal)
    }

    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    #[must_use]
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Which scopes have grown, for those who wait.
    #[must_use]
    pub fn dirty(&self) -> &Arc<Dirty> {
        &self.dirty
    }

    /// Runs `act` inside the next group: its changes are durable when this returns `Ok`, and undone
    /// when it returns an error.
    ///
    /// # Errors
    /// What `act` says; `Sql` when the commit fails; `Stopped`.
    pub fn write<T: Send + 'static>(&self, act: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        self.writer.run(act)
    }

    /// Runs `look` on one snapshot.
    ///
    /// # Errors
    /// What `look` says; `Sql`.
    pub fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => db::connect(&self.path)?,
        };
        conn.execute_batch("BEGIN").map_err(ServerError::sql("begin read"))?;
        let seen = look(&conn);
        conn.execute_batch("ROLLBACK").map_err(ServerError::sql("end read"))?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS_MAX {
            readers.push(conn);
        }
        seen
    }

    /// Moves the WAL into the database, as a graceful stop does.
    ///
    /// # Errors
    /// `Sql`, `Stopped`.
    pub fn checkpoint(&self) -> Result<()> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.writer.checkpoint()
    }
}

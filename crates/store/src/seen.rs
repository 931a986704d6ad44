//! What the town's log was when this laptop last looked: kept, and named in every event signed since, so that a log
//! that is rewritten contradicts signatures in it (sync.md §9).

use rusqlite::Connection;
use xunju_evidence::{Checkpoint, Seen};

use crate::Store;
use crate::error::StoreError;
use crate::identity::{Identity, OWNER, set_setting, setting};

const SEEN: &str = "log_seen";

/// The checkpoint and its note, checked again.
fn checkpoint(db: &Connection, me: &Identity) -> Result<Option<(Checkpoint, String)>, StoreError> {
    let note = setting(db, OWNER, SEEN)?;
    Ok(note.and_then(|note| Some((Checkpoint::open(&note, &me.log, &me.server_key).ok()?, note))))
}

/// As an event names it.
pub(crate) fn of_event(db: &Connection, me: &Identity) -> Result<Option<Seen>, StoreError> {
    Ok(checkpoint(db, me)?.map(|(seen, _)| Seen { size: seen.size, root: seen.root }))
}

impl Store {
    /// # Errors
    /// Disk failures.
    pub fn log_seen(&self) -> Result<Option<(Checkpoint, String)>, StoreError> {
        let Some(me) = self.identity()? else { return Ok(None) };
        checkpoint(&*self.reader()?, &me)
    }

    /// # Errors
    /// Disk failures.
    pub fn set_log_seen(&self, note: &str) -> Result<(), StoreError> {
        set_setting(&self.writer()?.db, OWNER, SEEN, note)
    }
}

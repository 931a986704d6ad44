//! A compound that is no longer this person's goes from this machine (sync.md §5.4): shown no more at once, since every
//! answer asks for the grant; let go once everything said here is delivered; what was said here, when a backup holds it.

use xunju_domain::device::{PURGED, Purged};
use xunju_domain::event::NewEvent;
use xunju_domain::record::TOWN;
use xunju_store::{Changed, Commit};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Api, Caller};

/// What may have shown something of it.
const TOPICS: [&str; 9] = ["case", "paper", "proceeding", "round", "plan", "dwelling", "photo", "draft", "sync"];

impl Api {
    /// Lets go of what is to go. Nothing is done for want of a network, of an answer, or of time: only because the server
    /// named the scope. Cut off, it goes on the next time.
    ///
    /// # Errors
    /// Disk failures.
    pub fn leave_scopes(&self, caller: &Caller) -> Result<(), ApiError> {
        for scope in self.store.leaving().refused()? {
            if !self.store.drained(&scope).refused()? {
                continue;
            }
            let files = self.store.files_to_go(&scope).refused()?;
            for file in &files {
                self.vault.remove(&file.hex()).refused()?;
            }
            if !files.is_empty() {
                self.forget_looks()?;
            }
            let left = self.store.leave(&scope).refused()?;
            if let Some(gone) = self.store.unwiped(&scope).refused()? {
                if !self.store.wipe_freed().refused()? {
                    continue;
                }
                let (events, own, files) = (gone.events, gone.own, gone.files);
                self.say_purged(caller, &Purged { scope: scope.clone(), events, own, files })?;
                self.store.wiped(&scope).refused()?;
            }
            if left.own_waiting == 0 {
                self.store.left(&scope).refused()?;
            }
            TOPICS.iter().for_each(|topic| self.changed(&Changed::topic(topic)));
        }
        Ok(())
    }

    fn say_purged(&self, caller: &Caller, said: &Purged) -> Result<(), ApiError> {
        let device = self.store.identity().refused()?.map(|me| me.device).unwrap_or_default();
        let event = NewEvent {
            record: format!("device:{device}"),
            scope: TOWN.into(),
            kind: PURGED.into(),
            tv: 1,
            actor: caller.user.clone(),
            parents: Vec::new(),
            blobs: Vec::new(),
            data: serde_json::to_value(said).unwrap_or_default(),
        };
        self.commit(Commit { events: vec![event], ..Commit::empty() }, "").map(drop)
    }
}

//! Which scopes have grown: a counter for each, and a bell. Correctness never depends on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// Rung after a commit. What another process commits is heard by [`Dirty::mark_unknown`].
#[derive(Debug)]
pub struct Dirty {
    scopes: Mutex<BTreeMap<String, u64>>,
    bell: watch::Sender<u64>,
}

impl Default for Dirty {
    fn default() -> Self {
        Self { scopes: Mutex::default(), bell: watch::Sender::new(0) }
    }
}

impl Dirty {
    pub fn mark(&self, scopes: BTreeSet<String>) {
        let mut known = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        let tick = *self.bell.borrow() + 1;
        known.extend(scopes.into_iter().map(|scope| (scope, tick)));
        drop(known);
        self.bell.send_modify(|bell| *bell += 1);
    }

    /// Somebody else wrote: who waits looks for himself.
    pub fn mark_unknown(&self) {
        self.bell.send_modify(|bell| *bell += 1);
    }

    /// Rings at every mark; hold it before looking, so that nothing falls between.
    #[must_use]
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

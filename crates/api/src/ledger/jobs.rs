//! Long work that can be watched and stopped: each by a name its caller chose.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::Caller;
use crate::held;
use crate::view::ledger::LedgerJob;

#[derive(Debug, Default)]
pub struct Jobs(Mutex<BTreeMap<(String, String), State>>);

#[derive(Debug, Default)]
struct State {
    done: u32,
    total: u32,
    stop: bool,
}

impl Jobs {
    /// Runs work under a name. What it is handed notes how far it is and answers whether to go on.
    pub fn run<T>(&self, caller: &Caller, job: &str, work: impl FnOnce(&mut dyn FnMut(u32, u32) -> bool) -> T) -> T {
        let key = (caller.user.clone(), job.to_owned());
        held(&self.0).insert(key.clone(), State::default());
        let _ended = Ended(self, &key);
        work(&mut |done, total| {
            let mut all = held(&self.0);
            let Some(state) = all.get_mut(&key) else { return true };
            (state.done, state.total) = (done, total);
            !state.stop
        })
    }

    #[must_use]
    pub fn look(&self, caller: &Caller, job: &str) -> LedgerJob {
        let all = held(&self.0);
        let state = all.get(&(caller.user.clone(), job.to_owned()));
        state.map_or_else(LedgerJob::default, |s| LedgerJob { running: true, done: s.done, total: s.total })
    }

    pub fn stop(&self, caller: &Caller, job: &str) {
        if let Some(state) = held(&self.0).get_mut(&(caller.user.clone(), job.to_owned())) {
            state.stop = true;
        }
    }
}

/// Forgets the job however its work ends.
struct Ended<'a>(&'a Jobs, &'a (String, String));

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        held(&self.0.0).remove(self.1);
    }
}

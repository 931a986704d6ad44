//! Wakes the network when something was written here, whoever wrote it: a command, a released decision, the
//! watched folder. What the network itself brought in is no news to it.

use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

use tokio::sync::mpsc::UnboundedSender;
use xunju_store::Changed;
use xunju_sync::client::Input;

use crate::driver::Signal;

#[derive(Default)]
pub struct Bell(Mutex<Option<(ThreadId, UnboundedSender<Signal>)>>);

impl Bell {
    /// Rings for this driver from now on, whose own thread is named.
    pub fn hang(&self, thread: ThreadId, inputs: UnboundedSender<Signal>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((thread, inputs));
    }

    /// Called on the thread that made the change.
    pub fn changed(&self, changed: &Changed) {
        // Records are new events; "photo" alone may be a wish for one.
        if changed.records.is_empty() && !changed.topics.contains("photo") {
            return;
        }
        let hung = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((driver, inputs)) = &*hung
            && *driver != thread::current().id()
        {
            let _stopped = inputs.send(Signal::Input(Input::Committed));
        }
    }
}

//! Small work on a beat: decisions whose grace is over, the watched folder, a look at new pictures.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use xunju_api::Api;

const BEAT: Duration = Duration::from_millis(250);
/// Beats between two looks at the watched folder.
const WATCH_EVERY: u32 = 6;
/// Pictures looked at in one beat: they take a few hundredths of a second each.
const LOOKS: usize = 4;

/// Runs until dropped.
pub struct Chores {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Chores {
    pub fn start(api: &Arc<Api>) -> std::io::Result<Self> {
        let api = Arc::clone(api);
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::Builder::new().name("xunju-chores".to_owned()).spawn(move || {
            let mut beat = 0;
            while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                beat += 1;
                once(&api, beat % WATCH_EVERY == 0);
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

fn once(api: &Api, watch: bool) {
    if let Err(e) = api.tick() {
        tracing::warn!(error = %e, "a held decision waits");
    }
    let caller = if watch { api.laptop_caller().ok() } else { None };
    if let Some(Err(e)) = caller.map(|caller| api.scan_watched(&caller)) {
        tracing::warn!(error = %e, "the watched folder could not be taken in");
    }
    if let Err(e) = api.look_at_arrivals(LOOKS) {
        tracing::warn!(error = %e, "new pictures could not be looked at");
    }
}

impl Drop for Chores {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

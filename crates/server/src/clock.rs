//! The server's clock, handed in so that tests can hold it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use xunju_api::clock::{Clock as _, SystemClock};

/// Milliseconds since 1970, from wherever the owner says.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The machine's own.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(|| SystemClock.wall_ms()))
    }

    /// One that stands still until it is moved.
    #[must_use]
    pub fn held(at: Arc<AtomicI64>) -> Self {
        Self(Arc::new(move || at.load(Ordering::SeqCst)))
    }

    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now_ms())
    }
}

//! A clock that is wrong by a fixed amount, and runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use xunju_api::clock::{Clock, SystemClock};

/// The machine's clock, years ahead or behind. The monotonic clock is right: batteries do not stop it.
pub struct SkewedClock {
    pub ahead_ms: i64,
}

impl SkewedClock {
    #[must_use]
    pub fn years(years: i64) -> Arc<dyn Clock> {
        Arc::new(Self { ahead_ms: years * 365 * 86_400_000 })
    }
}

impl Clock for SkewedClock {
    fn wall_ms(&self) -> i64 {
        SystemClock.wall_ms() + self.ahead_ms
    }

    fn mono_ms(&self) -> i64 {
        SystemClock.mono_ms()
    }

    fn boot(&self) -> String {
        SystemClock.boot()
    }

    fn tz(&self) -> String {
        SystemClock.tz()
    }
}

/// The machine's clock with a spring in it: a test winds it forward instead of waiting.
#[derive(Default)]
pub struct WoundClock {
    ahead_ms: AtomicI64,
}

impl WoundClock {
    pub fn days(&self, days: i64) {
        self.forward(days * 86_400_000);
    }

    pub fn forward(&self, ms: i64) {
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for WoundClock {
    fn wall_ms(&self) -> i64 {
        SystemClock.wall_ms() + self.ahead_ms.load(Ordering::SeqCst)
    }

    fn mono_ms(&self) -> i64 {
        SystemClock.mono_ms() + self.ahead_ms.load(Ordering::SeqCst)
    }

    fn boot(&self) -> String {
        SystemClock.boot()
    }

    fn tz(&self) -> String {
        SystemClock.tz()
    }
}

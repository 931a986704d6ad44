//! A clock that is wrong by a fixed amount, and runs.

use std::sync::Arc;

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

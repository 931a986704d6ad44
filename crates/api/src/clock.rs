//! The device's clocks, read in one place. They are recorded and shown; nothing is decided by them (I13).

use std::time::{SystemTime, UNIX_EPOCH};

use xunju_evidence::{Anchor, Times};

/// What can be read off a machine's clocks.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, as the machine believes.
    fn wall_ms(&self) -> i64;
    /// Milliseconds since boot, sleep included.
    fn mono_ms(&self) -> i64;
    /// Names this boot: monotonic readings of two boots do not compare.
    fn boot(&self) -> String;
    /// `+08:00`
    fn tz(&self) -> String;
}

/// The machine's own clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn wall_ms(&self) -> i64 {
        let since = |from: SystemTime| {
            from.duration_since(UNIX_EPOCH).map(|d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
        };
        let now = since(SystemTime::now())
            .unwrap_or_else(|before| -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX));
        now.saturating_add(ahead_ms())
    }

    #[cfg(target_os = "linux")]
    fn mono_ms(&self) -> i64 {
        let at = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        at.tv_sec * 1000 + at.tv_nsec / 1_000_000 + ahead_ms()
    }

    #[cfg(not(target_os = "linux"))]
    fn mono_ms(&self) -> i64 {
        use std::sync::OnceLock;
        static START: OnceLock<std::time::Instant> = OnceLock::new();
        i64::try_from(START.get_or_init(std::time::Instant::now).elapsed().as_millis())
            .unwrap_or(i64::MAX)
            .saturating_add(ahead_ms())
    }

    fn boot(&self) -> String {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        if id.trim().is_empty() { format!("p_{}", std::process::id()) } else { id.trim().to_owned() }
    }

    fn tz(&self) -> String {
        "+08:00".to_owned()
    }
}

/// A program of a run that tells a story of many days is started again days later: in a debug build
/// `XUNJU_DAYS_AHEAD=8` winds its clocks. In a release build nothing does.
#[cfg(debug_assertions)]
fn ahead_ms() -> i64 {
    use std::sync::LazyLock;
    static DAYS: LazyLock<i64> =
        LazyLock::new(|| std::env::var("XUNJU_DAYS_AHEAD").ok().and_then(|days| days.parse().ok()).unwrap_or(0));
    DAYS.saturating_mul(86_400_000)
}

#[cfg(not(debug_assertions))]
const fn ahead_ms() -> i64 {
    0
}

/// All clocks at one moment, as an event carries them.
#[must_use]
pub fn times(clock: &dyn Clock, anchor: Option<Anchor>) -> Times {
    Times { wall: clock.wall_ms(), tz: clock.tz(), boot: clock.boot(), mono: clock.mono_ms(), anc: anchor, gps: None }
}

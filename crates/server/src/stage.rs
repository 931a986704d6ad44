//! Stages a test may kill the process at. In a release build nothing can.

/// Reached a stage. In a debug build the process aborts here when the environment says
/// `XUNJU_KILL_AT=<stage>`, or on the n-th time with `XUNJU_KILL_AT=<stage>:<n>`.
#[cfg(debug_assertions)]
pub fn reach(stage: &'static str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static WANTED: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
        let text = std::env::var("XUNJU_KILL_AT").ok()?;
        let (stage, times) = text.split_once(':').unwrap_or((&text, "1"));
        Some((stage.to_owned(), times.parse().unwrap_or(1)))
    });
    static TIMES: AtomicU32 = AtomicU32::new(0);

    if let Some((wanted, nth)) = WANTED.as_ref()
        && wanted == stage
        && TIMES.fetch_add(1, Ordering::SeqCst) + 1 == *nth
    {
        std::process::abort();
    }
}

/// Reached a stage.
#[cfg(not(debug_assertions))]
pub fn reach(_: &'static str) {}

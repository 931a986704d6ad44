//! Noticing a stall: no byte in either direction for a while. A slow line is no stall, however long the whole
//! takes (sync.md §7.3).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::stream;
use reqwest::Body;
use tokio::time::Instant;

/// Bytes handed to the connection at a time: small, so that a moving line beats often.
const SLICE_BYTES: usize = 16 * 1024;

/// Beats with every byte sent or received.
#[derive(Clone)]
pub struct Pulse {
    began: Instant,
    last_ms: Arc<AtomicU64>,
}

impl Pulse {
    pub fn new() -> Self {
        Self { began: Instant::now(), last_ms: Arc::default() }
    }

    pub fn beat(&self) {
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_ms.store(ms, Ordering::Relaxed);
    }

    /// A body that beats with every slice the connection takes.
    pub fn body(&self, bytes: Vec<u8>) -> Body {
        let pulse = self.clone();
        let slices: Vec<Vec<u8>> = bytes.chunks(SLICE_BYTES).map(<[u8]>::to_vec).collect();
        Body::wrap_stream(stream::iter(slices.into_iter().map(move |slice| {
            pulse.beat();
            Ok::<_, std::convert::Infallible>(slice)
        })))
    }

    /// Runs `work`; none when it stalled for `stall`.
    pub async fn keep<T>(&self, stall: Duration, work: impl Future<Output = T>) -> Option<T> {
        tokio::pin!(work);
        loop {
            let last = self.began + Duration::from_millis(self.last_ms.load(Ordering::Relaxed));
            tokio::select! {
                done = &mut work => return Some(done),
                () = tokio::time::sleep_until(last + stall) => {
                    let last = self.began + Duration::from_millis(self.last_ms.load(Ordering::Relaxed));
                    if last.elapsed() >= stall {
                        return None;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STALL: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn silence_is_a_stall_and_a_slow_line_is_not() {
        let silent = Pulse::new();
        assert_eq!(silent.keep(STALL, std::future::pending::<()>()).await, None);

        let slow = Pulse::new();
        let beats = slow.clone();
        let work = async move {
            for _ in 0..20 {
                tokio::time::sleep(Duration::from_secs(25)).await;
                beats.beat();
            }
            "whole"
        };
        let began = Instant::now();
        assert_eq!(slow.keep(STALL, work).await, Some("whole"));
        assert_eq!(began.elapsed(), Duration::from_secs(500));

        let dying = Pulse::new();
        let beats = dying.clone();
        let work = async move {
            tokio::time::sleep(Duration::from_secs(25)).await;
            beats.beat();
            std::future::pending::<()>().await;
        };
        let began = Instant::now();
        assert_eq!(dying.keep(STALL, work).await, None);
        assert_eq!(began.elapsed(), Duration::from_secs(55));
    }
}

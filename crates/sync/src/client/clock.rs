//! The server's clock as this laptop can know it (sync.md §4): from four moments of an exchange, the offset
//! and how wrong it can be; of the last eight the surest. A device's wall clock plays no part.

use std::collections::VecDeque;

use xunju_evidence::Anchor;

const SAMPLES: usize = 8;
/// Drift allowance of a quartz clock, 50 ppm: one millisecond in so many.
const DRIFT_MS: i64 = 20_000;

#[derive(Debug, Clone, Copy)]
struct Sample {
    /// Server minus monotonic.
    offset_ms: i64,
    error_ms: i64,
    at_ms: i64,
}

impl Sample {
    fn error_at(&self, now_ms: i64) -> i64 {
        self.error_ms.saturating_add(now_ms.saturating_sub(self.at_ms).max(0) / DRIFT_MS)
    }
}

/// The last exchanges of this boot.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    samples: VecDeque<Sample>,
}

impl Clock {
    /// Takes one exchange: sent at `t0`, received at `t3` by the monotonic clock; `t1` and `t2` the server's.
    /// Gives the anchor to use from now on; none when the four cannot be true together.
    pub fn exchange(&mut self, t0: i64, t1: i64, t2: i64, t3: i64) -> Option<Anchor> {
        let (away, there) = (t3.checked_sub(t0)?, t2.checked_sub(t1)?);
        if away < 0 || there < 0 || there > away {
            return None;
        }
        let offset_ms = t1.checked_sub(t0)?.checked_add(t2.checked_sub(t3)?)? / 2;
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(Sample { offset_ms, error_ms: (away - there) / 2 + 1, at_ms: t3 });
        let best = self.samples.iter().min_by_key(|sample| sample.error_at(t3))?;
        Some(Anchor { srv: t3.checked_add(best.offset_ms)?, mono: t3, err: best.error_at(t3) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_surest_of_the_last_eight_counts() {
        let mut clock = Clock::default();
        let server_at = |mono: i64| mono + 1_790_000_000_000;
        let sure = clock.exchange(1_000, server_at(1_010), server_at(1_012), 1_022).unwrap();
        assert_eq!((sure.srv, sure.mono, sure.err), (server_at(1_022), 1_022, 11));
        // All the delay on one side: the estimate is off by half of it, and says so.
        let slow = Clock::default().exchange(2_000, server_at(4_000), server_at(4_000), 4_000).unwrap();
        assert_eq!((server_at(4_000) - slow.srv).abs(), 1_000);
        assert_eq!(slow.err, 1_001);
        let kept = clock.exchange(2_000, server_at(4_000), server_at(4_000), 4_000).unwrap();
        assert_eq!((kept.srv, kept.err), (server_at(4_000), 11));
        for _ in 0..SAMPLES {
            clock.exchange(5_000, server_at(7_000), server_at(7_000), 7_000);
        }
        assert_eq!(clock.exchange(5_000, server_at(7_000), server_at(7_000), 7_000).unwrap().err, 1_001);
    }

    #[test]
    fn an_impossible_exchange_is_no_sample() {
        let mut clock = Clock::default();
        assert!(clock.exchange(10, 0, 0, 5).is_none(), "received before it was sent");
        assert!(clock.exchange(0, 10, 5, 20).is_none(), "answered before it arrived");
        assert!(clock.exchange(0, 0, 100, 20).is_none(), "longer at the server than away");
        assert!(clock.exchange(i64::MIN, 0, 0, i64::MAX).is_none());
    }
}

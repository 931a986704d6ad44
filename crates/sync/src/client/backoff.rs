//! How long to leave a server alone: exponential with full jitter, so that a town's laptops do not return
//! all at once when it does.

const FIRST_MS: u64 = 1_000;
const LONGEST_MS: u64 = 15 * 60 * 1_000;
/// Even the luckiest draw waits this long.
const SHORTEST_MS: u64 = 200;

/// Random numbers from one the caller drew (splitmix64): spread, not secrecy.
#[derive(Debug, Clone)]
pub struct Jitter(u64);

impl Jitter {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Evenly from 0 to `max`.
    pub fn upto(&mut self, max: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % max.saturating_add(1).max(1)
    }
}

/// Tries without progress.
#[derive(Debug, Clone, Default)]
pub struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Milliseconds to wait after one more failure.
    pub fn next_ms(&mut self, jitter: &mut Jitter) -> u64 {
        let most = FIRST_MS.saturating_mul(1 << self.tries.min(20)).min(LONGEST_MS);
        self.tries = self.tries.saturating_add(1);
        jitter.upto(most).max(SHORTEST_MS)
    }

    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_a_quarter_of_an_hour_and_falls_back_on_progress() {
        let mut jitter = Jitter::new(7);
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..400).map(|_| backoff.next_ms(&mut jitter)).collect();
        for (tries, wait) in waits.iter().enumerate() {
            let most = (1_000_u64 << tries.min(20)).min(LONGEST_MS);
            assert!((SHORTEST_MS..=most).contains(wait), "try {tries}: {wait}");
        }
        assert!(waits.iter().any(|wait| *wait > LONGEST_MS * 9 / 10), "the cap is reached");
        assert!(waits.iter().skip(20).any(|wait| *wait < LONGEST_MS / 10), "jitter is full, not a margin");
        backoff.reset();
        assert!(backoff.next_ms(&mut jitter) <= FIRST_MS);
    }
}

//! What must be true of any bytes at all: the original is kept to the byte or refused with nothing stored, what cannot
//! be drawn is said, an error has a code and a text.

use std::time::{Duration, Instant};

use xunju_photos::inspect;
use xunju_photos::{PhotoError, Source, Vault, intake, sha256_hex};

/// 2026-11-18 in milliseconds.
const IMPORTED_MS: i64 = 1_795_000_000_000;

/// How one picture ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Drawn,
    NotDrawn,
    Refused,
}

/// Import and inspection each have five seconds.
const TIME_MAX: Duration = Duration::from_secs(10);

/// [`end`] and how long it took. On a machine busy with other things the least of three counts.
pub fn timed(vault: &Vault, bytes: &[u8], what: &str) -> (End, Duration) {
    let mut least = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let end = end(vault, bytes, what);
        least = least.min(begun.elapsed());
        if least < TIME_MAX {
            return (end, least);
        }
    }
    panic!("{what}: {least:?}");
}

/// Takes `bytes` in and inspects them; `what` names them when something is wrong.
fn end(vault: &Vault, bytes: &[u8], what: &str) -> End {
    let source = Source { name: "x.jpg".into(), mtime_ms: None, channel: "drop".into(), imported_ms: IMPORTED_MS };
    let end = match intake(vault, bytes, &source) {
        Ok(kept) => {
            assert!(vault.read(&kept.original.hash).unwrap() == bytes, "{what}: other bytes");
            assert_eq!(kept.thumb.is_some(), kept.preview.is_some(), "{what}");
            let drawn = kept.preview.is_some();
            let flagged = kept.facts.flags.iter().any(|flag| flag == "no_preview" || flag == "damaged");
            assert!(drawn || flagged, "{what}: not drawn and nothing said: {:?}", kept.facts.flags);
            if drawn { End::Drawn } else { End::NotDrawn }
        }
        Err(PhotoError::Unsupported { .. } | PhotoError::TooLarge { .. }) => {
            assert!(!vault.has(&sha256_hex(bytes)), "{what}: refused and stored");
            End::Refused
        }
        Err(e) => panic!("{what}: {e}"),
    };
    if let Err(unreadable) = inspect::bytes(bytes, "x.jpg", IMPORTED_MS) {
        assert!(!unreadable.code.is_empty() && !unreadable.detail.is_empty(), "{what}");
    }
    end
}

/// Most memory this process had so far, in bytes.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) * 1024
}

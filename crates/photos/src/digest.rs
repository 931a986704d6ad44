//! SHA-256 as a name: 64 lower-case hex digits outside, 32 bytes inside.

use sha2::{Digest as _, Sha256};

use crate::PhotoError;

/// SHA-256 of `bytes`, as 64 lower-case hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Digest::of(bytes).hex()
}

/// A content hash that is known to be well formed, so that it may become a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) [u8; 32]);

impl Digest {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// # Errors
    /// [`PhotoError::BadHash`] for anything but 64 lower-case hex digits.
    pub(crate) fn parse(hash: &str) -> Result<Self, PhotoError> {
        let bad = || PhotoError::BadHash { hash: hash.chars().take(80).collect() };
        if hash.len() != 64 {
            return Err(bad());
        }
        let mut out = [0u8; 32];
        for (byte, pair) in out.iter_mut().zip(hash.as_bytes().chunks_exact(2)) {
            let [high, low] = pair else { return Err(bad()) };
            *byte = nibble(*high).zip(nibble(*low)).map(|(h, l)| h << 4 | l).ok_or_else(bad)?;
        }
        Ok(Self(out))
    }

    pub(crate) fn hex(&self) -> String {
        use std::fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_known_hash_round_trips() {
        let hex = sha256_hex(b"abc");
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Digest::parse(&hex).unwrap().hex(), hex);
    }

    #[test]
    fn nothing_else_becomes_a_path() {
        let long = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/".to_owned();
        for bad in ["", "..", "../../etc/passwd", &long, &"A".repeat(64), &"楼".repeat(21)] {
            assert!(Digest::parse(bad).is_err(), "{bad}");
        }
    }
}

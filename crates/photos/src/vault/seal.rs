//! The sealed file: XChaCha20-Poly1305 in chunks, after the STREAM construction
//! (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance, CRYPTO 2015).
//!
//! ```text
//! header, 40 bytes
//!    0  4  "XJPV"
//!    4  1  version = 1
//!    5  1  suite = 1 (XChaCha20-Poly1305)
//!    6  2  chunk length in KiB, little-endian = 64
//!    8  8  length of the plain bytes, little-endian
//!   16 19  nonce prefix, random for every file
//!   35  5  zero
//! then every chunk of 64 KiB (the last one shorter, and alone if the file is empty): cipher text, tag of 16 bytes
//!
//! nonce of a chunk  prefix ‖ number of the chunk, 4 bytes big-endian ‖ 1 for the last chunk, else 0
//! bound data        header ‖ SHA-256 of the plain bytes
//! ```
//!
//! The number and the mark of the last chunk catch chunks that are cut off, added or in another order;
//! the bound hash catches one whole file put under another's name. Any chunk opens alone.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::VaultKey;
use crate::digest::Digest;

pub(super) const CHUNK_BYTES: usize = 64 * 1024;
pub(super) const TAG_BYTES: usize = 16;
pub(super) const HEADER_BYTES: usize = 40;
const MAGIC: [u8; 4] = *b"XJPV";
const VERSION: u8 = 1;
const SUITE: u8 = 1;
const CHUNK_KIB: u16 = 64;

pub(super) type Prefix = [u8; 19];

/// What a sealed file says of itself before any key is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub plain_bytes: u64,
    pub prefix: Prefix,
}

impl Header {
    pub(super) fn to_bytes(self) -> [u8; HEADER_BYTES] {
        let mut out = [0u8; HEADER_BYTES];
        let fields = MAGIC
            .into_iter()
            .chain([VERSION, SUITE])
            .chain(CHUNK_KIB.to_le_bytes())
            .chain(self.plain_bytes.to_le_bytes())
            .chain(self.prefix);
        for (slot, byte) in out.iter_mut().zip(fields) {
            *slot = byte;
        }
        out
    }

    /// The header of `bytes`, or what is wrong with it.
    pub(super) fn parse(bytes: &[u8; HEADER_BYTES]) -> Result<Self, &'static str> {
        let mut rest = bytes.as_slice();
        if take::<4>(&mut rest) != Some(MAGIC) {
            return Err("no sealed picture");
        }
        if take::<4>(&mut rest) != Some([VERSION, SUITE, 64, 0]) {
            return Err("sealed by a newer version");
        }
        let plain_bytes = take::<8>(&mut rest).map(u64::from_le_bytes).ok_or("header")?;
        let prefix = take::<19>(&mut rest).ok_or("header")?;
        let header = Self { plain_bytes, prefix };
        if header.to_bytes() == *bytes { Ok(header) } else { Err("header") }
    }

    pub(super) fn chunks(self) -> u64 {
        self.plain_bytes.div_ceil(CHUNK_BYTES as u64).max(1)
    }

    /// Length of the whole sealed file.
    pub(super) fn file_bytes(self) -> Option<u64> {
        let tags = self.chunks().checked_mul(TAG_BYTES as u64)?;
        self.plain_bytes.checked_add(tags)?.checked_add(HEADER_BYTES as u64)
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Seals and opens the chunks of one file.
pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
    header: Header,
    bound: Vec<u8>,
}

impl Sealer {
    pub(super) fn new(key: &VaultKey, header: Header, digest: &Digest) -> Self {
        let cipher = XChaCha20Poly1305::new(key.bytes().into());
        let bound = header.to_bytes().into_iter().chain(digest.0).collect();
        Self { cipher, header, bound }
    }

    /// The sealed bytes of chunk `number`.
    pub(super) fn seal(&self, number: u64, plain: &[u8]) -> Result<Vec<u8>, &'static str> {
        let payload = Payload { msg: plain, aad: &self.bound };
        self.cipher.encrypt(&self.nonce(number)?, payload).map_err(|_| "seal")
    }

    /// The plain bytes of chunk `number`.
    pub(super) fn open(&self, number: u64, sealed: &[u8]) -> Result<Vec<u8>, &'static str> {
        let payload = Payload { msg: sealed, aad: &self.bound };
        self.cipher.decrypt(&self.nonce(number)?, payload).map_err(|_| "a chunk does not open")
    }

    fn nonce(&self, number: u64) -> Result<XNonce, &'static str> {
        let counter = u32::try_from(number).map_err(|_| "too many chunks")?;
        let last = u8::from(number + 1 == self.header.chunks());
        Ok(self.header.prefix.into_iter().chain(counter.to_be_bytes()).chain([last]).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The format of 2026 must open for as long as a town keeps its files: these bytes never change.
    #[test]
    fn golden_file() {
        let plain = b"xunju";
        let header = Header { plain_bytes: 5, prefix: [7; 19] };
        let sealer = Sealer::new(&VaultKey::from_bytes([9; 32]), header, &Digest::of(plain));
        let file: Vec<u8> = header.to_bytes().into_iter().chain(sealer.seal(0, plain).unwrap()).collect();
        let hex: String = file.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, include_str!("golden.hex").trim());
    }

    #[test]
    fn the_last_chunk_opens_only_as_last() {
        let key = VaultKey::from_bytes([1; 32]);
        let digest = Digest([3; 32]);
        let one = Header { plain_bytes: CHUNK_BYTES as u64, prefix: [0; 19] };
        let two = Header { plain_bytes: CHUNK_BYTES as u64 + 1, prefix: [0; 19] };
        let sealed = Sealer::new(&key, one, &digest).seal(0, &[5; CHUNK_BYTES]).unwrap();
        assert!(Sealer::new(&key, one, &digest).open(0, &sealed).is_ok());
        assert!(Sealer::new(&key, two, &digest).open(0, &sealed).is_err());
        assert!(Sealer::new(&key, one, &Digest([4; 32])).open(0, &sealed).is_err());
    }
}

//! Why a picture could not be kept, read or drawn.

use std::io;
use std::path::{Path, PathBuf};

/// Every failure of this crate, by cause.
#[derive(Debug)]
pub enum PhotoError {
    /// Not a picture this program can keep as evidence.
    Unsupported {
        /// By magic: `text/html`, `video/mp4`, `application/octet-stream`, …
        media_type: String,
    },
    /// The file is longer than `bytes_max`.
    TooLarge { bytes: u64, bytes_max: u64 },
    /// Not 64 lower-case hex digits.
    BadHash { hash: String },
    /// No such picture in the vault.
    Missing { hash: String },
    /// The file in the vault is not what its name promises: cut, changed, swapped, or sealed with another key.
    Corrupt { hash: String, what: &'static str },
    /// The bytes handed over do not have the hash they were announced under.
    HashMismatch { expected: String, found: String },
    /// A range beyond the end of the picture.
    OutOfRange { hash: String, offset: u64, len: u64, total: u64 },
    /// Only a vault without a key takes a finished file over.
    PlainVaultOnly { op: &'static str },
    /// It could not be written whole: nothing was begun.
    NoRoom { free_bytes: u64, photos_fit: u64 },
    /// The disk is full.
    DiskFull { op: &'static str, path: PathBuf },
    /// Reading or writing failed.
    Disk { op: &'static str, path: PathBuf, source: io::Error },
    /// The picture could not be drawn; its original is safe.
    Decode { cause: String },
    /// The system's random source failed.
    Random { cause: String },
}

impl PhotoError {
    pub(crate) fn disk(op: &'static str, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { op, path: path.to_owned() },
            _ => Self::Disk { op, path: path.to_owned(), source },
        }
    }
}

impl std::fmt::Display for PhotoError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unsupported { media_type } => write!(f, "not a picture that can be kept: {media_type}"),
            Self::TooLarge { bytes, bytes_max } => write!(f, "picture of {bytes} bytes, at most {bytes_max}"),
            Self::BadHash { hash } => write!(f, "not a SHA-256 in lower-case hex: {hash:?}"),
            Self::Missing { hash } => write!(f, "picture {hash} is not in the vault"),
            Self::Corrupt { hash, what } => write!(f, "picture {hash} is damaged in the vault: {what}"),
            Self::HashMismatch { expected, found } => write!(f, "announced as {expected}, is {found}"),
            Self::OutOfRange { hash, offset, len, total } => {
                write!(f, "picture {hash}: {len} bytes from {offset} of {total}")
            }
            Self::PlainVaultOnly { op } => write!(f, "{op}: only in a vault without a key"),
            Self::NoRoom { free_bytes, photos_fit } => {
                write!(f, "{free_bytes} bytes of disk left: {photos_fit} photos fit")
            }
            Self::DiskFull { op, path } => write!(f, "{op}: disk full: {}", path.display()),
            Self::Disk { op, path, source } => write!(f, "{op}: {}: {source}", path.display()),
            Self::Decode { cause } => write!(f, "cannot draw: {cause}"),
            Self::Random { cause } => write!(f, "random source: {cause}"),
        }
    }
}

impl std::error::Error for PhotoError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            _ => None,
        }
    }
}

//! The evidence bundle: one case as a file that an outsider can check with `sha256sum` and `openssl`, and
//! that convinces without this program.
//!
//! ```text
//! VERIFY.txt            how to check it
//! SHA256SUMS            every other file
//! manifest.json         what is in it, and whose keys; manifest.signed and .sig: the maker's signature
//! keys/*.pem            the maker, the server, every device that signed
//! events/0001.json      a signed event, verbatim; .signed: the very bytes signed; .sig
//! receipts/0001.json    the server's receipts, with .signed and .sig
//! originals/ renditions/ papers/
//! ```
//!
//! Further kinds of proof (inclusion in the town's log, time stamps; sync.md §9) are further files with
//! roles of their own: a reader that does not know a role still checks its hash.

mod archive;
mod make;
mod verify;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;

pub use archive::{ArchiveError, LIMIT_BYTES};
pub use make::{Content, make};
pub use verify::{Problem, Report, verify};

/// Sets the maker's signature apart from any other.
const DOMAIN: &str = "xunju/bundle/v1";
const FORMAT: &str = "xunju-bundle/1";
const SUMS: &str = "SHA256SUMS";
const MANIFEST: &str = "manifest.json";
const SIGNED: &str = "manifest.signed";
const SIGNATURE: &str = "manifest.sig";

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    /// `case:0192…`
    pub record: String,
    /// The case's number as people say it.
    pub number: String,
    pub town: String,
    pub log: String,
    /// The maker's clock, milliseconds since 1970.
    pub made_ms: i64,
    /// Device that made the bundle, and the town's server.
    pub made_by: String,
    pub server: String,
    /// Public keys by device, `1:<hex>`.
    pub keys: BTreeMap<String, String>,
    pub files: Vec<Listed>,
    /// Files an event names that were not at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Absent>,
}

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub path: String,
    /// `event` | `receipt` | `blob_receipt` | `signed` | `signature` | `key` | `page` | `original` |
    /// `preview` | `thumb` | `paper`
    pub role: String,
    pub sha256: Hash,
    pub bytes: u64,
    /// The original a rendition was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Hash>,
}

/// A file that should be here and is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    pub sha256: Hash,
    pub role: String,
}

//! What the fold reads: an event with its place in the graph, stripped of its bytes and signature.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Lower-case hex SHA-256 of the signed body.
pub type EventId = String;

/// One event of one record. Order among events comes from `parents` only; `seq` and `received_ms`
/// are shown and never decided on.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldEvent {
    pub id: EventId,
    pub parents: Vec<EventId>,
    /// `case.recorded`, `case.field_set`, …
    pub kind: String,
    pub tv: u32,
    pub actor: String,
    pub device: String,
    pub inc: u32,
    pub n: u64,
    /// Whether the town server's own key signed it: only such events may rule (sync.md §2.3).
    pub by_server: bool,
    pub wall_ms: i64,
    pub tz: String,
    /// Estimated server time and its error, where the device was calibrated (sync.md §4).
    pub estimate: Option<(i64, i64)>,
    pub blobs: Vec<BlobRef>,
    pub data: Value,
    pub seq: Option<u64>,
    pub received_ms: Option<i64>,
}

/// A photo named by an event: the original and its two renditions, each by SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    /// SHA-256 of the original.
    pub h: String,
    /// Bytes.
    pub n: u64,
    /// Media type by magic.
    pub m: String,
    /// `photo`
    pub role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<BlobPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<BlobPart>,
    /// What the picture said of itself at intake: slot, name, size, time, camera, flags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// A rendition: hash and length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobPart {
    pub h: String,
    pub n: u64,
}

/// An event somebody decided to make, before it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// `case:0192…`
    pub record: String,
    /// Compound id, `town`, or `user-…`.
    pub scope: String,
    pub kind: String,
    pub tv: u32,
    pub actor: String,
    pub parents: Vec<EventId>,
    pub blobs: Vec<BlobRef>,
    pub data: Value,
}

/// The part of a record that lists and searches read; the same shape for every kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Projection {
    /// `case`, `compound`, `user`, `device`, `access`, …
    pub kind: String,
    pub scope: String,
    /// Lifecycle state or empty.
    pub status: String,
    /// `YYYY-MM-DD`, for sorting by deadline.
    pub due: Option<String>,
    /// Words a search may hit: number, compound, building, room, initials.
    pub search: String,
    /// Exact-match keys: `compound`, `category`, `place`, `author`, `photo`, `queue`, …
    pub facets: Vec<(String, String)>,
    /// The whole folded state as JSON, read back by `domain` types.
    pub doc: Value,
}

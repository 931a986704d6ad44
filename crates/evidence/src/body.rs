//! The event body (sync.md §3.1): JSON text a court expert can read in ten years, signed as it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::hash::Hash;
use crate::json;

/// Largest body an intake accepts, bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// Envelope version written today; version 1 is accepted for ever.
pub const ENVELOPE_VERSION: u32 = 1;

/// Why a text is not an event body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyError {
    TooLarge {
        bytes: usize,
    },
    NotUtf8,
    /// Not I-JSON, or not the fields of an event; the parser's words.
    Malformed(String),
    UnknownEnvelope(u32),
    /// A critical event carries a top-level key this version does not know.
    UnknownCriticalKey(String),
}

impl std::fmt::Display for BodyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(f, "event body of {bytes} bytes, limit {BODY_BYTES_MAX}"),
            Self::NotUtf8 => f.write_str("event body is not UTF-8"),
            Self::Malformed(why) => write!(f, "event body: {why}"),
            Self::UnknownEnvelope(v) => write!(f, "event envelope version {v}"),
            Self::UnknownCriticalKey(key) => write!(f, "critical event with unknown key {key}"),
        }
    }
}

impl std::error::Error for BodyError {}

/// One signed statement: who says what about which record, after seeing what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventBody {
    pub v: u32,
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of the payload's type.
    pub tv: u32,
    /// `case:0192…`
    pub record: String,
    /// What it is replicated under: a compound, `town`, `user-…`.
    pub scope: String,
    pub dev: String,
    pub inc: u32,
    /// Place in the chain of (dev, inc), from 1.
    pub n: u64,
    /// The event before it in the chain; none for the first.
    pub prev: Option<Hash>,
    /// Heads of the record as its author saw them: causality without clocks.
    pub parents: Vec<Hash>,
    pub actor: String,
    /// Hash of the offline session's grant, once grants are signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sess: Option<Hash>,
    /// Permission epoch the author held.
    #[serde(default)]
    pub acl: u64,
    pub t: Times,
    /// The last verified checkpoint its author knew: proves "not before".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blobs: Vec<Blob>,
    /// A version that does not know this event must lock the fields it names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub crit: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<String>,
    pub data: Value,
}

/// Clocks as they stood, never corrected (sync.md §4). Milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub wall: i64,
    /// `+08:00`
    pub tz: String,
    pub boot: String,
    /// Since boot, sleep included.
    pub mono: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anc: Option<Anchor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gps: Option<i64>,
}

impl Times {
    /// Server time at this event and its error, by the anchor: drift allowance 50 ppm.
    #[must_use]
    pub fn estimate(&self) -> Option<(i64, i64)> {
        let anchor = self.anc.as_ref()?;
        let run = self.mono.checked_sub(anchor.mono).filter(|run| *run >= 0)?;
        Some((anchor.srv.checked_add(run)?, anchor.err.checked_add(run / 20_000)?))
    }
}

/// A moment of the server's clock pinned to this boot's monotonic clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub srv: i64,
    pub mono: i64,
    /// ± milliseconds
    pub err: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub size: u64,
    pub root: Hash,
}

/// A file the event vouches for: the original, and renditions made from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    pub h: Hash,
    pub n: u64,
    pub m: String,
    pub role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<BlobPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<BlobPart>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobPart {
    pub h: Hash,
    pub n: u64,
}

const KEYS: &[&str] = &[
    "v", "type", "tv", "record", "scope", "dev", "inc", "n", "prev", "parents", "actor", "sess", "acl", "t", "seen",
    "blobs", "crit", "touches", "data",
];

impl EventBody {
    /// The text that is hashed, signed, stored and sent. Called once in an event's life.
    ///
    /// # Errors
    /// `TooLarge`, or `Malformed` when the data breaks I-JSON (a float, a key outside ASCII).
    pub fn to_bytes(&self) -> Result<Vec<u8>, BodyError> {
        let text = serde_json::to_string(self).map_err(|e| BodyError::Malformed(e.to_string()))?;
        if text.len() > BODY_BYTES_MAX {
            return Err(BodyError::TooLarge { bytes: text.len() });
        }
        json::check(&text).map_err(BodyError::Malformed)?;
        Ok(text.into_bytes())
    }

    /// Reads a body strictly.
    ///
    /// # Errors
    /// Every [`BodyError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(BodyError::TooLarge { bytes: bytes.len() });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BodyError::NotUtf8)?;
        json::check(text).map_err(BodyError::Malformed)?;
        let malformed = |e: serde_json::Error| BodyError::Malformed(e.to_string());
        let body: Self = serde_json::from_str(text).map_err(malformed)?;
        if body.v != ENVELOPE_VERSION {
            return Err(BodyError::UnknownEnvelope(body.v));
        }
        if body.crit {
            let keys: BTreeMap<String, Value> = serde_json::from_str(text).map_err(malformed)?;
            if let Some(key) = keys.into_keys().find(|key| !KEYS.contains(&key.as_str())) {
                return Err(BodyError::UnknownCriticalKey(key));
            }
        }
        if body.n == 0 || body.inc == 0 || (body.n == 1) != body.prev.is_none() {
            return Err(BodyError::Malformed("chain position".to_owned()));
        }
        Ok(body)
    }
}

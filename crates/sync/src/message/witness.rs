//! The answer to `GET /v1/log?seen=SIZE`: what the log is now, that it only added to what the laptop saw before, and how
//! far it stands in a second place and under somebody else's time (sync.md §7.4).

use serde::{Deserialize, Serialize};
use xunju_evidence::Hash;

use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, within};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogReply {
    /// The newest checkpoint, a signed note; none while the log is empty.
    pub note: Option<String>,
    /// From the size that was seen to the note's. Empty as well where the log is shorter than that.
    pub path: Vec<Hash>,
    /// The last backup that was checked from its bytes; none while there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backed: Option<Reach>,
    /// The last checkpoint under a time stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamped: Option<Reach>,
    /// Where the log went on from an older state of itself, on purpose: the last such note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork: Option<String>,
}

/// How far something holds the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Everything up to this event of the log.
    pub size: u64,
    /// Server's clock, milliseconds since 1970.
    pub at_ms: i64,
}

impl Message for LogReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let reply: Self = items.item()?;
        within(reply.path.len(), limits::PROOF_HASHES_MAX, "proof")?;
        Ok(reply)
    }
}

//! The answer to `GET /v1/log?seen=SIZE`: what the log is now, and that it only added to what the laptop saw before.

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

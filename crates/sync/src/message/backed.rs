//! `POST /v1/blobs/backed`: which of these files stand in a backup that was checked? Asked before a laptop lets go of
//! its own copy: a file can come after its event, and then the log's size says nothing of it.

use serde::{Deserialize, Serialize};
use xunju_evidence::Hash;

use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, within};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedRequest {
    pub hashes: Vec<Hash>,
}

/// Those of them that do; only what the device may have or vouched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedReply {
    pub hashes: Vec<Hash>,
}

impl Message for BackedRequest {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let request: Self = items.item()?;
        within(request.hashes.len(), limits::BACKED_HASHES_MAX, "hashes")?;
        Ok(request)
    }
}

impl Message for BackedReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let reply: Self = items.item()?;
        within(reply.hashes.len(), limits::BACKED_HASHES_MAX, "hashes")?;
        Ok(reply)
    }
}

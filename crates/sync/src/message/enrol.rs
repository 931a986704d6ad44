//! Enrolment: a one-time code and a new key, for a name in the town.

use serde::{Deserialize, Serialize};
use xunju_evidence::PublicKey;

use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, open_first, short};

/// `POST /v1/enrol`; the only request without a device's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    pub proto: u32,
    pub code: String,
    /// `1:<hex>`
    pub device_public_key: String,
    pub device_name: String,
}

impl Message for EnrolRequest {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let request: Self = items.item()?;
        for text in [&request.code, &request.device_public_key, &request.device_name] {
            short(text, "enrolment")?;
        }
        Ok(request)
    }
}

/// What a laptop keeps for its whole life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub log: String,
    pub epoch: u32,
    pub town_name: String,
    pub town_code: String,
    /// `1:<hex>`: every later reply must be sealed by it.
    pub server_public_key: String,
    pub user: String,
    pub user_name: String,
    /// The device's id, as its key gives it.
    pub device: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Unknown, used or too old: which of them is nobody's business.
    Code,
    /// Not a key, or one that was enrolled before.
    Key,
    TooManyTries {
        retry_s: u32,
    },
    Upgrade {
        proto_max: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolReply {
    Welcome(Welcome),
    Refused(Refusal),
}

impl Message for EnrolReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let reply: Self = items.item()?;
        if let Self::Welcome(welcome) = &reply {
            let Welcome { log, epoch: _, town_name, town_code, server_public_key, user, user_name, device } = welcome;
            for text in [log, town_name, town_code, server_public_key, user, user_name, device] {
                short(text, "welcome")?;
            }
        }
        Ok(reply)
    }
}

impl EnrolReply {
    /// Reads the reply and checks its seal by the key it brings: whoever answered holds that key.
    ///
    /// # Errors
    /// Every [`WireError`].
    pub fn open(bytes: &[u8], echo: &str) -> Result<Self, WireError> {
        open_first(bytes, echo, |reply| match reply {
            Self::Welcome(welcome) => Some(PublicKey::parse(&welcome.server_public_key)),
            Self::Refused(_) => None,
        })
    }
}

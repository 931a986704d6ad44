//! Push: events of one chain, in order; the answer is a receipt or a place to go on from (sync.md §7.2).

use serde::{Deserialize, Serialize};
use xunju_evidence::{Countersigned, Hash, Receipt, SignedEvent};

use super::frame::{read_event, write_event};
use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, short, within};

/// `POST /v1/push`. Events `from_n`, `from_n + 1`, … of the chain (dev, inc).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRequest {
    pub proto: u32,
    /// The town log the laptop was enrolled with.
    pub log: String,
    pub epoch: u32,
    pub dev: String,
    pub inc: u32,
    pub from_n: u64,
    pub events: Vec<SignedEvent>,
    /// Laptop's monotonic clock at sending, milliseconds.
    pub t0: i64,
}

#[derive(Serialize, Deserialize)]
struct Head {
    proto: u32,
    log: String,
    epoch: u32,
    dev: String,
    inc: u32,
    from_n: u64,
    count: usize,
    t0: i64,
}

impl Message for PushRequest {
    const RAW_BYTES_MAX: usize = limits::PUSH_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        let Self { proto, log, epoch, dev, inc, from_n, events, t0 } = self;
        let (log, dev) = (log.clone(), dev.clone());
        let (proto, epoch, inc, from_n, t0) = (*proto, *epoch, *inc, *from_n, *t0);
        out.push(&Head { proto, log, epoch, dev, inc, from_n, count: events.len(), t0 })?;
        events.iter().try_for_each(|event| write_event(out, event))
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let Head { proto, log, epoch, dev, inc, from_n, count, t0 } = items.item()?;
        short(&log, "log")?;
        short(&dev, "device")?;
        within(count, limits::PUSH_EVENTS_MAX, "events")?;
        let events = (0..count).map(|_| read_event(items)).collect::<Result<_, _>>()?;
        Ok(Self { proto, log, epoch, dev, inc, from_n, events, t0 })
    }
}

/// Why an intake cannot keep an event: never its meaning, only its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnfitEvent {
    /// Suite, signature or key.
    Signature,
    /// Not an event body, or beyond 64 KiB.
    Body,
    /// Another device's, another incarnation's, out of order, or not linked to the one before it.
    Chain,
}

/// The answer to a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushReply {
    /// Every event sent is durable. `ahead`: the server's chain goes on beyond them to this number and id,
    /// so a laptop that never wrote that far was restored or copied.
    Accepted {
        receipt: Countersigned<Receipt>,
        ahead: Option<(u64, Hash)>,
        t1: i64,
        t2: i64,
    },
    /// Send from `n`; `head` is the id the server holds at `n - 1` (zero at the start of a chain). Also the
    /// answer to a push without events, which asks just that.
    Expected {
        n: u64,
        head: Hash,
    },
    /// Every event sent is durable, from `at_n` on a branch of its own: the server already held other
    /// events there, up to `head_n` with id `head`. The chain has two writers; the laptop starts a new
    /// incarnation.
    Forked {
        at_n: u64,
        head_n: u64,
        head: Hash,
        receipt: Countersigned<Receipt>,
        t1: i64,
        t2: i64,
    },
    /// Send fewer.
    TooLarge {
        events_max: u32,
        bytes_max: u32,
    },
    /// This event cannot be kept; those before it were not kept either.
    Unfit {
        n: u64,
        why: UnfitEvent,
    },
    /// The log was restored under another epoch: pull first.
    EpochChanged {
        epoch: u32,
    },
    /// This server is another town's.
    OtherLog {
        log: String,
    },
    /// The server does not speak this version of the protocol.
    Upgrade {
        proto_max: u32,
    },
    Busy {
        retry_ms: u32,
    },
    /// The server was put back from a backup and takes nothing new until laptops have brought what it lacks: see
    /// [`super::RecoverRequest`].
    Recovering {
        retry_ms: u32,
    },
    /// The enrolment was ended, or this server never knew the device.
    Revoked,
}

impl Message for PushReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        items.item()
    }
}

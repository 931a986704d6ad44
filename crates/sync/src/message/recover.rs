//! `POST /v1/recover`: a server that was put back from a backup is brought what it lacks by those who saw it (sync.md
//! §6.4). A laptop carries everybody's events, the server's own among them, as it once pulled them: with their place in
//! the log and the time they were received, from which the same log is made again.

use serde::{Deserialize, Serialize};
use xunju_evidence::SignedEvent;

use super::frame::{read_event, write_event};
use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, short, within};

/// An event as the lost log had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub seq: u64,
    /// Server's clock at receipt, milliseconds since 1970.
    pub recv_ms: i64,
    pub event: SignedEvent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoverRequest {
    pub log: String,
    /// The newest checkpoint this laptop saw; none if it never saw one.
    pub note: Option<String>,
    /// In order of their place; none asks from where on they are wanted.
    pub events: Vec<Carried>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    log: String,
    note: Option<String>,
    places: Vec<(u64, i64)>,
}

impl Message for RecoverRequest {
    const RAW_BYTES_MAX: usize = limits::PUSH_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        let Self { log, note, events } = self;
        let places = events.iter().map(|carried| (carried.seq, carried.recv_ms)).collect();
        out.push(&Head { log: log.clone(), note: note.clone(), places })?;
        events.iter().try_for_each(|carried| write_event(out, &carried.event))
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let Head { log, note, places } = items.item()?;
        short(&log, "log")?;
        within(note.as_ref().map_or(0, String::len), limits::NOTE_BYTES_MAX, "note")?;
        within(places.len(), limits::PUSH_EVENTS_MAX, "events")?;
        let carried = |(seq, recv_ms)| Ok(Carried { seq, recv_ms, event: read_event(items)? });
        let events = places.into_iter().map(carried).collect::<Result<_, WireError>>()?;
        Ok(Self { log, note, events })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoverReply {
    /// Everything sent is durable; of this laptop everything after this place is still wanted.
    After {
        seq: u64,
    },
    /// The server lacks nothing any more: push and pull as ever.
    Over,
    OtherLog {
        log: String,
    },
}

impl Message for RecoverReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        items.item()
    }
}

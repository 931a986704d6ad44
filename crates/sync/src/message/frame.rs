//! Events on the wire: `[1, body, suite, sig]` in a push, `[2, scope, pos, seq, recv_ms, body, suite, sig]` on a page.

use serde::{Deserialize, Serialize};
use xunju_evidence::body::BODY_BYTES_MAX;
use xunju_evidence::{Hash, SignedEvent};

use crate::limits;
use crate::wire::{Bytes, Items, Reader, WireError, within};

const PUSHED: u8 = 1;
const PAGED: u8 = 2;

/// How far a laptop has a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub scope: String,
    /// Position of the last event held; 0 for none.
    pub pos: u64,
    /// Rolling hash at that position.
    pub hash: Hash,
}

/// One event at its place in a scope and in the town's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFrame {
    pub scope: String,
    /// Dense in the scope, from 1.
    pub pos: u64,
    /// Dense in the log, from 1.
    pub seq: u64,
    /// Server's clock at receipt, milliseconds since 1970.
    pub recv_ms: i64,
    pub event: SignedEvent,
}

impl PageFrame {
    /// What it costs against the bytes of a page.
    #[must_use]
    pub fn cost_bytes(&self) -> usize {
        self.event.body.len() + self.event.sig.len() + self.scope.len() + limits::FRAME_OVERHEAD_BYTES
    }
}

pub(super) fn write_event(out: &mut Items, event: &SignedEvent) -> Result<(), WireError> {
    out.push(&(PUSHED, Bytes(event.body.clone()), event.suite, Bytes(event.sig.clone())))
}

pub(super) fn read_event(items: &mut Reader<'_>) -> Result<SignedEvent, WireError> {
    let (tag, body, suite, sig): (u8, Bytes, u8, Bytes) = items.item()?;
    tagged(tag, PUSHED)?;
    event(body, suite, sig)
}

pub(super) fn write_frame(out: &mut Items, frame: &PageFrame) -> Result<(), WireError> {
    let PageFrame { scope, pos, seq, recv_ms, event } = frame;
    out.push(&(PAGED, scope, pos, seq, recv_ms, Bytes(event.body.clone()), event.suite, Bytes(event.sig.clone())))
}

pub(super) fn read_frame(items: &mut Reader<'_>) -> Result<PageFrame, WireError> {
    type Item = (u8, String, u64, u64, i64, Bytes, u8, Bytes);
    let (tag, scope, pos, seq, recv_ms, body, suite, sig): Item = items.item()?;
    tagged(tag, PAGED)?;
    scope_name(&scope)?;
    Ok(PageFrame { scope, pos, seq, recv_ms, event: event(body, suite, sig)? })
}

pub(super) fn scope_name(scope: &str) -> Result<(), WireError> {
    within(scope.len(), limits::SCOPE_NAME_BYTES_MAX, "scope name")
}

fn tagged(tag: u8, expected: u8) -> Result<(), WireError> {
    if tag == expected { Ok(()) } else { Err(WireError::Malformed(format!("frame of kind {tag}"))) }
}

fn event(body: Bytes, suite: u8, sig: Bytes) -> Result<SignedEvent, WireError> {
    within(body.0.len(), BODY_BYTES_MAX, "event body")?;
    within(sig.0.len(), limits::SIGNATURE_BYTES_MAX, "signature")?;
    Ok(SignedEvent { body: body.0, suite, sig: sig.0 })
}

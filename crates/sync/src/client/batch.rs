//! Which own events go into the next push: from the outbox, or again because the server asks for them.

use std::collections::BTreeSet;

use xunju_evidence::{EventBody, Hash, SignedEvent};

use super::view::{EventsView, Outgoing};
use crate::limits;
use crate::message::PushRequest;
use crate::wire;

/// Own events the server asked for again, of every branch of an incarnation.
#[derive(Debug, Clone)]
pub(super) struct Resend {
    pub inc: u32,
    /// Read from here.
    pub from_n: u64,
    /// Sent again already.
    pub sent: BTreeSet<Hash>,
    /// The server lacks exactly this one; none once something was sent.
    pub asked_n: Option<u64>,
    /// All before it were sent again, and the server still cannot place what hangs on them: it hangs on a branch of which
    /// an event is gone.
    pub in_vain: bool,
    /// Older events wait for their first delivery: they go first, so that no event comes before its parents.
    pub yields: bool,
}

impl Resend {
    pub(super) fn new(inc: u32, from_n: u64) -> Self {
        Self { inc, from_n: from_n.max(1), sent: BTreeSet::new(), asked_n: None, in_vain: false, yields: false }
    }

    /// The server said that it lacks `n` and all after it.
    pub(super) fn asked(inc: u32, n: u64) -> Self {
        Self { asked_n: Some(n.max(1)), ..Self::new(inc, n) }
    }

    /// Whether this laptop lacks what the server asked for: then nobody has it, and what hangs on it can not
    /// be placed.
    pub(super) fn hole(&self, view: &EventsView) -> bool {
        self.in_vain || self.asked_n.is_some_and(|n| view.outgoing.first().is_none_or(|first| first.n > n))
    }

    /// What is still to go of what was read; none when another read is needed.
    pub(super) fn rest(&mut self, view: &EventsView) -> Vec<Outgoing> {
        let mut rest: Vec<Outgoing> =
            view.outgoing.iter().filter(|own| !self.sent.contains(&own.id)).cloned().collect();
        if let (Some(first), Some(waiting)) = (rest.first(), view.waiting) {
            self.yields = waiting <= (first.inc, first.n);
            if !self.yields {
                rest.retain(|own| (own.inc, own.n) < waiting);
            }
            return rest;
        }
        if rest.is_empty()
            && let Some(last) = view.outgoing.last()
        {
            self.from_n = last.n.max(self.from_n + 1);
        }
        rest
    }
}

/// The first event and those that hang on it, one on another: of two branches with the same numbers each
/// goes on its own.
pub(super) fn run(outgoing: Vec<Outgoing>) -> Vec<SignedEvent> {
    let mut end: Option<(u64, Hash)> = None;
    let mut hangs = |own: &Outgoing| {
        let on = end.replace((own.n, own.id));
        let Some((n, id)) = on else { return true };
        let next = own.n == n + 1 && EventBody::parse(&own.event.body).is_ok_and(|body| body.prev == Some(id));
        if !next {
            end = on;
        }
        next
    };
    outgoing.into_iter().filter(|own| hangs(own)).map(|own| own.event).collect()
}

/// Whether a batch stays within what gateways let through.
pub(super) fn fits(request: &PushRequest) -> bool {
    wire::encode(request).is_ok_and(|bytes| bytes.len() <= limits::PUSH_WIRE_BYTES_MAX)
}

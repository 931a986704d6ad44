//! One chain a device and incarnation: n = 1, 2, 3 …, each event naming the hash of the one before.

use crate::body::EventBody;
use crate::hash::Hash;

/// Where a chain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Number of the last event; 0 for an empty chain.
    pub n: u64,
    /// Its id; meaningless at 0.
    pub hash: Hash,
}

/// How an event sits against the head of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The very next one.
    Next,
    /// At or below the head: a resend, or a fork; compare with what is stored at `n`.
    Past,
    /// Numbers are missing; send from here.
    Gap { expected_n: u64 },
    /// The next number, but grown from another event: the chain has two branches.
    Fork,
}

/// Judges `body` against `head`; whoever holds the stored events decides what a `Past` is.
#[must_use]
pub fn link(head: &Head, body: &EventBody) -> Link {
    let prev = (head.n > 0).then_some(head.hash);
    match body.n {
        n if n <= head.n => Link::Past,
        n if n > head.n + 1 => Link::Gap { expected_n: head.n + 1 },
        _ if body.prev == prev => Link::Next,
        _ => Link::Fork,
    }
}

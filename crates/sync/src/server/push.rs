//! What to do with a push: append, recognise a resend, keep a fork, or say where to go on.
//!
//! Nothing authentic is ever dropped. Two events with one number are two branches of the chain, both kept
//! (sync.md §3.3); meaning is judged later, by others.

use xunju_evidence::{Countersigned, EventBody, Hash, Head, PublicKey, Receipt, SignatureError, Signer};

use crate::limits;
use crate::message::{PushReply, PushRequest, UnfitEvent};

/// The branch that grew first.
pub const MAIN_BRANCH: u32 = 0;

/// The server's own side of an intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub log: String,
    pub epoch: u32,
    /// The device that signed the request.
    pub dev: String,
}

/// One stored event of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainRow {
    pub n: u64,
    pub id: Hash,
    pub branch: u32,
    /// Server's clock when it was stored; a receipt says the same for ever.
    pub recv_ms: i64,
}

/// What storage holds of the chain (dev, inc).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainView {
    /// End of [`MAIN_BRANCH`].
    pub head: Head,
    /// Highest branch in use; 0 while the chain has one writer.
    pub branch_max: u32,
    /// Every row of every branch with `n` from `from_n - 1` to `from_n + count`.
    pub rows: Vec<ChainRow>,
}

/// What to do, and what to answer once it is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushDecision {
    /// Store nothing.
    Answer(PushReply),
    /// Everything is there already: answer [`PushReply::Accepted`] or `Forked` with a receipt of `upto` at
    /// the time it was first stored.
    Resend { upto: Head, recv_ms: i64, ahead: Option<(u64, Hash)>, fork: Option<Fork> },
    /// Store `events[skip..]` on `branch` in one transaction, make it durable, then answer with a receipt
    /// of `upto`. `fork` is set off the main branch: flag the device.
    Append { skip: usize, branch: u32, upto: Head, fork: Option<Fork> },
}

/// The batch stands on a branch beside the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fork {
    /// Number of its first event there.
    pub at_n: u64,
    /// End of the main branch.
    pub main: Head,
}

impl PushDecision {
    /// The answer, with the receipt of what is durable now.
    #[must_use]
    pub fn reply(&self, receipt: Countersigned<Receipt>, t1: i64, t2: i64) -> PushReply {
        match self {
            Self::Answer(reply) => reply.clone(),
            Self::Resend { fork: Some(fork), .. } | Self::Append { fork: Some(fork), .. } => {
                let Fork { at_n, main: Head { n: head_n, hash: head } } = *fork;
                PushReply::Forked { at_n, head_n, head, receipt, t1, t2 }
            }
            Self::Resend { ahead, .. } => PushReply::Accepted { receipt, ahead: *ahead, t1, t2 },
            Self::Append { .. } => PushReply::Accepted { receipt, ahead: None, t1, t2 },
        }
    }
}

/// The signed receipt of (dev, inc) up to `upto`, stored at `recv_ms`.
#[must_use]
pub fn receipt(intake: &Intake, inc: u32, upto: &Head, recv_ms: i64, server: &Signer) -> Countersigned<Receipt> {
    let Intake { log, epoch, dev } = intake.clone();
    Countersigned::sign(Receipt { log, epoch, dev, inc, upto_n: upto.n, head: upto.hash, recv_ms }, server)
}

/// Checks limits, every signature, and that the batch is one unbroken run of one chain.
///
/// # Errors
/// The reply to give.
pub fn open_batch(request: &PushRequest, key: &PublicKey) -> Result<Vec<EventBody>, Box<PushReply>> {
    let bytes: usize = request.events.iter().map(|event| event.body.len() + event.sig.len()).sum();
    if request.events.len() > limits::PUSH_EVENTS_MAX || bytes > limits::PUSH_EVENT_BYTES_MAX {
        let events_max = u32::try_from(limits::PUSH_EVENTS_MAX).unwrap_or(u32::MAX);
        let bytes_max = u32::try_from(limits::PUSH_EVENT_BYTES_MAX).unwrap_or(u32::MAX);
        return Err(Box::new(PushReply::TooLarge { events_max, bytes_max }));
    }
    let mut before: Option<Hash> = None;
    let mut bodies = Vec::with_capacity(request.events.len());
    for (event, n) in request.events.iter().zip(request.from_n..) {
        let unfit = |why| Box::new(PushReply::Unfit { n, why });
        let body = event.open(key).map_err(|e| unfit(why(&e)))?;
        let linked = before.is_none() || body.prev == before;
        if body.dev != request.dev || body.inc != request.inc || body.n != n || !linked {
            return Err(unfit(UnfitEvent::Chain));
        }
        before = Some(event.id());
        bodies.push(body);
    }
    Ok(bodies)
}

fn why(error: &SignatureError) -> UnfitEvent {
    match error {
        SignatureError::Body(_) => UnfitEvent::Body,
        SignatureError::UnknownSuite(_) | SignatureError::BadKey | SignatureError::BadSignature => {
            UnfitEvent::Signature
        }
    }
}

/// Judges a batch that [`open_batch`] passed.
#[must_use]
pub fn judge_push(chain: &ChainView, intake: &Intake, request: &PushRequest, bodies: &[EventBody]) -> PushDecision {
    if let Some(reply) = misdirected(intake, request) {
        return PushDecision::Answer(reply);
    }
    let Some(first) = bodies.first() else {
        return PushDecision::Answer(expected(chain));
    };
    match attach(chain, first) {
        Attach::At(branch) => place(chain, branch, request),
        Attach::Gap => PushDecision::Answer(expected(chain)),
        Attach::Apart => {
            let back = u64::try_from(limits::PUSH_EVENTS_MAX).unwrap_or(u64::MAX);
            let n = request.from_n.saturating_sub(back).max(1);
            PushDecision::Answer(PushReply::Expected { n, head: Hash::default() })
        }
    }
}

fn misdirected(intake: &Intake, request: &PushRequest) -> Option<PushReply> {
    if request.proto > limits::PROTO {
        return Some(PushReply::Upgrade { proto_max: limits::PROTO });
    }
    if request.log != intake.log {
        return Some(PushReply::OtherLog { log: intake.log.clone() });
    }
    if request.epoch != intake.epoch {
        return Some(PushReply::EpochChanged { epoch: intake.epoch });
    }
    (request.dev != intake.dev).then_some(PushReply::Unfit { n: request.from_n, why: UnfitEvent::Chain })
}

fn expected(chain: &ChainView) -> PushReply {
    let head = if chain.head.n == 0 { Hash::default() } else { chain.head.hash };
    PushReply::Expected { n: chain.head.n + 1, head }
}

/// Where the first event hangs.
enum Attach {
    /// On the event before it, which this branch holds; the start of a chain hangs on the main branch.
    At(u32),
    /// The event before it is not here yet.
    Gap,
    /// Another event stands where its predecessor should: the histories parted earlier than this batch.
    Apart,
}

fn attach(chain: &ChainView, first: &EventBody) -> Attach {
    let Some(prev) = first.prev else { return Attach::At(MAIN_BRANCH) };
    let mut before = chain.rows.iter().filter(|row| row.n + 1 == first.n).peekable();
    match (before.peek().is_some(), before.find(|row| row.id == prev)) {
        (_, Some(row)) => Attach::At(row.branch),
        (true, None) => Attach::Apart,
        (false, None) => Attach::Gap,
    }
}

/// Follows the batch along what is stored; the rest is appended, on a new branch if the place is taken.
fn place(chain: &ChainView, mut branch: u32, request: &PushRequest) -> PushDecision {
    let (mut skip, mut stored) = (0, None);
    for (event, n) in request.events.iter().zip(request.from_n..) {
        let id = event.id();
        let Some(row) = chain.rows.iter().find(|row| row.n == n && row.id == id) else { break };
        (skip, branch, stored) = (skip + 1, row.branch, Some(row));
    }
    let Some((last, upto_n)) = request.events.last().zip((request.from_n..).nth(request.events.len() - 1)) else {
        return PushDecision::Answer(expected(chain));
    };
    let upto = Head { n: upto_n, hash: last.id() };
    match stored.filter(|_| skip == request.events.len()) {
        Some(row) => {
            let ahead = (branch == MAIN_BRANCH && chain.head.n > upto_n).then_some((chain.head.n, chain.head.hash));
            PushDecision::Resend { upto, recv_ms: row.recv_ms, ahead, fork: parting(chain, branch, upto_n) }
        }
        None => {
            let next_n = request.from_n + u64::try_from(skip).unwrap_or(u64::MAX);
            let taken = chain.rows.iter().any(|row| row.n == next_n && row.branch == branch);
            if taken || (next_n == 1 && chain.head.n > 0) {
                branch = chain.branch_max + 1;
            }
            PushDecision::Append { skip, branch, upto, fork: parting(chain, branch, next_n) }
        }
    }
}

fn parting(chain: &ChainView, branch: u32, at_n: u64) -> Option<Fork> {
    (branch != MAIN_BRANCH).then_some(Fork { at_n, main: chain.head })
}

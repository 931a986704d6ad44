//! What goes into the client machine and what comes out of it.

use xunju_evidence::{Anchor, BlobReceipt, Countersigned, Hash, Receipt, SignedEvent};

use super::answer::{Failure, Reply};
use super::request::Request;
use crate::message::{Cursor, PageFrame, UnfitEvent};

/// Who asks, and whom it trusts. Changes only with enrolment.
#[derive(Debug, Clone)]
pub struct Party {
    pub log: String,
    pub dev: String,
    pub server: xunju_evidence::PublicKey,
}

/// The two streams of work; each has its own connection and is never ahead of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Events, receipts, pages.
    Control,
    /// A held request that says when to pull.
    Watch,
    /// Files.
    Bulk,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The moment asked for with [`Output::WaitUntil`] has come.
    Tick,
    /// The laptop wrote something, or a blob was asked for.
    Committed,
    /// A person asked, or the network is back: do not wait out a pause.
    Now,
    Events(EventsView),
    Blobs(BlobsView),
    Reply {
        id: u64,
        result: Result<Reply, Failure>,
    },
    Stored {
        lane: Lane,
        result: Result<(), StoreFault>,
    },
    /// What [`Output::NeedEvents`] or [`Output::NeedBlobs`] asked for could not be read.
    Unreadable {
        lane: Lane,
    },
}

/// An own event to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub inc: u32,
    pub n: u64,
    pub id: Hash,
    pub event: SignedEvent,
}

/// What the laptop holds, read in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventsView {
    pub epoch: u32,
    /// The incarnation new events are written in.
    pub inc: u32,
    /// The highest incarnation of ours of which anything is held: above `inc` in a restored folder that has
    /// read its own later events back.
    pub inc_max: u32,
    /// Incarnation and number of the first event without a receipt.
    pub waiting: Option<(u32, u64)>,
    pub cursors: Vec<Cursor>,
    /// As asked for in [`NeedEvents`]: one incarnation, no gap.
    pub outgoing: Vec<Outgoing>,
    /// Whether `outgoing` reaches the end of its chain.
    pub to_the_end: bool,
}

/// Which own events to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedEvents {
    pub events_max: usize,
    pub bytes_max: usize,
    /// Events of this incarnation from this number on, received or not; the outbox when none.
    pub from: Option<(u32, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    pub hash: Hash,
    pub bytes: u64,
    /// 1 thumbnail, 2 preview, 3 original.
    pub lane: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlobsView {
    pub upload: Option<Transfer>,
    pub download: Option<Transfer>,
}

/// What to do. Lanes are independent; within one, the next output waits for the answer to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Answer with [`Input::Events`].
    NeedEvents(NeedEvents),
    /// Answer with [`Input::Blobs`]; the named ones are not to be offered now.
    NeedBlobs {
        skip: Vec<Hash>,
    },
    /// Answer with [`Input::Reply`], always: a stall is [`Failure::Unreachable`]. `blob_bytes` is for
    /// [`super::answer::Asked`].
    Send {
        id: u64,
        lane: Lane,
        request: Request,
        blob_bytes: u64,
    },
    /// Make durable, then answer with [`Input::Stored`].
    Store {
        lane: Lane,
        apply: Apply,
    },
    /// The server's clock; keep it for the next event. No answer.
    Anchor(Anchor),
    /// Durable bytes at the server, for a screen. No answer.
    Sent {
        hash: Hash,
        offset: u64,
    },
    Status(Status),
    /// Last of every step: come back then at the latest.
    WaitUntil(u64),
}

/// A change of what the laptop keeps; every signature and hash in it has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apply {
    /// The server holds these events of ours, and signed for it. `ids` are the ones sent: of two branches
    /// with the same numbers only one was.
    Receipt {
        receipt: Countersigned<Receipt>,
        ids: Vec<Hash>,
    },
    Page(PulledPage),
    /// Everything was pushed and pulled a moment ago.
    Exchanged,
    /// The log has a new epoch: scopes start again, nothing is wiped.
    RestartCursors {
        epoch: u32,
    },
    /// One scope does not continue: read it again.
    RestartScope {
        scope: String,
    },
    /// Our chain has another writer or an end we do not know: start the next one.
    NewIncarnation {
        reason: &'static str,
        server_head: Option<(u64, Hash)>,
    },
    BlobVerified(Countersigned<BlobReceipt>),
    BlobArrived {
        hash: Hash,
        bytes: Vec<u8>,
    },
    /// It should be in the vault and is not.
    BlobMissing {
        hash: Hash,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PulledPage {
    pub epoch: u32,
    pub frames: Vec<PageFrame>,
    /// Where each granted scope stands after the page.
    pub ends: Vec<Cursor>,
    pub granted: Vec<String>,
    pub revoked: Vec<String>,
    pub town_name: String,
}

/// Why something could not be made durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreFault {
    /// The scope does not continue as the laptop holds it.
    Scope { scope: String },
    /// Disk, database, vault; said to the person by the store itself.
    Failed,
}

/// Why work does not move, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    Unreachable,
    NotOurs,
    WrongKey,
    /// Another town's log answers under the right key.
    OtherLog,
    Revoked,
    Upgrade {
        proto_max: u32,
    },
    Busy,
    /// The server was put back from a backup and asks its laptops for what it lacks.
    Recovering,
    /// The server has lost events it once gave out, or lacks an event before ours that nobody has any more.
    ServerBehind {
        scope: String,
    },
    /// A scope's history differs from the server's, even when read again.
    Diverged {
        scope: String,
    },
    /// The server cannot keep this own event.
    Unfit {
        n: u64,
        why: UnfitEvent,
    },
    /// The server answered something that cannot be.
    BadReply {
        what: &'static str,
    },
    /// The laptop could not read or store.
    Local,
}

/// For the sync chip and for a command line that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Anything is on the way or being stored.
    pub working: bool,
    /// The last answer came from our server.
    pub reachable: bool,
    /// Everything was exchanged and no file waits.
    pub drained: bool,
    /// Files the server would not take when last asked.
    pub refused_files: usize,
    pub trouble: Option<Trouble>,
}

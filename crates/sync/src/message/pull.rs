//! Pull: pages of frames per scope, under a seal of where each scope then stands (sync.md §7.3, §5.3).

use serde::{Deserialize, Serialize};
use xunju_evidence::{Countersigned, PageSeal};

use super::frame::{PageFrame, read_frame, scope_name, write_frame};
use crate::limits;
use crate::wire::{Items, Message, Reader, WireError, short, within};

/// `POST /v1/pull`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    pub proto: u32,
    pub log: String,
    pub epoch: u32,
    /// (scope, position held), in order of scope; a scope that is not named starts at 0.
    pub cursors: Vec<(String, u64)>,
    pub max_bytes: u32,
    /// Laptop's monotonic clock at sending, milliseconds.
    pub t0: i64,
}

impl Message for PullRequest {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let request: Self = items.item()?;
        short(&request.log, "log")?;
        within(request.cursors.len(), limits::SCOPES_MAX, "cursors")?;
        request.cursors.iter().try_for_each(|(scope, _)| scope_name(scope))?;
        if !request.cursors.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Err(WireError::Malformed("cursors out of order".to_owned()));
        }
        Ok(request)
    }
}

/// Frames in order of position within each scope, and where that leaves every scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub frames: Vec<PageFrame>,
    /// Names every granted scope at the end of this page.
    pub seal: Countersigned<PageSeal>,
    /// Whether another page waits.
    pub more: bool,
    /// Every scope this device may follow now.
    pub granted: Vec<String>,
    /// Scopes the request named that it may not follow any more.
    pub revoked: Vec<String>,
    /// Last `seq` of the log when the page was made; a wait starts from it.
    pub tip_seq: u64,
    pub town_name: String,
    pub t1: i64,
    pub t2: i64,
}

/// The answer to a pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullReply {
    Page(Box<Page>),
    /// Cursors start again; nothing is wiped.
    EpochChanged {
        epoch: u32,
    },
    OtherLog {
        log: String,
    },
    /// The laptop holds more of a scope than the server: the server lost events within an epoch.
    Behind {
        scope: String,
        pos: u64,
    },
    Upgrade {
        proto_max: u32,
    },
    Busy {
        retry_ms: u32,
    },
    /// As of a push.
    Recovering {
        retry_ms: u32,
    },
    Revoked,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Head {
    Page { count: usize },
    EpochChanged { epoch: u32 },
    OtherLog { log: String },
    Behind { scope: String, pos: u64 },
    Upgrade { proto_max: u32 },
    Busy { retry_ms: u32 },
    Recovering { retry_ms: u32 },
    Revoked,
}

#[derive(Serialize, Deserialize)]
struct Trailer {
    seal: Countersigned<PageSeal>,
    more: bool,
    granted: Vec<String>,
    revoked: Vec<String>,
    tip_seq: u64,
    town_name: String,
    t1: i64,
    t2: i64,
}

impl Message for PullReply {
    const RAW_BYTES_MAX: usize = limits::PAGE_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        let head = match self.clone() {
            Self::Page(page) => return write_page(out, *page),
            Self::EpochChanged { epoch } => Head::EpochChanged { epoch },
            Self::OtherLog { log } => Head::OtherLog { log },
            Self::Behind { scope, pos } => Head::Behind { scope, pos },
            Self::Upgrade { proto_max } => Head::Upgrade { proto_max },
            Self::Busy { retry_ms } => Head::Busy { retry_ms },
            Self::Recovering { retry_ms } => Head::Recovering { retry_ms },
            Self::Revoked => Head::Revoked,
        };
        out.push(&head)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(match items.item()? {
            Head::Page { count } => Self::Page(Box::new(read_page(items, count)?)),
            Head::EpochChanged { epoch } => Self::EpochChanged { epoch },
            Head::OtherLog { log } => Self::OtherLog { log },
            Head::Behind { scope, pos } => Self::Behind { scope, pos },
            Head::Upgrade { proto_max } => Self::Upgrade { proto_max },
            Head::Busy { retry_ms } => Self::Busy { retry_ms },
            Head::Recovering { retry_ms } => Self::Recovering { retry_ms },
            Head::Revoked => Self::Revoked,
        })
    }
}

fn write_page(out: &mut Items, page: Page) -> Result<(), WireError> {
    let Page { frames, seal, more, granted, revoked, tip_seq, town_name, t1, t2 } = page;
    out.push(&Head::Page { count: frames.len() })?;
    frames.iter().try_for_each(|frame| write_frame(out, frame))?;
    out.push(&Trailer { seal, more, granted, revoked, tip_seq, town_name, t1, t2 })
}

fn read_page(items: &mut Reader<'_>, count: usize) -> Result<Page, WireError> {
    within(count, limits::PAGE_FRAMES_MAX, "frames")?;
    let frames = (0..count).map(|_| read_frame(items)).collect::<Result<_, _>>()?;
    let Trailer { seal, more, granted, revoked, tip_seq, town_name, t1, t2 } = items.item()?;
    within(granted.len(), limits::SCOPES_MAX, "granted scopes")?;
    within(revoked.len(), limits::SCOPES_MAX, "revoked scopes")?;
    within(seal.said.scopes.len(), limits::SCOPES_MAX, "sealed scopes")?;
    granted.iter().chain(&revoked).try_for_each(|scope| scope_name(scope))?;
    short(&town_name, "town")?;
    Ok(Page { frames, seal, more, granted, revoked, tip_seq, town_name, t1, t2 })
}

/// The answer to `GET /v1/wait?after=SEQ`: names of scopes with news after that number. A hint only:
/// nothing depends on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitReply {
    pub dirty: Vec<String>,
}

impl Message for WaitReply {
    const RAW_BYTES_MAX: usize = limits::SMALL_RAW_BYTES_MAX;

    fn write(&self, out: &mut Items) -> Result<(), WireError> {
        out.push(self)
    }

    fn read(items: &mut Reader<'_>) -> Result<Self, WireError> {
        let reply: Self = items.item()?;
        within(reply.dirty.len(), limits::SCOPES_MAX, "dirty scopes")?;
        reply.dirty.iter().try_for_each(|scope| scope_name(scope))?;
        Ok(reply)
    }
}

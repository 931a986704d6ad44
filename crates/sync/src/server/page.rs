//! Which frames of which scopes make the next page.
//!
//! `town` comes first and completely: it holds the keys of the devices whose events stand in the other
//! scopes. Each scope's frames come in order of position, without a hole; the seal says where every scope
//! stands after the page, so a laptop can tell that nothing was left out.

use std::collections::BTreeMap;

use xunju_evidence::{Countersigned, Hash, PageSeal, Signer, scope};

use crate::limits;
use crate::message::{Page, PageFrame, PullReply, PullRequest};

/// The scope every device follows, served before any other.
pub const TOWN: &str = "town";

/// A scope the asking device may follow, and where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    pub scope: String,
    /// Last position; 0 while empty.
    pub pos: u64,
}

/// The town's log as it stands, and what this device may see of it. Read in one transaction with the
/// shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub log: String,
    pub epoch: u32,
    pub town_name: String,
    /// Last `seq`.
    pub tip_seq: u64,
    pub granted: Vec<Granted>,
    /// Server's clock when the request came in and now, milliseconds since 1970.
    pub t1: i64,
    pub t2: i64,
}

/// A frame with the rolling hash of its scope after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    pub frame: PageFrame,
    pub hash: Hash,
}

/// Stored frames, by scope and position.
pub trait Shelf {
    type Error;

    /// Frames of `scope` after `pos`, in order; as many as cost about `bytes_max` or fewer than exist.
    ///
    /// # Errors
    /// The storage's own.
    fn frames(&mut self, scope: &str, pos: u64, bytes_max: usize) -> Result<Vec<Shelved>, Self::Error>;

    /// Rolling hash of `scope` at `pos`, which exists.
    ///
    /// # Errors
    /// The storage's own.
    fn hash_at(&mut self, scope: &str, pos: u64) -> Result<Hash, Self::Error>;
}

/// Why no page can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError<E> {
    Shelf(E),
    /// The stored positions have a hole or are out of order: an alarm, never an answer.
    NotDense {
        scope: String,
        after: u64,
    },
}

/// Answers a pull.
///
/// # Errors
/// When storage fails, or does not hold what it must.
pub fn page<S: Shelf>(
    request: &PullRequest,
    standing: &Standing,
    echo: &str,
    server: &Signer,
    shelf: &mut S,
) -> Result<PullReply, PageError<S::Error>> {
    if let Some(reply) = misdirected(request, standing) {
        return Ok(reply);
    }
    let held: BTreeMap<&str, u64> = request.cursors.iter().map(|(scope, pos)| (scope.as_str(), *pos)).collect();
    let budget = request.max_bytes.clamp(limits::PAGE_BYTES_MIN, limits::PAGE_BYTES_MAX) as usize;
    let mut filling = Filling { left_bytes: budget, frames: Vec::new(), more: false, shelf };
    let mut ends = BTreeMap::new();
    for granted in in_order(&standing.granted) {
        let from = held.get(granted.scope.as_str()).copied().unwrap_or(0);
        if from > granted.pos {
            return Ok(PullReply::Behind { scope: granted.scope.clone(), pos: granted.pos });
        }
        let end = filling.fill(granted, from)?;
        ends.insert(granted.scope.clone(), end);
    }
    let (frames, more) = (filling.frames, filling.more);
    let granted: Vec<String> = ends.keys().cloned().collect();
    let revoked = held.keys().filter(|scope| !ends.contains_key(**scope)).map(|scope| (*scope).to_owned()).collect();
    let scopes = ends.into_iter().map(|(scope, (pos, hash))| (scope, pos, hash)).collect();
    let said = PageSeal { log: standing.log.clone(), epoch: standing.epoch, scopes, echo: echo.to_owned() };
    let seal = Countersigned::sign(said, server);
    let Standing { tip_seq, town_name, t1, t2, .. } = standing.clone();
    Ok(PullReply::Page(Box::new(Page { frames, seal, more, granted, revoked, tip_seq, town_name, t1, t2 })))
}

fn misdirected(request: &PullRequest, standing: &Standing) -> Option<PullReply> {
    if request.proto > limits::PROTO {
        return Some(PullReply::Upgrade { proto_max: limits::PROTO });
    }
    if request.log != standing.log {
        return Some(PullReply::OtherLog { log: standing.log.clone() });
    }
    (request.epoch != standing.epoch).then_some(PullReply::EpochChanged { epoch: standing.epoch })
}

fn in_order(granted: &[Granted]) -> Vec<&Granted> {
    let mut order: Vec<&Granted> = granted.iter().collect();
    order.sort_by_key(|granted| (granted.scope != TOWN, granted.scope.as_str()));
    order
}

struct Filling<'a, S> {
    left_bytes: usize,
    frames: Vec<PageFrame>,
    more: bool,
    shelf: &'a mut S,
}

impl<S: Shelf> Filling<'_, S> {
    /// Adds what fits of one scope; says where the scope stands on this page.
    fn fill(&mut self, granted: &Granted, from: u64) -> Result<(u64, Hash), PageError<S::Error>> {
        let mut end = (from, self.hash_at(&granted.scope, from)?);
        if from < granted.pos && !self.more {
            for Shelved { frame, hash } in
                self.shelf.frames(&granted.scope, from, self.left_bytes).map_err(PageError::Shelf)?
            {
                if frame.pos > granted.pos || !self.fits(&frame) {
                    break;
                }
                if frame.pos != end.0 + 1 || frame.scope != granted.scope {
                    return Err(PageError::NotDense { scope: granted.scope.clone(), after: end.0 });
                }
                end = (frame.pos, hash);
                self.left_bytes = self.left_bytes.saturating_sub(frame.cost_bytes());
                self.frames.push(frame);
            }
        }
        self.more |= end.0 < granted.pos;
        Ok(end)
    }

    /// The first frame of a page always fits, or a page could be empty for ever.
    fn fits(&self, frame: &PageFrame) -> bool {
        self.frames.is_empty() || (frame.cost_bytes() <= self.left_bytes && self.frames.len() < limits::PAGE_FRAMES_MAX)
    }

    fn hash_at(&mut self, scope: &str, pos: u64) -> Result<Hash, PageError<S::Error>> {
        if pos == 0 { Ok(scope::EMPTY) } else { self.shelf.hash_at(scope, pos).map_err(PageError::Shelf) }
    }
}

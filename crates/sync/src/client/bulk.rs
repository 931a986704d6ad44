//! The bulk lane: photos up and down, piece by piece, events always first (sync.md §8).
//!
//! After every piece it asks again what is most wanted, so a new thumbnail never waits for an old original.
//! The server's durable offset is the only truth about an upload; nothing about it is kept here over a crash.

use std::collections::BTreeMap;

use xunju_evidence::{BlobReceipt, Countersigned, Hash};

use super::Step;
use super::answer::{Failure, Reply};
use super::backoff::Backoff;
use super::request::Request;
use super::view::{Apply, BlobsView, Lane, Output, StoreFault, Transfer};
use crate::limits;

/// A piece should take between these, milliseconds.
const PIECE_FAST_MS: u64 = 5_000;
const PIECE_SLOW_MS: u64 = 10_000;

#[derive(Debug)]
enum State {
    /// `until_ms` is a pause after a failure.
    Idle {
        until_ms: Option<u64>,
    },
    Reading,
    Sending {
        id: u64,
        at_ms: u64,
        transfer: Transfer,
        up: bool,
    },
    Storing,
}

/// A file that cannot move now, so that others can.
#[derive(Debug)]
struct Aside {
    /// None once it may be offered again.
    until_ms: Option<u64>,
    backoff: Backoff,
    up: bool,
}

#[derive(Debug)]
pub(super) struct Bulk {
    state: State,
    /// Something may be there to move.
    wanted: bool,
    backoff: Backoff,
    piece_bytes: u32,
    upload: Option<Uploading>,
    download: Option<(Hash, Vec<u8>)>,
    aside: BTreeMap<Hash, Aside>,
    /// Direction of the last piece: equals take turns.
    went_up: bool,
    /// Whether the last look found nothing to move.
    pub(super) empty: bool,
}

#[derive(Debug, Clone, Copy)]
struct Uploading {
    hash: Hash,
    /// Durable at the server; none until it said so.
    offset: Option<u64>,
    /// Whether the server has been told that it comes.
    created: bool,
    /// The furthest it ever got: a broken connection may have carried some of its piece.
    reached: u64,
}

impl Bulk {
    pub(super) fn new() -> Self {
        Self {
            state: State::Idle { until_ms: None },
            wanted: true,
            backoff: Backoff::default(),
            piece_bytes: limits::PIECE_BYTES_START,
            upload: None,
            download: None,
            aside: BTreeMap::new(),
            went_up: false,
            empty: false,
        }
    }

    pub(super) fn wake(&mut self) {
        self.wanted = true;
        self.empty = false;
    }

    /// A person asked: no pause counts.
    pub(super) fn now(&mut self) {
        self.wake();
        self.backoff.reset();
        self.aside.clear();
        if let State::Idle { until_ms } = &mut self.state {
            *until_ms = None;
        }
    }

    pub(super) fn idle(&self) -> bool {
        matches!(self.state, State::Idle { .. })
    }

    /// Whether nothing waits to be sent: files that the server refused still wait.
    pub(super) fn drained(&self) -> bool {
        self.idle() && self.empty && self.refused() == 0
    }

    /// Uploads the server would not take, waiting for another try.
    pub(super) fn refused(&self) -> usize {
        self.aside.values().filter(|aside| aside.up && aside.until_ms.is_some()).count()
    }

    pub(super) fn wait_until_ms(&self, gate_open: bool) -> Option<u64> {
        let State::Idle { until_ms } = self.state else { return None };
        match until_ms {
            _ if !gate_open => None,
            Some(until_ms) => Some(until_ms),
            None => self.aside.values().filter_map(|aside| aside.until_ms).min(),
        }
    }

    /// Goes on if it may: called after every step of the machine.
    pub(super) fn settle(&mut self, step: &mut Step<'_>, gate_open: bool) {
        let State::Idle { until_ms } = self.state else { return };
        let due = self.aside.values().any(|aside| aside.until_ms.is_some_and(|until| until <= step.now_ms));
        let paused = until_ms.is_some_and(|until| until > step.now_ms);
        if gate_open && !paused && (self.wanted || due || until_ms.is_some()) {
            self.wanted = false;
            self.state = State::Reading;
            for aside in self.aside.values_mut() {
                aside.until_ms = aside.until_ms.filter(|until| *until > step.now_ms);
            }
            let waiting = self.aside.iter().filter(|(_, aside)| aside.until_ms.is_some());
            step.out.push(Output::NeedBlobs { skip: waiting.map(|(hash, _)| *hash).collect() });
        }
    }

    pub(super) fn blobs(&mut self, step: &mut Step<'_>, view: BlobsView) {
        if !matches!(self.state, State::Reading) {
            return;
        }
        let free = |transfer: &Transfer| self.aside.get(&transfer.hash).is_none_or(|aside| aside.until_ms.is_none());
        let (up, down) = (view.upload.filter(free), view.download.filter(free));
        let up_first = match (&up, &down) {
            (Some(up), Some(down)) if up.lane == down.lane => !self.went_up,
            (Some(up), Some(down)) => up.lane < down.lane,
            _ => up.is_some(),
        };
        match if up_first { up } else { down } {
            Some(transfer) if transfer.bytes > limits::BLOB_BYTES_MAX => self.set_aside(step, transfer.hash, up_first),
            Some(transfer) if up_first => self.go_up(step, transfer),
            Some(transfer) => self.go_down(step, transfer),
            None => {
                self.empty = true;
                self.state = State::Idle { until_ms: None };
            }
        }
    }

    fn go_up(&mut self, step: &mut Step<'_>, transfer: Transfer) {
        let Transfer { hash, bytes, .. } = transfer;
        let uploading = self.upload.filter(|uploading| uploading.hash == hash);
        let uploading = uploading.unwrap_or(Uploading { hash, offset: None, created: false, reached: 0 });
        self.upload = Some(uploading);
        let request = match uploading.offset {
            Some(offset) if offset < bytes => {
                let left = u32::try_from(bytes - offset).unwrap_or(u32::MAX);
                Request::Patch { hash, offset, len: left.min(self.piece_bytes) }
            }
            _ if uploading.created => Request::Look { hash },
            _ => Request::Create { hash, bytes },
        };
        self.send(step, request, transfer, true);
    }

    fn go_down(&mut self, step: &mut Step<'_>, transfer: Transfer) {
        let Transfer { hash, bytes, .. } = transfer;
        if self.download.as_ref().is_none_or(|(of, _)| *of != hash) {
            self.download = Some((hash, Vec::new()));
        }
        let offset = self.download.as_ref().map_or(0, |(_, have)| have.len() as u64);
        let left = u32::try_from(bytes.saturating_sub(offset)).unwrap_or(u32::MAX);
        if left == 0 {
            self.arrived(step, transfer);
        } else {
            self.send(step, Request::Fetch { hash, offset, len: left.min(self.piece_bytes) }, transfer, false);
        }
    }

    fn send(&mut self, step: &mut Step<'_>, request: Request, transfer: Transfer, up: bool) {
        let id = step.id();
        self.went_up = up;
        self.state = State::Sending { id, at_ms: step.now_ms, transfer, up };
        step.out.push(Output::Send { id, lane: Lane::Bulk, request, blob_bytes: transfer.bytes });
    }

    /// Whether the reply was this lane's.
    pub(super) fn reply(&mut self, step: &mut Step<'_>, id: u64, result: &Result<Reply, Failure>) -> bool {
        let State::Sending { id: ours, at_ms, transfer, up } = self.state else { return false };
        if ours != id {
            return false;
        }
        self.state = State::Idle { until_ms: None };
        self.wanted = true;
        match result {
            Ok(Reply::Blob { offset, receipt }) if up => self.sent(step, at_ms, transfer, *offset, receipt.as_ref()),
            Ok(Reply::Part(bytes)) if !up => self.received(step, at_ms, transfer, bytes),
            Ok(_) => self.pause(step),
            Err(failure) => self.failed(step, transfer, up, failure),
        }
        true
    }

    fn sent(
        &mut self,
        step: &mut Step<'_>,
        at_ms: u64,
        transfer: Transfer,
        offset: u64,
        receipt: Option<&Countersigned<BlobReceipt>>,
    ) {
        let Transfer { hash, bytes, .. } = transfer;
        if let Some(receipt) = receipt {
            let whole = |said: &BlobReceipt| said.log == step.party.log && said.hash == hash && said.bytes == bytes;
            return match receipt.verify(&step.party.server) {
                Ok(said) if whole(said) => {
                    self.moved(step, at_ms, hash);
                    self.upload = None;
                    self.store(step, Apply::BlobVerified(receipt.clone()));
                }
                _ => self.set_aside(step, hash, true),
            };
        }
        let (before, reached) = self.upload.map_or((None, 0), |uploading| (uploading.offset, uploading.reached));
        self.upload = Some(Uploading { hash, offset: Some(offset), created: true, reached: reached.max(offset) });
        if offset >= bytes {
            // Whole, and no word that it is right: look again, later.
            return self.set_aside(step, hash, true);
        }
        if before.is_some_and(|before| offset > before) {
            self.moved(step, at_ms, hash);
        } else if offset > reached {
            self.backoff.reset();
        }
        step.out.push(Output::Sent { hash, offset });
    }

    fn received(&mut self, step: &mut Step<'_>, at_ms: u64, transfer: Transfer, bytes: &[u8]) {
        let Some((_, have)) = self.download.as_mut() else { return };
        have.extend_from_slice(bytes);
        let have_bytes = have.len() as u64;
        self.moved(step, at_ms, transfer.hash);
        if have_bytes >= transfer.bytes {
            self.arrived(step, transfer);
        }
    }

    fn arrived(&mut self, step: &mut Step<'_>, transfer: Transfer) {
        let hash = transfer.hash;
        let bytes = self.download.take().map(|(_, bytes)| bytes).unwrap_or_default();
        if Hash::of(&bytes) == hash {
            self.store(step, Apply::BlobArrived { hash, bytes });
        } else {
            self.set_aside(step, hash, false);
        }
    }

    fn failed(&mut self, step: &mut Step<'_>, transfer: Transfer, up: bool, failure: &Failure) {
        let hash = transfer.hash;
        self.piece_bytes = (self.piece_bytes / 2).max(limits::PIECE_BYTES_MIN);
        if up && let Some(uploading) = &mut self.upload {
            uploading.offset = None;
            uploading.created &= *failure != Failure::UnknownBlob;
        }
        match failure {
            Failure::OtherOffset => {}
            Failure::UnknownBlob if up && self.upload.is_some_and(|uploading| uploading.created) => {}
            Failure::UnknownBlob | Failure::RefusedBlob | Failure::HashMismatch => self.set_aside(step, hash, up),
            Failure::NotHere => {
                self.upload = None;
                self.store(step, Apply::BlobMissing { hash });
            }
            Failure::Busy { retry_ms } => {
                let until_ms = step.now_ms.saturating_add(u64::from(*retry_ms));
                self.state = State::Idle { until_ms: Some(until_ms) };
            }
            _ => self.pause(step),
        }
    }

    fn moved(&mut self, step: &Step<'_>, at_ms: u64, hash: Hash) {
        let took_ms = step.now_ms.saturating_sub(at_ms);
        self.piece_bytes = match took_ms {
            ..PIECE_FAST_MS => self.piece_bytes.saturating_mul(2).min(limits::PIECE_BYTES_MAX),
            PIECE_FAST_MS..=PIECE_SLOW_MS => self.piece_bytes,
            _ => (self.piece_bytes / 2).max(limits::PIECE_BYTES_MIN),
        };
        self.backoff.reset();
        self.aside.remove(&hash);
    }

    fn pause(&mut self, step: &mut Step<'_>) {
        let wait_ms = self.backoff.next_ms(step.jitter);
        self.state = State::Idle { until_ms: Some(step.now_ms.saturating_add(wait_ms)) };
    }

    /// This file waits; the others go on.
    fn set_aside(&mut self, step: &mut Step<'_>, hash: Hash, up: bool) {
        self.upload = self.upload.filter(|uploading| uploading.hash != hash);
        let aside = self.aside.entry(hash).or_insert(Aside { until_ms: None, backoff: Backoff::default(), up });
        aside.until_ms = Some(step.now_ms.saturating_add(aside.backoff.next_ms(step.jitter).max(1_000)));
        self.wanted = true;
        self.state = State::Idle { until_ms: None };
    }

    fn store(&mut self, step: &mut Step<'_>, apply: Apply) {
        self.state = State::Storing;
        step.out.push(Output::Store { lane: Lane::Bulk, apply });
    }

    /// The laptop could not be read.
    pub(super) fn unreadable(&mut self, step: &mut Step<'_>) {
        if matches!(self.state, State::Reading) {
            self.wanted = true;
            self.pause(step);
        }
    }

    pub(super) fn stored(&mut self, step: &mut Step<'_>, result: &Result<(), StoreFault>) {
        if matches!(self.state, State::Storing) {
            self.wanted = true;
            self.state = State::Idle { until_ms: None };
            if result.is_err() {
                self.pause(step);
            }
        }
    }
}

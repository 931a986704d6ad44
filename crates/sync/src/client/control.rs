//! The control lane: events out, receipts and pages in, one exchange at a time.
//!
//! Every pass starts by reading what the laptop holds, so nothing here has to be remembered over a crash.

use std::collections::BTreeSet;

use xunju_evidence::{Hash, SignedEvent};

use super::Step;
use super::answer::{Failure, Reply};
use super::backoff::Backoff;
use super::batch::{Resend, fits, run};
use super::reply::Next;
use super::request::Request;
use super::view::{Apply, EventsView, Lane, NeedEvents, Output, StoreFault, Trouble};
use crate::limits;
use crate::message::{Cursor, PullRequest, PushRequest};

/// How often to ask without being told to, milliseconds.
const POLL_MS: u64 = 60_000;
/// A local write shortens a pause to at most this.
const PAUSE_AFTER_COMMIT_MS: u64 = 30_000;
/// Pushes between two pulls while both have work.
const PUSHES_IN_A_ROW: u32 = 8;

/// What a request was about, kept until its reply.
#[derive(Debug, Clone)]
pub(super) enum Sent {
    /// A push without events: where does this incarnation end at the server?
    Probe {
        inc: u32,
        epoch: u32,
    },
    Push {
        request: PushRequest,
        ours: u32,
        to_the_end: bool,
    },
    Pull {
        epoch: u32,
        held: Vec<Cursor>,
    },
}

#[derive(Debug)]
enum State {
    Idle { until_ms: u64 },
    Reading,
    Sending { id: u64, t0: i64, sent: Sent },
    Storing { then: Vec<Apply>, exchanged: bool },
}

#[derive(Debug)]
pub(super) struct Control {
    state: State,
    backoff: Backoff,
    push_backoff: Backoff,
    pub(super) trouble: Option<Trouble>,
    /// Whether the last answer came from our server.
    pub(super) reachable: bool,
    /// Something may have changed here, or at the server, since the last read.
    again: bool,
    pull_again: bool,
    pub(super) pull_due: bool,
    pushes: u32,
    /// No push succeeded since the link last failed.
    pub(super) fresh: bool,
    pub(super) events_max: usize,
    /// Incarnations whose end at the server is still to be compared with ours, for this epoch.
    pub(super) probes: Option<(u32, Vec<u32>)>,
    /// The server's end of an incarnation, to be looked up in ours.
    pub(super) compare: Option<Compare>,
    /// The server may have lost more than it says: send every incarnation whole.
    pub(super) thorough: bool,
    pub(super) resend: Option<Resend>,
    /// What the server could not place, so that all before it was sent again.
    pub(super) unplaced: Option<Hash>,
    /// Pushing is useless until then; pulling is not.
    pub(super) push_hold_ms: Option<u64>,
    pub(super) restarted: BTreeSet<String>,
    pub(super) tip_seq: Option<u64>,
    /// Whether everything was exchanged when it last looked.
    pub(super) exchanged: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Compare {
    pub inc: u32,
    pub n: u64,
    pub head: Hash,
}

impl Control {
    pub(super) fn new() -> Self {
        Self {
            state: State::Idle { until_ms: 0 },
            backoff: Backoff::default(),
            push_backoff: Backoff::default(),
            trouble: None,
            reachable: false,
            again: false,
            pull_again: false,
            pull_due: true,
            pushes: 0,
            fresh: true,
            events_max: limits::PUSH_EVENTS_MAX,
            probes: None,
            compare: None,
            thorough: false,
            resend: None,
            unplaced: None,
            push_hold_ms: None,
            restarted: BTreeSet::new(),
            tip_seq: None,
            exchanged: false,
        }
    }

    pub(super) fn wait_until_ms(&self) -> Option<u64> {
        if let State::Idle { until_ms } = self.state { Some(until_ms) } else { None }
    }

    pub(super) fn idle(&self) -> bool {
        matches!(self.state, State::Idle { .. })
    }

    /// Whether events are on their way: files wait that long.
    pub(super) fn pushing(&self) -> bool {
        matches!(self.state, State::Sending { sent: Sent::Push { .. }, .. })
    }

    pub(super) fn tick(&mut self, step: &mut Step<'_>) {
        if let State::Idle { until_ms } = self.state
            && until_ms <= step.now_ms
        {
            self.pull_due = true;
            self.read(step);
        }
    }

    pub(super) fn committed(&mut self, step: &mut Step<'_>) {
        match self.state {
            State::Idle { until_ms } if self.trouble.is_some() => {
                let soon = step.now_ms.saturating_add(step.jitter.upto(PAUSE_AFTER_COMMIT_MS));
                self.state = State::Idle { until_ms: until_ms.min(soon) };
                self.exchanged = false;
            }
            State::Idle { .. } => self.read(step),
            _ => self.again = true,
        }
    }

    pub(super) fn now(&mut self, step: &mut Step<'_>) {
        self.backoff.reset();
        self.push_hold_ms = None;
        self.pull_due = true;
        self.pull_again = true;
        if self.idle() { self.read(step) } else { self.again = true }
    }

    /// The watch lane heard of news.
    pub(super) fn news(&mut self, step: &mut Step<'_>) {
        self.pull_due = true;
        self.pull_again = true;
        if self.idle() && self.trouble.is_none() { self.read(step) } else { self.again = true }
    }

    pub(super) fn read(&mut self, step: &mut Step<'_>) {
        self.again = false;
        self.exchanged = false;
        self.state = State::Reading;
        let events_max = if self.fresh { limits::PUSH_FIRST_EVENTS.min(self.events_max) } else { self.events_max };
        let from = self.compare.map(|compare| (compare.inc, compare.n.saturating_sub(1).max(1)));
        let resend = self.resend.as_ref().filter(|resend| !resend.yields);
        let from = from.or(resend.map(|resend| (resend.inc, resend.from_n)));
        step.out.push(Output::NeedEvents(NeedEvents { events_max, bytes_max: limits::PUSH_EVENT_BYTES_MAX, from }));
    }

    pub(super) fn events(&mut self, step: &mut Step<'_>, mut view: EventsView) {
        if !matches!(self.state, State::Reading) {
            return;
        }
        if self.probes.as_ref().is_none_or(|(epoch, _)| *epoch != view.epoch) {
            // After an epoch began, even one this program slept through, scopes are read from their start.
            self.thorough = self.probes.is_some() || view.cursors.is_empty();
            self.probes = Some((view.epoch, (1..=view.inc_max.max(view.inc)).collect()));
            self.pull_due = true;
            if self.compare.take().is_some() | self.resend.take().is_some() {
                return self.read(step);
            }
        }
        if let Some(compare) = self.compare.take() {
            return self.compared(step, compare, &view);
        }
        let held = self.push_hold_ms.is_some_and(|until| until > step.now_ms);
        if !held
            && self.resend.is_none()
            && let Some(inc) = self.probes.as_ref().and_then(|(_, incs)| incs.last().copied())
        {
            return self.probe(step, inc, &view);
        }
        if !held
            && let Some(resend) = &mut self.resend
            && !std::mem::take(&mut resend.yields)
        {
            if resend.hole(&view) {
                let (inc, n) = (resend.inc, resend.from_n);
                return self.give_up(step, inc, n, &view);
            }
            let rest = resend.rest(&view);
            if resend.yields {
                return self.read(step);
            }
            if rest.is_empty() {
                self.resend = self.resend.take().filter(|_| !view.to_the_end && !view.outgoing.is_empty());
                return self.read(step);
            }
            (view.outgoing, view.to_the_end) = (rest, false);
        }
        let push = !view.outgoing.is_empty() && !held;
        // Cursors at their start say that events must be sent again; they stay there until that is done.
        let first = self.resend.is_some() || self.pushes < PUSHES_IN_A_ROW;
        if push && (!self.pull_due || first) {
            self.push(step, view);
        } else if self.pull_due {
            self.pull(step, view);
        } else {
            self.rest(step, view.waiting.is_some());
        }
    }

    /// An event is gone from server and laptop alike, both put back from old copies. What hangs on it stays
    /// here and is told; everything else goes on.
    fn give_up(&mut self, step: &mut Step<'_>, inc: u32, n: u64, view: &EventsView) {
        (self.resend, self.unplaced) = (None, None);
        if view.waiting.is_some_and(|(waiting, _)| waiting == inc) {
            let scope = format!("{}/{inc}/{n}", step.party.dev);
            self.hold_pushes(step, Trouble::ServerBehind { scope });
        }
        self.read(step);
    }

    fn probe(&mut self, step: &mut Step<'_>, inc: u32, view: &EventsView) {
        let request = self.push_request(step, inc, 1, Vec::new(), view.epoch);
        let sent = Sent::Probe { inc, epoch: view.epoch };
        self.send(step, Request::Push(request), sent);
    }

    fn push(&mut self, step: &mut Step<'_>, view: EventsView) {
        let Some(first) = view.outgoing.first() else { return };
        let (inc, from_n) = (first.inc, first.n);
        let whole = view.outgoing.len();
        let events = run(view.outgoing);
        let mut request = self.push_request(step, inc, from_n, events, view.epoch);
        while request.events.len() > 1 && !fits(&request) {
            request.events.truncate(request.events.len() / 2);
        }
        let to_the_end = view.to_the_end && request.events.len() == whole;
        self.pushes += 1;
        let sent = Sent::Push { request: request.clone(), ours: view.inc, to_the_end };
        self.send(step, Request::Push(request), sent);
    }

    fn push_request(
        &self,
        step: &Step<'_>,
        inc: u32,
        from_n: u64,
        events: Vec<SignedEvent>,
        epoch: u32,
    ) -> PushRequest {
        let (log, dev) = (step.party.log.clone(), step.party.dev.clone());
        PushRequest { proto: limits::PROTO, log, epoch, dev, inc, from_n, events, t0: step.mono_ms() }
    }

    fn pull(&mut self, step: &mut Step<'_>, view: EventsView) {
        self.pushes = 0;
        self.pull_again = false;
        let mut held = view.cursors;
        held.sort_by(|a, b| a.scope.cmp(&b.scope));
        let cursors = held.iter().map(|cursor| (cursor.scope.clone(), cursor.pos)).collect();
        let (log, t0) = (step.party.log.clone(), step.mono_ms());
        let max_bytes = limits::PAGE_BYTES;
        let request = PullRequest { proto: limits::PROTO, log, epoch: view.epoch, cursors, max_bytes, t0 };
        self.send(step, Request::Pull(request), Sent::Pull { epoch: view.epoch, held });
    }

    fn send(&mut self, step: &mut Step<'_>, request: Request, sent: Sent) {
        let id = step.id();
        self.state = State::Sending { id, t0: step.mono_ms(), sent };
        step.out.push(Output::Send { id, lane: Lane::Control, request, blob_bytes: 0 });
    }

    /// Whether the reply was this lane's.
    pub(super) fn reply(&mut self, step: &mut Step<'_>, id: u64, result: &Result<Reply, Failure>) -> bool {
        let State::Sending { id: ours, .. } = &self.state else { return false };
        if *ours != id {
            return false;
        }
        let State::Sending { t0, sent, .. } = std::mem::replace(&mut self.state, State::Reading) else { return false };
        let next = match result {
            Ok(reply) => {
                self.reachable = true;
                self.heed(step, t0, sent, reply.clone())
            }
            Err(failure) => self.failed(&sent, failure),
        };
        self.follow(step, next);
        true
    }

    fn failed(&mut self, sent: &Sent, failure: &Failure) -> Next {
        self.reachable &= matches!(failure, Failure::Busy { .. } | Failure::Local);
        self.fresh = true;
        if let Sent::Push { request, .. } = sent {
            // A link that could not carry this many may carry half.
            self.events_max = (request.events.len() / 2).max(limits::PUSH_FIRST_EVENTS);
        }
        match failure {
            Failure::NotOurs => Next::Pause(Trouble::NotOurs),
            Failure::WrongKey => Next::Pause(Trouble::WrongKey),
            Failure::Busy { retry_ms } => Next::Busy { retry_ms: *retry_ms },
            Failure::Local => Next::Pause(Trouble::Local),
            _ => Next::Pause(Trouble::Unreachable),
        }
    }

    fn follow(&mut self, step: &mut Step<'_>, next: Next) {
        match next {
            Next::Read => self.read(step),
            Next::Store(applies) => self.store(step, applies, false),
            Next::Pause(trouble) => {
                let wait_ms = self.backoff.next_ms(step.jitter);
                self.pause(step, trouble, wait_ms);
            }
            Next::Busy { retry_ms } => {
                let spread = step.jitter.upto(u64::from(retry_ms) / 2);
                self.pause(step, Trouble::Busy, u64::from(retry_ms) + spread);
            }
            Next::Recovering { retry_ms } => {
                // What it received of ours may be lost: afterwards both ends are compared anew.
                (self.probes, self.compare, self.resend) = (None, None, None);
                self.pause(step, Trouble::Recovering, u64::from(retry_ms));
            }
        }
    }

    fn pause(&mut self, step: &Step<'_>, trouble: Trouble, wait_ms: u64) {
        self.trouble = Some(trouble);
        self.state = State::Idle { until_ms: step.now_ms.saturating_add(wait_ms) };
    }

    /// Progress: whatever stood in the way is gone. An event that cannot go still stands in the way of those
    /// after it.
    pub(super) fn progress(&mut self, delivered: bool) {
        self.backoff.reset();
        if delivered {
            self.push_backoff.reset();
            self.push_hold_ms = None;
        }
        if self.push_hold_ms.is_none() {
            self.trouble = None;
        }
    }

    pub(super) fn hold_pushes(&mut self, step: &mut Step<'_>, trouble: Trouble) {
        let wait_ms = self.push_backoff.next_ms(step.jitter);
        self.push_hold_ms = Some(step.now_ms.saturating_add(wait_ms));
        self.trouble = Some(trouble);
    }

    pub(super) fn store(&mut self, step: &mut Step<'_>, mut applies: Vec<Apply>, exchanged: bool) {
        if applies.is_empty() {
            return self.read(step);
        }
        let apply = applies.remove(0);
        self.state = State::Storing { then: applies, exchanged };
        step.out.push(Output::Store { lane: Lane::Control, apply });
    }

    pub(super) fn stored(&mut self, step: &mut Step<'_>, result: Result<(), StoreFault>) {
        let State::Storing { then, exchanged } = &mut self.state else { return };
        let (then, exchanged) = (std::mem::take(then), *exchanged);
        match result {
            Ok(()) if exchanged && then.is_empty() => self.finish(step),
            Ok(()) => self.store(step, then, exchanged),
            Err(StoreFault::Scope { scope }) => {
                let next = self.restart_scope(scope);
                self.follow(step, next);
            }
            Err(StoreFault::Failed) => self.follow(step, Next::Pause(Trouble::Local)),
        }
    }

    /// The laptop could not be read.
    pub(super) fn unreadable(&mut self, step: &mut Step<'_>) {
        if matches!(self.state, State::Reading) {
            self.follow(step, Next::Pause(Trouble::Local));
        }
    }

    /// Nothing left to do; events that cannot go wait out their pause.
    fn rest(&mut self, step: &mut Step<'_>, undelivered: bool) {
        match self.push_hold_ms {
            Some(until_ms) if undelivered => self.state = State::Idle { until_ms },
            _ => self.store(step, vec![Apply::Exchanged], true),
        }
    }

    fn finish(&mut self, step: &mut Step<'_>) {
        self.trouble = None;
        self.restarted.clear();
        if self.again {
            self.pull_due |= std::mem::take(&mut self.pull_again);
            return self.read(step);
        }
        self.exchanged = true;
        let wait_ms = POLL_MS + step.jitter.upto(POLL_MS / 4);
        self.state = State::Idle { until_ms: step.now_ms.saturating_add(wait_ms) };
    }
}

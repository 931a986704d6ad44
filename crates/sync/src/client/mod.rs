//! The laptop's side: what to send next, what to believe, what to store.
//!
//! Three lanes side by side, each doing one thing at a time: [`control`](view::Lane::Control) for events and
//! pages, [`bulk`](view::Lane::Bulk) for files, [`watch`](view::Lane::Watch) to hear of news. The machine
//! keeps nothing that must survive: every pass begins with a look at what the laptop holds, and everything
//! the server says is made durable before the next request builds on it.

pub mod answer;
mod backoff;
mod batch;
mod bulk;
mod clock;
mod control;
mod reply;
mod request;
mod verify;
pub mod view;
mod watch;

pub use answer::{Asked, Failure, RawReply, Reply};
pub use request::Request;
pub use view::{
    Apply, BlobsView, EventsView, Input, Lane, NeedEvents, Outgoing, Output, Party, PulledPage, Status, StoreFault,
    Transfer, Trouble,
};

use backoff::Jitter;
use bulk::Bulk;
use clock::Clock;
use control::Control;
use watch::Watch;

/// When nothing is due but answers, milliseconds.
const IDLE_MS: u64 = 60_000;

/// The machine. Feed it [`Input`]s; do its [`Output`]s.
#[derive(Debug)]
pub struct Client {
    party: Party,
    control: Control,
    bulk: Bulk,
    watch: Watch,
    clock: Clock,
    jitter: Jitter,
    next_id: u64,
    said: Option<Status>,
}

/// One call of the machine: the moment, and what comes out.
pub(crate) struct Step<'a> {
    now_ms: u64,
    party: &'a Party,
    jitter: &'a mut Jitter,
    clock: &'a mut Clock,
    next_id: &'a mut u64,
    out: Vec<Output>,
}

impl Step<'_> {
    fn id(&mut self) -> u64 {
        *self.next_id += 1;
        *self.next_id
    }

    fn mono_ms(&self) -> i64 {
        i64::try_from(self.now_ms).unwrap_or(i64::MAX)
    }
}

impl Client {
    /// `seed` spreads the pauses of many laptops: draw it at random.
    #[must_use]
    pub fn new(party: Party, seed: u64) -> Self {
        Self {
            party,
            control: Control::new(),
            bulk: Bulk::new(),
            watch: Watch::default(),
            clock: Clock::default(),
            jitter: Jitter::new(seed),
            next_id: 0,
            said: None,
        }
    }

    /// Takes one input at `now_ms` of the monotonic clock that also stamps events. The first call is a
    /// [`Input::Tick`].
    pub fn step(&mut self, now_ms: u64, input: Input) -> Vec<Output> {
        let Self { party, control, bulk, watch, clock, jitter, next_id, said } = self;
        let mut step = Step { now_ms, party, jitter, clock, next_id, out: Vec::new() };
        let exchanged_before = control.exchanged;
        match input {
            Input::Tick => control.tick(&mut step),
            Input::Committed => {
                control.committed(&mut step);
                bulk.wake();
            }
            Input::Now => {
                bulk.now();
                control.now(&mut step);
            }
            Input::Events(view) => control.events(&mut step, view),
            Input::Blobs(view) => bulk.blobs(&mut step, view),
            Input::Stored { lane: Lane::Bulk, result } => bulk.stored(&mut step, &result),
            Input::Stored { result, .. } => {
                control.stored(&mut step, result);
                bulk.wake();
            }
            Input::Unreadable { lane: Lane::Bulk } => bulk.unreadable(&mut step),
            Input::Unreadable { .. } => control.unreadable(&mut step),
            Input::Reply { id, result } => match watch.reply(&mut step, id, &result) {
                Some(true) => control.news(&mut step),
                Some(false) => {}
                None => {
                    let bulk_failed = !control.reply(&mut step, id, &result)
                        && bulk.reply(&mut step, id, &result)
                        && matches!(result, Err(Failure::Unreachable | Failure::NotOurs | Failure::WrongKey));
                    if bulk_failed {
                        // Is the server gone, or only this connection? A small question tells.
                        control.news(&mut step);
                    }
                }
            },
        }
        if control.exchanged && !exchanged_before {
            bulk.wake();
        }
        let gate_open = control.reachable && !control.pushing();
        bulk.settle(&mut step, gate_open);
        watch.settle(&mut step, control.tip_seq.filter(|_| control.exchanged));
        let moments = [control.wait_until_ms(), bulk.wait_until_ms(gate_open), watch.wait_until_ms(now_ms)];
        let status = Status {
            working: !control.idle() || !bulk.idle(),
            reachable: control.reachable,
            drained: control.exchanged && bulk.drained(),
            refused_files: bulk.refused(),
            trouble: control.trouble.clone(),
        };
        let mut out = step.out;
        if said.as_ref() != Some(&status) {
            *said = Some(status.clone());
            out.push(Output::Status(status));
        }
        let moment = moments.into_iter().flatten().min().unwrap_or(now_ms.saturating_add(IDLE_MS));
        out.push(Output::WaitUntil(moment));
        out
    }
}

//! The thread that does what the sync machine says: reads, sends, keeps, waits.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::{Api, Live};
use xunju_store::StoreError;
use xunju_sync::client::{Client, Input, Lane, Output, Party, Status, Trouble};

use crate::bell::Bell;
use crate::http::Http;
use crate::{courier, keep, level, origin, trouble, witness};

/// What comes to the thread: something for the machine, or a person's wish with its number.
pub enum Signal {
    Input(Input),
    Now(u64),
    /// The log was looked at.
    Looked,
    /// The server was brought what it lacks, as far as this laptop has it.
    Carried,
}

/// The machine's last word, and the last wish it had heard when it said so.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub heard: u64,
    pub status: Status,
}

/// A running driver. Dropping it stops the thread.
pub struct Driver {
    inputs: mpsc::UnboundedSender<Signal>,
    said: watch::Receiver<Said>,
    wishes: AtomicU64,
    thread: Option<std::thread::JoinHandle<()>>,
    stop: Option<mpsc::UnboundedSender<()>>,
}

impl Driver {
    /// # Errors
    /// `NotEnrolled`, an address that may not be talked to, a thread that cannot start.
    pub fn start(api: &Arc<Api>, bell: &Bell) -> Result<Self, ApiError> {
        let me = api.store().identity()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        let party = Party { log: me.log, dev: me.device, server: me.server_key };
        let http =
            Http::new(origin::origin(&me.server_url)?, api.store().signer()?, party.clone(), Arc::clone(api.vault()))?;
        let (inputs, inbox) = mpsc::unbounded_channel();
        let (say, said) = watch::channel(Said::default());
        let (stop, stopped) = mpsc::unbounded_channel();
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        let machine = Client::new(party, u64::from_le_bytes(seed));
        let run = Run {
            api: Arc::clone(api),
            http,
            machine,
            inputs: inputs.clone(),
            say,
            heard: 0,
            wait_ms: 0,
            items: Items::default(),
            last: Status::default(),
            witness: Witness::default(),
            carrying: false,
        };
        let thread = std::thread::Builder::new()
            .name("xunju-link".to_owned())
            .spawn(move || run.all(inbox, stopped))
            .map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        bell.hang(thread.thread().id(), inputs.clone());
        Ok(Self { inputs, said, wishes: AtomicU64::new(0), thread: Some(thread), stop: Some(stop) })
    }

    /// A person asks: do not wait out a pause. Gives the wish's number: what is said with a smaller one was
    /// said before it was heard.
    pub fn now(&self) -> u64 {
        let wish = self.wishes.fetch_add(1, Ordering::Relaxed) + 1;
        let _stopped = self.inputs.send(Signal::Now(wish));
        wish
    }

    pub fn said(&self) -> watch::Receiver<Said> {
        self.said.clone()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

/// Items on their way, for `正在发送 7/12`.
#[derive(Default)]
struct Items {
    total: u32,
}

struct Run {
    api: Arc<Api>,
    http: Http,
    machine: Client,
    inputs: mpsc::UnboundedSender<Signal>,
    say: watch::Sender<Said>,
    heard: u64,
    /// Moment of the monotonic clock to come back at.
    wait_ms: u64,
    items: Items,
    /// The machine's last word.
    last: Status,
    witness: Witness,
    carrying: bool,
}

/// Whether the log is being looked at, and after which exchange it was last.
#[derive(Default)]
struct Witness {
    looking: bool,
    exchange_ms: Option<i64>,
}

impl Run {
    fn all(mut self, inbox: mpsc::UnboundedReceiver<Signal>, stopped: mpsc::UnboundedReceiver<()>) {
        match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(self.turn(inbox, stopped)),
            Err(e) => tracing::error!(error = %e, "no runtime for the network"),
        }
    }

    async fn turn(&mut self, mut inbox: mpsc::UnboundedReceiver<Signal>, mut stopped: mpsc::UnboundedReceiver<()>) {
        self.feed(Input::Tick);
        loop {
            let wait = Duration::from_millis(self.wait_ms.saturating_sub(self.now_ms()));
            tokio::select! {
                _ = stopped.recv() => return,
                signal = inbox.recv() => match signal {
                    Some(Signal::Input(input)) => self.feed(input),
                    Some(Signal::Now(wish)) => {
                        self.heard = wish;
                        self.feed(Input::Now);
                    }
                    Some(Signal::Looked) => {
                        self.witness.looking = false;
                        let last = self.last.clone();
                        self.show(&last);
                    }
                    Some(Signal::Carried) => {
                        self.carrying = false;
                        self.feed(Input::Tick);
                    }
                    None => return,
                },
                () = tokio::time::sleep(wait) => self.feed(Input::Tick),
            }
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.api.clock().mono_ms()).unwrap_or(0)
    }

    /// One input, and every input its outputs make at once.
    fn feed(&mut self, input: Input) {
        let mut queue = VecDeque::from([input]);
        while let Some(input) = queue.pop_front() {
            for output in self.machine.step(self.now_ms(), input) {
                queue.extend(self.act(output));
            }
        }
    }

    fn act(&mut self, output: Output) -> Option<Input> {
        match output {
            Output::NeedEvents(need) => Some(match keep::events(&self.api, &need) {
                Ok(view) => Input::Events(view),
                Err(e) => unreadable(&e, Lane::Control),
            }),
            Output::NeedBlobs { skip } => Some(match keep::blobs(&self.api, &skip) {
                Ok(view) => Input::Blobs(view),
                Err(e) => unreadable(&e, Lane::Bulk),
            }),
            Output::Send { id, lane, request, blob_bytes } => {
                self.show_sending();
                let (http, inputs) = (self.http.clone(), self.inputs.clone());
                tokio::spawn(async move {
                    let result = http.ask(lane, &request, blob_bytes).await;
                    let _stopped = inputs.send(Signal::Input(Input::Reply { id, result }));
                });
                None
            }
            Output::Store { lane, apply } => Some(Input::Stored { lane, result: keep::apply(&self.api, apply) }),
            Output::Anchor(anchor) => {
                if let Err(e) = self.api.store().set_anchor(&self.api.clock().boot(), &anchor) {
                    tracing::warn!(error = %e, "could not keep the server's clock");
                }
                None
            }
            Output::Sent { hash, offset } => {
                match self.api.store().upload_progress(&hash, offset) {
                    Ok(changed) => self.api.changed(&changed),
                    Err(e) => tracing::warn!(error = %e, "could not note progress"),
                }
                None
            }
            Output::Status(status) => {
                if status.drained && status.trouble.is_none() && self.numbers_asked() {
                    return Some(Input::Committed);
                }
                self.show(&status);
                None
            }
            Output::WaitUntil(moment) => {
                self.wait_ms = moment;
                None
            }
        }
    }

    /// At the end of each exchange: a laptop that leaves has numbers with it (domain.md §5.3).
    fn numbers_asked(&self) -> bool {
        let asked = self.api.laptop_caller().and_then(|caller| self.api.ask_for_numbers(&caller));
        asked.unwrap_or_else(|e| {
            tracing::warn!(error = %e, "could not ask for numbers");
            false
        })
    }

    fn show(&mut self, status: &Status) {
        self.last = status.clone();
        if status.drained {
            self.look();
        }
        if status.trouble == Some(Trouble::Recovering) {
            self.carry();
        }
        let alarm = witness::alarm(self.api.store()).unwrap_or_default();
        let told = status.trouble.as_ref().map(trouble::told).or(alarm);
        let text = told.as_ref().and_then(|e| serde_json::to_string(e).ok());
        if let Err(e) = self.api.store().set_stuck(text.as_deref()) {
            tracing::warn!(error = %e, "could not note why sync waits");
        }
        let online = status.reachable && trouble::online(status.trouble.as_ref());
        let sending = (status.working && !status.drained).then(|| self.progress()).flatten();
        if status.drained {
            self.items.total = 0;
        }
        self.api.set_live(Live { online, sending });
        // 已同步 is said when the log has been looked at.
        if !(self.witness.looking && status.drained) {
            self.say.send_replace(Said { heard: self.heard, status: status.clone() });
        }
    }

    /// After every exchange: is the log still what it was?
    fn look(&mut self) {
        let exchange_ms = self.api.store().last_exchange().unwrap_or_default();
        if self.witness.looking || exchange_ms == self.witness.exchange_ms {
            return;
        }
        self.witness = Witness { looking: true, exchange_ms };
        let (api, http, inputs) = (Arc::clone(&self.api), self.http.clone(), self.inputs.clone());
        tokio::spawn(async move {
            if let Err(e) = level::look(&http, &api).await {
                tracing::debug!(?e, "the log could not be looked at");
            }
            let _stopped = inputs.send(Signal::Looked);
        });
    }

    /// A server that was put back from a backup asks for what this laptop saw; once at a time.
    fn carry(&mut self) {
        if std::mem::replace(&mut self.carrying, true) {
            return;
        }
        let (api, http, inputs) = (Arc::clone(&self.api), self.http.clone(), self.inputs.clone());
        tokio::spawn(async move {
            if let Err(e) = courier::carry(&http, &api).await {
                tracing::info!(?e, "what the server lacks could not all be brought");
            }
            let _stopped = inputs.send(Signal::Carried);
        });
    }

    fn show_sending(&mut self) {
        let sending = self.progress();
        let online = self.say.borrow().status.reachable && trouble::online(self.say.borrow().status.trouble.as_ref());
        if sending.is_some() && online {
            self.api.set_live(Live { online: true, sending });
        }
    }

    /// Items delivered of those there were when sending began.
    fn progress(&mut self) -> Option<(u32, u32)> {
        let pending = self.api.store().pending().ok()?;
        let left = pending.events + pending.photos;
        self.items.total = self.items.total.max(left);
        (left > 0).then(|| (self.items.total - left, self.items.total))
    }
}

fn unreadable(e: &StoreError, lane: Lane) -> Input {
    tracing::error!(error = %e, "could not read the outbox");
    Input::Unreadable { lane }
}

/// What a lane's request failed with, as a reason to stop waiting.
pub fn hopeless(status: &Status) -> bool {
    let waiting_helps = matches!(status.trouble, None | Some(Trouble::Busy));
    !waiting_helps && !status.working
}

//! A laptop: the real machine over the model disk, and the small driver around it.

use std::collections::{BTreeMap, VecDeque};

use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use xunju_evidence::{Anchor, Signer, Times};
use xunju_sync::client::{
    Apply, Asked, Client, Failure, Input, Lane, Output, Party, RawReply, Request, Status, answer,
};
use xunju_sync::request::{self, Body};

use super::disk::Disk;
use super::server::{CLOCK_MS, Http, LOG};

/// What is remembered of a request until its reply.
#[derive(Debug, Clone)]
pub struct Asking {
    pub request: Request,
    pub echo: String,
    pub blob_bytes: u64,
}

impl Asking {
    /// In a few words: the bytes of events help nobody.
    pub fn words(&self) -> String {
        let Request::Push(push) = &self.request else {
            return format!("{:?}", self.request).chars().take(80).collect();
        };
        format!("{}/{} +{} in {}", push.inc, push.from_n, push.events.len(), push.epoch)
    }
}

pub struct Laptop {
    pub signer: Signer,
    pub disk: Disk,
    pub client: Option<Client>,
    /// Counts starts; what was meant for an earlier life is void.
    pub life: u32,
    pub asking: BTreeMap<u64, Asking>,
    pub status: Status,
    pub anchor: Option<Anchor>,
    /// Monotonic clock less the simulator's.
    pub mono_ms: i64,
    /// Wall clock less the truth.
    pub wall_ms: i64,
    pub server: xunju_evidence::PublicKey,
    /// Copies of the folder, for a restore.
    pub backup: Option<Disk>,
    pub wake_token: u64,
    /// No network until then.
    pub dark_until: u64,
    /// What was last answered, for somebody to play again.
    pub last_reply: Option<RawReply>,
}

/// What the driver asks of the world.
pub enum Wish {
    Send {
        id: u64,
        lane: Lane,
        http: Box<Http>,
    },
    /// The laptop's own failure, at once.
    Fail {
        id: u64,
        failure: Failure,
    },
    Store {
        lane: Lane,
        apply: Box<Apply>,
    },
    Wake {
        at_ms: u64,
        token: u64,
    },
    Anchor(Anchor),
}

impl Laptop {
    pub fn new(signer: Signer, disk: Disk, server: xunju_evidence::PublicKey) -> Self {
        Self {
            signer,
            disk,
            client: None,
            life: 0,
            asking: BTreeMap::new(),
            status: Status::default(),
            anchor: None,
            mono_ms: 0,
            wall_ms: 0,
            server,
            backup: None,
            wake_token: 0,
            dark_until: 0,
            last_reply: None,
        }
    }

    pub fn start(&mut self, now: u64, chance: &mut ChaCha8Rng) {
        self.life += 1;
        self.asking.clear();
        self.anchor = None;
        self.status = Status::default();
        // A reboot: the monotonic clock starts again.
        self.mono_ms = 1_000 - now as i64;
        let party = Party { log: LOG.to_owned(), dev: self.disk.dev.clone(), server: self.server.clone() };
        self.client = Some(Client::new(party, chance.random()));
    }

    pub fn stop(&mut self) {
        self.client = None;
        self.life += 1;
        self.asking.clear();
        self.status = Status::default();
    }

    pub fn mono(&self, now: u64) -> u64 {
        (now as i64 + self.mono_ms) as u64
    }

    pub fn times(&self, now: u64) -> Times {
        Times {
            wall: CLOCK_MS + now as i64 + self.wall_ms,
            tz: "+08:00".to_owned(),
            boot: format!("b{}", self.life),
            mono: self.mono(now) as i64,
            anc: self.anchor.clone(),
            gps: None,
        }
    }

    /// Feeds the machine; answers at once what the disk can answer.
    pub fn drive(&mut self, now: u64, input: Input, chance: &mut ChaCha8Rng) -> Vec<Wish> {
        let mut inputs = VecDeque::from([input]);
        let mut wishes = Vec::new();
        let mono = self.mono(now);
        while let Some(input) = inputs.pop_front() {
            let Some(client) = &mut self.client else { return wishes };
            for output in client.step(mono, input) {
                match output {
                    Output::NeedEvents(need) => inputs.push_back(Input::Events(self.disk.view(need))),
                    Output::NeedBlobs { skip } => inputs.push_back(Input::Blobs(self.disk.blobs_view(&skip))),
                    Output::Send { id, lane, request, blob_bytes } => {
                        wishes.push(self.ask(id, lane, request, blob_bytes, chance));
                    }
                    Output::Store { lane, apply } => wishes.push(Wish::Store { lane, apply: Box::new(apply) }),
                    Output::Anchor(anchor) => {
                        self.anchor = Some(anchor.clone());
                        wishes.push(Wish::Anchor(anchor));
                    }
                    Output::Sent { .. } => {}
                    Output::Status(status) => self.status = status,
                    Output::WaitUntil(mono_ms) => {
                        self.wake_token += 1;
                        let at_ms = (mono_ms as i64 - self.mono_ms).max(now as i64) as u64;
                        wishes.push(Wish::Wake { at_ms, token: self.wake_token });
                    }
                }
            }
        }
        wishes
    }

    fn ask(&mut self, id: u64, lane: Lane, asked: Request, blob_bytes: u64, chance: &mut ChaCha8Rng) -> Wish {
        let echo = format!("{:032x}", chance.random::<u128>());
        let mut body = asked.body().unwrap();
        if let Request::Patch { hash, offset, len } = &asked {
            let Some(file) = self.disk.vault.get(hash) else { return Wish::Fail { id, failure: Failure::NotHere } };
            let (from, upto) = (*offset as usize, (*offset + u64::from(*len)) as usize);
            body = file.get(from..upto).unwrap().to_vec();
        }
        let (method, path) = (asked.method(), asked.path());
        let signed = if asked.signs_body() { Body::Whole(&body) } else { Body::Unsigned };
        let sig = request::sign(&self.signer, method, &path, &echo, signed);
        let headers = asked.headers().into_iter().collect();
        let device = self.disk.dev.clone();
        let http = Http { method, path, device, echo: echo.clone(), sig, headers, body };
        self.asking.insert(id, Asking { request: asked, echo, blob_bytes });
        Wish::Send { id, lane, http: Box::new(http) }
    }

    /// What the machine hears of a raw reply. The same one may come twice.
    pub fn hear(&self, id: u64, raw: RawReply) -> Option<Input> {
        let asking = self.asking.get(&id)?;
        let Asking { request, echo, blob_bytes, .. } = asking;
        let asked = Asked { request, echo, log: LOG, server: &self.server, blob_bytes: *blob_bytes };
        Some(Input::Reply { id, result: answer::read(asked, raw) })
    }
}

//! The town server around the real decisions: a log with a durable prefix, uploads with a durable prefix,
//! nothing else survives.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use xunju_evidence::{BlobReceipt, Countersigned, EventBody, Hash, Head, PublicKey, SignedEvent, Signer, Times, scope};
use xunju_sync::client::RawReply;
use xunju_sync::message::{PullReply, PushReply, blob_metadata_hash, blob_receipt_header};
use xunju_sync::request::{self, Body};
use xunju_sync::server::{self, ChainRow, ChainView, Granted, Intake, PushDecision, Shelf, Shelved, Standing};
use xunju_sync::{PageFrame, PullRequest, PushRequest, WaitReply, limits, wire};

use super::plan::Mutation;

/// Server's clock less the simulator's.
pub const CLOCK_MS: i64 = 1_790_000_000_000;
pub const LOG: &str = "town-1";

#[derive(Debug, Clone)]
pub struct Http {
    pub method: &'static str,
    pub path: String,
    pub device: String,
    pub echo: String,
    pub sig: String,
    pub headers: BTreeMap<&'static str, String>,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct Logged {
    pub event: Rc<SignedEvent>,
    pub body: Rc<EventBody>,
    pub id: Hash,
    pub branch: u32,
    pub recv_ms: i64,
    pub pos: u64,
    pub hash: Hash,
}

#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub bytes: u64,
    pub have: Vec<u8>,
    pub durable: usize,
    pub whole_ms: Option<i64>,
    /// Most that was ever reported since the upload last started.
    pub reported: u64,
}

/// Which request an answer is for.
pub type Ticket = u64;

pub enum Handled {
    Now(RawReply),
    /// After the next sync.
    Later,
}

pub struct Server {
    pub signer: Signer,
    pub epoch: u32,
    pub log: Vec<Logged>,
    pub durable: usize,
    pub uploads: BTreeMap<Hash, Upload>,
    pub keys: BTreeMap<String, PublicKey>,
    pub grants: BTreeMap<String, BTreeSet<String>>,
    pub mutation: Option<Mutation>,
    pub tally: BTreeMap<&'static str, u64>,
    after_sync: Vec<(Ticket, Pending)>,
    waiters: Vec<(Ticket, String, String, u64)>,
}

enum Pending {
    Raw(RawReply),
    Blob { hash: Hash, echo: String, status: u16 },
}

impl Server {
    pub fn new(mutation: Option<Mutation>) -> Self {
        Self {
            signer: Signer::from_seed(&[200; 32]),
            epoch: 1,
            log: Vec::new(),
            durable: 0,
            uploads: BTreeMap::new(),
            keys: BTreeMap::new(),
            grants: BTreeMap::new(),
            mutation,
            tally: BTreeMap::new(),
            after_sync: Vec::new(),
            waiters: Vec::new(),
        }
    }

    fn saw(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    pub fn enrol(&mut self, now: u64, key: &PublicKey, scopes: BTreeSet<String>) {
        let dev = key.device_id();
        self.keys.insert(dev.clone(), key.clone());
        self.grants.insert(dev.clone(), scopes);
        let data = serde_json::json!({"public_key": key.text()});
        self.say(now, "device.enrolled", format!("device:{dev}"), "town".to_owned(), Vec::new(), data);
        self.durable = self.log.len();
    }

    /// An event of the server's own.
    fn say(
        &mut self,
        now: u64,
        kind: &str,
        record: String,
        scope: String,
        parents: Vec<Hash>,
        data: serde_json::Value,
    ) {
        let dev = self.signer.public().device_id();
        let before = self.log.iter().rev().find(|logged| logged.body.dev == dev && logged.body.inc == self.epoch);
        let (n, prev) = before.map_or((1, None), |logged| (logged.body.n + 1, Some(logged.id)));
        let wall = CLOCK_MS + now as i64;
        let t = Times { wall, tz: "+08:00".to_owned(), boot: "s".to_owned(), mono: now as i64, anc: None, gps: None };
        let body = EventBody {
            v: 1,
            kind: kind.to_owned(),
            tv: 1,
            record,
            scope,
            dev: dev.clone(),
            inc: self.epoch,
            n,
            prev,
            parents,
            actor: dev,
            sess: None,
            acl: 0,
            t,
            seen: None,
            blobs: Vec::new(),
            crit: false,
            touches: Vec::new(),
            data,
        };
        let event = self.signer.sign_event(&body).unwrap();
        self.append(now, event, body, 0);
    }

    fn append(&mut self, now: u64, event: SignedEvent, body: EventBody, branch: u32) {
        let id = event.id();
        let before = self.log.iter().rev().find(|logged| logged.body.scope == body.scope);
        let (pos, hash) = before.map_or((0, scope::EMPTY), |logged| (logged.pos, logged.hash));
        let (pos, hash) = (pos + 1, scope::extend(&hash, &id));
        let recv_ms = CLOCK_MS + now as i64;
        self.log.push(Logged { event: Rc::new(event), body: Rc::new(body), id, branch, recv_ms, pos, hash });
    }

    pub fn handle(&mut self, now: u64, ticket: Ticket, http: &Http, cut: Option<usize>) -> Handled {
        let Some(key) = self.keys.get(&http.device).cloned() else { return Handled::Now(status(400, http)) };
        let signed = if http.method == "POST" { Body::Whole(&http.body) } else { Body::Unsigned };
        if request::verify(&key, http.method, &http.path, &http.echo, signed, &http.sig).is_err() {
            self.saw("request with a bad signature");
            return Handled::Now(status(400, http));
        }
        match (http.method, http.path.as_str()) {
            ("POST", "/v1/push") => self.push(now, ticket, http, &key),
            ("POST", "/v1/pull") => self.pull(now, http),
            ("GET", path) if path.starts_with("/v1/wait?after=") => {
                let after = path.trim_start_matches("/v1/wait?after=").parse().unwrap();
                self.waiters.push((ticket, http.device.clone(), http.echo.clone(), after));
                Handled::Later
            }
            ("POST", "/v1/blobs") => self.create(ticket, http),
            ("HEAD", path) => self.look(ticket, http, hash_of(path)),
            ("PATCH", path) => self.patch(ticket, http, hash_of(path), cut),
            ("GET", path) => self.fetch(http, hash_of(path)),
            other => panic!("no such request: {other:?}"),
        }
    }

    fn sealed<M: wire::Message>(&self, http: &Http, message: &M) -> RawReply {
        let body = wire::seal(message, &http.echo, &self.signer).unwrap();
        let media_type = Some(wire::MEDIA_TYPE.to_owned());
        RawReply { status: 200, media_type, echo: Some(http.echo.clone()), body, ..RawReply::default() }
    }

    fn push(&mut self, now: u64, ticket: Ticket, http: &Http, key: &PublicKey) -> Handled {
        let Ok(request) = wire::decode::<PushRequest>(&http.body) else { return Handled::Now(status(400, http)) };
        let bodies = match server::open_batch(&request, key) {
            Ok(bodies) => bodies,
            Err(reply) => return Handled::Now(self.sealed(http, &*reply)),
        };
        let intake = Intake { log: LOG.to_owned(), epoch: self.epoch, dev: http.device.clone() };
        let chain = self.chain(&request);
        let mut decision = server::judge_push(&chain, &intake, &request, &bodies);
        let now_ms = CLOCK_MS + now as i64;
        let (upto, recv_ms) = match &mut decision {
            PushDecision::Answer(reply) => {
                match reply {
                    PushReply::Expected { .. } if request.events.is_empty() => {}
                    PushReply::Expected { .. } => self.saw("server asks for events again"),
                    _ => {}
                }
                return Handled::Now(self.sealed(http, reply));
            }
            PushDecision::Resend { upto, recv_ms, .. } => {
                self.saw("resend recognised");
                (*upto, *recv_ms)
            }
            PushDecision::Append { skip, branch, upto, fork } => {
                if *skip > 0 {
                    self.saw("resend with news");
                }
                if fork.is_some() {
                    self.saw("fork kept");
                }
                let drops = self.mutation == Some(Mutation::DropForks) && fork.is_some();
                let fresh = request.events.iter().cloned().zip(bodies).skip(*skip);
                for (event, body) in fresh.filter(|_| !drops) {
                    let (kind, record, scope) = (body.kind.clone(), body.record.clone(), body.scope.clone());
                    let id = event.id();
                    self.append(now, event, body, *branch);
                    if kind.starts_with("case.") {
                        let data = serde_json::json!({"verdict": "accepted"});
                        self.say(now, "case.ruled", record, scope, vec![id], data);
                    }
                }
                (*upto, now_ms)
            }
        };
        let receipt = server::receipt(&intake, request.inc, &upto, recv_ms, &self.signer);
        let reply = self.sealed(http, &decision.reply(receipt, now_ms, now_ms));
        if self.mutation == Some(Mutation::AckBeforeDurable) {
            return Handled::Now(reply);
        }
        self.after_sync.push((ticket, Pending::Raw(reply)));
        Handled::Later
    }

    fn chain(&self, request: &PushRequest) -> ChainView {
        let of_chain = || self.log.iter().filter(|row| row.body.dev == request.dev && row.body.inc == request.inc);
        let upto = request.from_n + request.events.len() as u64;
        let head = of_chain().filter(|row| row.branch == 0).max_by_key(|row| row.body.n);
        ChainView {
            head: head.map_or(Head::default(), |row| Head { n: row.body.n, hash: row.id }),
            branch_max: of_chain().map(|row| row.branch).max().unwrap_or(0),
            rows: of_chain()
                .filter(|row| row.body.n + 1 >= request.from_n && row.body.n <= upto)
                .map(|row| ChainRow { n: row.body.n, id: row.id, branch: row.branch, recv_ms: row.recv_ms })
                .collect(),
        }
    }

    fn visible(&self) -> usize {
        if self.mutation == Some(Mutation::PageBeforeDurable) { self.log.len() } else { self.durable }
    }

    fn pull(&mut self, now: u64, http: &Http) -> Handled {
        let Ok(mut request) = wire::decode::<PullRequest>(&http.body) else { return Handled::Now(status(400, http)) };
        // Small pages, so that many things happen between two of them.
        request.max_bytes = limits::PAGE_BYTES_MIN;
        let now_ms = CLOCK_MS + now as i64;
        let visible = self.visible();
        let rows: Vec<Logged> = self.log.iter().take(visible).cloned().collect();
        let granted = self.grants.get(&http.device).into_iter().flatten();
        let end = |name: &String| rows.iter().rev().find(|row| row.body.scope == *name).map_or(0, |row| row.pos);
        let standing = Standing {
            log: LOG.to_owned(),
            epoch: self.epoch,
            town_name: "九亭镇".to_owned(),
            tip_seq: visible as u64,
            granted: granted.map(|name| Granted { scope: name.clone(), pos: end(name) }).collect(),
            t1: now_ms,
            t2: now_ms,
        };
        let reply = server::page(&request, &standing, &http.echo, &self.signer, &mut Rows(rows)).unwrap();
        if matches!(&reply, PullReply::Page(page) if page.more) {
            self.saw("page with more to come");
        }
        Handled::Now(self.sealed(http, &reply))
    }

    fn authorised(&self, hash: &Hash) -> bool {
        self.log.iter().take(self.durable).any(|row| row.body.blobs.iter().any(|blob| blob.h == *hash))
    }

    fn create(&mut self, ticket: Ticket, http: &Http) -> Handled {
        let hash = http.headers.get("upload-metadata").and_then(|text| blob_metadata_hash(text)).unwrap();
        let bytes: u64 = http.headers.get("upload-length").unwrap().parse().unwrap();
        if !self.authorised(&hash) {
            self.saw("blob refused");
            return Handled::Now(status(403, http));
        }
        self.uploads.entry(hash).or_insert(Upload { bytes, ..Upload::default() });
        self.blob_later(ticket, http, hash, 201)
    }

    fn look(&mut self, ticket: Ticket, http: &Http, hash: Hash) -> Handled {
        if !self.uploads.contains_key(&hash) {
            return Handled::Now(status(404, http));
        }
        self.blob_later(ticket, http, hash, 200)
    }

    fn patch(&mut self, ticket: Ticket, http: &Http, hash: Hash, cut: Option<usize>) -> Handled {
        let offset: u64 = http.headers.get("upload-offset").unwrap().parse().unwrap();
        let Some(upload) = self.uploads.get_mut(&hash) else { return Handled::Now(status(404, http)) };
        if upload.whole_ms.is_some() {
            return self.blob_later(ticket, http, hash, 204);
        }
        if upload.have.len() as u64 != offset {
            return Handled::Now(status(409, http));
        }
        let arrived = http.body.get(..cut.unwrap_or(http.body.len())).unwrap_or(&http.body);
        upload.have.extend_from_slice(arrived);
        upload.have.truncate(upload.bytes as usize);
        if offset > 0 {
            self.saw("upload goes on");
        }
        self.blob_later(ticket, http, hash, 204)
    }

    fn blob_later(&mut self, ticket: Ticket, http: &Http, hash: Hash, status: u16) -> Handled {
        let echo = http.echo.clone();
        if self.mutation == Some(Mutation::OffsetBeforeDurable) {
            let upload = self.uploads.get_mut(&hash).unwrap();
            let offset = upload.have.len() as u64;
            if upload.whole_ms.is_none() && offset < upload.bytes {
                upload.reported = offset;
                let upload_offset = Some(offset);
                return Handled::Now(RawReply { status, echo: Some(echo), upload_offset, ..RawReply::default() });
            }
        }
        self.after_sync.push((ticket, Pending::Blob { hash, echo, status }));
        Handled::Later
    }

    fn fetch(&mut self, http: &Http, hash: Hash) -> Handled {
        let Some(upload) = self.uploads.get(&hash).filter(|upload| upload.whole_ms.is_some()) else {
            return Handled::Now(status(404, http));
        };
        let (first, last) = http.headers.get("range").unwrap().trim_start_matches("bytes=").split_once('-').unwrap();
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        let body = upload.have.get(first..(last + 1).min(upload.have.len())).unwrap().to_vec();
        if first > 0 {
            self.saw("download goes on");
        }
        Handled::Now(RawReply { status: 206, echo: Some(http.echo.clone()), body, ..RawReply::default() })
    }

    /// Everything written so far is on disk; answers that waited for it may go.
    pub fn sync(&mut self, now: u64) -> Vec<(Ticket, RawReply)> {
        self.durable = self.log.len();
        let now_ms = CLOCK_MS + now as i64;
        let mut bad = BTreeSet::new();
        for (hash, upload) in &mut self.uploads {
            upload.durable = upload.have.len();
            if upload.whole_ms.is_none() && upload.have.len() as u64 == upload.bytes {
                if Hash::of(&upload.have) == *hash {
                    upload.whole_ms = Some(now_ms);
                } else {
                    (upload.have, upload.durable, upload.reported) = (Vec::new(), 0, 0);
                    bad.insert(*hash);
                }
            }
        }
        let mut replies = Vec::new();
        for (ticket, pending) in std::mem::take(&mut self.after_sync) {
            let reply = match pending {
                Pending::Raw(reply) => reply,
                Pending::Blob { hash, echo, .. } if bad.contains(&hash) => {
                    self.saw("upload with a wrong hash");
                    RawReply { status: 460, echo: Some(echo), ..RawReply::default() }
                }
                Pending::Blob { hash, echo, status } => self.blob_reply(&hash, echo, status),
            };
            replies.push((ticket, reply));
        }
        let (ready, waiting) =
            std::mem::take(&mut self.waiters).into_iter().partition(|waiter| !self.dirty(waiter).is_empty());
        self.waiters = waiting;
        replies.extend(self.answer_waiters(ready));
        replies
    }

    fn blob_reply(&mut self, hash: &Hash, echo: String, status: u16) -> RawReply {
        let Some(upload) = self.uploads.get_mut(hash) else {
            return RawReply { status: 404, echo: Some(echo), ..RawReply::default() };
        };
        upload.reported = upload.reported.max(upload.durable as u64);
        let upload_offset = Some(upload.durable as u64);
        let blob_receipt = upload.whole_ms.map(|recv_ms| {
            let said = BlobReceipt { log: LOG.to_owned(), hash: *hash, bytes: upload.bytes, recv_ms };
            blob_receipt_header(&Countersigned::sign(said, &self.signer))
        });
        RawReply { status, echo: Some(echo), upload_offset, blob_receipt, ..RawReply::default() }
    }

    fn dirty(&self, (_, device, _, after): &(Ticket, String, String, u64)) -> Vec<String> {
        let mine = self.grants.get(device).cloned().unwrap_or_default();
        let news = self.log.iter().take(self.durable).skip(*after as usize);
        let names: BTreeSet<String> =
            news.map(|row| row.body.scope.clone()).filter(|name| mine.contains(name)).collect();
        names.into_iter().collect()
    }

    fn answer_waiters(&mut self, waiters: Vec<(Ticket, String, String, u64)>) -> Vec<(Ticket, RawReply)> {
        let reply = |waiter: &(Ticket, String, String, u64)| {
            let message = WaitReply { dirty: self.dirty(waiter) };
            let body = wire::seal(&message, &waiter.2, &self.signer).unwrap();
            RawReply { status: 200, media_type: Some(wire::MEDIA_TYPE.to_owned()), body, ..RawReply::default() }
        };
        waiters.iter().map(|waiter| (waiter.0, reply(waiter))).collect()
    }

    pub fn expire(&mut self, ticket: Ticket) -> Option<RawReply> {
        let (mine, others) = std::mem::take(&mut self.waiters).into_iter().partition(|waiter| waiter.0 == ticket);
        self.waiters = others;
        self.answer_waiters(mine).pop().map(|(_, reply)| reply)
    }

    /// Power is cut: what was not synced is gone, and so is every open connection.
    pub fn crash(&mut self) -> Result<(), String> {
        self.log.truncate(self.durable);
        self.after_sync.clear();
        self.waiters.clear();
        for (hash, upload) in &mut self.uploads {
            upload.have.truncate(upload.durable);
            if upload.reported > upload.durable as u64 {
                return Err(format!("I12: {hash} was reported at {}, durable are {}", upload.reported, upload.durable));
            }
        }
        Ok(())
    }

    /// Put back from a copy of its first `len` events, under a new epoch. Files are in another backup.
    pub fn roll_back(&mut self, len: usize) {
        self.log.truncate(len);
        self.durable = len;
        self.epoch += 1;
    }
}

fn hash_of(path: &str) -> Hash {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn status(status: u16, http: &Http) -> RawReply {
    RawReply { status, echo: Some(http.echo.clone()), ..RawReply::default() }
}

struct Rows(Vec<Logged>);

impl Shelf for Rows {
    type Error = ();

    fn frames(&mut self, scope: &str, pos: u64, bytes_max: usize) -> Result<Vec<Shelved>, ()> {
        let mut bytes = 0;
        let after = self.0.iter().enumerate().filter(|(_, row)| row.body.scope == scope && row.pos > pos);
        let shelved = after.map(|(at, row)| Shelved {
            frame: PageFrame {
                scope: scope.to_owned(),
                pos: row.pos,
                seq: at as u64 + 1,
                recv_ms: row.recv_ms,
                event: (*row.event).clone(),
            },
            hash: row.hash,
        });
        Ok(shelved
            .take_while(|shelved| {
                let before = bytes;
                bytes += shelved.frame.cost_bytes();
                before <= bytes_max
            })
            .collect())
    }

    fn hash_at(&mut self, scope: &str, pos: u64) -> Result<Hash, ()> {
        self.0.iter().find(|row| row.body.scope == scope && row.pos == pos).map(|row| row.hash).ok_or(())
    }
}

//! A device that signs, pushes and pulls over HTTP and keeps nothing: the server's cost, not a laptop's.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use xunju_evidence::{Blob, EventBody, Hash, PublicKey, SignedEvent, Signer, Times};
use xunju_server::Journal;
use xunju_server::journal::directory::{self, DeviceKind};
use xunju_server::journal::town;
use xunju_sync::message::Page;
use xunju_sync::message::blob_metadata;
use xunju_sync::request::{self, Body, DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER};
use xunju_sync::wire::{Message, encode, open};
use xunju_sync::{PullReply, PullRequest, PushReply, PushRequest};

use crate::data::text;

pub const COMPOUND: &str = "cmp-1";
/// Events of one case: its recording and notes (sync.md §12.4: 200 cases, 5,000 events).
const OF_A_CASE: u32 = 25;

pub struct Device {
    signer: Signer,
    dev: String,
    server: PublicKey,
    log: String,
    epoch: u32,
    n: u64,
    head: Option<Hash>,
    case: Option<(String, Hash)>,
    http: reqwest::Client,
    pub url: String,
    /// Bytes of bodies, both ways.
    pub bytes: Arc<AtomicU64>,
    asked: u64,
}

impl Device {
    /// Taken in by the journal itself, before any server runs.
    pub fn enrol(journal: &Arc<Journal>, user: &str, seed: u8, bytes: &Arc<AtomicU64>) -> Self {
        let signer = Signer::from_seed(&[seed; 32]);
        let (key, user) = (signer.public(), user.to_owned());
        let device =
            journal.write(move |tx| directory::enrol_device(tx, &key, &user, "bench", DeviceKind::Laptop)).unwrap();
        let town = journal.read(town::read).unwrap();
        Self {
            signer,
            dev: device.dev,
            server: journal.signer().public(),
            log: town.log,
            epoch: town.epoch,
            n: 0,
            head: None,
            case: None,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            url: String::new(),
            bytes: Arc::clone(bytes),
            asked: 0,
        }
    }

    /// The next events of its chain: a case, then notes on it.
    pub fn events(&mut self, count: u32) -> Vec<SignedEvent> {
        (0..count).map(|_| self.event()).collect()
    }

    fn event(&mut self) -> SignedEvent {
        let n = u32::try_from(self.n).unwrap();
        if n.is_multiple_of(OF_A_CASE) || self.case.is_none() {
            let record = format!("case:{}-{n:08}", self.dev);
            let data = json!({
                "type_code": "WJ-TJ", "catalogue": "bench", "compound_id": COMPOUND, "compound_name": "东湖花园",
                "building": "8号", "room": format!("{n}"), "source": "patrol", "found_at": "2026-11-23T12:00:00+08:00",
                "severity": "general", "fields": {}, "no_photo_reason": "bench"
            });
            let event = self.sign("case.recorded", &record, vec![], vec![], data);
            self.case = Some((record, event.id()));
            return event;
        }
        let (record, head) = self.case.clone().unwrap();
        let event = self.sign("case.note_added", &record, vec![head], vec![], json!({ "text": text(n) }));
        self.case = Some((record, event.id()));
        event
    }

    /// A case that names a file, so that it may be uploaded.
    pub fn naming(&mut self, n: u32, file: &[u8]) -> SignedEvent {
        let blob = Blob {
            h: Hash::of(file),
            n: file.len() as u64,
            m: "image/jpeg".into(),
            role: "photo".into(),
            thumb: None,
            preview: None,
            facts: [("slot".to_owned(), "far".to_owned())].into(),
        };
        let record = format!("case:{}-photo-{n}", self.dev);
        let data = json!({
            "type_code": "WJ-TJ", "catalogue": "bench", "compound_id": COMPOUND, "compound_name": "东湖花园", "building": "8号",
            "room": format!("{n}"), "source": "patrol", "found_at": "2026-11-23T12:00:00+08:00", "severity": "general", "fields": {}
        });
        self.sign("case.recorded", &record, vec![], vec![blob], data)
    }

    fn sign(&mut self, kind: &str, record: &str, parents: Vec<Hash>, blobs: Vec<Blob>, data: Value) -> SignedEvent {
        self.n += 1;
        let body = EventBody {
            v: 1,
            kind: kind.into(),
            tv: 1,
            record: record.into(),
            scope: COMPOUND.into(),
            dev: self.dev.clone(),
            inc: 1,
            n: self.n,
            prev: self.head,
            parents,
            actor: "inspector1".into(),
            sess: None,
            acl: 0,
            t: Times { wall: 1_795_406_400_000, tz: "+08:00".into(), boot: "b".into(), mono: 1, anc: None, gps: None },
            seen: None,
            blobs,
            crit: false,
            touches: Vec::new(),
            data,
        };
        let event = self.signer.sign_event(&body).unwrap();
        self.head = Some(event.id());
        event
    }

    fn signed(
        &mut self,
        method: reqwest::Method,
        path: &str,
        body: Option<&[u8]>,
    ) -> (String, reqwest::RequestBuilder) {
        self.asked += 1;
        let echo = format!("{:032x}", self.asked);
        let sig = request::sign(&self.signer, method.as_str(), path, &echo, body.map_or(Body::Unsigned, Body::Whole));
        let builder = self.http.request(method, format!("{}{path}", self.url));
        let builder = builder.header(DEVICE_HEADER, &self.dev).header(ECHO_HEADER, &echo).header(SIGNATURE_HEADER, sig);
        (echo, builder)
    }

    async fn ask<Q: Message, A: Message>(&mut self, path: &str, message: &Q) -> A {
        let body = encode(message).unwrap();
        let (echo, request) = self.signed(reqwest::Method::POST, path, Some(&body));
        self.bytes.fetch_add(body.len() as u64, Ordering::Relaxed);
        let reply = request.body(body).send().await.unwrap();
        assert_eq!(reply.status(), 200, "{path}");
        let reply = reply.bytes().await.unwrap();
        self.bytes.fetch_add(reply.len() as u64, Ordering::Relaxed);
        open(&reply, &echo, &self.server).unwrap()
    }

    /// Pushes events of its chain; the receipt is checked.
    pub async fn push(&mut self, events: Vec<SignedEvent>, from_n: u64) {
        let (log, dev) = (self.log.clone(), self.dev.clone());
        let request = PushRequest { proto: 1, log, epoch: self.epoch, dev, inc: 1, from_n, events, t0: 0 };
        let upto = from_n - 1 + request.events.len() as u64;
        match self.ask("/v1/push", &request).await {
            PushReply::Accepted { receipt, .. } => assert_eq!(receipt.said.upto_n, upto),
            other => panic!("{other:?}"),
        }
    }

    /// The next page after these positions, which it moves on.
    pub async fn pull(&mut self, cursors: &mut Vec<(String, u64)>) -> Page {
        let request = PullRequest {
            proto: 1,
            log: self.log.clone(),
            epoch: self.epoch,
            cursors: cursors.clone(),
            max_bytes: xunju_sync::limits::PAGE_BYTES,
            t0: 0,
        };
        match self.ask("/v1/pull", &request).await {
            PullReply::Page(page) => {
                *cursors = page.seal.said.scopes.iter().map(|(scope, pos, _)| (scope.clone(), *pos)).collect();
                *page
            }
            other => panic!("{other:?}"),
        }
    }

    /// Creates an upload and sends it whole; the answer says that it is verified and durable.
    pub async fn upload(&mut self, file: Vec<u8>) {
        let hash = Hash::of(&file);
        let (_, request) = self.signed(reqwest::Method::POST, "/v1/blobs", Some(b""));
        let request = request.header("tus-resumable", "1.0.0").header("upload-length", file.len());
        let created = request.header("upload-metadata", blob_metadata(&hash)).send().await.unwrap();
        assert_eq!(created.status(), 201);
        let (_, request) = self.signed(reqwest::Method::PATCH, &format!("/v1/blobs/u/{hash}"), None);
        let request = request.header("tus-resumable", "1.0.0").header("upload-offset", 0);
        let request = request.header("content-type", "application/offset+octet-stream");
        self.bytes.fetch_add(file.len() as u64, Ordering::Relaxed);
        let answer = request.body(file).send().await.unwrap();
        assert_eq!(answer.status(), 204);
        assert!(answer.headers().contains_key("xunju-blob-receipt"), "a signed receipt");
    }

    pub fn next(&self) -> u64 {
        self.n + 1
    }
}

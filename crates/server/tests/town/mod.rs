//! A town in a temporary folder, with laptops that sign but keep nothing.
#![allow(dead_code)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::{Blob, EventBody, Hash, SignedEvent, Signer, Times};
use xunju_server::journal::directory::{self, Device, DeviceKind, User};
use xunju_server::journal::town as names;
use xunju_server::{Clock, Folder, Journal};
use xunju_sync::{PushReply, PushRequest};

pub const NOON: i64 = 1_795_406_400_000;

pub struct Town {
    pub folder: tempfile::TempDir,
    pub journal: Arc<Journal>,
    pub time: Arc<AtomicI64>,
}

impl Town {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let time = Arc::new(AtomicI64::new(NOON));
        let journal = open(folder.path(), &time);
        Self { folder, journal, time }
    }

    pub fn pass_ms(&self, ms: i64) {
        self.time.fetch_add(ms, Ordering::SeqCst);
    }

    /// The same folder through connections of its own, as another process would.
    pub fn beside(&self) -> Arc<Journal> {
        open(self.folder.path(), &self.time)
    }

    pub fn user(&self, id: &str, role: Role, scopes: Scopes) {
        let (name, unit, certificates) = (id.to_owned(), String::new(), Vec::new());
        let user = User { id: id.into(), name, roles: vec![role], scopes, active: true, unit, certificates };
        self.journal.write(move |tx| directory::define_user(tx, &user)).unwrap();
    }

    pub fn laptop(&self, user: &str, seed: u8) -> Laptop {
        Laptop::enrol(&self.journal, user, seed, DeviceKind::Laptop)
    }

    pub fn log_and_epoch(&self) -> (String, u32) {
        let town = self.journal.read(names::read).unwrap();
        (town.log, town.epoch)
    }

    pub fn numbers(&self, sql: &str) -> Vec<u64> {
        self.journal
            .read(|conn| {
                Ok(conn.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect())
            })
            .unwrap()
    }

    pub fn texts(&self, sql: &str) -> Vec<String> {
        self.journal
            .read(|conn| {
                Ok(conn.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect())
            })
            .unwrap()
    }
}

pub fn open(path: &Path, time: &Arc<AtomicI64>) -> Arc<Journal> {
    Journal::open(&Folder::open(path).unwrap(), Clock::held(Arc::clone(time))).unwrap()
}

pub fn only(scope: &str) -> Scopes {
    Scopes::Some([scope.to_owned()].into())
}

/// A device that signs, and remembers only the end of its chain.
pub struct Laptop {
    pub signer: Arc<Signer>,
    pub device: Device,
    pub inc: u32,
    pub n: u64,
    pub head: Option<Hash>,
    pub log: String,
    pub epoch: u32,
}

impl Laptop {
    pub fn enrol(journal: &Arc<Journal>, user: &str, seed: u8, kind: DeviceKind) -> Self {
        let signer = Arc::new(Signer::from_seed(&[seed; 32]));
        let (key, name) = (signer.public(), user.to_owned());
        let device = journal.write(move |tx| directory::enrol_device(tx, &key, &name, "laptop", kind)).unwrap();
        let town = journal.read(names::read).unwrap();
        Self { signer, device, inc: 1, n: 0, head: None, log: town.log, epoch: town.epoch }
    }

    pub fn sign(&mut self, event: Plain) -> SignedEvent {
        let (n, prev) = (self.n + 1, self.head);
        let signed = self.sign_at(n, prev, event);
        (self.n, self.head) = (n, Some(signed.id()));
        signed
    }

    pub fn sign_at(&self, n: u64, prev: Option<Hash>, event: Plain) -> SignedEvent {
        let body = EventBody {
            v: 1,
            kind: event.kind,
            tv: 1,
            record: event.record,
            scope: event.scope,
            dev: self.device.dev.clone(),
            inc: self.inc,
            n,
            prev,
            parents: event.parents,
            actor: event.actor.unwrap_or_else(|| self.device.user.clone()),
            sess: None,
            acl: 0,
            t: Times { wall: NOON, tz: "+08:00".into(), boot: "b".into(), mono: 1, anc: None, gps: None },
            seen: None,
            blobs: event.blobs,
            crit: false,
            touches: Vec::new(),
            data: event.data,
        };
        self.signer.sign_event(&body).unwrap()
    }

    pub fn request(&self, from_n: u64, events: Vec<SignedEvent>) -> PushRequest {
        let (log, dev) = (self.log.clone(), self.device.dev.clone());
        PushRequest { proto: 1, log, epoch: self.epoch, dev, inc: self.inc, from_n, events, t0: 0 }
    }

    pub fn push(&mut self, journal: &Arc<Journal>, events: Vec<Plain>) -> PushReply {
        let from_n = self.n + 1;
        let events = events.into_iter().map(|event| self.sign(event)).collect();
        journal.push(&self.device, self.request(from_n, events)).unwrap()
    }
}

/// An event before a laptop signs it.
#[derive(Clone)]
pub struct Plain {
    pub kind: String,
    pub record: String,
    pub scope: String,
    pub parents: Vec<Hash>,
    pub actor: Option<String>,
    pub blobs: Vec<Blob>,
    pub data: Value,
}

impl Plain {
    pub fn new(kind: &str, record: &str, scope: &str, data: Value) -> Self {
        Self {
            kind: kind.into(),
            record: record.into(),
            scope: scope.into(),
            parents: vec![],
            actor: None,
            blobs: vec![],
            data,
        }
    }
}

/// A case as an inspector records it.
pub fn recorded(case: &str, compound: &str) -> Plain {
    let data = json!({
        "type_code": "WJ-TJ", "catalogue": "test", "compound_id": compound, "compound_name": "东湖花园", "building": "8号",
        "room": "302", "source": "patrol", "found_at": "2026-11-23T12:00:00+08:00", "severity": "general", "fields": {},
        "no_photo_reason": "测试"
    });
    Plain::new("case.recorded", &format!("case:{case}"), compound, data)
}

pub fn act(case: &str, compound: &str, from: &str, action: &str) -> Plain {
    Plain::new("case.act", &format!("case:{case}"), compound, json!({ "action": action, "from": from }))
}

pub fn accepted(reply: &PushReply) -> (u64, Hash, i64) {
    match reply {
        PushReply::Accepted { receipt, .. } => (receipt.said.upto_n, receipt.said.head, receipt.said.recv_ms),
        other => panic!("{other:?}"),
    }
}

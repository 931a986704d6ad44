//! A laptop's store in a temporary folder, enrolled with a town server that is only a key.
#![allow(clippy::unwrap_used, dead_code)]

use std::path::PathBuf;

use serde_json::json;
use xunju_domain::event::NewEvent;
use xunju_evidence::{EventBody, Hash, SignedEvent, Signer, Times, scope};
use xunju_store::{Commit, Cursor, Enrolled, Faults, NewKey, OpenOptions, Page, PageFrame, Store, Unlock};

pub struct Laptop {
    pub home: tempfile::TempDir,
    pub server: Signer,
}

pub fn times(wall: i64) -> Times {
    Times { wall, tz: "+08:00".into(), boot: "b1".into(), mono: wall, anc: None, gps: None }
}

pub fn note(text: &str) -> NewEvent {
    NewEvent {
        record: "memo:1".into(),
        scope: "cmp-1".into(),
        kind: "memo.said".into(),
        tv: 1,
        actor: "u1".into(),
        parents: vec![],
        blobs: vec![],
        data: json!({ "text": text }),
    }
}

pub fn saying(text: &str) -> Commit {
    Commit { events: vec![note(text)], times: times(1), ..Commit::empty() }
}

impl Laptop {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), server: Signer::from_seed(&[42; 32]) }
    }

    pub fn dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub fn options(&self, faults: Faults) -> OpenOptions {
        OpenOptions { state_dir: Some(self.home.path().join("state")), faults }
    }

    pub fn enrolled(&self, key: NewKey<'_>) -> Store {
        let store = Store::create(&self.dir(), key, &self.options(Faults::default())).unwrap();
        let enrolled = Enrolled {
            device_name: "laptop".into(),
            user: "u1".into(),
            user_name: "张工".into(),
            server_url: "http://127.0.0.1:1".into(),
            server_key: self.server.public().text(),
            log: "log".into(),
            epoch: 1,
            town_name: "示例镇".into(),
            town_code: "310112".into(),
        };
        store.enrol(&enrolled, times(0)).unwrap();
        store
    }

    pub fn open(&self) -> Store {
        Store::open(&self.dir(), Unlock::Automatic, &self.options(Faults::default())).unwrap()
    }
}

/// A town log of one scope, as the server would page it.
pub struct Log {
    pub frames: Vec<PageFrame>,
    pub hash: Hash,
}

impl Log {
    pub fn new() -> Self {
        Self { frames: vec![], hash: scope::EMPTY }
    }

    pub fn append(&mut self, event: SignedEvent) {
        self.hash = scope::extend(&self.hash, &event.id());
        let n = self.frames.len() as u64 + 1;
        self.frames.push(PageFrame { scope: "cmp-1".into(), pos: n, seq: n, recv_ms: 1000 + n as i64, event });
    }

    pub fn page(&self) -> Page {
        let end = Cursor { scope: "cmp-1".into(), pos: self.frames.len() as u64, hash: self.hash };
        Page { epoch: 1, frames: self.frames.clone(), ends: vec![end], granted: vec!["cmp-1".into()], revoked: vec![] }
    }
}

pub fn said_by(signer: &Signer, n: u64, prev: Option<Hash>, parents: Vec<Hash>, text: &str) -> SignedEvent {
    signer
        .sign_event(&EventBody {
            v: 1,
            kind: "memo.said".into(),
            tv: 1,
            record: "memo:1".into(),
            scope: "cmp-1".into(),
            dev: signer.public().device_id(),
            inc: 1,
            n,
            prev,
            parents,
            actor: "server".into(),
            sess: None,
            acl: 0,
            t: times(5),
            seen: None,
            blobs: vec![],
            crit: false,
            touches: vec![],
            data: json!({ "text": text }),
        })
        .unwrap()
}

//! What a laptop keeps: every change is one transaction, there whole or not at all after a crash.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use xunju_evidence::{Blob, EventBody, Hash, PublicKey, Receipt, SignedEvent, Signer, Times, scope};
use xunju_sync::Cursor;
use xunju_sync::client::{Apply, BlobsView, EventsView, NeedEvents, Outgoing, StoreFault, Transfer};

#[derive(Debug, Clone)]
pub struct Kept {
    pub event: Rc<SignedEvent>,
    pub body: Rc<EventBody>,
    pub delivered: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Copy {
    pub ids: Vec<Hash>,
    pub hash: Hash,
}

#[derive(Debug, Clone)]
pub struct BlobRow {
    pub bytes: u64,
    pub lane: u8,
    pub mine: bool,
    pub verified: bool,
    pub missing: bool,
}

#[derive(Debug, Clone)]
pub struct Disk {
    pub dev: String,
    pub epoch: u32,
    pub inc: u32,
    pub events: BTreeMap<Hash, Kept>,
    pub scopes: BTreeMap<String, Copy>,
    pub granted: BTreeSet<String>,
    pub keys: BTreeMap<String, PublicKey>,
    pub blobs: BTreeMap<Hash, BlobRow>,
    pub vault: BTreeMap<Hash, Rc<Vec<u8>>>,
    pub receipts: Vec<Receipt>,
    server: PublicKey,
}

/// What an inspector saves.
pub struct Draft {
    pub kind: &'static str,
    pub record: String,
    pub scope: String,
    pub times: Times,
    pub files: Vec<(u8, Vec<u8>)>,
    pub data: serde_json::Value,
}

impl Disk {
    pub fn new(dev: String, server: PublicKey, epoch: u32) -> Self {
        Self {
            dev,
            epoch,
            inc: 1,
            events: BTreeMap::new(),
            scopes: BTreeMap::new(),
            granted: BTreeSet::new(),
            keys: BTreeMap::new(),
            blobs: BTreeMap::new(),
            vault: BTreeMap::new(),
            receipts: Vec::new(),
            server,
        }
    }

    fn own(&self, inc: u32) -> Vec<(u64, Hash, &Kept)> {
        let mine = self.events.iter().filter(|(_, kept)| kept.body.dev == self.dev && kept.body.inc == inc);
        let mut rows: Vec<_> = mine.map(|(id, kept)| (kept.body.n, *id, kept)).collect();
        rows.sort_by_key(|(n, id, _)| (*n, *id));
        rows
    }

    /// Signs and keeps an event; its photos are in the vault before.
    pub fn write(&mut self, signer: &Signer, draft: Draft) -> Hash {
        let heads: Vec<Hash> = {
            let of_record = || self.events.iter().filter(|(_, kept)| kept.body.record == draft.record);
            let followed: BTreeSet<Hash> = of_record().flat_map(|(_, kept)| kept.body.parents.clone()).collect();
            of_record().map(|(id, _)| *id).filter(|id| !followed.contains(id)).collect()
        };
        let head = self.own(self.inc).last().map(|(n, id, _)| (*n, *id));
        let mut blobs = Vec::new();
        for (lane, bytes) in draft.files {
            let (hash, len) = (Hash::of(&bytes), bytes.len() as u64);
            let row = BlobRow { bytes: len, lane, mine: true, verified: false, missing: false };
            self.blobs.entry(hash).or_insert(row).mine = true;
            self.vault.insert(hash, Rc::new(bytes));
            let (m, role) = ("image/jpeg".to_owned(), format!("lane{lane}"));
            blobs.push(Blob { h: hash, n: len, m, role, thumb: None, preview: None, facts: BTreeMap::new() });
        }
        let body = EventBody {
            v: 1,
            kind: draft.kind.to_owned(),
            tv: 1,
            record: draft.record,
            scope: draft.scope,
            dev: self.dev.clone(),
            inc: self.inc,
            n: head.map_or(1, |(n, _)| n + 1),
            prev: head.map(|(_, id)| id),
            parents: heads,
            actor: format!("u-{}", self.dev),
            sess: None,
            acl: 0,
            t: draft.times,
            seen: None,
            blobs,
            crit: false,
            touches: Vec::new(),
            data: draft.data,
        };
        let event = signer.sign_event(&body).unwrap();
        let id = event.id();
        self.events.insert(id, Kept { event: Rc::new(event), body: Rc::new(body), delivered: false });
        id
    }

    pub fn view(&self, need: NeedEvents) -> EventsView {
        let inc = match need.from {
            Some((inc, _)) => Some(inc),
            None => {
                let waiting = self.events.values().filter(|kept| kept.body.dev == self.dev && !kept.delivered);
                waiting.map(|kept| kept.body.inc).min()
            }
        };
        let mut outgoing = Vec::new();
        let mut last = None;
        if let Some(inc) = inc {
            let rows = self.own(inc);
            last = rows.last().map(|(n, ..)| *n);
            let from_n = need.from.map_or(0, |(_, n)| n);
            let wanted = rows.iter().filter(|(n, _, kept)| *n >= from_n && (need.from.is_some() || !kept.delivered));
            outgoing = wanted
                .take(need.events_max)
                .map(|(n, id, kept)| Outgoing { inc, n: *n, id: *id, event: (*kept.event).clone() })
                .collect();
        }
        EventsView {
            epoch: self.epoch,
            inc: self.inc,
            inc_max: self
                .events
                .values()
                .filter(|kept| kept.body.dev == self.dev)
                .map(|kept| kept.body.inc)
                .max()
                .unwrap_or(0),
            waiting: self
                .events
                .values()
                .filter(|kept| kept.body.dev == self.dev && !kept.delivered)
                .map(|kept| (kept.body.inc, kept.body.n))
                .min(),
            cursors: self
                .scopes
                .iter()
                .map(|(scope, copy)| Cursor { scope: scope.clone(), pos: copy.ids.len() as u64, hash: copy.hash })
                .collect(),
            to_the_end: outgoing.last().map(|own| own.n) == last,
            outgoing,
        }
    }

    pub fn blobs_view(&self, skip: &[Hash]) -> BlobsView {
        let pick = |up: bool| {
            let mut rows: Vec<Transfer> = self
                .blobs
                .iter()
                .filter(|(hash, row)| {
                    !skip.contains(hash)
                        && !row.missing
                        && if up {
                            row.mine && !row.verified && self.received(hash)
                        } else {
                            !row.mine && !self.vault.contains_key(*hash)
                        }
                })
                .map(|(hash, row)| Transfer { hash: *hash, bytes: row.bytes, lane: row.lane })
                .collect();
            rows.sort_by_key(|transfer| (transfer.lane, transfer.hash));
            rows.first().copied()
        };
        BlobsView { upload: pick(true), download: pick(false) }
    }

    fn received(&self, hash: &Hash) -> bool {
        let mine = |kept: &&Kept| kept.delivered && kept.body.dev == self.dev;
        self.events.values().filter(mine).any(|kept| kept.body.blobs.iter().any(|blob| blob.h == *hash))
    }

    pub fn undelivered(&self) -> usize {
        self.events.values().filter(|kept| kept.body.dev == self.dev && !kept.delivered).count()
    }

    pub fn apply(&mut self, apply: Apply, signer: &Signer, times: Times) -> Result<(), StoreFault> {
        match apply {
            Apply::Receipt { receipt, ids } => {
                for id in ids {
                    self.events.get_mut(&id).unwrap().delivered = true;
                }
                self.receipts.push(receipt.said);
            }
            Apply::Page(page) => {
                let mut next = self.clone();
                next.granted = page.granted.iter().cloned().collect();
                for frame in page.frames {
                    next.take(frame.scope, frame.pos, frame.event)?;
                }
                *self = next;
            }
            Apply::Exchanged => {}
            Apply::RestartCursors { epoch } => {
                self.epoch = epoch;
                self.scopes.clear();
            }
            Apply::RestartScope { scope } => drop(self.scopes.remove(&scope)),
            Apply::NewIncarnation { reason, .. } => {
                self.inc += 1;
                self.incarnate(signer, reason, times);
            }
            Apply::BlobVerified(receipt) => self.blobs.get_mut(&receipt.said.hash).unwrap().verified = true,
            Apply::BlobArrived { hash, bytes } => {
                assert_eq!(Hash::of(&bytes), hash, "the machine checked it");
                self.vault.insert(hash, Rc::new(bytes));
            }
            Apply::BlobMissing { hash } => self.blobs.get_mut(&hash).unwrap().missing = true,
        }
        Ok(())
    }

    pub fn incarnate(&mut self, signer: &Signer, reason: &str, times: Times) {
        let data = serde_json::json!({"reason": reason});
        let record = format!("device:{}", self.dev);
        let draft =
            Draft { kind: "device.incarnation", record, scope: "town".to_owned(), times, files: Vec::new(), data };
        self.write(signer, draft);
    }

    fn take(&mut self, name: String, pos: u64, event: SignedEvent) -> Result<(), StoreFault> {
        let copy = self.scopes.entry(name.clone()).or_default();
        if pos != copy.ids.len() as u64 + 1 {
            return Err(StoreFault::Scope { scope: name });
        }
        let id = event.id();
        copy.ids.push(id);
        copy.hash = scope::extend(&copy.hash, &id);
        let body = EventBody::parse(&event.body).unwrap();
        let key = if body.dev == self.server.device_id() {
            self.server.clone()
        } else {
            self.keys.get(&body.dev).cloned().ok_or(StoreFault::Failed)?
        };
        event.open(&key).map_err(|_| StoreFault::Failed)?;
        if body.kind == "device.enrolled" {
            let key = PublicKey::parse(body.data.get("public_key").unwrap().as_str().unwrap()).unwrap();
            self.keys.insert(key.device_id(), key);
        }
        for blob in &body.blobs {
            let lane = if blob.role == "lane1" { 1 } else { 3 };
            let mine = body.dev == self.dev && self.vault.contains_key(&blob.h);
            let row = BlobRow { bytes: blob.n, lane, mine, verified: false, missing: false };
            self.blobs.entry(blob.h).or_insert(row);
        }
        let kept = Kept { event: Rc::new(event), body: Rc::new(body), delivered: true };
        self.events.entry(id).or_insert(kept).delivered = true;
        Ok(())
    }
}

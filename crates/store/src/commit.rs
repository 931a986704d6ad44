//! The one door for writes (sync.md §3.5). Photo bytes are already durable in the vault when this is called;
//! then: sign, append to the second journal and fsync, one SQLite transaction, and only then "已保存本机".

use rusqlite::{Connection, Transaction, TransactionBehavior};
use xunju_domain::event::{BlobRef, NewEvent};
use xunju_evidence::{Blob, BlobPart, EventBody, Hash, SignedEvent, Signer, Times};

use crate::error::StoreError;
use crate::fault::Step;
use crate::identity::Identity;
use crate::{Changed, Store, Writer, blob, chain, fold, identity, look, seen, work};

/// One command's worth of writing: all of it happens, or none.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Events in order; an empty `parents` means the record's heads at this moment.
    pub events: Vec<NewEvent>,
    pub times: Times,
    /// The draft these events came from.
    pub drop_draft: Option<String>,
    /// The half-filled form a paper came from.
    pub drop_paper_draft: Option<String>,
    /// A held decision carried out.
    pub drop_held: Option<String>,
    /// Photos that leave the tray: (owner, original's hash).
    pub drop_tray: Vec<(String, String)>,
}

impl Commit {
    /// Nothing, at no time: a base for struct update.
    #[must_use]
    pub fn empty() -> Self {
        let times = Times { wall: 0, tz: String::new(), boot: String::new(), mono: 0, anc: None, gps: None };
        Self {
            events: Vec::new(),
            times,
            drop_draft: None,
            drop_paper_draft: None,
            drop_held: None,
            drop_tray: Vec::new(),
        }
    }
}

/// Durable on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    pub events: Vec<Hash>,
    pub changed: Changed,
}

struct Signed {
    id: Hash,
    event: SignedEvent,
    body: EventBody,
}

impl Store {
    /// Signs and keeps events. When this returns, they survive a power cut.
    ///
    /// # Errors
    /// `NotEnrolled`, `Body` (a payload that is not I-JSON), `DiskFull` and other disk failures: then nothing
    /// was saved, and everything saved before still is.
    pub fn commit(&self, commit: Commit) -> Result<Committed, StoreError> {
        let signer = self.signer()?;
        let mut guard = self.writer()?;
        let writer = &mut *guard;
        let me = identity::read(&writer.db, Some(&signer))?.ok_or(StoreError::NotEnrolled)?;
        let before = writer.journal.len();
        let tx =
            writer.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::sql("begin"))?;
        let written = self.write(tx, &mut writer.journal, &commit, &me, &signer);
        match written {
            Ok(done) => {
                drop(guard);
                let last = done.1;
                self.mark_highwater(me.inc, last);
                Ok(done.0)
            }
            Err(StoreError::Killed) => Err(StoreError::Killed),
            Err(e) => {
                writer.journal.cut_back(before)?;
                Err(e)
            }
        }
    }

    fn write(
        &self,
        tx: Transaction<'_>,
        journal: &mut crate::journal::Journal,
        commit: &Commit,
        me: &Identity,
        signer: &Signer,
    ) -> Result<(Committed, u64), StoreError> {
        let (signed, last) = sign_all(&tx, commit, me, signer)?;
        self.faults.after(Step::Signed)?;
        for one in &signed {
            journal.append(&one.event)?;
        }
        self.faults.after(Step::JournalWritten)?;
        journal.sync()?;
        self.faults.after(Step::JournalSynced)?;
        let mut changed = Changed::default();
        for one in &signed {
            keep_own(&tx, &one.id, &one.event, &one.body, &mut changed)?;
        }
        refold_touched(&tx, &signed, &me.server_key.device_id())?;
        work::drop_finished(&tx, commit, &mut changed)?;
        self.faults.after(Step::RowsWritten)?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        self.faults.after(Step::Committed)?;
        Ok((Committed { events: signed.iter().map(|one| one.id).collect(), changed }, last))
    }

    /// Events that reached the second journal but not the database: the plug was pulled between the two.
    pub(crate) fn roll_forward(&self, tail: &[SignedEvent]) -> Result<(), StoreError> {
        let (Some(me), false) = (self.identity()?, tail.is_empty()) else { return Ok(()) };
        let key = self.signer()?.public();
        let server = me.server_key.device_id();
        let mut writer = self.writer()?;
        let tx =
            writer.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::sql("begin"))?;
        let mut changed = Changed::default();
        for event in tail {
            let id = event.id();
            if known(&tx, &id)? {
                continue;
            }
            let body = event.open(&key).map_err(|source| StoreError::Signature { event: id.hex(), source })?;
            keep_own(&tx, &id, event, &body, &mut changed)?;
            fold::refold(&tx, &body.record, &body.scope, &server)?;
            work::drop_recorded_draft(&tx, &body.record)?;
        }
        tx.commit().map_err(StoreError::sql("commit"))
    }

    /// The second journal holds what no checked backup of the town does; the rest goes when it is most of it.
    pub(crate) fn prune_journal(&self, events: Vec<SignedEvent>) -> Result<(), StoreError> {
        let Some(backed) = self.levels()?.backed.filter(|_| events.len() >= PRUNE_FROM) else { return Ok(()) };
        let mut writer = self.writer()?;
        let Writer { db, journal } = &mut *writer;
        let mut stays = Vec::new();
        let total = events.len();
        for event in events {
            let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE hash = ?1 AND seq <= ?2)";
            let held: bool = db
                .prepare_cached(sql)
                .and_then(|mut s| s.query_row((event.id().0, backed.size), |row| row.get(0)))
                .map_err(StoreError::sql("look up event"))?;
            stays.extend((!held).then_some(event));
        }
        if stays.len() * 2 > total { Ok(()) } else { journal.replace(&self.dir, &stays) }
    }
}

/// A shorter journal is read in no time.
const PRUNE_FROM: usize = 1_000;

fn known(db: &Connection, id: &Hash) -> Result<bool, StoreError> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM event WHERE hash = ?1)")
        .and_then(|mut s| s.query_row([id.0], |row| row.get(0)))
        .map_err(StoreError::sql("look up event"))
}

fn sign_all(
    db: &Connection,
    commit: &Commit,
    me: &Identity,
    signer: &Signer,
) -> Result<(Vec<Signed>, u64), StoreError> {
    let mut head = chain::head(db, &me.device, me.inc)?;
    let mut heads: std::collections::BTreeMap<&str, Vec<Hash>> = std::collections::BTreeMap::new();
    let mut signed = Vec::with_capacity(commit.events.len());
    let seen = seen::of_event(db, me)?;
    for new in &commit.events {
        let parents = match heads.get(new.record.as_str()) {
            Some(own) => own.clone(),
            None => fold::heads(db, &new.record)?,
        };
        let body = EventBody { seen: seen.clone(), ..body_of(new, parents, me, &head, &commit.times)? };
        let event = signer.sign_event(&body)?;
        let id = event.id();
        head = xunju_evidence::Head { n: body.n, hash: id };
        heads.insert(&new.record, vec![id]);
        signed.push(Signed { id, event, body });
    }
    Ok((signed, head.n))
}

fn body_of(
    new: &NewEvent,
    heads: Vec<Hash>,
    me: &Identity,
    head: &xunju_evidence::Head,
    times: &Times,
) -> Result<EventBody, StoreError> {
    let corrupt = |e: xunju_evidence::HashError| StoreError::Corrupt { what: e.to_string() };
    let named: Vec<Hash> = new.parents.iter().map(|p| p.parse()).collect::<Result<_, _>>().map_err(corrupt)?;
    Ok(EventBody {
        v: xunju_evidence::body::ENVELOPE_VERSION,
        kind: new.kind.clone(),
        tv: new.tv,
        record: new.record.clone(),
        scope: new.scope.clone(),
        dev: me.device.clone(),
        inc: me.inc,
        n: head.n + 1,
        prev: (head.n > 0).then_some(head.hash),
        parents: if named.is_empty() { heads } else { named },
        actor: new.actor.clone(),
        sess: None,
        acl: 0,
        t: times.clone(),
        seen: None,
        blobs: new.blobs.iter().map(blob).collect::<Result<_, _>>().map_err(corrupt)?,
        crit: false,
        touches: Vec::new(),
        data: new.data.clone(),
    })
}

fn blob(named: &BlobRef) -> Result<Blob, xunju_evidence::HashError> {
    let part = |part: &Option<xunju_domain::event::BlobPart>| {
        part.as_ref().map(|p| Ok(BlobPart { h: p.h.parse()?, n: p.n })).transpose()
    };
    Ok(Blob {
        h: named.h.parse()?,
        n: named.n,
        m: named.m.clone(),
        role: named.role.clone(),
        thumb: part(&named.thumb)?,
        preview: part(&named.preview)?,
        facts: named.facts.clone(),
    })
}

fn keep_own(
    db: &Connection,
    id: &Hash,
    event: &SignedEvent,
    body: &EventBody,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    fold::insert(db, id, event, body, true, None)?;
    blob::note(db, id, body, true, true)?;
    look::note(db, body)?;
    changed.touch(&body.record);
    Ok(())
}

fn refold_touched(db: &Connection, signed: &[Signed], server: &str) -> Result<(), StoreError> {
    let touched: std::collections::BTreeSet<(&str, &str)> =
        signed.iter().map(|one| (one.body.record.as_str(), one.body.scope.as_str())).collect();
    touched.into_iter().try_for_each(|(record, scope)| fold::refold(db, record, scope, server))
}

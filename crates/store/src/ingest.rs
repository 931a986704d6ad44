//! What comes back from the server: receipts for our own events, pages of everybody's.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use serde_json::Value;
use xunju_domain::record;
use xunju_evidence::{Countersigned, EventBody, Hash, PublicKey, Receipt, SignedEvent, scope};

use crate::error::StoreError;
use crate::identity::{Identity, setting};
use crate::{Changed, Store, blob, fold, identity, level, look, scope as leave};

/// How far a scope has come: position from 1, rolling hash there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub scope: String,
    pub pos: u64,
    pub hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFrame {
    pub scope: String,
    pub pos: u64,
    pub seq: u64,
    pub recv_ms: i64,
    pub event: SignedEvent,
}

/// A pulled page: frames in per-scope order, and where each scope then stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub epoch: u32,
    pub frames: Vec<PageFrame>,
    pub ends: Vec<Cursor>,
    pub granted: Vec<String>,
    /// Scopes asked for that are no longer given.
    pub revoked: Vec<String>,
}

impl Store {
    /// Marks events that were sent as received. The caller has verified the server's signature. `ids` are the
    /// ones sent: after a restored copy two branches may share numbers, and a receipt is for one of them.
    ///
    /// # Errors
    /// `Corrupt` when the receipt names a head that is not ours; disk failures.
    pub fn apply_receipt(&self, receipt: &Countersigned<Receipt>, ids: &[Hash]) -> Result<Changed, StoreError> {
        // With its signature: it must convince people who do not know this laptop.
        let text = serde_json::to_string(receipt).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        let receipt = &receipt.said;
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        let ours: bool = tx
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM event WHERE hash = ?1 AND dev = ?2 AND inc = ?3 AND n = ?4 AND mine = 1)",
                (receipt.head.0, &receipt.dev, receipt.inc, receipt.upto_n),
                |row| row.get(0),
            )
            .map_err(StoreError::sql("read chain"))?;
        if !ours {
            return Err(StoreError::Corrupt {
                what: format!("receipt for {}/{}/{}", receipt.dev, receipt.inc, receipt.upto_n),
            });
        }
        let mut changed = Changed::topic("sync");
        for id in ids {
            let record: Option<String> = tx
                .prepare_cached(
                    "UPDATE event SET recv_ms = ?2 WHERE hash = ?1 AND mine = 1 AND recv_ms IS NULL RETURNING record",
                )
                .and_then(|mut s| s.query_row((id.0, receipt.recv_ms), |row| row.get(0)).optional())
                .map_err(StoreError::sql("mark received"))?;
            record.iter().for_each(|record| changed.touch(record));
        }
        tx.execute(
            "INSERT OR REPLACE INTO receipt VALUES (?1, ?2, ?3, ?4)",
            (&receipt.dev, receipt.inc, receipt.upto_n, text),
        )
        .map_err(StoreError::sql("keep receipt"))?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(changed)
    }

    /// # Errors
    /// `NotEnrolled`, disk failures.
    pub fn cursors(&self) -> Result<(u32, Vec<Cursor>), StoreError> {
        let epoch = self.identity()?.ok_or(StoreError::NotEnrolled)?.epoch;
        let cursors = self
            .reader()?
            .prepare_cached("SELECT scope, pos, hash FROM cursor ORDER BY scope")
            .and_then(|mut s| {
                s.query_map([], |row| Ok(Cursor { scope: row.get(0)?, pos: row.get(1)?, hash: Hash(row.get(2)?) }))?
                    .collect()
            })
            .map_err(StoreError::sql("read cursors"))?;
        Ok((epoch, cursors))
    }

    /// Takes a page whole: cursors, events, heads and projections in one transaction (I22).
    ///
    /// # Errors
    /// `EpochMismatch`, `ScopeMismatch`, `UnknownDevice`, `Signature`: then nothing of the page was taken.
    pub fn apply_page(&self, page: &Page) -> Result<Changed, StoreError> {
        let me = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        if page.epoch != me.epoch {
            return Err(StoreError::EpochMismatch { ours: me.epoch, theirs: page.epoch });
        }
        let mut writer = self.writer()?;
        let tx =
            writer.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::sql("begin"))?;
        let mut taken = Taken { me: &me, changed: Changed::default(), touched: BTreeSet::new() };
        for frame in &page.frames {
            take_frame(&tx, frame, &mut taken)?;
        }
        for end in &page.ends {
            let (pos, hash) = cursor(&tx, &end.scope)?;
            if pos == end.pos && hash != end.hash {
                return Err(StoreError::ScopeMismatch { scope: end.scope.clone() });
            }
        }
        leave::note(&tx, &page.granted, &page.revoked)?;
        for (record, scope) in &taken.touched {
            fold::refold(&tx, record, scope, &me.server_key.device_id())?;
        }
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(taken.changed)
    }

    /// A new epoch: every scope is read again from its start, and places in the log are given anew. Nothing is wiped;
    /// what others said and the log no longer holds counts no more once everything is read ([`Store::note_exchange`]).
    ///
    /// # Errors
    /// Disk failures.
    pub fn restart_cursors(&self, epoch: u32) -> Result<Changed, StoreError> {
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        if let Some(text) = setting(&tx, "", "enrolled")? {
            let mut enrolled: identity::Enrolled =
                serde_json::from_str(&text).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
            enrolled.epoch = epoch;
            let text = serde_json::to_string(&enrolled).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
            identity::set_setting(&tx, "", "enrolled", &text)?;
        }
        tx.execute("DELETE FROM cursor", []).map_err(StoreError::sql("restart"))?;
        tx.execute("UPDATE event SET seq = NULL WHERE seq IS NOT NULL", []).map_err(StoreError::sql("restart"))?;
        identity::set_setting(&tx, "", fold::UNPLACED, "1")?;
        // Said in places of the old log.
        level::forget(&tx)?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(Changed::topic("sync"))
    }

    /// One scope does not continue as it should: read it again from its start. The outbox is not touched.
    ///
    /// # Errors
    /// Disk failures.
    pub fn restart_scope(&self, scope: &str) -> Result<Changed, StoreError> {
        self.writer()?
            .db
            .execute("DELETE FROM cursor WHERE scope = ?1", [scope])
            .map_err(StoreError::sql("restart scope"))?;
        Ok(Changed::topic("sync"))
    }
}

struct Taken<'a> {
    me: &'a Identity,
    changed: Changed,
    touched: BTreeSet<(String, String)>,
}

fn cursor(db: &Connection, name: &str) -> Result<(u64, Hash), StoreError> {
    db.prepare_cached("SELECT pos, hash FROM cursor WHERE scope = ?1")
        .and_then(|mut s| s.query_row([name], |row| Ok((row.get(0)?, Hash(row.get(1)?)))).optional())
        .map(|found| found.unwrap_or((0, scope::EMPTY)))
        .map_err(StoreError::sql("read cursor"))
}

fn take_frame(db: &Connection, frame: &PageFrame, taken: &mut Taken<'_>) -> Result<(), StoreError> {
    let (pos, before) = cursor(db, &frame.scope)?;
    if frame.pos <= pos {
        return Ok(());
    }
    if frame.pos != pos + 1 {
        return Err(StoreError::ScopeMismatch { scope: frame.scope.clone() });
    }
    let id = frame.event.id();
    let now = scope::extend(&before, &id);
    db.prepare_cached(
        "INSERT INTO cursor VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET pos = excluded.pos, hash = excluded.hash",
    )
    .and_then(|mut s| s.execute((&frame.scope, frame.pos, now.0)))
    .map_err(StoreError::sql("move cursor"))?;
    let body = open_frame(db, frame, &id, taken.me)?;
    learn_key(db, &body, taken.me)?;
    let mine = body.dev == taken.me.device;
    if !fold::insert(db, &id, &frame.event, &body, mine, Some((frame.seq, frame.recv_ms)))? {
        db.prepare_cached("UPDATE event SET seq = ?2, recv_ms = ?3 WHERE hash = ?1")
            .and_then(|mut s| s.execute((id.0, frame.seq, frame.recv_ms)))
            .map_err(StoreError::sql("mark sequenced"))?;
        // Own, of a scope that was left and is given again.
        db.prepare_cached(
            "UPDATE event SET body = ?2, record = ?3, kind = ?4, actor = ?5 WHERE hash = ?1 AND length(body) = 0",
        )
        .and_then(|mut s| s.execute((id.0, &frame.event.body, &body.record, &body.kind, &body.actor)))
        .map_err(StoreError::sql("take event back"))?;
    }
    if !mine && frame.scope != body.scope && !record::is_ruled(&body.record) {
        db.prepare_cached("UPDATE event SET aside = 1 WHERE hash = ?1")
            .and_then(|mut s| s.execute([id.0]))
            .map_err(StoreError::sql("mark aside"))?;
    }
    blob::note(db, &id, &body, mine, false)?;
    look::note(db, &body)?;
    taken.changed.touch(&body.record);
    taken.touched.insert((body.record, body.scope));
    Ok(())
}

fn open_frame(db: &Connection, frame: &PageFrame, id: &Hash, me: &Identity) -> Result<EventBody, StoreError> {
    let body = EventBody::parse(&frame.event.body)?;
    let key = if body.dev == me.server_key.device_id() { me.server_key.clone() } else { key_of(db, &body.dev)? };
    frame.event.open(&key).map_err(|source| StoreError::Signature { event: id.hex(), source })
}

pub(crate) fn key_of(db: &Connection, dev: &str) -> Result<PublicKey, StoreError> {
    let text: Option<String> = db
        .prepare_cached("SELECT key FROM device_key WHERE dev = ?1")
        .and_then(|mut s| s.query_row([dev], |row| row.get(0)).optional())
        .map_err(StoreError::sql("read device key"))?;
    let text = text.ok_or_else(|| StoreError::UnknownDevice { dev: dev.to_owned() })?;
    PublicKey::parse(&text).map_err(|e| StoreError::Corrupt { what: format!("key of {dev}: {e}") })
}

/// A device's key is believed only from the server's own event, and only under the name the key itself gives.
fn learn_key(db: &Connection, body: &EventBody, me: &Identity) -> Result<(), StoreError> {
    if body.kind != "device.enrolled" || body.dev != me.server_key.device_id() {
        return Ok(());
    }
    let named = body.data.get("public_key").and_then(Value::as_str);
    let Some(key) = named.and_then(|text| PublicKey::parse(text).ok()) else {
        return Ok(());
    };
    db.prepare_cached("INSERT OR IGNORE INTO device_key VALUES (?1, ?2)")
        .and_then(|mut s| s.execute((key.device_id(), key.text())))
        .map(|_| ())
        .map_err(StoreError::sql("learn device key"))
}

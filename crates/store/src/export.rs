//! What proves a record to somebody who has neither this program nor this machine.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension as _;
use xunju_evidence::{BlobReceipt, Countersigned, EventBody, Hash, PublicKey, Receipt, SignedEvent};

use crate::error::StoreError;
use crate::ingest::key_of;
use crate::{Store, identity};

/// A record's events as they were signed, with keys and receipts.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// In the server's order, then those it has not seen.
    pub events: Vec<SignedEvent>,
    /// Of every device that signed one, and of the server.
    pub keys: BTreeMap<String, PublicKey>,
    /// Those that cover an event of this device. Receipts kept before they were kept with their signature
    /// prove nothing to others and are left out.
    pub receipts: Vec<Countersigned<Receipt>>,
    pub blob_receipts: Vec<Countersigned<BlobReceipt>>,
}

impl Store {
    /// # Errors
    /// `NotEnrolled`, disk failures, an event by a device whose key is not known.
    pub fn said_of(&self, record: &str) -> Result<Said, StoreError> {
        let signer = self.signer()?;
        let db = self.reader()?;
        let me = identity::read(&db, Some(&signer))?.ok_or(StoreError::NotEnrolled)?;
        let mut said = Said::default();
        let mut rows = db
            .prepare_cached(
                "SELECT body, suite, sig FROM event WHERE record = ?1 ORDER BY seq IS NULL, seq, wall_ms, dev, inc, n",
            )
            .map_err(StoreError::sql("read events"))?;
        let events = rows
            .query_map([record], |row| Ok(SignedEvent { body: row.get(0)?, suite: row.get(1)?, sig: row.get(2)? }))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
            .map_err(StoreError::sql("read events"))?;
        for event in &events {
            let body = EventBody::parse(&event.body)?;
            if !said.keys.contains_key(&body.dev) {
                let known =
                    [signer.public(), me.server_key.clone()].into_iter().find(|key| key.device_id() == body.dev);
                let key = known.map_or_else(|| key_of(&db, &body.dev), Ok)?;
                said.keys.insert(body.dev.clone(), key);
            }
            let receipt =
                "SELECT text FROM receipt WHERE dev = ?1 AND inc = ?2 AND upto_n >= ?3 ORDER BY upto_n LIMIT 1";
            said.receipts.extend(text(&db, receipt, (&body.dev, body.inc, body.n))?);
            for hash in body.blobs.iter().flat_map(hashes) {
                said.blob_receipts.extend(text(&db, "SELECT receipt FROM blob WHERE hash = ?1", [hash.0])?);
            }
        }
        said.events = events;
        said.receipts.sort_by_key(|receipt| (receipt.said.dev.clone(), receipt.said.inc, receipt.said.upto_n));
        said.receipts.dedup();
        Ok(said)
    }
}

fn hashes(blob: &xunju_evidence::Blob) -> impl Iterator<Item = Hash> {
    let parts = [&blob.preview, &blob.thumb].into_iter().flatten().map(|part| part.h);
    std::iter::once(blob.h).chain(parts).collect::<Vec<_>>().into_iter()
}

/// A signed statement, where there is one.
fn text<T: serde::de::DeserializeOwned>(
    db: &rusqlite::Connection,
    sql: &str,
    of: impl rusqlite::Params,
) -> Result<Option<Countersigned<T>>, StoreError> {
    let text: Option<Option<String>> = db
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(of, |row| row.get(0)).optional())
        .map_err(StoreError::sql("read receipt"))?;
    Ok(text.flatten().and_then(|text| serde_json::from_str(&text).ok()))
}

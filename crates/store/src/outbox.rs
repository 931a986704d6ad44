//! What has not reached the server: the events to push, and the list a person reads.

use rusqlite::OptionalExtension as _;
use xunju_evidence::{Anchor, Hash, SignedEvent};

use crate::error::StoreError;
use crate::identity::{set_setting, setting};
use crate::{Changed, Store, fold};

/// An own event waiting for its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub inc: u32,
    pub n: u64,
    pub id: Hash,
    pub event: SignedEvent,
}

/// Counts for the sync chip.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    pub events: u32,
    /// Originals not yet verified at the server.
    pub photos: u32,
    /// Bytes of events and files not yet there.
    pub bytes: u64,
    /// Device time of the oldest of them.
    pub oldest_ms: Option<i64>,
}

/// One line of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    pub id: Hash,
    pub record: String,
    /// Event kind, or `photo`.
    pub kind: String,
    pub bytes: u64,
    pub sent_bytes: u64,
    /// Lane of a file; none for an event.
    pub lane: Option<u8>,
    pub missing: bool,
    pub since_ms: i64,
}

impl Store {
    /// The oldest own events without a receipt: one incarnation, numbers without a gap.
    ///
    /// # Errors
    /// Disk failures.
    pub fn outbox_batch(&self, max_events: usize, max_bytes: usize) -> Result<Vec<Queued>, StoreError> {
        let reader = self.reader()?;
        let mut statement = reader
            .prepare_cached(
                "SELECT inc, n, hash, body, suite, sig FROM event
                 WHERE mine = 1 AND recv_ms IS NULL AND inc = (SELECT min(inc) FROM event WHERE mine = 1 AND recv_ms IS NULL)
                 ORDER BY n LIMIT ?1",
            )
            .map_err(StoreError::sql("read outbox"))?;
        let rows = statement
            .query_map([max_events], |row| {
                let event = SignedEvent { body: row.get(3)?, suite: row.get(4)?, sig: row.get(5)? };
                Ok(Queued { inc: row.get(0)?, n: row.get(1)?, id: Hash(row.get(2)?), event })
            })
            .map_err(StoreError::sql("read outbox"))?;
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for row in rows {
            let queued = row.map_err(StoreError::sql("read outbox"))?;
            bytes += queued.event.body.len() + queued.event.sig.len();
            if !batch.is_empty() && bytes > max_bytes {
                break;
            }
            batch.push(queued);
        }
        Ok(batch)
    }

    /// Every own event without a receipt, in the order of its chain.
    ///
    /// # Errors
    /// Disk failures.
    pub fn undelivered_events(&self) -> Result<Vec<Queued>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT inc, n, hash, body, suite, sig FROM event WHERE mine = 1 AND recv_ms IS NULL ORDER BY inc, n",
            )
            .and_then(|mut s| {
                s.query_map([], |row| {
                    let event = SignedEvent { body: row.get(3)?, suite: row.get(4)?, sig: row.get(5)? };
                    Ok(Queued { inc: row.get(0)?, n: row.get(1)?, id: Hash(row.get(2)?), event })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read outbox"))
    }

    /// Every own file the server has not confirmed, small ones first, with its length.
    ///
    /// # Errors
    /// Disk failures.
    pub fn undelivered_files(&self) -> Result<Vec<(Hash, u64)>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT hash, bytes FROM blob WHERE mine = 1 AND receipt IS NULL AND here = 1 ORDER BY lane, since_ms, hash",
            )
            .and_then(|mut s| s.query_map([], |row| Ok((Hash(row.get(0)?), row.get(1)?)))?.collect())
            .map_err(StoreError::sql("read photos"))
    }

    /// Incarnation and number of the first own event without a receipt.
    ///
    /// # Errors
    /// Disk failures.
    pub fn first_waiting(&self) -> Result<Option<(u32, u64)>, StoreError> {
        self.reader()?
            .query_row(
                "SELECT inc, n FROM event WHERE mine = 1 AND recv_ms IS NULL ORDER BY inc, n LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(StoreError::sql("read outbox"))
    }

    /// Everybody's events after a place in the town's log, with their place and when they were received: about so many
    /// bytes of them.
    ///
    /// # Errors
    /// Disk failures.
    pub fn events_after(
        &self,
        seq: u64,
        max_events: usize,
        max_bytes: usize,
    ) -> Result<Vec<(u64, i64, SignedEvent)>, StoreError> {
        let reader = self.reader()?;
        let mut statement = reader
            .prepare_cached(
                "SELECT seq, recv_ms, body, suite, sig FROM event WHERE seq > ?1 AND recv_ms IS NOT NULL AND length(body) > 0 ORDER BY seq LIMIT ?2",
            )
            .map_err(StoreError::sql("read log"))?;
        let rows = statement
            .query_map((seq, max_events), |row| {
                let event = SignedEvent { body: row.get(2)?, suite: row.get(3)?, sig: row.get(4)? };
                Ok((row.get(0)?, row.get(1)?, event))
            })
            .map_err(StoreError::sql("read log"))?;
        let (mut events, mut bytes) = (Vec::new(), 0);
        for row in rows {
            let row: (u64, i64, SignedEvent) = row.map_err(StoreError::sql("read log"))?;
            bytes += row.2.body.len() + row.2.sig.len();
            if !events.is_empty() && bytes > max_bytes {
                break;
            }
            events.push(row);
        }
        Ok(events)
    }

    /// Own events from a place in a chain on, received or not: the server asked for them again.
    ///
    /// # Errors
    /// Disk failures.
    pub fn chain_from(&self, inc: u32, n: u64, max_events: usize) -> Result<Vec<Queued>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT inc, n, hash, body, suite, sig FROM event WHERE mine = 1 AND inc = ?1 AND n >= ?2 AND length(body) > 0 ORDER BY n LIMIT ?3")
            .and_then(|mut s| {
                s.query_map((inc, n, max_events), |row| {
                    let event = SignedEvent { body: row.get(3)?, suite: row.get(4)?, sig: row.get(5)? };
                    Ok(Queued { inc: row.get(0)?, n: row.get(1)?, id: Hash(row.get(2)?), event })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read chain"))
    }

    /// # Errors
    /// Disk failures.
    pub fn pending(&self) -> Result<Pending, StoreError> {
        let reader = self.reader()?;
        let events = reader.query_row(
            "SELECT count(*), coalesce(sum(length(body)), 0), min(wall_ms) FROM event WHERE mine = 1 AND recv_ms IS NULL",
            [],
            |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u64>(1)?, row.get::<_, Option<i64>>(2)?)),
        );
        let files = reader.query_row(
            "SELECT coalesce(sum(lane = 3), 0), coalesce(sum(bytes - sent_offset), 0), min(since_ms) FROM blob WHERE mine = 1 AND receipt IS NULL AND (here = 1 OR missing = 1)",
            [],
            |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u64>(1)?, row.get::<_, Option<i64>>(2)?)),
        );
        let (events, event_bytes, oldest_event) = events.map_err(StoreError::sql("count outbox"))?;
        let (photos, photo_bytes, oldest_photo) = files.map_err(StoreError::sql("count outbox"))?;
        let oldest_ms = [oldest_event, oldest_photo].into_iter().flatten().min();
        Ok(Pending { events, photos, bytes: event_bytes + photo_bytes, oldest_ms })
    }

    /// Every undelivered item, events first.
    ///
    /// # Errors
    /// Disk failures.
    pub fn outbox_items(&self, limit: u32) -> Result<Vec<OutboxItem>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT hash, record, kind, length(body), 0, NULL, 0, wall_ms, 0 AS rank FROM event WHERE mine = 1 AND recv_ms IS NULL
                 UNION ALL
                 SELECT hash, record, 'photo', bytes, sent_offset, lane, missing, since_ms, lane FROM blob WHERE mine = 1 AND receipt IS NULL AND (here = 1 OR missing = 1)
                 ORDER BY rank, 8 LIMIT ?1",
            )
            .and_then(|mut s| {
                s.query_map([limit], |row| {
                    Ok(OutboxItem {
                        id: Hash(row.get(0)?),
                        record: row.get(1)?,
                        kind: row.get(2)?,
                        bytes: row.get(3)?,
                        sent_bytes: row.get(4)?,
                        lane: row.get(5)?,
                        missing: row.get(6)?,
                        since_ms: row.get(7)?,
                    })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read outbox"))
    }

    /// The receipt that covers an own event: `epoch/dev/inc/upto_n`.
    ///
    /// # Errors
    /// Disk failures.
    pub fn receipt_for(&self, event: &Hash) -> Result<Option<String>, StoreError> {
        self.reader()?
            .query_row(
                "SELECT r.text FROM receipt r JOIN event e ON e.dev = r.dev AND e.inc = r.inc AND e.n <= r.upto_n
                 WHERE e.hash = ?1 ORDER BY r.upto_n LIMIT 1",
                [event.0],
                |row| row.get(0),
            )
            .optional()
            .map_err(StoreError::sql("read receipt"))
    }

    /// The server's clock as last seen, pinned to this boot.
    ///
    /// # Errors
    /// Disk failures.
    pub fn set_anchor(&self, boot: &str, anchor: &Anchor) -> Result<(), StoreError> {
        let text = serde_json::to_string(&(boot, anchor)).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        set_setting(&self.writer()?.db, "", "anchor", &text)
    }

    /// # Errors
    /// Disk failures.
    pub fn anchor(&self, boot: &str) -> Result<Option<Anchor>, StoreError> {
        let Some(text) = setting(&*self.reader()?, "", "anchor")? else { return Ok(None) };
        let read: Option<(String, Anchor)> = serde_json::from_str(&text).ok();
        Ok(read.filter(|(pinned, _)| pinned == boot).map(|(_, anchor)| anchor))
    }

    /// A complete exchange: nothing left to push, nothing left to pull. The first of a new epoch settles what counts.
    ///
    /// # Errors
    /// Disk failures.
    pub fn note_exchange(&self, wall_ms: i64) -> Result<Changed, StoreError> {
        let me = self.identity()?;
        let mut writer = self.writer()?;
        let tx = writer.db.transaction().map_err(StoreError::sql("begin"))?;
        let mut changed = Changed::topic("sync");
        if let Some(me) = me.filter(|_| setting(&tx, "", fold::UNPLACED).is_ok_and(|set| set.as_deref() == Some("1"))) {
            for record in fold::without_unplaced(&tx, &me.server_key.device_id())? {
                changed.touch(&record);
            }
            set_setting(&tx, "", fold::UNPLACED, "")?;
        }
        set_setting(&tx, "", "last_sync_ms", &wall_ms.to_string())?;
        tx.commit().map_err(StoreError::sql("commit"))?;
        Ok(changed)
    }

    /// # Errors
    /// Disk failures.
    pub fn last_exchange(&self) -> Result<Option<i64>, StoreError> {
        Ok(setting(&*self.reader()?, "", "last_sync_ms")?.and_then(|text| text.parse().ok()))
    }

    /// Why nothing moves, as the caller's JSON; `None` when it does.
    ///
    /// # Errors
    /// Disk failures.
    pub fn set_stuck(&self, why: Option<&str>) -> Result<Changed, StoreError> {
        set_setting(&self.writer()?.db, "", "stuck", why.unwrap_or_default())?;
        Ok(Changed::topic("sync"))
    }

    /// # Errors
    /// Disk failures.
    pub fn stuck(&self) -> Result<Option<String>, StoreError> {
        Ok(setting(&*self.reader()?, "", "stuck")?.filter(|text| !text.is_empty()))
    }
}

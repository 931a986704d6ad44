//! This device's own chain: incarnations, and noticing that the folder was rolled back or copied (sync.md §3.3).

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension as _};
use serde_json::json;
use xunju_domain::event::NewEvent;
use xunju_evidence::chain::Head;
use xunju_evidence::{Hash, Times};

use crate::commit::Commit;
use crate::error::StoreError;
use crate::identity::set_setting;
use crate::{Changed, Store};

pub(crate) fn head(db: &Connection, dev: &str, inc: u32) -> Result<Head, StoreError> {
    db.query_row("SELECT n, hash FROM event WHERE dev = ?1 AND inc = ?2 ORDER BY n DESC LIMIT 1", (dev, inc), |row| {
        Ok(Head { n: row.get(0)?, hash: Hash(row.get(1)?) })
    })
    .optional()
    .map(Option::unwrap_or_default)
    .map_err(StoreError::sql("read chain"))
}

impl Store {
    /// Starts a new chain, because the old one may continue elsewhere (a restored or copied folder).
    ///
    /// # Errors
    /// `NotEnrolled`, disk failures.
    pub fn new_incarnation(
        &self,
        reason: &str,
        server_head: Option<(u64, Hash)>,
        times: Times,
    ) -> Result<Changed, StoreError> {
        let current = self.identity()?.ok_or(StoreError::NotEnrolled)?.inc;
        let inc = current.max(self.highest_incarnation()?) + 1;
        self.open_incarnation(inc, reason, server_head, times)
    }

    pub(crate) fn open_incarnation(
        &self,
        inc: u32,
        reason: &str,
        server_head: Option<(u64, Hash)>,
        times: Times,
    ) -> Result<Changed, StoreError> {
        set_setting(&self.writer()?.db, "", "inc", &inc.to_string())?;
        let identity = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        let prev = server_head.map(|(_, hash)| hash.hex());
        let event = NewEvent {
            record: format!("device:{}", identity.device),
            scope: "town".to_owned(),
            kind: "device.incarnation".to_owned(),
            tv: 1,
            actor: identity.user,
            parents: Vec::new(),
            blobs: Vec::new(),
            data: json!({"inc": inc, "reason": reason, "prev_known_head": prev}),
        };
        Ok(self.commit(Commit { events: vec![event], times, ..Commit::empty() })?.changed)
    }

    /// The highest incarnation of ours of which any event is held: above the current one in a folder that was
    /// put back and has read its own later events.
    ///
    /// # Errors
    /// Disk failures.
    pub fn highest_incarnation(&self) -> Result<u32, StoreError> {
        self.reader()?
            .query_row("SELECT coalesce(max(inc), 0) FROM event WHERE mine = 1", [], |row| row.get(0))
            .map_err(StoreError::sql("read chain"))
    }

    fn highwater_path(&self) -> PathBuf {
        self.state_dir.join("highwater").join(format!("{}.txt", self.store_id))
    }

    /// Remembers, outside the folder, how far the chain has come. Best effort: the server is the second witness.
    pub(crate) fn mark_highwater(&self, inc: u32, n: u64) {
        let path = self.highwater_path();
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, format!("{inc} {n}")));
        drop(written);
    }

    /// A database behind its own high-water mark was restored from a copy: its numbers may be taken.
    pub(crate) fn notice_rollback(&self) -> Result<(), StoreError> {
        let Some(identity) = self.identity()? else { return Ok(()) };
        let marked = std::fs::read_to_string(self.highwater_path()).unwrap_or_default();
        let mut numbers = marked.split_whitespace().filter_map(|word| word.parse::<u64>().ok());
        let (Some(inc), Some(n)) = (numbers.next(), numbers.next()) else { return Ok(()) };
        let ours = head(&*self.reader()?, &identity.device, identity.inc)?;
        if (inc, n) <= (u64::from(identity.inc), ours.n) {
            return Ok(());
        }
        let inc = u32::try_from(inc).unwrap_or(identity.inc).max(identity.inc) + 1;
        let times =
            Times { wall: 0, tz: "+08:00".to_owned(), boot: "unknown".to_owned(), mono: 0, anc: None, gps: None };
        self.open_incarnation(inc, "restored", None, times).map(|_| ())
    }
}

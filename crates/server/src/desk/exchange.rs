//! One exchange: everything written goes to the journal, everything new comes from it.

use xunju_api::clock::{SystemClock, times};
use xunju_evidence::{Countersigned, Hash, Receipt};
use xunju_store::{Changed, Cursor, Levels, Page, PageFrame, Queued, Reach, StoreError};
use xunju_sync::limits::{PAGE_BYTES_MAX, PROTO, PUSH_EVENT_BYTES_MAX, PUSH_EVENTS_MAX};
use xunju_sync::{PullReply, PullRequest, PushReply, PushRequest};

use super::{Desk, stored};
use crate::error::{Result, ServerError};
use crate::journal::{level, tree};

/// No network to guard against: any echo does.
const ECHO: &str = "00000000000000000000000000000000";
/// Rounds that bring nothing forward before a fault is named.
const ROUNDS_MAX: u32 = 8;
/// Photos asked about in one reading of the journal.
const FILES_AT_ONCE: usize = 500;

impl Desk {
    /// # Errors
    /// What the journal or the desk's store say.
    pub fn exchange(&self) -> Result<()> {
        let mut changed = Changed::default();
        let done = self
            .push_all(&mut changed)
            .and_then(|()| self.pull_all(&mut changed))
            .and_then(|()| self.vouch(&mut changed))
            .and_then(|()| self.keep_levels(&mut changed));
        self.api.changed(&changed);
        done
    }

    pub(super) fn push_all(&self, changed: &mut Changed) -> Result<()> {
        let store = self.api.store();
        let mut again = None;
        for _ in 0..ROUNDS_MAX {
            loop {
                let batch = match again.take() {
                    Some((inc, n)) => store.chain_from(inc, n, PUSH_EVENTS_MAX),
                    None => store.outbox_batch(PUSH_EVENTS_MAX, PUSH_EVENT_BYTES_MAX),
                };
                let batch = batch.map_err(stored("read outbox"))?;
                let Some(first) = batch.first() else { return Ok(()) };
                let (inc, from_n) = (first.inc, first.n);
                match self.push(batch, inc, from_n, changed)? {
                    Some(n) if n < from_n => {
                        again = Some((inc, n));
                        break;
                    }
                    _ => {}
                }
            }
        }
        Err(ServerError::corrupt("the desk's chain does not continue the journal's"))
    }

    /// Pushes one batch; the answer names where to go on from, if the journal wants something else first.
    fn push(&self, batch: Vec<Queued>, inc: u32, from_n: u64, changed: &mut Changed) -> Result<Option<u64>> {
        let store = self.api.store();
        let me =
            store.identity().and_then(|me| me.ok_or(StoreError::NotEnrolled)).map_err(stored("read desk identity"))?;
        let (ids, events): (Vec<_>, Vec<_>) = batch.into_iter().map(|queued| (queued.id, queued.event)).unzip();
        let (log, dev) = (me.log, self.device.dev.clone());
        let request = PushRequest { proto: PROTO, log, epoch: me.epoch, dev, inc, from_n, events, t0: 0 };
        match self.journal.push(&self.device, request)? {
            PushReply::Accepted { receipt, ahead, .. } => {
                self.received(&receipt, &ids, changed)?;
                // The journal knows more of this chain than the desk: its folder was put back.
                if let Some((n, head)) = ahead.filter(|_| inc == me.inc) {
                    self.begin_again("server_ahead", n, head, changed)?;
                }
            }
            PushReply::Forked { head_n, head, receipt, .. } => {
                self.received(&receipt, &ids, changed)?;
                if inc == me.inc {
                    self.begin_again("forked", head_n, head, changed)?;
                }
            }
            PushReply::Expected { n, .. } => return Ok(Some(n)),
            PushReply::EpochChanged { epoch } => {
                changed.merge(store.restart_cursors(epoch).map_err(stored("restart"))?)
            }
            other => return Err(ServerError::corrupt(format!("the journal refuses the desk: {other:?}"))),
        }
        Ok(None)
    }

    fn received(&self, receipt: &Countersigned<Receipt>, ids: &[Hash], changed: &mut Changed) -> Result<()> {
        changed.merge(self.api.store().apply_receipt(receipt, ids).map_err(stored("keep receipt"))?);
        Ok(())
    }

    fn begin_again(&self, reason: &str, n: u64, head: Hash, changed: &mut Changed) -> Result<()> {
        let now = times(&SystemClock, None);
        changed.merge(self.api.store().new_incarnation(reason, Some((n, head)), now).map_err(stored("begin chain"))?);
        Ok(())
    }

    fn pull_all(&self, changed: &mut Changed) -> Result<()> {
        let store = self.api.store();
        let mut restarts = 0;
        loop {
            let me = store
                .identity()
                .and_then(|me| me.ok_or(StoreError::NotEnrolled))
                .map_err(stored("read desk identity"))?;
            let (epoch, cursors) = store.cursors().map_err(stored("read cursors"))?;
            let cursors = cursors.into_iter().map(|cursor| (cursor.scope, cursor.pos)).collect();
            let request = PullRequest { proto: PROTO, log: me.log, epoch, cursors, max_bytes: PAGE_BYTES_MAX, t0: 0 };
            let lost = match self.journal.pull(&self.device, &request, ECHO)? {
                PullReply::Page(page) => {
                    let more = page.more;
                    match store.apply_page(&to_store(epoch, *page)) {
                        Ok(applied) => changed.merge(applied),
                        Err(StoreError::ScopeMismatch { scope }) => {
                            restarts += 1;
                            changed.merge(store.restart_scope(&scope).map_err(stored("restart scope"))?);
                        }
                        Err(other) => return Err(stored("apply page")(other)),
                    }
                    if !more {
                        return Ok(());
                    }
                    restarts
                }
                PullReply::EpochChanged { epoch } => {
                    changed.merge(store.restart_cursors(epoch).map_err(stored("restart"))?);
                    restarts + 1
                }
                PullReply::Behind { scope, .. } => {
                    changed.merge(store.restart_scope(&scope).map_err(stored("restart scope"))?);
                    restarts + 1
                }
                other => return Err(ServerError::corrupt(format!("the journal gives the desk nothing: {other:?}"))),
            };
            restarts = lost;
            if restarts > ROUNDS_MAX {
                return Err(ServerError::corrupt("the desk's scopes do not continue the journal's"));
            }
        }
    }

    /// How far the town keeps what it has, as a laptop asks for it after each exchange.
    fn keep_levels(&self, changed: &mut Changed) -> Result<()> {
        let store = self.api.store();
        let reach = |reach: xunju_sync::Reach| Reach { size: reach.size, at_ms: reach.at_ms };
        let (note, backed, stamped) =
            self.journal.read(|conn| Ok((tree::newest(conn)?, level::backed(conn)?, level::stamped(conn)?)))?;
        if let Some((_, note)) = note {
            store.set_log_seen(&note).map_err(stored("keep checkpoint"))?;
        }
        let before = store.levels().map_err(stored("read levels"))?;
        let mut now = Levels { backed: backed.map(reach), stamped: stamped.map(reach), ..before };
        now.asked_ms = now.backed.map(|backed| backed.at_ms);
        if now.asked_ms != before.asked_ms {
            self.note_backed(changed)?;
        }
        if now != before {
            changed.merge(store.set_levels(&now).map_err(stored("keep levels"))?);
        }
        Ok(())
    }

    fn note_backed(&self, changed: &mut Changed) -> Result<()> {
        let store = self.api.store();
        let mut after = None;
        loop {
            let some = store.not_backed(after.as_ref(), FILES_AT_ONCE).map_err(stored("read photos"))?;
            let Some(last) = some.last().copied() else { return Ok(()) };
            after = Some(last);
            let held = self.journal.read(|conn| {
                let held = some.into_iter().map(|hash| level::holds(conn, &hash).map(|holds| holds.then_some(hash)));
                Ok(held.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect::<Vec<_>>())
            })?;
            changed.merge(store.mark_backed(&held, true).map_err(stored("mark backed up"))?);
        }
    }

    /// Photos added in a browser stand in the vault already: their receipt is at hand.
    fn vouch(&self, changed: &mut Changed) -> Result<()> {
        let store = self.api.store();
        while let Some(upload) = store.next_upload(3, &[]).map_err(stored("read photos"))? {
            let verified = match self.blobs.vouch(&upload.hash)? {
                Some(whole) => {
                    let receipt = crate::blobs::receipt(&self.journal, &whole)?;
                    store.blob_verified(&receipt)
                }
                None => {
                    tracing::error!(hash = %upload.hash, "a photo of the desk is not in the vault");
                    store.blob_missing(&upload.hash)
                }
            };
            changed.merge(verified.map_err(stored("keep photo receipt"))?);
        }
        Ok(())
    }
}

fn to_store(epoch: u32, page: xunju_sync::message::Page) -> Page {
    let frame = |frame: xunju_sync::PageFrame| {
        let xunju_sync::PageFrame { scope, pos, seq, recv_ms, event } = frame;
        PageFrame { scope, pos, seq, recv_ms, event }
    };
    let ends = page.seal.said.scopes.into_iter().map(|(scope, pos, hash)| Cursor { scope, pos, hash }).collect();
    Page {
        epoch,
        frames: page.frames.into_iter().map(frame).collect(),
        ends,
        granted: page.granted,
        revoked: Vec::new(),
    }
}

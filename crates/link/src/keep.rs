//! Making durable what the machine asks to keep, before it builds on it.

use xunju_api::Api;
use xunju_api::clock::times;
use xunju_photos::PhotoError;
use xunju_store::{Changed, Page, PageFrame, StoreError};
use xunju_sync::client::{Apply, BlobsView, EventsView, NeedEvents, Outgoing, PulledPage, StoreFault, Transfer};

/// Every lane of files: metering comes with a later setting.
const LANES: u8 = 3;

/// Reads what the laptop holds, in one go.
pub fn events(api: &Api, need: &NeedEvents) -> Result<EventsView, StoreError> {
    let store = api.store();
    let inc = store.identity()?.ok_or(StoreError::NotEnrolled)?.inc;
    let (epoch, cursors) = store.cursors()?;
    let queued = match need.from {
        Some((inc, n)) => store.chain_from(inc, n, need.events_max)?,
        None => store.outbox_batch(need.events_max, need.bytes_max)?,
    };
    let to_the_end = match queued.last() {
        Some(last) => store.chain_from(last.inc, last.n + 1, 1)?.is_empty(),
        None => true,
    };
    let outgoing = queued.into_iter().map(|q| Outgoing { inc: q.inc, n: q.n, id: q.id, event: q.event }).collect();
    let cursors =
        cursors.into_iter().map(|c| xunju_sync::Cursor { scope: c.scope, pos: c.pos, hash: c.hash }).collect();
    let inc_max = store.highest_incarnation()?.max(inc);
    let waiting = store.first_waiting()?;
    Ok(EventsView { epoch, inc, inc_max, waiting, cursors, outgoing, to_the_end })
}

pub fn blobs(api: &Api, skip: &[xunju_evidence::Hash]) -> Result<BlobsView, StoreError> {
    let upload = api.store().next_upload(LANES, skip)?.map(|u| Transfer { hash: u.hash, bytes: u.bytes, lane: u.lane });
    let download = api.store().next_download(skip)?.map(|d| Transfer { hash: d.hash, bytes: d.bytes, lane: d.lane });
    Ok(BlobsView { upload, download })
}

/// Keeps one thing; tells the screens.
pub fn apply(api: &Api, apply: Apply) -> Result<(), StoreFault> {
    match kept(api, apply) {
        Ok(changed) => {
            api.changed(&changed);
            Ok(())
        }
        Err(Kept::Store(StoreError::ScopeMismatch { scope })) => Err(StoreFault::Scope { scope }),
        Err(Kept::Store(e)) => {
            tracing::error!(error = %e, "could not keep what came");
            Err(StoreFault::Failed)
        }
        Err(Kept::Vault(e)) => {
            tracing::error!(error = %e, "could not keep a photo");
            Err(StoreFault::Failed)
        }
    }
}

enum Kept {
    Store(StoreError),
    Vault(PhotoError),
}

impl From<StoreError> for Kept {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

fn kept(api: &Api, apply: Apply) -> Result<Changed, Kept> {
    let store = api.store();
    Ok(match apply {
        Apply::Receipt { receipt, ids } => store.apply_receipt(&receipt, &ids)?,
        Apply::Page(page) => store.apply_page(&of(page))?,
        Apply::Exchanged => store.note_exchange(api.clock().wall_ms())?,
        Apply::RestartCursors { epoch } => store.restart_cursors(epoch)?,
        Apply::RestartScope { scope } => store.restart_scope(&scope)?,
        Apply::NewIncarnation { reason, server_head } => {
            let anchor = store.anchor(&api.clock().boot())?;
            store.new_incarnation(reason, server_head, times(api.clock().as_ref(), anchor))?
        }
        Apply::BlobVerified(receipt) => store.blob_verified(&receipt)?,
        Apply::BlobArrived { hash, bytes } => {
            api.vault().put_as(&hash.hex(), &bytes).map_err(Kept::Vault)?;
            store.blob_arrived(&hash)?
        }
        Apply::BlobMissing { hash } => store.blob_missing(&hash)?,
    })
}

fn of(page: PulledPage) -> Page {
    let frame = |f: xunju_sync::PageFrame| PageFrame {
        scope: f.scope,
        pos: f.pos,
        seq: f.seq,
        recv_ms: f.recv_ms,
        event: f.event,
    };
    let end = |c: xunju_sync::Cursor| xunju_store::Cursor { scope: c.scope, pos: c.pos, hash: c.hash };
    Page {
        epoch: page.epoch,
        frames: page.frames.into_iter().map(frame).collect(),
        ends: page.ends.into_iter().map(end).collect(),
        granted: page.granted,
        revoked: page.revoked,
    }
}

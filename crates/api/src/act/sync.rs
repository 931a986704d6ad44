//! 同步: the truth about what has left this laptop.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::record;
use xunju_store::OutboxItem;

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::app::{Host, Nothing};
use crate::view::work::{Chip, KeptView, SyncItem, SyncView};
use crate::{Api, Caller, Live, doc, held};

const ITEMS_SHOWN: u32 = 500;
const LANE_ORIGINAL: u8 = 3;

/// # Errors
/// Disk failures.
pub fn status(api: &Api, caller: &Caller, _: Nothing) -> Result<SyncView, ApiError> {
    if caller.host == Host::Web {
        return desk(api);
    }
    let pending = api.store().pending().refused()?;
    let stuck: Option<ApiError> = api.store().stuck().refused()?.and_then(|text| serde_json::from_str(&text).ok());
    let live = api.live();
    let mut cases = BTreeMap::new();
    let items = api.store().outbox_items(ITEMS_SHOWN).refused()?;
    let items =
        items.iter().filter(|item| shown(item)).map(|item| line(api, item, &mut cases)).collect::<Result<_, _>>()?;
    let waiting = pending.events > 0 || pending.photos > 0 || pending.bytes > 0;
    Ok(SyncView {
        chip: chip(*held(&api.not_saved), stuck.as_ref(), &live, waiting),
        pending_events: pending.events,
        pending_photos: pending.photos,
        pending_bytes: pending.bytes,
        oldest_ms: pending.oldest_ms,
        last_sync_ms: api.store().last_exchange().refused()?,
        sending_done: live.sending.map_or(0, |s| s.0),
        sending_total: live.sending.map_or(0, |s| s.1),
        stuck,
        items,
        server_url: api.store().identity().refused()?.map(|me| me.server_url),
        kept: kept(api)?,
    })
}

fn kept(api: &Api) -> Result<KeptView, ApiError> {
    let (levels, freed) = (api.store().levels().refused()?, api.store().freed().refused()?);
    Ok(KeptView {
        backed_ms: levels.backed.map(|backed| backed.at_ms),
        not_backed: api.store().events_not_backed().refused()?,
        stamped_ms: levels.stamped.map(|stamped| stamped.at_ms),
        freeable_photos: freed.freeable,
        freeable_bytes: freed.freeable_bytes,
        freed_photos: freed.freed,
    })
}

/// The word on the chip. 已同步 only when nothing at all is pending (G18).
fn chip(not_saved: bool, stuck: Option<&ApiError>, live: &Live, waiting: bool) -> Chip {
    match () {
        () if not_saved => Chip::NotSaved,
        () if stuck.is_some_and(|e| !e.retry) => Chip::NeedsPerson,
        () if !live.online => Chip::Offline,
        () if waiting && live.sending.is_some() => Chip::Sending,
        () if waiting => Chip::Waiting,
        () => Chip::Synced,
    }
}

fn desk(api: &Api) -> Result<SyncView, ApiError> {
    Ok(SyncView {
        chip: Chip::Synced,
        pending_events: 0,
        pending_photos: 0,
        pending_bytes: 0,
        oldest_ms: None,
        last_sync_ms: Some(api.clock().wall_ms()),
        sending_done: 0,
        sending_total: 0,
        stuck: None,
        items: Vec::new(),
        server_url: None,
        kept: kept(api)?,
    })
}

/// Renditions are part of their photo's line while the original is on its way too.
fn shown(item: &OutboxItem) -> bool {
    item.lane.is_none_or(|lane| lane == LANE_ORIGINAL)
}

fn line(api: &Api, item: &OutboxItem, cases: &mut BTreeMap<String, Option<CaseState>>) -> Result<SyncItem, ApiError> {
    if !cases.contains_key(&item.record) {
        let row = api.store().record(&item.record).refused()?.filter(|row| row.kind == "case");
        cases.insert(item.record.clone(), row.map(|row| doc(&row)).transpose()?);
    }
    let case = cases.get(&item.record).and_then(Option::as_ref);
    let hash = item.id.hex();
    let photo = case.and_then(|c| c.photos.iter().find(|p| p.blob.h == hash));
    let thumb_sent = match photo.and_then(|p| p.blob.thumb.as_ref()).and_then(|t| t.h.parse().ok()) {
        Some(thumb) => api.store().blob_state(&thumb).refused()?.is_some_and(|s| s.verified),
        None => false,
    };
    let state = match (item.lane, item.missing, item.sent_bytes) {
        (None, ..) => "saved_here",
        (_, true, _) => "missing",
        (_, _, 0) if thumb_sent => "thumb_sent",
        (_, _, 0) => "saved_here",
        _ => "sending",
    };
    Ok(SyncItem {
        title: photo.and_then(|p| p.blob.facts.get("name").cloned()).unwrap_or_else(|| item.kind.clone()),
        kind: if item.lane.is_some() { "photo".into() } else { "event".into() },
        case_id: case.map(|_| record::id_of(&item.record).to_owned()),
        case_no: case.map(|c| c.no().to_owned()),
        bytes: item.bytes,
        sent_bytes: item.sent_bytes,
        state: state.to_owned(),
        since_ms: item.since_ms,
        receipt: None,
        id: hash,
    })
}

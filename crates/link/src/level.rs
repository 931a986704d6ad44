//! After each exchange: what the log is, how far it is backed up and stamped, and, where the disk runs short, which
//! originals this laptop may let go of (sync.md §7.4). The server is asked about each of them at that moment.

use xunju_api::Api;
use xunju_store::{Levels, Reach};
use xunju_sync::client::Failure;
use xunju_sync::limits::BACKED_HASHES_MAX;

use crate::http::Http;
use crate::witness;

/// # Errors
/// What the network or the disk says; the next exchange tries again.
pub async fn look(http: &Http, api: &Api) -> Result<(), Failure> {
    let store = api.store();
    let seen = store.log_seen().map_err(local)?;
    let mut reply = http.log(seen.map_or(0, |(seen, _)| seen.size)).await?;
    if let Some(kept) = witness::kept(store, &http.party().log, &http.party().server, &reply).map_err(local)? {
        reply = http.log(kept).await?;
    }
    witness::take(store, &http.party().log, &http.party().server, &reply).map_err(local)?;
    let before = store.levels().map_err(local)?;
    let reach = |reach: xunju_sync::Reach| Reach { size: reach.size, at_ms: reach.at_ms };
    let mut now = Levels { backed: reply.backed.map(reach), stamped: reply.stamped.map(reach), ..before };
    let newest = now.backed.map(|backed| backed.at_ms);
    if newest.is_some() && newest != before.asked_ms {
        files(http, api).await?;
        now.asked_ms = newest;
    }
    if now != before {
        api.changed(&store.set_levels(&now).map_err(local)?);
    }
    make_room(http, api).await?;
    api.found_again().map_err(local)?;
    api.laptop_caller().and_then(|caller| api.leave_scopes(&caller)).map_err(local)
}

/// Notes which delivered files the new backup holds.
async fn files(http: &Http, api: &Api) -> Result<(), Failure> {
    let store = api.store();
    let mut after = None;
    loop {
        let some = store.not_backed(after.as_ref(), BACKED_HASHES_MAX).map_err(local)?;
        let Some(last) = some.last().copied() else { return Ok(()) };
        after = Some(last);
        let held = http.backed(some).await?;
        api.changed(&store.mark_backed(&held, true).map_err(local)?);
    }
}

async fn make_room(http: &Http, api: &Api) -> Result<(), Failure> {
    loop {
        let some = api.may_go(BACKED_HASHES_MAX).map_err(local)?;
        if some.is_empty() {
            return Ok(());
        }
        let held = http.backed(some.clone()).await?;
        api.let_go(&some, &held).map_err(local)?;
    }
}

#[allow(clippy::needless_pass_by_value)]
fn local(e: impl std::fmt::Display) -> Failure {
    tracing::warn!(error = %e, "could not keep how far the town has what was delivered");
    Failure::Local
}

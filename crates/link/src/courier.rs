//! A server that was put back from a backup is brought what this laptop saw since: everybody's events, with their place
//! in the lost log (sync.md §6.4).

use xunju_api::Api;
use xunju_store::StoreError;
use xunju_sync::client::Failure;
use xunju_sync::{Carried, RecoverReply, RecoverRequest, limits};

use crate::http::Http;

/// Brings everything the server asks for; returns when it has all of this laptop, or needs nothing any more.
///
/// # Errors
/// What the network or the disk says; the next time it asks, this goes on where it was.
pub async fn carry(http: &Http, api: &Api) -> Result<(), Failure> {
    let store = api.store();
    // Offered again, files it still has are answered at once.
    api.changed(&store.forget_promises().map_err(local)?);
    let note = store.log_seen().map_err(local)?.map(|(_, note)| note);
    let mut events = Vec::new();
    loop {
        let last = events.is_empty();
        let request = RecoverRequest { log: http.party().log.clone(), note: note.clone(), events };
        let RecoverReply::After { seq } = http.recover(&request).await? else { return Ok(()) };
        let held = store.events_after(seq, limits::PUSH_EVENTS_MAX, limits::PUSH_EVENT_BYTES_MAX).map_err(local)?;
        if held.is_empty() && last {
            // Told from where on and having nothing more: the next empty request says so.
            http.recover(&RecoverRequest { events: Vec::new(), ..request }).await?;
            return Ok(());
        }
        events = held.into_iter().map(|(seq, recv_ms, event)| Carried { seq, recv_ms, event }).collect();
    }
}

#[allow(clippy::needless_pass_by_value)]
fn local(e: StoreError) -> Failure {
    tracing::warn!(error = %e, "could not read what the server asks for");
    Failure::Local
}

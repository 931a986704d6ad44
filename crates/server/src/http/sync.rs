//! Enrol, push, pull, wait: HTTP around the journal's own functions.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunju_sync::limits::{PUSH_RAW_BYTES_MAX, SMALL_RAW_BYTES_MAX, WAIT_MS_MAX};
use xunju_sync::message::EnrolRequest;
use xunju_sync::request::{ECHO_HEADER, is_echo};
use xunju_sync::wire::{MEDIA_TYPE, Message, decode, seal};
use xunju_sync::{
    BackedReply, BackedRequest, PullReply, PullRequest, PushReply, PushRequest, RecoverRequest, WaitReply,
};

use super::device::{Asked, Unheard, head, text, whole};
use super::{App, answer};
use crate::accounts::enrol;
use crate::blobs::register;
use crate::error::{Result, ServerError};
use crate::journal::{Journal, level, recover, town};

/// zstd may make what does not compress a little longer.
const PACKED_EXTRA_BYTES: usize = 16 * 1024;

pub async fn enrol(State(app): State<App>, ConnectInfo(from): ConnectInfo<SocketAddr>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(echo) = text(&parts.headers, ECHO_HEADER).filter(|echo| is_echo(echo)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Ok(bytes) = axum::body::to_bytes(body, SMALL_RAW_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    sealed(&app.journal, echo, move |journal, _| {
        let request: EnrolRequest = decode(&bytes).map_err(bad)?;
        enrol::enrol(journal, request, from.ip())
    })
    .await
}

pub async fn push(State(journal): State<Arc<Journal>>, request: Request) -> Response {
    let (Asked { device, echo }, bytes) = match whole(&journal, request, PUSH_RAW_BYTES_MAX + PACKED_EXTRA_BYTES).await
    {
        Ok(asked) => asked,
        Err(unheard) => return unheard.into_response(),
    };
    sealed(&journal, echo, move |journal, _| {
        let request: PushRequest = decode(&bytes).map_err(bad)?;
        match device {
            Some(device) => journal.push(&device, request),
            None => Ok(strangers(journal, &request.log)?.map_or(PushReply::Revoked, |log| PushReply::OtherLog { log })),
        }
    })
    .await
}

pub async fn pull(State(journal): State<Arc<Journal>>, request: Request) -> Response {
    let (Asked { device, echo }, bytes) = match whole(&journal, request, SMALL_RAW_BYTES_MAX + PACKED_EXTRA_BYTES).await
    {
        Ok(asked) => asked,
        Err(unheard) => return unheard.into_response(),
    };
    sealed(&journal, echo, move |journal, echo| {
        let request: PullRequest = decode(&bytes).map_err(bad)?;
        match device {
            Some(device) => {
                journal.heard(&device.dev)?;
                journal.pull(&device, &request, echo)
            }
            None => Ok(strangers(journal, &request.log)?.map_or(PullReply::Revoked, |log| PullReply::OtherLog { log })),
        }
    })
    .await
}

/// What a laptop brings to a server that was put back from a backup.
pub async fn recover(State(journal): State<Arc<Journal>>, request: Request) -> Response {
    let (Asked { device, echo }, bytes) = match whole(&journal, request, PUSH_RAW_BYTES_MAX + PACKED_EXTRA_BYTES).await
    {
        Ok(asked) => asked,
        Err(unheard) => return unheard.into_response(),
    };
    let Some(device) = device else { return Unheard::Unsigned.into_response() };
    sealed(&journal, echo, move |journal, _| {
        let request: RecoverRequest = decode(&bytes).map_err(bad)?;
        journal.write(move |tx| recover::take(tx, &device, &request))
    })
    .await
}

/// Which files of those a laptop names stand in a checked backup, among what it may have or vouched for.
pub async fn backed(State(app): State<App>, request: Request) -> Response {
    let (Asked { device, echo }, bytes) =
        match whole(&app.journal, request, SMALL_RAW_BYTES_MAX + PACKED_EXTRA_BYTES).await {
            Ok(asked) => asked,
            Err(unheard) => return unheard.into_response(),
        };
    let Some(device) = device else { return Unheard::Unsigned.into_response() };
    sealed(&app.journal, echo, move |journal, _| {
        let BackedRequest { mut hashes } = decode(&bytes).map_err(bad)?;
        journal.read(|conn| {
            let mut held = Vec::new();
            for hash in hashes.drain(..) {
                let theirs =
                    register::vouched(conn, &device.dev, &hash)?.is_some() || register::may_have(conn, &device, &hash)?;
                held.extend((theirs && level::holds(conn, &hash)?).then_some(hash));
            }
            Ok(BackedReply { hashes: held })
        })
    })
    .await
}

/// Holds until a scope of this device has grown past `after`, or 55 seconds.
pub async fn wait(State(app): State<App>, Query(query): Query<BTreeMap<String, String>>, request: Request) -> Response {
    let echo = text(request.headers(), ECHO_HEADER).unwrap_or_default();
    let device = match head(&app.journal, request).await {
        Ok((device, _, _)) => device,
        Err(unheard) => return unheard.into_response(),
    };
    let after = query.get("after").and_then(|text| text.parse().ok()).unwrap_or(0);
    let until = tokio::time::Instant::now() + Duration::from_millis(WAIT_MS_MAX);
    let (mut bell, mut stopping) = (app.journal.dirty().listen(), app.stopping.clone());
    let news = loop {
        let (journal, device) = (Arc::clone(&app.journal), device.clone());
        let news = match answer::away(move || journal.news(&device, after)).await {
            Ok(news) => news.unwrap_or_default(),
            Err(e) => return answer::refusal(e),
        };
        if !news.dirty.is_empty() || *stopping.borrow() {
            break news;
        }
        tokio::select! {
            rung = bell.changed() => if rung.is_err() { break WaitReply::default() },
            _ = stopping.changed() => {}
            () = tokio::time::sleep_until(until) => break WaitReply::default(),
        }
    };
    sealed(&app.journal, echo, move |_, _| Ok(news)).await
}

/// Somebody this town never enrolled: told that it is another town's log, if it is.
fn strangers(journal: &Journal, log: &str) -> Result<Option<String>> {
    let ours = journal.read(town::read)?.log;
    Ok((ours != log).then_some(ours))
}

fn bad(e: impl std::fmt::Display) -> ServerError {
    ServerError::BadRequest { what: e.to_string() }
}

/// Runs blocking work and answers with its message under the server's seal.
pub(super) async fn sealed<M: Message + Send + 'static>(
    journal: &Arc<Journal>,
    echo: String,
    act: impl FnOnce(&Arc<Journal>, &str) -> Result<M> + Send + 'static,
) -> Response {
    let journal = Arc::clone(journal);
    let body = answer::away(move || {
        let message = act(&journal, &echo)?;
        seal(&message, &echo, journal.signer()).map_err(|e| ServerError::inner("seal reply", e))
    });
    match body.await {
        Ok(body) => ([(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], body).into_response(),
        Err(e) => answer::refusal(e),
    }
}

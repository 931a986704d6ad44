//! The HTTP surface: adapters of a few lines around journal, blobs, accounts and the web desk.
//!
//! `/v1/…` is for devices, signed request by request. `/api/…` is for browsers, by session cookie and
//! with a header no foreign form can send. `/log/…` is for everybody: checkpoints and hashes. Everything else is the
//! interface itself.

mod account;
mod answer;
mod assets;
mod blobs;
mod call;
mod device;
mod events;
mod headers;
mod ledger;
mod log;
mod paper;
mod photo;
mod session;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tokio::sync::watch;

use crate::blobs::Blobs;
use crate::desk::Desk;
use crate::journal::{Journal, recover, town};

/// What every adapter may reach.
#[derive(Clone)]
pub struct App {
    pub journal: Arc<Journal>,
    pub blobs: Arc<Blobs>,
    pub desk: Arc<Desk>,
    /// Whether browsers come over TLS.
    pub tls: bool,
    /// Turns true when the server is to stop: nobody is kept waiting then.
    pub stopping: watch::Receiver<bool>,
}

/// All routes.
pub fn router(app: App) -> Router {
    let devices = Router::new()
        .route("/v1/enrol", post(sync::enrol))
        .route("/v1/push", post(sync::push))
        .route("/v1/pull", post(sync::pull))
        .route("/v1/recover", post(sync::recover))
        .route("/v1/wait", get(sync::wait))
        .route("/v1/log", get(log::seen))
        .route("/v1/blobs", post(blobs::create).options(blobs::options))
        .route("/v1/blobs/u/{hash}", get(blobs::look).patch(blobs::patch).post(blobs::patch).options(blobs::options))
        .route("/v1/blobs/backed", post(sync::backed))
        .route("/v1/blobs/{hash}", get(blobs::fetch));
    let browsers = Router::new()
        .route("/api/login", post(account::login))
        .route("/api/logout", post(account::logout))
        .route("/api/setup", post(account::setup))
        .route("/api/state", get(account::state))
        .route("/api/call/{command}", post(call::call))
        .route("/api/photo", post(photo::import))
        .route("/api/paper/{name}", get(paper::show))
        .route("/api/ledger/file", post(ledger::upload))
        .route("/api/ledger/file/{id}", get(ledger::download))
        .route("/api/events", get(events::listen))
        .route("/api/{*rest}", get(answer::nothing_here).post(answer::nothing_here))
        .route("/photo/{hash}", get(photo::show));
    Router::new()
        .merge(devices)
        .merge(browsers)
        .route("/health", get(health))
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/tile/{level}/{*index}", get(log::tile))
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(headers::echo))
        .layer(from_fn_with_state(app.clone(), headers::guard))
        .with_state(app)
}

impl FromRef<App> for Arc<Journal> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.journal)
    }
}

/// What a server answers that was put back from a backup: laptops bring what they have, everything else waits.
pub fn recovering(journal: Arc<Journal>) -> Router {
    Router::new()
        .route("/v1/push", post(sync::push))
        .route("/v1/pull", post(sync::pull))
        .route("/v1/recover", post(sync::recover))
        .route("/health", get(recovery))
        .fallback(waiting)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(headers::echo))
        .with_state(journal)
}

async fn recovery(State(journal): State<Arc<Journal>>) -> Response {
    answer::blocking(move || {
        let recovery = journal.read(recover::recovery)?;
        Ok(serde_json::json!({ "status": "recovering", "version": env!("CARGO_PKG_VERSION"), "recovery": recovery }))
    })
    .await
}

async fn waiting() -> Response {
    let retry = recover::RETRY_MS.div_ceil(1000).to_string();
    let page = include_str!("recovering.html");
    let headers = [(header::RETRY_AFTER, retry.as_str()), (header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, page).into_response()
}

/// Whether the journal can be read.
async fn health(State(app): State<App>) -> Response {
    let journal = Arc::clone(&app.journal);
    answer::blocking(move || {
        let town = journal.read(town::read)?;
        let version = env!("CARGO_PKG_VERSION");
        Ok(serde_json::json!({ "status": "ok", "version": version, "town": town.name, "log": town.log, "epoch": town.epoch }))
    })
    .await
}

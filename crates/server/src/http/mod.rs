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
mod limit;
mod log;
pub mod metrics;
mod paper;
mod photo;
pub mod rule;
mod session;
mod sync;
mod trace;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use tokio::sync::watch;

use crate::blobs::Blobs;
use crate::desk::Desk;
use crate::journal::{Journal, recover, town};
use limit::Limits;
use metrics::Metrics;

/// What every adapter may reach.
#[derive(Clone)]
pub struct App {
    pub journal: Arc<Journal>,
    pub blobs: Arc<Blobs>,
    pub desk: Arc<Desk>,
    /// Whether browsers come over TLS.
    pub tls: bool,
    pub metrics: Arc<Metrics>,
    /// Turns true when the server is to stop: nobody is kept waiting then.
    pub stopping: watch::Receiver<bool>,
}

/// Everything that is served, by the names of [`rule::RULES`].
fn routes() -> Vec<(&'static str, MethodRouter<App>)> {
    vec![
        ("/v1/enrol", post(sync::enrol)),
        ("/v1/push", post(sync::push)),
        ("/v1/pull", post(sync::pull)),
        ("/v1/recover", post(sync::recover)),
        ("/v1/wait", get(sync::wait)),
        ("/v1/log", get(log::seen)),
        ("/v1/blobs", post(blobs::create).options(blobs::options)),
        ("/v1/blobs/u/{hash}", get(blobs::look).patch(blobs::patch).post(blobs::patch).options(blobs::options)),
        ("/v1/blobs/backed", post(sync::backed)),
        ("/v1/blobs/{hash}", get(blobs::fetch)),
        ("/api/login", post(account::login)),
        ("/api/logout", post(account::logout)),
        ("/api/setup", post(account::setup)),
        ("/api/state", get(account::state)),
        ("/api/call/{command}", post(call::call)),
        ("/api/photo", post(photo::import)),
        ("/api/paper/{name}", get(paper::show)),
        ("/api/ledger/file", post(ledger::upload)),
        ("/api/ledger/file/{id}", get(ledger::download)),
        ("/api/events", get(events::listen)),
        ("/api/{*rest}", get(answer::nothing_here).post(answer::nothing_here)),
        ("/photo/{hash}", get(photo::show)),
        ("/health", get(health)),
        ("/ready", get(metrics::ready)),
        ("/metrics", get(metrics::show)),
        ("/log/checkpoint", get(log::checkpoint)),
        ("/log/stamp/{name}", get(log::stamp)),
        ("/log/tile/{level}/{*index}", get(log::tile)),
    ]
}

/// All routes, each under its rule.
pub fn router(app: App) -> Router {
    let all = routes().into_iter().fold(Router::new(), |router, (path, serves)| router.route(path, serves));
    under_rules(all.fallback(assets::serve), Arc::clone(&app.metrics))
        .layer(from_fn_with_state(app.clone(), headers::guard))
        .with_state(app)
}

fn under_rules<S: Clone + Send + Sync + 'static>(routes: Router<S>, metrics: Arc<Metrics>) -> Router<S> {
    routes
        // Each route's own limit instead of the framework's one for all.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::<Limits>::default(), limit::hold))
        .layer(from_fn(headers::echo))
        .layer(from_fn_with_state(metrics, trace::trace))
}

impl FromRef<App> for Arc<Journal> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.journal)
    }
}

/// What a server answers that was put back from a backup: laptops bring what they have, everything else waits.
pub fn recovering(journal: Arc<Journal>) -> Router {
    let routes = Router::new()
        .route("/v1/push", post(sync::push))
        .route("/v1/pull", post(sync::pull))
        .route("/v1/recover", post(sync::recover))
        .route("/health", get(recovery))
        .fallback(waiting);
    under_rules(routes, Arc::default()).with_state(journal)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_its_rule_and_every_rule_its_route() {
        let mut served: Vec<&str> = routes().into_iter().map(|(path, _)| path).chain([rule::OTHER]).collect();
        let mut ruled: Vec<&str> = rule::RULES.iter().map(|rule| rule.path).collect();
        served.sort_unstable();
        ruled.sort_unstable();
        assert_eq!(served, ruled);
    }
}

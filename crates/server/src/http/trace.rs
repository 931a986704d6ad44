//! A number on every request, in the answer's header, in the log, and in what a person is told of a failure; and the
//! count of it. Nothing of what was asked is written down but the route: no name, no query, no body.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Level;
use xunju_evidence::hash::to_hex;

use super::device::text;
use super::metrics::Metrics;
use super::rule;

pub const HEADER: &str = "x-request-id";
/// Another's number is taken over where it looks like one.
const CHARS: std::ops::RangeInclusive<usize> = 8..=64;

tokio::task_local! {
    static NUMBER: String;
}

/// The number of the request this is for.
pub fn number() -> Option<String> {
    NUMBER.try_with(Clone::clone).ok()
}

pub async fn trace(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let number = text(request.headers(), HEADER).filter(|given| is_number(given)).unwrap_or_else(drawn);
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (place, rule) = rule::of(path.as_deref());
    let method = request.method().clone();
    let begun = Instant::now();
    let running = metrics.begins();
    let mut response = NUMBER.scope(number.clone(), next.run(request)).await;
    drop(running);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metrics.ends(place, status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::event!(Level::WARN, request = %number, %method, route = rule.path, status, ms, "answered");
    } else {
        tracing::event!(Level::INFO, request = %number, %method, route = rule.path, status, ms, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(HeaderName::from_static(HEADER), value);
    }
    response
}

fn is_number(text: &str) -> bool {
    CHARS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn drawn() -> String {
    let mut bytes = [0; 8];
    // Without randomness requests are still answered, all under one number.
    let _ = getrandom::fill(&mut bytes);
    to_hex(&bytes)
}

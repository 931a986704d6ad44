//! Holds every request to its rule: too much is 413, too often is 429 with when to come again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::Limited;
use xunju_sync::request::DEVICE_HEADER;

use super::rule::{self, By, Rule};
use super::{answer, device};
use crate::error::ServerError;

/// Askers remembered; beyond them those that have asked for nothing in a minute are forgotten.
const ASKERS_MAX: usize = 20_000;

/// How much each asker has left.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(usize, u64), Left>>);

#[derive(Debug, Clone, Copy)]
struct Left {
    requests: f64,
    at: Instant,
}

impl Limits {
    /// Takes one request of an asker's; else seconds until there is one.
    fn take(&self, place: usize, asker: u64, rule: &Rule, now: Instant) -> Result<(), u64> {
        let (most, a_second) = (f64::from(rule.per_minute) / 2.0, f64::from(rule.per_minute) / 60.0);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ASKERS_MAX {
            all.retain(|_, left| now.duration_since(left.at).as_secs() < 60);
        }
        let left = all.entry((place, asker)).or_insert(Left { requests: most, at: now });
        left.requests = (left.requests + now.duration_since(left.at).as_secs_f64() * a_second).min(most);
        left.at = now;
        if left.requests < 1.0 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            return Err(((1.0 - left.requests) / a_second).ceil().max(1.0) as u64);
        }
        left.requests -= 1.0;
        Ok(())
    }
}

/// The layer under which every route lies.
pub async fn hold(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (place, rule) = rule::of(path.as_deref());
    let asker = asker(rule.by, request.headers(), request.extensions().get::<ConnectInfo<SocketAddr>>());
    if let Err(retry_s) = limits.take(place, asker, rule, Instant::now()) {
        let mut response = answer::refusal(ServerError::TooManyTries { retry_s });
        response.headers_mut().insert(header::RETRY_AFTER, retry_s.into());
        return response;
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > rule.body_bytes_max) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let most = usize::try_from(rule.body_bytes_max).unwrap_or(usize::MAX);
    next.run(request.map(|body| Body::new(Limited::new(body, most)))).await
}

fn asker(by: By, headers: &HeaderMap, from: Option<&ConnectInfo<SocketAddr>>) -> u64 {
    let named = match by {
        By::Device => device::text(headers, DEVICE_HEADER),
        By::Session => device::text(headers, header::COOKIE.as_str()),
        By::Address => None,
    };
    let mut hasher = DefaultHasher::new();
    match named {
        Some(name) => name.hash(&mut hasher),
        None => from.map(|ConnectInfo(from)| from.ip()).hash(&mut hasher),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    static RULE: Rule = Rule { path: "/x", body_bytes_max: 0, per_minute: 60, by: By::Address };

    #[test]
    fn half_a_minute_may_come_at_once_and_then_one_a_second() {
        let (limits, start) = (Limits::default(), Instant::now());
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        assert!((0..30).all(|_| limits.take(0, 1, &RULE, start).is_ok()));
        assert_eq!(limits.take(0, 1, &RULE, start), Err(1));
        assert!(
            limits.take(0, 2, &RULE, start).is_ok() && limits.take(1, 1, &RULE, start).is_ok(),
            "others, elsewhere"
        );
        assert!(limits.take(0, 1, &RULE, at(2)).is_ok() && limits.take(0, 1, &RULE, at(2)).is_ok());
        assert!(limits.take(0, 1, &RULE, at(2)).is_err());
        assert_eq!(
            (0..100).filter(|_| limits.take(0, 1, &RULE, at(4_000)).is_ok()).count(),
            30,
            "never more than half"
        );
    }

    #[test]
    fn those_who_are_quiet_are_forgotten() {
        let (limits, start) = (Limits::default(), Instant::now());
        for asker in 0..ASKERS_MAX as u64 {
            limits.take(0, asker, &RULE, start).unwrap();
        }
        limits.take(0, u64::MAX, &RULE, start + Duration::from_secs(61)).unwrap();
        assert_eq!(limits.0.lock().unwrap().len(), 1);
    }
}

//! `GET /api/events`: tells an open page which reads are stale. Topics only, never whose record it was.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use super::App;
use super::answer::refusal;
use super::session;

/// How often the session is looked at again, and how often a silent connection says that it lives.
const ALIVE: Duration = Duration::from_secs(20);

pub async fn listen(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Err(e) = session::person(&app, &headers).await {
        return refusal(e);
    }
    let start = (app.desk.listen(), app.clone(), headers, 0_u64);
    let events = stream::unfold(start, |(mut changes, app, headers, seq)| async move {
        let mut stopping = app.stopping.clone();
        loop {
            if *stopping.borrow() {
                return None;
            }
            let topics: Vec<String> = tokio::select! {
                changed = changes.recv() => match changed {
                    Ok(changed) => changed.topics.into_iter().collect(),
                    // Fell behind: everything may have changed.
                    Err(RecvError::Lagged(_)) => Vec::new(),
                    Err(RecvError::Closed) => return None,
                },
                _ = stopping.changed() => return None,
                () = tokio::time::sleep(ALIVE) => match session::person(&app, &headers).await {
                    Ok(_) => continue,
                    Err(_) => return None,
                },
            };
            let seq = seq + 1;
            let data = serde_json::json!({ "topics": topics, "ids": [], "seq": seq }).to_string();
            let event = Event::default().event("changed").data(data);
            return Some((Ok::<_, Infallible>(event), (changes, app, headers, seq)));
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

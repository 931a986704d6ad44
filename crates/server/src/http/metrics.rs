//! What is counted, as Prometheus reads it (text format 0.0.4).

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rusqlite::Connection;

use super::device::text;
use super::rule::RULES;
use super::{App, answer};
use crate::error::{Result, ServerError};
use crate::journal::{Journal, level, tree};

/// Upper ends of what is counted together, milliseconds.
const MS: [u64; 8] = [5, 20, 50, 100, 500, 2_000, 10_000, 60_000];
const CLASSES: usize = 5;

/// Counts since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    running: Arc<AtomicU64>,
    routes: Mutex<Vec<Route>>,
    /// What a scraper must bring; nobody is told anything without one.
    pub token: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Route {
    /// 1xx to 5xx.
    classes: [u64; CLASSES],
    within: [u64; MS.len()],
    ms: u64,
}

/// A request under way.
pub struct Running(Arc<AtomicU64>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    #[must_use]
    pub fn new(token: Option<String>) -> Self {
        Self { token, ..Self::default() }
    }

    pub fn begins(&self) -> Running {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(Arc::clone(&self.running))
    }

    pub fn ends(&self, place: usize, status: u16, took: Duration) {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        routes.resize(RULES.len(), Route::default());
        let Some(route) = routes.get_mut(place) else { return };
        if let Some(class) = route.classes.get_mut(usize::from(status / 100).saturating_sub(1)) {
            *class += 1;
        }
        route.ms = route.ms.saturating_add(ms);
        route.within.iter_mut().zip(MS).filter(|(_, most)| ms <= *most).for_each(|(count, _)| *count += 1);
    }

    fn text(&self, town: &Counts) -> String {
        let mut out = String::new();
        town.write(&mut out);
        gauge(&mut out, "xunju_requests_running", "Requests under way.", self.running.load(Ordering::Relaxed));
        head(&mut out, "xunju_requests_total", "Requests answered.", "counter");
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let named = || RULES.iter().zip(&routes).filter(|(_, route)| route.classes.iter().sum::<u64>() > 0);
        for (rule, route) in named() {
            for (class, count) in (1..).zip(route.classes).filter(|(_, count)| *count > 0) {
                let _ = writeln!(out, "xunju_requests_total{{route=\"{}\",status=\"{class}xx\"}} {count}", rule.path);
            }
        }
        let name = "xunju_request_seconds";
        head(&mut out, name, "How long requests took.", "histogram");
        for (rule, route) in named() {
            let (path, all) = (rule.path, route.classes.iter().sum::<u64>());
            for (most, count) in MS.iter().zip(route.within) {
                let _ = writeln!(out, "{name}_bucket{{route=\"{path}\",le=\"{}\"}} {count}", seconds(*most));
            }
            let _ = writeln!(out, "{name}_bucket{{route=\"{path}\",le=\"+Inf\"}} {all}");
            let _ = writeln!(out, "{name}_sum{{route=\"{path}\"}} {}", seconds(route.ms));
            let _ = writeln!(out, "{name}_count{{route=\"{path}\"}} {all}");
        }
        out
    }
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn head(out: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn gauge(out: &mut String, name: &str, help: &str, value: u64) {
    head(out, name, help, "gauge");
    let _ = writeln!(out, "{name} {value}");
}

/// What the town holds, read when asked for.
#[derive(Debug, Default)]
struct Counts {
    events: u64,
    quarantined: u64,
    photos: u64,
    photos_missing: u64,
    photo_missing_age_s: u64,
    behind_s: u64,
    backup_age_s: Option<u64>,
    stamp_age_s: Option<u64>,
    memory_bytes: u64,
}

impl Counts {
    fn write(&self, out: &mut String) {
        gauge(out, "xunju_events", "Events in the log.", self.events);
        gauge(out, "xunju_events_quarantined", "Events that stand aside.", self.quarantined);
        gauge(out, "xunju_photos", "Files held whole.", self.photos);
        gauge(out, "xunju_photos_missing", "Files that events name and nobody has brought.", self.photos_missing);
        gauge(out, "xunju_photo_missing_age_seconds", "Age of the oldest of them.", self.photo_missing_age_s);
        gauge(
            out,
            "xunju_checkpoint_behind_seconds",
            "How long events wait for a checkpoint; alarm above 60.",
            self.behind_s,
        );
        if let Some(age) = self.backup_age_s {
            gauge(out, "xunju_backup_age_seconds", "Age of the last checked backup.", age);
        }
        if let Some(age) = self.stamp_age_s {
            gauge(out, "xunju_time_stamp_age_seconds", "Age of the last time stamp.", age);
        }
        gauge(out, "xunju_memory_bytes", "Resident memory of this process.", self.memory_bytes);
    }

    fn read(journal: &Journal) -> Result<Self> {
        let now = journal.clock().now_ms();
        let age = |at_ms: i64| u64::try_from((now - at_ms) / 1000).unwrap_or(0);
        journal.read(|conn| {
            let one = |sql: &str| -> Result<u64> {
                conn.query_row(sql, [], |row| row.get(0)).map_err(ServerError::sql("count"))
            };
            let missing = "FROM blob_ref r JOIN log l ON l.seq = r.seq
                           WHERE NOT EXISTS (SELECT 1 FROM blob b WHERE b.hash = r.hash)";
            let oldest: Option<i64> = conn
                .query_row(&format!("SELECT min(l.recv_ms) {missing}"), [], |row| row.get(0))
                .map_err(ServerError::sql("count"))?;
            Ok(Self {
                events: tree::size(conn)?,
                quarantined: one("SELECT count(*) FROM quarantine")?,
                photos: one("SELECT count(*) FROM blob")?,
                photos_missing: one(&format!("SELECT count(DISTINCT r.hash) {missing}"))?,
                photo_missing_age_s: oldest.map_or(0, age),
                behind_s: behind_ms(conn, now)?.map_or(0, |ms| ms / 1000),
                backup_age_s: level::backed(conn)?.map(|backed| age(backed.at_ms)),
                stamp_age_s: level::stamped(conn)?.map(|stamped| age(stamped.at_ms)),
                memory_bytes: memory(),
            })
        })
    }
}

/// How long the first event beyond the newest checkpoint has waited; none where all are under it (I16).
///
/// # Errors
/// `Sql`.
pub fn behind_ms(conn: &Connection, now_ms: i64) -> Result<Option<u64>> {
    let signed = tree::newest(conn)?.map_or(0, |(size, _)| size);
    let first: Option<i64> = conn
        .query_row(
            "SELECT min(recv_ms) FROM (SELECT recv_ms FROM log WHERE seq > ?1 ORDER BY seq LIMIT 1)",
            [signed],
            |row| row.get(0),
        )
        .map_err(ServerError::sql("read checkpoint's age"))?;
    Ok(first.map(|first| u64::try_from(now_ms - first).unwrap_or(0)))
}

/// Linux says it in pages of four kibibytes.
fn memory() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    pages.and_then(|text| text.split_whitespace().nth(1)?.parse::<u64>().ok()).map_or(0, |pages| pages * 4096)
}

/// For a scraper with the token; for everybody else there is nothing here.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let brought = text(&headers, header::AUTHORIZATION.as_str());
    let due = app.metrics.token.as_ref().map(|token| format!("Bearer {token}"));
    let same = due.zip(brought).is_some_and(|(due, brought)| {
        xunju_evidence::Hash::of(due.as_bytes()) == xunju_evidence::Hash::of(brought.as_bytes())
    });
    if !same {
        return answer::nothing_here().await;
    }
    let journal = Arc::clone(&app.journal);
    match answer::away(move || Counts::read(&journal)).await {
        Ok(counts) => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.text(&counts)).into_response()
        }
        Err(e) => answer::refusal(e),
    }
}

/// Whether the town can be served: the journal takes a write, the disk has room, and no receipt has waited for its
/// checkpoint beyond a minute.
pub async fn ready(State(app): State<App>) -> Response {
    let (journal, vault) = (Arc::clone(&app.journal), Arc::clone(app.blobs.vault()));
    let found = answer::away(move || {
        let writes = journal.write(|_| Ok(())).is_ok();
        let room = vault.free_bytes().is_none_or(|free| free > xunju_photos::vault::RESERVE_BYTES);
        let now = journal.clock().now_ms();
        let signed = journal.read(|conn| behind_ms(conn, now))?.is_none_or(|ms| ms < CHECKPOINT_MS);
        Ok((writes, room, signed))
    });
    let (writes, room, signed) = found.await.unwrap_or_default();
    let ready = writes && room && signed;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let said = serde_json::json!({ "ready": ready, "journal_writes": writes, "disk_room": room, "checkpoint_in_time": signed });
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, kind, said.to_string()).into_response()
}

/// A minute, and what a busy machine may be late by.
const CHECKPOINT_MS: u64 = 90_000;

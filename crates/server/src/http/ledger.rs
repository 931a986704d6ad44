//! Ledger files of the web desk: in as raw bytes to be read, out once to whoever exported them.

use std::io::Read as _;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use xunju_api::error::{ApiError, ErrorCode};

use super::App;
use super::answer::{api_refusal, away, json, refusal};
use super::device::text;
use super::photo::decoded;
use super::session;
use crate::error::ServerError;

/// More is refused while it comes in: no ledger is that large.
const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes in memory at a time on the way out.
const PIECE_BYTES: usize = 64 * 1024;

/// `POST /api/ledger/file`
pub async fn upload(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let person = match session::ours(&headers) {
        Ok(()) => session::person(&app, &headers).await,
        Err(e) => Err(e),
    };
    let person = match person {
        Ok(person) => person,
        Err(e) => return refusal(e),
    };
    let Some(name) = text(&headers, "x-file-name").and_then(|name| decoded(&name)) else {
        return refusal(ServerError::BadRequest { what: "x-file-name".to_owned() });
    };
    let Ok(bytes) = axum::body::to_bytes(body, FILE_BYTES_MAX).await else {
        return api_refusal(&ApiError::new(ErrorCode::Invalid).at("file").with("problem", "too_large"));
    };
    let desk = Arc::clone(&app.desk);
    match away(move || Ok(desk.api().ledger_upload(&person.caller(), &name, bytes.as_ref()))).await {
        Ok(Ok(taken)) => json(&taken),
        Ok(Err(e)) => api_refusal(&e),
        Err(e) => refusal(e),
    }
}

/// `GET /api/ledger/file/{id}`
pub async fn download(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let person = match session::person(&app, &headers).await {
        Ok(person) => person,
        Err(e) => return refusal(e),
    };
    let desk = Arc::clone(&app.desk);
    let (name, file) = match away(move || Ok(desk.api().ledger_download(&person.caller(), &id))).await {
        Ok(Ok(found)) => found,
        Ok(Err(e)) => return api_refusal(&e),
        Err(e) => return refusal(e),
    };
    let pieces = futures_util::stream::try_unfold(file, |mut file| async move {
        away(move || {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece).map_err(|e| ServerError::inner("read ledger file", e))?;
            piece.truncate(read);
            Ok((read > 0).then(|| (Bytes::from(piece), file)))
        })
        .await
        .map_err(|e| std::io::Error::other(e.to_string()))
    });
    let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{encoded}")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

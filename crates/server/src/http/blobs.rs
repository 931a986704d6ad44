//! tus 1.0 (core and creation) for uploads named by their hash, and ranged downloads.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunju_evidence::Hash;
use xunju_sync::limits::BLOB_BYTES_MAX;
use xunju_sync::message::{BLOB_RECEIPT_HEADER, blob_metadata_hash, blob_receipt_header};

use super::device::{head, text, whole};
use super::{App, answer};
use crate::blobs::{Progress, UploadError, receipt, register};
use crate::error::Result;

const VERSION: &str = "1.0.0";
const PART_TYPE: &str = "application/offset+octet-stream";
/// tus: checksum mismatch.
const MISMATCH: u16 = 460;

pub async fn options() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    put(response.headers_mut(), "tus-version", VERSION);
    put(response.headers_mut(), "tus-extension", "creation");
    put(response.headers_mut(), "tus-max-size", &BLOB_BYTES_MAX.to_string());
    tus(response)
}

/// `POST /v1/blobs`
pub async fn create(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers().clone();
    let device = match whole(&app.journal, request, 0).await {
        Ok((asked, _)) => asked.device,
        Err(unheard) => return tus(unheard.into_response()),
    };
    let Some(device) = device else { return tus(StatusCode::UNAUTHORIZED.into_response()) };
    if let Some(response) = other_version(&headers) {
        return response;
    }
    let hash = text(&headers, "upload-metadata").and_then(|metadata| blob_metadata_hash(&metadata));
    let length = text(&headers, "upload-length").and_then(|length| length.parse::<u64>().ok());
    let (Some(hash), Some(length)) = (hash, length) else { return tus(StatusCode::BAD_REQUEST.into_response()) };
    if length > BLOB_BYTES_MAX {
        return tus(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    let progress = app.blobs.create(&device, hash, length).await;
    let status = if matches!(progress, Ok(Progress::Whole(_))) { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = report(&app, progress, status).await;
    if response.status().is_success() {
        put(response.headers_mut(), "location", &format!("/v1/blobs/u/{hash}"));
    }
    response
}

/// `HEAD /v1/blobs/u/{hash}`
pub async fn look(State(app): State<App>, Path(hash): Path<String>, request: Request) -> Response {
    if request.method() != Method::HEAD {
        return tus(StatusCode::METHOD_NOT_ALLOWED.into_response());
    }
    let (device, parts, _) = match head(&app.journal, request).await {
        Ok(asked) => asked,
        Err(unheard) => return tus(unheard.into_response()),
    };
    if let Some(response) = other_version(&parts.headers) {
        return response;
    }
    let Ok(hash) = hash.parse::<Hash>() else { return tus(StatusCode::NOT_FOUND.into_response()) };
    let progress = app.blobs.look(&device, hash).await;
    let mut response = report(&app, progress, StatusCode::OK).await;
    put(response.headers_mut(), "cache-control", "no-store");
    response
}

/// `PATCH /v1/blobs/u/{hash}`, or POST with `X-HTTP-Method-Override: PATCH` for old gateways.
pub async fn patch(State(app): State<App>, Path(hash): Path<String>, request: Request) -> Response {
    let overridden = text(request.headers(), "x-http-method-override").is_some_and(|method| method == "PATCH");
    if request.method() == Method::POST && !overridden {
        return tus(StatusCode::METHOD_NOT_ALLOWED.into_response());
    }
    let (device, parts, body) = match head(&app.journal, request).await {
        Ok(asked) => asked,
        Err(unheard) => return tus(unheard.into_response()),
    };
    if let Some(response) = other_version(&parts.headers) {
        return response;
    }
    if text(&parts.headers, "content-type").as_deref() != Some(PART_TYPE) {
        return tus(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let offset = text(&parts.headers, "upload-offset").and_then(|offset| offset.parse::<u64>().ok());
    let (Ok(hash), Some(offset)) = (hash.parse::<Hash>(), offset) else {
        return tus(StatusCode::BAD_REQUEST.into_response());
    };
    let progress = app.blobs.patch(&device, hash, offset, body.into_data_stream()).await;
    report(&app, progress, StatusCode::NO_CONTENT).await
}

async fn report(app: &App, progress: std::result::Result<Progress, UploadError>, done: StatusCode) -> Response {
    let mut response = match &progress {
        Ok(_) => done.into_response(),
        Err(e) => refused(e),
    };
    let headers = response.headers_mut();
    match progress {
        Ok(Progress::Partial { offset, length }) => {
            put(headers, "upload-offset", &offset.to_string());
            put(headers, "upload-length", &length.to_string());
        }
        Ok(Progress::Whole(whole)) => {
            let journal = Arc::clone(&app.journal);
            match answer::away(move || receipt(&journal, &whole)).await {
                Ok(receipt) => put(headers, BLOB_RECEIPT_HEADER, &blob_receipt_header(&receipt)),
                Err(e) => return tus(answer::refusal(e)),
            }
            put(headers, "upload-offset", &whole.bytes.to_string());
            put(headers, "upload-length", &whole.bytes.to_string());
        }
        Err(UploadError::Offset { durable }) => put(headers, "upload-offset", &durable.to_string()),
        Err(UploadError::Failed(e)) => tracing::error!(error = %e, "upload failed"),
        Err(_) => {}
    }
    tus(response)
}

fn refused(error: &UploadError) -> Response {
    let status = match error {
        UploadError::NotVouched => StatusCode::FORBIDDEN,
        UploadError::OtherLength { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        UploadError::Unknown => StatusCode::NOT_FOUND,
        UploadError::Offset { .. } => StatusCode::CONFLICT,
        UploadError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        UploadError::Mismatch => StatusCode::from_u16(MISMATCH).unwrap_or(StatusCode::CONFLICT),
        UploadError::BrokenOff => StatusCode::REQUEST_TIMEOUT,
        UploadError::Failed(e) if e.code() == "disk_full" => StatusCode::INSUFFICIENT_STORAGE,
        UploadError::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    status.into_response()
}

fn other_version(headers: &HeaderMap) -> Option<Response> {
    let ours = text(headers, "tus-resumable").as_deref() == Some(VERSION);
    (!ours).then(|| {
        let mut response = StatusCode::PRECONDITION_FAILED.into_response();
        put(response.headers_mut(), "tus-version", VERSION);
        tus(response)
    })
}

fn tus(mut response: Response) -> Response {
    put(response.headers_mut(), "tus-resumable", VERSION);
    response
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// `GET /v1/blobs/{hash}`: only for who follows a scope whose events name it.
pub async fn fetch(State(app): State<App>, Path(hash): Path<String>, request: Request) -> Response {
    let (device, parts, _) = match head(&app.journal, request).await {
        Ok(asked) => asked,
        Err(unheard) => return unheard.into_response(),
    };
    let Ok(hash) = hash.parse::<Hash>() else { return StatusCode::NOT_FOUND.into_response() };
    let (journal, dev) = (Arc::clone(&app.journal), device);
    let found = answer::away(move || {
        journal.read(|conn| {
            let may = register::may_have(conn, &dev, &hash)?;
            if may { register::whole(conn, &hash) } else { Ok(None) }
        })
    });
    match found.await {
        Ok(Some(whole)) => part(&app, &hash, whole.bytes, &parts.headers).await,
        // Whether it is not here or not for them is the same answer.
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(e) => answer::refusal(e),
    }
}

async fn part(app: &App, hash: &Hash, bytes: u64, headers: &HeaderMap) -> Response {
    let tag = format!("\"{hash}\"");
    if text(headers, "if-none-match").is_some_and(|wanted| wanted == tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let Some((from, to, partial)) = range(text(headers, "range").as_deref(), bytes) else {
        return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{bytes}"))])
            .into_response();
    };
    let mut response = Response::new(stream(app, hash, from, to));
    let out = response.headers_mut();
    put(out, "etag", &tag);
    put(out, "accept-ranges", "bytes");
    put(out, "content-type", "application/octet-stream");
    put(out, "content-length", &(to - from).to_string());
    put(out, "cache-control", "private, no-cache");
    if partial {
        put(out, "content-range", &format!("bytes {from}-{}/{bytes}", to.saturating_sub(1)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
}

/// First byte, byte after the last, and whether that is a part; none when there is nothing there. A range
/// of another kind is as if it was not asked (RFC 9110 §14.2).
fn range(asked: Option<&str>, bytes: u64) -> Option<(u64, u64, bool)> {
    let whole = Some((0, bytes, false));
    let Some((first, last)) = asked.and_then(|text| text.strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
    else {
        return whole;
    };
    match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(first), _) if first >= bytes => None,
        (Some(first), Some(last)) if last >= first => Some((first, last.saturating_add(1).min(bytes), true)),
        (Some(first), None) if last.is_empty() => Some((first, bytes, true)),
        (None, Some(0)) if first.is_empty() => None,
        (None, Some(tail)) if first.is_empty() => Some((bytes.saturating_sub(tail), bytes, true)),
        _ => whole,
    }
}

/// Pieces of 256 KiB, read when the one before has left.
fn stream(app: &App, hash: &Hash, from: u64, to: u64) -> Body {
    const PIECE_BYTES: u64 = 256 * 1024;
    let (vault, name) = (Arc::clone(app.blobs.vault()), hash.hex());
    Body::from_stream(futures_util::stream::try_unfold(from, move |at| {
        let (vault, name) = (Arc::clone(&vault), name.clone());
        async move {
            if at >= to {
                return Ok(None);
            }
            let read = move || -> Result<Vec<u8>> { Ok(vault.read_range(&name, at, PIECE_BYTES.min(to - at))?) };
            let piece = answer::away(read).await.map_err(std::io::Error::other)?;
            if piece.is_empty() {
                return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
            }
            let next = at + piece.len() as u64;
            Ok(Some((piece, next)))
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_as_in_rfc_9110() {
        assert_eq!(range(None, 10), Some((0, 10, false)));
        assert_eq!(range(Some("bytes=0-3"), 10), Some((0, 4, true)));
        assert_eq!(range(Some("bytes=4-"), 10), Some((4, 10, true)));
        assert_eq!(range(Some("bytes=-3"), 10), Some((7, 10, true)));
        assert_eq!(range(Some("bytes=5-99"), 10), Some((5, 10, true)));
        assert_eq!(range(Some("bytes=10-"), 10), None);
        assert_eq!(range(Some("bytes=-0"), 10), None);
        assert_eq!(range(Some("bytes=3-1"), 10), Some((0, 10, false)));
        assert_eq!(range(Some("rows=1-2"), 10), Some((0, 10, false)));
    }
}

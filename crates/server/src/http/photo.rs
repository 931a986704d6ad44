//! Photos of the web desk: in as raw bytes, out by hash to those who may see them.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunju_api::PhotoSource;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::photo::Channel;
use xunju_photos::intake::FILE_BYTES_MAX;

use super::App;
use super::answer::{api_refusal, away, json, refusal};
use super::device::text;
use super::session;
use crate::error::{Result, ServerError};

const NAME_CHARS_MAX: usize = 200;

/// `POST /api/photo`
pub async fn import(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let asked = match session::ours(&headers) {
        Ok(()) => session::person(&app, &headers).await,
        Err(e) => Err(e),
    };
    let (person, source) = match asked.and_then(|person| Ok((person, source(&headers)?))) {
        Ok(asked) => asked,
        Err(e) => return refusal(e),
    };
    let bytes_max = usize::try_from(FILE_BYTES_MAX).unwrap_or(usize::MAX);
    let Ok(bytes) = axum::body::to_bytes(body, bytes_max).await else {
        return api_refusal(&ApiError::new(ErrorCode::PhotoTooLarge).with("bytes_max", bytes_max));
    };
    let desk = Arc::clone(&app.desk);
    match away(move || Ok(desk.api().import(&person.caller(), &bytes, &source))).await {
        Ok(Ok(photo)) => json(&photo),
        Ok(Err(e)) => api_refusal(&e),
        Err(e) => refusal(e),
    }
}

fn source(headers: &HeaderMap) -> Result<PhotoSource> {
    let bad = |what: &str| ServerError::BadRequest { what: what.to_owned() };
    let name = text(headers, "x-photo-name").and_then(|name| decoded(&name)).ok_or_else(|| bad("x-photo-name"))?;
    let mtime_ms = match text(headers, "x-photo-mtime") {
        Some(text) => Some(text.parse().map_err(|_| bad("x-photo-mtime"))?),
        None => None,
    };
    let channel = text(headers, "x-photo-channel").unwrap_or_else(|| "picker".to_owned());
    let channel: Channel = serde_json::from_value(channel.into()).map_err(|_| bad("x-photo-channel"))?;
    Ok(PhotoSource { name: name.chars().take(NAME_CHARS_MAX).collect(), mtime_ms, channel })
}

/// Percent-decoding (RFC 3986 §2.1); none for what is not UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(high << 4 | low);
    }
    String::from_utf8(bytes).ok()
}

/// `GET /photo/{hash}`: what has a hash for a name never changes.
pub async fn show(State(app): State<App>, Path(hash): Path<String>, headers: HeaderMap) -> Response {
    let person = match session::person(&app, &headers).await {
        Ok(person) => person,
        Err(e) => return refusal(e),
    };
    let desk = Arc::clone(&app.desk);
    let tag = format!("\"{hash}\"");
    match away(move || Ok(desk.api().photo(&person.caller(), &hash))).await {
        Ok(Ok(_)) if text(&headers, "if-none-match").is_some_and(|wanted| wanted == tag) => {
            StatusCode::NOT_MODIFIED.into_response()
        }
        Ok(Ok(bytes)) => {
            let kind = media_type(&bytes);
            let cache = "private, max-age=31536000, immutable".to_owned();
            let headers =
                [(header::CONTENT_TYPE, kind.to_owned()), (header::CACHE_CONTROL, cache), (header::ETAG, tag)];
            (headers, bytes).into_response()
        }
        Ok(Err(e)) => api_refusal(&e),
        Err(e) => refusal(e),
    }
}

/// By magic, and only what a browser draws: anything else is bytes to save.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'B', b'M', ..] => "image/bmp",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn names_arrive_as_they_were() {
        assert_eq!(decoded("IMG_%E7%8E%B0%E5%9C%BA%20%F0%A0%AE%B7.jpg").as_deref(), Some("IMG_现场 𠮷.jpg"));
        assert_eq!(decoded("100%"), None);
        assert_eq!(decoded("%ff"), None);
    }
}

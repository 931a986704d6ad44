//! The interface: files of the one build, embedded. Addresses of screens all get its front page.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

const FRONT: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-Hans\"><meta charset=\"utf-8\"><title>巡居</title>\
    <p>巡居镇级服务端正在运行,但界面尚未构建:请先运行 script/setup,再重新启动。</p>\
    <p lang=\"en\">The town server is running, but its interface was not built: run script/setup, then start it again.</p></html>";

pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("v1/") || path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    match Built::get(path).filter(|_| !path.is_empty() && !path.starts_with('.')) {
        Some(file) => whole(path, file, &headers),
        // A missing file is missing; only screens fall back to the front page.
        None if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => StatusCode::NOT_FOUND.into_response(),
        None => match Built::get(FRONT) {
            Some(front) => whole(FRONT, front, &headers),
            None => {
                ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], NOT_BUILT)
                    .into_response()
            }
        },
    }
}

/// Files with a hash in their name never change; the others are asked for again every time.
fn whole(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", xunju_evidence::hash::to_hex(&file.metadata.sha256_hash()));
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let seen = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(tag.as_str());
    let about =
        [(header::CONTENT_TYPE, media_type(&file)), (header::CACHE_CONTROL, cache.to_owned()), (header::ETAG, tag)];
    if seen {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, file.data).into_response()
}

fn media_type(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    let text = kind.starts_with("text/") || kind == "application/javascript";
    if text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}

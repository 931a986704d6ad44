//! `photo://localhost/<hash>`: a picture of the vault, by content. The same address is the same bytes for
//! ever, so the page may keep it.

use tauri::UriSchemeResponder;
use tauri::http::{Request, Response, StatusCode, header};

use crate::desk::Desk;
use crate::ipc::percent_decoded;

pub fn serve(desk: Desk, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let hash = percent_decoded(request.uri().path().trim_start_matches('/'));
    tauri::async_runtime::spawn_blocking(move || responder.respond(answer(&desk, &hash)));
}

fn answer(desk: &Desk, hash: &str) -> Response<Vec<u8>> {
    let found = desk.photo(hash);
    let (status, bytes) = found.map_or((StatusCode::NOT_FOUND, Vec::new()), |bytes| (StatusCode::OK, bytes));
    let kept = if status == StatusCode::OK { "private, max-age=31536000, immutable" } else { "no-store" };
    let built = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type(&bytes))
        .header(header::CACHE_CONTROL, kept)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes);
    built.unwrap_or_else(|_| Response::new(Vec::new()))
}

/// Only pictures are ever served, and only as pictures.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'B', b'M', ..] => "image/bmp",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "image/tiff",
        _ => "application/octet-stream",
    }
}

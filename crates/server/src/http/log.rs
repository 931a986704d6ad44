//! The log's own face: checkpoints and tiles, for laptops and for anybody who keeps watch (C2SP tlog-tiles). They are
//! hashes and sizes, and say nothing of what was recorded.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use xunju_sync::LogReply;
use xunju_sync::request::ECHO_HEADER;

use super::device::{head, text};
use super::{App, answer};
use crate::journal::{level, recover, tree};

/// Longer paths name no tile.
const INDEX_PARTS_MAX: usize = 5;

/// The newest checkpoint. Signed anew where the log has grown.
pub async fn checkpoint(State(app): State<App>) -> Response {
    let journal = Arc::clone(&app.journal);
    match answer::away(move || journal.write(tree::sign)).await {
        Ok(Some(note)) => plain("text/plain; charset=utf-8", note.into_bytes()),
        Ok(None) => answer::nothing_here().await,
        Err(e) => answer::refusal(e),
    }
}

/// `tile/LEVEL/x001/x234/067` and its part `067.p/12`: hashes, one after another.
pub async fn tile(State(app): State<App>, Path((level, index)): Path<(u32, String)>) -> Response {
    let Some((index, width)) = tile_index(&index) else { return answer::nothing_here().await };
    let journal = Arc::clone(&app.journal);
    match answer::away(move || journal.read(|conn| tree::tile(conn, level, index))).await {
        Ok(mut hashes) if hashes.len() >= width * 32 => {
            hashes.truncate(width * 32);
            plain("application/octet-stream", hashes)
        }
        Ok(_) => answer::nothing_here().await,
        Err(e) => answer::refusal(e),
    }
}

/// `SIZE.txt`, the note of a stamped checkpoint, and `SIZE.tsr`, the time stamp over it:
/// `openssl ts -verify -data SIZE.txt -in SIZE.tsr -CAfile …`.
pub async fn stamp(State(app): State<App>, Path(name): Path<String>) -> Response {
    let named = name.split_once('.').and_then(|(size, kind)| Some((size.parse().ok()?, kind.to_owned())));
    let Some((size, kind)) = named else { return answer::nothing_here().await };
    let journal = Arc::clone(&app.journal);
    let found = match answer::away(move || journal.read(|conn| level::stamp(conn, size))).await {
        Ok(found) => found,
        Err(e) => return answer::refusal(e),
    };
    match (found, kind.as_str()) {
        (Some((note, _)), "txt") => plain("text/plain; charset=utf-8", note.into_bytes()),
        (Some((_, token)), "tsr") => plain("application/timestamp-reply", token),
        _ => answer::nothing_here().await,
    }
}

/// What a laptop that saw the log at a size must see now, under the server's seal.
pub async fn seen(State(app): State<App>, Query(query): Query<BTreeMap<String, String>>, request: Request) -> Response {
    let echo = text(request.headers(), ECHO_HEADER).unwrap_or_default();
    if let Err(unheard) = head(&app.journal, request).await {
        return unheard.into_response();
    }
    let Some(seen) = query.get("seen").and_then(|text| text.parse().ok()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    super::sync::sealed(&app.journal, echo, move |journal, _| {
        let note = journal.write(tree::sign)?;
        let path = journal.read(|conn| match tree::newest(conn)? {
            Some((size, _)) if seen <= size => tree::consistency(conn, seen, size),
            _ => Ok(Vec::new()),
        })?;
        let (backed, stamped, fork) =
            journal.read(|conn| Ok((level::backed(conn)?, level::stamped(conn)?, recover::fork_note(conn)?)))?;
        Ok(LogReply { note, path, backed, stamped, fork })
    })
    .await
}

fn plain(kind: &'static str, body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// Which tile, and how many of its hashes.
fn tile_index(path: &str) -> Option<(u64, usize)> {
    let (path, width) = match path.split_once(".p/") {
        Some((path, width)) => (path, width.parse().ok().filter(|w| (1..tree::TILE).contains(w))?),
        None => (path, tree::TILE),
    };
    let parts: Vec<&str> = path.split('/').collect();
    let (last, before) = parts.split_last()?;
    let three =
        |part: &str| (part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u64>().ok())?;
    if before.len() > INDEX_PARTS_MAX {
        return None;
    }
    let index = before.iter().try_fold(0, |sum: u64, part| Some(sum * 1_000 + three(part.strip_prefix('x')?)?))?;
    Some((index * 1_000 + three(last)?, usize::try_from(width).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_named_in_groups_of_three_digits() {
        assert_eq!(tile_index("000"), Some((0, 256)));
        assert_eq!(tile_index("x001/x234/067"), Some((1_234_067, 256)));
        assert_eq!(tile_index("x001/234.p/12"), Some((1_234, 12)));
        for wrong in [
            "",
            "0",
            "0000",
            "x001",
            "001/002",
            "000.p/0",
            "000.p/256",
            "../../etc",
            "x1/000",
            "x999/x999/x999/x999/x999/x999/000",
        ] {
            assert_eq!(tile_index(wrong), None, "{wrong}");
        }
    }
}

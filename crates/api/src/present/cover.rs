//! 遮挡 in pictures that are shown or printed: to those who may not know whom a case is about, a covered face stays
//! covered on every screen; on paper and in copies it is covered for everybody.

use xunju_domain::case::{CaseState, Mark, MarkKind};
use xunju_photos::codec::{self, Area, Burn, PREVIEW_PX};
use xunju_photos::intake::standing;

use crate::Caller;
use crate::error::ApiError;
use crate::refuse::Refused;

/// A mark's area in hundred-thousandths of a picture of that size.
pub(crate) fn area(mark: &Mark, (width, height): (u32, u32)) -> Area {
    let part = |n: u32, side: u32| u32::try_from(u64::from(n) * 100_000 / u64::from(side.max(1))).unwrap_or(u32::MAX);
    Area {
        left: part(mark.x1.min(mark.x2), width),
        top: part(mark.y1.min(mark.y2), height),
        right: part(mark.x1.max(mark.x2), width),
        bottom: part(mark.y1.max(mark.y2), height),
    }
}

/// What is to be hidden in a photo of the case, or in a rendition of one; with whether `hash` is the original.
fn covers(state: &CaseState, hash: &str) -> (Vec<Area>, bool) {
    let is = |p: &&xunju_domain::case::Photo| {
        let blob = &p.blob;
        blob.h == hash || [&blob.thumb, &blob.preview].into_iter().flatten().any(|part| part.h == hash)
    };
    let Some(photo) = state.photos.iter().find(is) else { return (Vec::new(), false) };
    let side = |key: &str| photo.blob.facts.get(key).and_then(|n| n.parse().ok()).unwrap_or(0);
    let size = (side("width"), side("height"));
    let hidden = state.marks.iter().filter(|m| m.photo == photo.blob.h && m.mark.kind == MarkKind::Mosaic);
    (hidden.map(|m| area(&m.mark, size)).collect(), photo.blob.h == hash)
}

/// `bytes` with everything covered that somebody covered; the same bytes where nothing is.
///
/// # Errors
/// A picture that cannot be drawn: it is not shown uncovered.
pub(crate) fn covered(state: &CaseState, hash: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ApiError> {
    let (hidden, original) = covers(state, hash);
    if hidden.is_empty() {
        return Ok(bytes);
    }
    // Renditions stand upright already.
    let orientation = if original { standing(&bytes).refused()?.turn } else { 1 };
    codec::copy(&bytes, Burn { orientation, long_px: PREVIEW_PX, hidden, overlay: Vec::new() }).refused()
}

/// A picture of a case for a screen of this person's.
///
/// # Errors
/// As [`covered`].
pub(crate) fn covered_for(caller: &Caller, state: &CaseState, hash: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ApiError> {
    if caller.knows(state) { Ok(bytes) } else { covered(state, hash, bytes) }
}

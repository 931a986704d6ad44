//! A case's photos, with how far each has come.

use std::collections::BTreeMap;

use xunju_domain::case::decide::Author;
use xunju_domain::case::mark::may_unmark;
use xunju_domain::case::{CaseState, Photo, PhotoMark};
use xunju_domain::deadline::stamp_of_ms;
use xunju_domain::geo::{Geo, metres};
use xunju_evidence::Hash;
use xunju_store::BlobState;

use crate::error::ApiError;
use crate::import::flags;
use crate::present::Names;
use crate::refuse::Refused;
use crate::view::photo::{MarkView, PhotoFlag, PhotoState, PhotoView};
use crate::{Api, Caller};

impl Api {
    /// Photos of a case in the order they came. `reader`: whose marks may be taken away is said for them.
    pub(crate) fn photos(
        &self,
        state: &CaseState,
        reader: Option<&Caller>,
        names: &Names,
    ) -> Result<Vec<PhotoView>, ApiError> {
        let author = reader.map(Caller::author);
        let received: BTreeMap<String, i64> = self
            .store
            .event_meta(&format!("case:{}", state.id))
            .refused()?
            .into_iter()
            .filter_map(|meta| Some((meta.id.hex(), meta.recv_ms?)))
            .collect();
        let view = |(photo, visit): (&Photo, u32)| {
            let marks = state.marks.iter().filter(|m| m.photo == photo.blob.h);
            let marks = marks.map(|m| mark_view(m, author.as_ref(), names)).collect();
            let mut view = self.photo_view(photo, names)?;
            view.flags.extend(misplaced(state, photo));
            view.received_ms = received.get(&photo.event).copied();
            Ok(PhotoView { visit, marks, ..view })
        };
        state.photos.iter().zip(visits(&state.photos)).map(view).collect()
    }

    fn photo_view(&self, photo: &Photo, names: &Names) -> Result<PhotoView, ApiError> {
        let blob = &photo.blob;
        let original = self.delivery(&blob.h)?;
        let thumb_sent = match &blob.thumb {
            Some(thumb) => self.delivery(&thumb.h)?.is_some_and(|s| s.verified),
            None => false,
        };
        let fact = |key: &str| blob.facts.get(key).cloned();
        let number = |key: &str| fact(key).and_then(|n| n.parse().ok()).unwrap_or(0);
        let original_here = self.vault.has(&blob.h);
        let sent = original.as_ref().map_or(0, |s| s.sent_offset * 100 / s.bytes.max(1));
        Ok(PhotoView {
            state: self.photo_state(
                original.as_ref(),
                thumb_sent,
                original_here,
                blob.thumb.as_ref().map(|t| t.h.as_str()),
            ),
            hash: blob.h.clone(),
            thumb: blob.thumb.as_ref().map(|t| t.h.clone()),
            preview: blob.preview.as_ref().map(|p| p.h.clone()),
            slot: photo.slot.clone(),
            name: fact("name").unwrap_or_default(),
            bytes: blob.n,
            width: number("width"),
            height: number("height"),
            media_type: blob.m.clone(),
            taken_at: fact("taken_at"),
            taken_basis: fact("taken_basis").unwrap_or_else(|| "none".into()),
            camera: fact("camera"),
            flags: flags(fact("flags").unwrap_or_default().split(',').map(str::to_owned)),
            event: photo.event.clone(),
            author: names.of(&photo.author),
            added_ms: photo.wall_ms,
            received_ms: None,
            sent_percent: u8::try_from(sent.min(100)).unwrap_or(100),
            thumb_here: blob.thumb.as_ref().is_some_and(|t| self.can_draw(blob, &t.h)),
            preview_here: blob.preview.as_ref().is_some_and(|p| self.can_draw(blob, &p.h)),
            original_here,
            visit: 1,
            marks: Vec::new(),
        })
    }

    fn delivery(&self, hash: &str) -> Result<Option<BlobState>, ApiError> {
        let Ok(hash) = hash.parse::<Hash>() else { return Ok(None) };
        self.store.blob_state(&hash).refused()
    }

    fn photo_state(
        &self,
        original: Option<&BlobState>,
        thumb_sent: bool,
        here: bool,
        thumb: Option<&str>,
    ) -> PhotoState {
        if self.is_desk() {
            return match (here, thumb.is_some_and(|t| self.vault.has(t))) {
                (true, _) if original.is_some_and(|blob| blob.backed) => PhotoState::BackedUp,
                (true, _) => PhotoState::Verified,
                (false, true) => PhotoState::ThumbSent,
                (false, false) => PhotoState::OnlyHere,
            };
        }
        match original {
            Some(blob) if blob.missing || (blob.mine && !here && !blob.verified) => PhotoState::Missing,
            Some(blob) if !blob.mine || blob.verified => match (here, blob.backed) {
                (false, _) => PhotoState::Remote,
                (true, true) => PhotoState::BackedUp,
                (true, false) => PhotoState::Verified,
            },
            Some(blob) if blob.sent_offset > 0 => PhotoState::Sending,
            _ if thumb_sent => PhotoState::ThumbSent,
            _ => PhotoState::OnlyHere,
        }
    }
}

/// Metres by which a photo may stand beside its case: the camera's own error, and the size of a compound.
const NEAR_M: f64 = 100.0;
/// GCJ-02 and BD-09 lie at most so far from WGS-84 (photos.md D).
const DATUM_M: f64 = 700.0;

/// The camera says it was taken elsewhere. A file does not say its datum: between the two it is a question.
fn misplaced(state: &CaseState, photo: &Photo) -> Option<PhotoFlag> {
    let fact = |key: &str| photo.blob.facts.get(key).cloned().unwrap_or_default();
    let taken = Geo { lon: fact("lon"), lat: fact("lat"), ..Geo::default() };
    let case = state.geo.as_ref().filter(|geo| geo.is_exact())?;
    match metres(case, &taken)? {
        apart if apart > DATUM_M => Some(PhotoFlag::PositionFar),
        apart if apart > NEAR_M => Some(PhotoFlag::PositionOff),
        _ => None,
    }
}

/// Which time somebody was there, counted in days of Shanghai on which photos were added; 1 is the finding.
pub(crate) fn visits(photos: &[Photo]) -> Vec<u32> {
    let mut days: Vec<String> = Vec::new();
    let visit = |photo: &Photo| {
        let day: String = stamp_of_ms(photo.wall_ms).chars().take(10).collect();
        let at = days.iter().position(|d| *d == day).unwrap_or_else(|| {
            days.push(day);
            days.len() - 1
        });
        u32::try_from(at + 1).unwrap_or(u32::MAX)
    };
    photos.iter().map(visit).collect()
}

fn mark_view(of: &PhotoMark, reader: Option<&Author>, names: &Names) -> MarkView {
    let mark = &of.mark;
    MarkView {
        id: of.event.clone(),
        kind: mark.kind,
        x1: mark.x1,
        y1: mark.y1,
        x2: mark.x2,
        y2: mark.y2,
        text: mark.text.clone(),
        hides: mark.hides,
        by: of.author.clone(),
        by_name: names.of(&of.author),
        at: format!("{}+08:00", stamp_of_ms(of.wall_ms)),
        removable: reader.is_some_and(|reader| may_unmark(&of.author, &reader.person())),
    }
}

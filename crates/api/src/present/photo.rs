//! A case's photos, with how far each has come.

use xunju_domain::case::decide::Author;
use xunju_domain::case::mark::may_unmark;
use xunju_domain::case::{CaseState, Photo, PhotoMark};
use xunju_domain::deadline::stamp_of_ms;
use xunju_evidence::Hash;
use xunju_store::BlobState;

use crate::error::ApiError;
use crate::import::flags;
use crate::present::Names;
use crate::refuse::Refused;
use crate::view::photo::{MarkView, PhotoState, PhotoView};
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
        let view = |(photo, visit): (&Photo, u32)| {
            let marks = state.marks.iter().filter(|m| m.photo == photo.blob.h);
            let marks = marks.map(|m| mark_view(m, author.as_ref(), names)).collect();
            Ok(PhotoView { visit, marks, ..self.photo_view(photo, names)? })
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
                (true, _) => PhotoState::Verified,
                (false, true) => PhotoState::ThumbSent,
                (false, false) => PhotoState::OnlyHere,
            };
        }
        match original {
            Some(blob) if blob.missing || (blob.mine && !here && !blob.verified) => PhotoState::Missing,
            Some(blob) if !blob.mine => {
                if here {
                    PhotoState::Verified
                } else {
                    PhotoState::Remote
                }
            }
            Some(blob) if blob.verified => {
                if here {
                    PhotoState::Verified
                } else {
                    PhotoState::Remote
                }
            }
            Some(blob) if blob.sent_offset > 0 => PhotoState::Sending,
            _ if thumb_sent => PhotoState::ThumbSent,
            _ => PhotoState::OnlyHere,
        }
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

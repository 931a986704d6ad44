//! A case's photos, with how far each has come.

use xunju_domain::case::{CaseState, Photo};
use xunju_evidence::Hash;
use xunju_store::BlobState;

use crate::Api;
use crate::error::ApiError;
use crate::import::flags;
use crate::present::Names;
use crate::refuse::Refused;
use crate::view::photo::{PhotoState, PhotoView};

impl Api {
    pub(crate) fn photos(&self, state: &CaseState, names: &Names) -> Result<Vec<PhotoView>, ApiError> {
        state.photos.iter().map(|photo| self.photo_view(photo, names)).collect()
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
        let here = |hash: &str| self.vault.has(hash);
        let original_here = here(&blob.h);
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
            thumb_here: blob.thumb.as_ref().is_some_and(|t| here(&t.h)),
            preview_here: blob.preview.as_ref().is_some_and(|p| here(&p.h)),
            original_here,
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

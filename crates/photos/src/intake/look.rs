//! A first look at a file, and what it and the drawing add up to.

use super::exif::{self, Written};
use super::jpeg::{self, JpegScan};
use super::media::Media;
use super::{Flag, PhotoFacts, Source, time};
use crate::codec::{self, HeifHead, JPEG_SCANS_MAX, Renditions};
use crate::error::PhotoError;

/// Clocks of camera and laptop may differ by this much without remark.
pub(crate) const CLOCK_SLACK_MS: i64 = 2 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A first look, without decoding.
pub(crate) struct Look {
    pub media: Media,
    pub jpeg: Option<JpegScan>,
    pub heif: Option<HeifHead>,
    pub written: Option<Written>,
}

impl Look {
    pub fn at(bytes: &[u8], media: Media) -> Self {
        let jpeg = (media == Media::Jpeg).then(|| jpeg::scan(bytes));
        let heif = (media == Media::Heif).then(|| codec::heif_head(bytes).ok()).flatten();
        // Some phones write blocks the general reader finds too long.
        let block = heif.as_ref().and_then(|head| exif::read_block(head.exif.clone()?));
        let written = block.or_else(|| exif::read(bytes, media, jpeg.as_ref()));
        Self { media, jpeg, heif, written }
    }

    pub fn orientation(&self) -> u8 {
        self.written.as_ref().map_or(1, |written| written.orientation)
    }

    /// What is still to be turned: a HEIF's boxes turn it themselves.
    pub fn turn(&self) -> u8 {
        if self.heif.is_some() { 1 } else { self.orientation() }
    }

    pub fn draw(&self, bytes: &[u8]) -> Result<Renditions, PhotoError> {
        let refuse = |cause: &str| Err(PhotoError::Decode { cause: cause.to_owned() });
        match &self.jpeg {
            Some(scan) if scan.scans > JPEG_SCANS_MAX => refuse("too many scans"),
            Some(scan) if !codec::fits_jpeg(scan.width, scan.height) => refuse("dimensions"),
            _ => codec::render(bytes, self.turn()),
        }
    }

    pub fn facts(&self, source: &Source, drawn: &Result<Renditions, PhotoError>) -> PhotoFacts {
        let taken = time::taken(self.written.as_ref(), source.mtime_ms);
        let by_camera = taken.at.filter(|_| taken.basis != "file_mtime").map(|at| at.timestamp_millis());
        let long_before = by_camera.is_some_and(|at| at < source.imported_ms.saturating_sub(DAY_MS));
        let late = taken.basis != "file_mtime"
            && taken.at.is_some_and(|at| at.timestamp_millis() > source.imported_ms.saturating_add(CLOCK_SLACK_MS));
        let software = self.written.as_ref().and_then(|w| w.software.as_deref()).unwrap_or_default();
        let remarks = [
            (self.damaged(drawn), Flag::Damaged),
            (self.jpeg.as_ref().is_some_and(|scan| scan.trailing_bytes > 0), Flag::TrailingBytes),
            (self.written.is_none(), Flag::NoExif),
            (drawn.is_err(), Flag::NoPreview),
            (late, Flag::TakenAfterImport),
            (long_before, Flag::TakenLongBefore),
            (self.written.as_ref().is_some_and(|w| time::is_unset(w, source.imported_ms)), Flag::ClockNotSet),
            (self.written.as_ref().is_some_and(time::clocks_differ), Flag::ClocksDiffer),
            (is_editor(software), Flag::EditedTag),
        ];
        let (width, height) = self.size(drawn);
        PhotoFacts {
            media_type: self.media.name().to_owned(),
            width,
            height,
            orientation: self.orientation(),
            taken_raw: self.written.as_ref().and_then(|w| w.original.clone()),
            taken_at: taken.at.map(|at| at.to_rfc3339()),
            taken_basis: taken.basis.to_owned(),
            camera: self.written.as_ref().and_then(camera),
            gps: self.written.as_ref().map(|w| w.gps.clone()).unwrap_or_default(),
            flags: remarks.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag.code().to_owned()).collect(),
        }
    }

    /// A HEIF that cannot be drawn may only be of a kind that nothing here draws.
    pub fn damaged(&self, drawn: &Result<Renditions, PhotoError>) -> bool {
        let cut = self.jpeg.as_ref().is_some_and(|scan| scan.end.is_none());
        let spoilt = drawn.as_ref().is_ok_and(|drawn| drawn.partial);
        cut || spoilt || (drawn.is_err() && (self.media != Media::Heif || self.heif.is_none()))
    }

    /// Size as looked at. A header too large to be drawn is still what the file claims.
    pub fn size(&self, drawn: &Result<Renditions, PhotoError>) -> (u32, u32) {
        let stored = match (drawn, &self.jpeg, &self.heif) {
            (Ok(renditions), _, _) => (renditions.source_width, renditions.source_height),
            (Err(_), Some(scan), _) => (scan.width, scan.height),
            (Err(_), None, Some(head)) => (head.width, head.height),
            (Err(_), None, None) => self.written.as_ref().and_then(|w| w.size).unwrap_or_default(),
        };
        if self.turn() >= 5 { (stored.1, stored.0) } else { stored }
    }
}

/// `Apple iPhone 6`, `Canon EOS 5D` (the make is not said twice).
fn camera(written: &Written) -> Option<String> {
    match (&written.make, &written.model) {
        (Some(make), Some(model)) if model.to_lowercase().starts_with(&make.to_lowercase()) => Some(model.clone()),
        (Some(make), Some(model)) => Some(format!("{make} {model}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    }
}

/// Programs that change pictures. Firmware names in the same tag are no remark.
pub(crate) fn is_editor(software: &str) -> bool {
    const EDITORS: [&str; 16] = [
        "photoshop",
        "lightroom",
        "gimp",
        "snapseed",
        "picsart",
        "meitu",
        "美图",
        "醒图",
        "pixelmator",
        "affinity",
        "acdsee",
        "paint.net",
        "picasa",
        "photoscape",
        "vsco",
        "canva",
    ];
    let software = software.to_lowercase();
    EDITORS.iter().any(|editor| software.contains(editor))
}

#[cfg(test)]
mod tests {
    use super::is_editor;

    #[test]
    fn firmware_is_no_editor() {
        assert!(is_editor("Adobe Photoshop 25.1 (Windows)") && is_editor("美图秀秀"));
        assert!(!is_editor("iOS 18.1") && !is_editor("Ver.1.00") && !is_editor(""));
    }
}

//! Taking a picture in: the original first and untouched, then what it says of itself, then the two
//! renditions. Nothing here is a verdict; flags are shown beside the photo.

mod exif;
mod jpeg;
mod media;
mod time;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codec::{self, Renditions};
use crate::error::PhotoError;
use crate::vault::{Stored, Vault};
use exif::Written;
use jpeg::JpegScan;
use media::Media;

/// Longest file that is taken in.
pub const FILE_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// More scans than any camera writes: a progressive bomb.
const JPEG_SCANS_MAX: u32 = 100;
/// Clocks of camera and laptop may differ by this much without remark.
const CLOCK_SLACK_MS: i64 = 2 * 60 * 1000;

/// Where a picture came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// File name as it was; shown, never trusted.
    pub name: String,
    /// Time of the file, milliseconds since 1970; none from a clipboard.
    pub mtime_ms: Option<i64>,
    /// `picker` | `drop` | `paste` | `folder` | `command_line`
    pub channel: String,
    /// The device's clock at import, milliseconds since 1970.
    pub imported_ms: i64,
}

/// A remark about a picture; [`Flag::code`] is `PhotoFlag` of the API in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    Damaged,
    TrailingBytes,
    NoExif,
    NoPreview,
    TakenAfterImport,
    EditedTag,
}

impl Flag {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::TrailingBytes => "trailing_bytes",
            Self::NoExif => "no_exif",
            Self::NoPreview => "no_preview",
            Self::TakenAfterImport => "taken_after_import",
            Self::EditedTag => "edited_tag",
        }
    }
}

/// What a picture says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFacts {
    /// By magic.
    pub media_type: String,
    /// As it is looked at: orientation applied. Zero where unknown.
    pub width: u32,
    pub height: u32,
    /// EXIF orientation 1-8; 1 where absent.
    pub orientation: u8,
    /// What the camera wrote, verbatim.
    pub taken_raw: Option<String>,
    /// RFC 3339, with the confidence of `taken_basis`.
    pub taken_at: Option<String>,
    /// `gps_utc` | `exif_offset` | `exif_zone_assumed` | `file_mtime` | `none`
    pub taken_basis: String,
    /// Make and model.
    pub camera: Option<String>,
    /// `latitude` = `31/1 14/1 1234/100`, `latitude_ref` = `N`, …: raw, never converted here.
    pub gps: BTreeMap<String, String>,
    /// Codes of [`Flag`].
    pub flags: Vec<String>,
}

/// A picture in the vault, with its renditions and facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub original: Stored,
    /// 320 px on the long side.
    pub thumb: Option<Stored>,
    /// 1600 px on the long side.
    pub preview: Option<Stored>,
    pub facts: PhotoFacts,
}

/// Takes `bytes` into `vault`. The original is durable before any decoder sees it; a picture that
/// cannot be drawn is kept and flagged.
///
/// # Errors
/// [`PhotoError::TooLarge`] and [`PhotoError::Unsupported`] with nothing stored;
/// [`PhotoError::DiskFull`], [`PhotoError::Disk`].
pub fn intake(vault: &Vault, bytes: &[u8], source: &Source) -> Result<Intake, PhotoError> {
    let len = bytes.len() as u64;
    if len > FILE_BYTES_MAX {
        return Err(PhotoError::TooLarge { bytes: len, bytes_max: FILE_BYTES_MAX });
    }
    let media = Media::of(bytes);
    if let Media::Other(name) = media {
        return Err(PhotoError::Unsupported { media_type: name.to_owned() });
    }
    let original = vault.put(bytes)?;
    let look = Look::at(bytes, media);
    let drawn = look.draw(bytes);
    let facts = look.facts(source, &drawn);
    let (thumb, preview) = match drawn {
        Ok(renditions) => (Some(vault.put(&renditions.thumb)?), Some(vault.put(&renditions.preview)?)),
        Err(_) => (None, None),
    };
    Ok(Intake { original, thumb, preview, facts })
}

/// A first look, without decoding.
struct Look {
    media: Media,
    jpeg: Option<JpegScan>,
    written: Option<Written>,
}

impl Look {
    fn at(bytes: &[u8], media: Media) -> Self {
        let jpeg = (media == Media::Jpeg).then(|| jpeg::scan(bytes));
        let written = exif::read(bytes, media, jpeg.as_ref());
        Self { media, jpeg, written }
    }

    fn orientation(&self) -> u8 {
        self.written.as_ref().map_or(1, |written| written.orientation)
    }

    fn draw(&self, bytes: &[u8]) -> Result<Renditions, PhotoError> {
        let refuse = |cause: &str| Err(PhotoError::Decode { cause: cause.to_owned() });
        match &self.jpeg {
            _ if self.media == Media::Heif => refuse("no decoder for HEIF"),
            Some(scan) if scan.scans > JPEG_SCANS_MAX => refuse("too many scans"),
            Some(scan) if !codec::fits(scan.width, scan.height) => refuse("dimensions"),
            _ => codec::render(bytes, self.orientation()),
        }
    }

    fn facts(&self, source: &Source, drawn: &Result<Renditions, PhotoError>) -> PhotoFacts {
        let taken = time::taken(self.written.as_ref(), source.mtime_ms);
        let late = taken.basis != "file_mtime"
            && taken.at.is_some_and(|at| at.timestamp_millis() > source.imported_ms.saturating_add(CLOCK_SLACK_MS));
        let software = self.written.as_ref().and_then(|w| w.software.as_deref()).unwrap_or_default();
        let remarks = [
            (self.damaged(drawn), Flag::Damaged),
            (self.jpeg.as_ref().is_some_and(|scan| scan.trailing_bytes > 0), Flag::TrailingBytes),
            (self.written.is_none(), Flag::NoExif),
            (drawn.is_err(), Flag::NoPreview),
            (late, Flag::TakenAfterImport),
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

    fn damaged(&self, drawn: &Result<Renditions, PhotoError>) -> bool {
        let cut = self.jpeg.as_ref().is_some_and(|scan| scan.end.is_none());
        cut || (self.media != Media::Heif && drawn.is_err())
    }

    /// Size as looked at. A header too large to be drawn is still what the file claims.
    fn size(&self, drawn: &Result<Renditions, PhotoError>) -> (u32, u32) {
        let stored = match (drawn, &self.jpeg) {
            (Ok(renditions), _) => (renditions.source_width, renditions.source_height),
            (Err(_), Some(scan)) => (scan.width, scan.height),
            (Err(_), None) => self.written.as_ref().and_then(|w| w.size).unwrap_or_default(),
        };
        if self.orientation() >= 5 { (stored.1, stored.0) } else { stored }
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
fn is_editor(software: &str) -> bool {
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

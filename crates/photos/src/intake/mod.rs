//! Taking a picture in: the original first and untouched, then what it says of itself, then the two
//! renditions. Nothing here is a verdict; flags are shown beside the photo.

mod exif;
mod jpeg;
mod look;
mod media;
mod time;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codec::Renditions;
use crate::error::PhotoError;
use crate::vault::{Stored, Vault};
pub(crate) use jpeg::scan as jpeg_scan;
pub(crate) use look::{CLOCK_SLACK_MS, Look, is_editor};
pub(crate) use media::Media;
pub(crate) use time::{as_written, clocks_differ, is_unset, taken};

/// Longest file that is taken in.
pub const FILE_BYTES_MAX: u64 = 128 * 1024 * 1024;

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
    /// By the camera's clock more than a day before it was taken in.
    TakenLongBefore,
    /// The camera's clock is not that of a camera of these days.
    ClockNotSet,
    /// The camera's clock and the satellites' are more than two minutes apart.
    ClocksDiffer,
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
            Self::TakenLongBefore => "taken_long_before",
            Self::ClockNotSet => "clock_not_set",
            Self::ClocksDiffer => "clocks_differ",
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
/// [`PhotoError::TooLarge`], [`PhotoError::Unsupported`] and [`PhotoError::NoRoom`] with nothing stored;
/// [`PhotoError::DiskFull`], [`PhotoError::Disk`].
pub fn intake(vault: &Vault, bytes: &[u8], source: &Source) -> Result<Intake, PhotoError> {
    let media = acceptable(bytes)?;
    vault.room_for(bytes)?;
    let original = vault.put(bytes)?;
    let (facts, drawn) = examine(bytes, media, source);
    let (thumb, preview) = match drawn {
        Ok(renditions) => (Some(vault.put(&renditions.thumb)?), Some(vault.put(&renditions.preview)?)),
        Err(_) => (None, None),
    };
    Ok(Intake { original, thumb, preview, facts })
}

/// Makes the renditions of a picture in the vault again: bytes for bytes those of its recipe, as long as
/// the recipe is this program's.
///
/// # Errors
/// As [`Vault::read`]; [`PhotoError::Decode`] where it cannot be drawn.
pub fn redraw(vault: &Vault, hash: &str) -> Result<(Stored, Stored), PhotoError> {
    let bytes = vault.read(hash)?;
    let drawn = Look::at(&bytes, acceptable(&bytes)?).draw(&bytes)?;
    Ok((vault.put(&drawn.thumb)?, vault.put(&drawn.preview)?))
}

/// What an intake makes of a file, without keeping anything. For measurements.
///
/// # Errors
/// As [`intake`]; [`PhotoError::Decode`] where it cannot be drawn.
pub fn examined(bytes: &[u8], source: &Source) -> Result<(PhotoFacts, Renditions), PhotoError> {
    let (facts, drawn) = examine(bytes, acceptable(bytes)?, source);
    Ok((facts, drawn?))
}

/// A picture as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Upright, in pixels of the original.
    pub width: u32,
    pub height: u32,
    /// EXIF, 1-8: how its pixels are turned to stand so.
    pub turn: u8,
}

/// Size and turn of a picture that can be drawn.
///
/// # Errors
/// As [`examined`].
pub fn standing(bytes: &[u8]) -> Result<Standing, PhotoError> {
    let look = Look::at(bytes, acceptable(bytes)?);
    let (width, height) = look.size(&Ok(look.draw(bytes)?));
    Ok(Standing { width, height, turn: look.turn() })
}

fn acceptable(bytes: &[u8]) -> Result<Media, PhotoError> {
    let len = bytes.len() as u64;
    if len > FILE_BYTES_MAX {
        return Err(PhotoError::TooLarge { bytes: len, bytes_max: FILE_BYTES_MAX });
    }
    match Media::of(bytes) {
        Media::Other(name) => Err(PhotoError::Unsupported { media_type: name.to_owned() }),
        media => Ok(media),
    }
}

fn examine(bytes: &[u8], media: Media, source: &Source) -> (PhotoFacts, Result<Renditions, PhotoError>) {
    let look = Look::at(bytes, media);
    let drawn = look.draw(bytes);
    (look.facts(source, &drawn), drawn)
}

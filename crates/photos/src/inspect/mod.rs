//! What a file is and says of itself, without taking it in: for a person who wonders, and for scripts.
//!
//! It sees a file exactly as an import would: the same look, the same decoder in its own process.

mod odd;
mod place;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;

use crate::codec;
use crate::digest::sha256_hex;
use crate::intake::{self, CLOCK_SLACK_MS, FILE_BYTES_MAX, Look, Media};

/// A picture as it lies there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    pub sha256: String,
    pub bytes: u64,
    /// By its first bytes, never by its name: `jpeg`, `png`, `webp`, `heic`, `tiff`, `gif`, `bmp`.
    pub format: &'static str,
    /// As looked at: turned upright.
    pub width: u32,
    pub height: u32,
    /// EXIF, 1-8; 1 where none is written.
    pub orientation: u8,
    /// The camera's clock. Without an offset where the camera wrote none.
    pub taken_at: Option<String>,
    pub make: Option<String>,
    pub model: Option<String>,
    pub gps: Option<Gps>,
    /// Codes; none is a verdict.
    pub warnings: Vec<&'static str>,
}

/// Degrees as the file gives them, WGS-84 where it says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gps {
    pub lat: f64,
    pub lon: f64,
}

/// Why a file cannot be read as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// `not_found` | `not_a_file` | `unreadable` | `empty` | `too_large` | `not_a_picture` |
    /// `too_many_pixels` | `damaged`
    pub code: &'static str,
    pub detail: String,
}

impl Unreadable {
    fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// Looks at a file; `now_ms` is the clock against which the camera's is held.
///
/// # Errors
/// [`Unreadable`] for what is no picture, or one of which not even the size can be known or believed.
pub fn file(path: &Path, now_ms: i64) -> Result<Inspection, Unreadable> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    bytes(&read(path)?, &name, now_ms)
}

/// The whole of a plain file. A pipe or a device may never end, so none is opened.
fn read(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let failed = |e: std::io::Error| {
        let code = if e.kind() == std::io::ErrorKind::NotFound { "not_found" } else { "unreadable" };
        Unreadable::new(code, format!("{}: {e}", path.display()))
    };
    let meta = fs::metadata(path).map_err(failed)?;
    if !meta.is_file() {
        return Err(Unreadable::new("not_a_file", format!("{} is a folder, a pipe or a device", path.display())));
    }
    let mut bytes = Vec::new();
    // One byte more than is taken, for a file that grows while it is read.
    File::open(path).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// Looks at a file's bytes.
///
/// # Errors
/// As [`file`].
pub fn bytes(bytes: &[u8], name: &str, now_ms: i64) -> Result<Inspection, Unreadable> {
    let len = bytes.len() as u64;
    if len == 0 {
        return Err(Unreadable::new("empty", "the file has no bytes"));
    }
    if len > FILE_BYTES_MAX {
        return Err(Unreadable::new("too_large", format!("more than {FILE_BYTES_MAX} bytes")));
    }
    let media = Media::of(bytes);
    if let Media::Other(found) = media {
        return Err(Unreadable::new("not_a_picture", format!("its first bytes are those of {found}")));
    }
    let look = Look::at(bytes, media);
    let drawn = look.draw(bytes);
    let (width, height) = look.size(&drawn);
    let (width, height) = if drawn.is_err() && width == 0 { media.claimed_size(bytes) } else { (width, height) };
    let cause = drawn.as_ref().err().map(ToString::to_string).unwrap_or_default();
    if width == 0 || height == 0 {
        return Err(Unreadable::new("damaged", format!("not even its size can be read; {cause}")));
    }
    let fits = if media == Media::Jpeg { codec::fits_jpeg(width, height) } else { codec::fits(width, height) };
    if !fits {
        return Err(Unreadable::new("too_many_pixels", format!("it claims {width} x {height} pixels")));
    }
    let written = look.written.as_ref();
    let gps = written.and_then(|w| place::degrees(&w.gps));
    Ok(Inspection {
        sha256: sha256_hex(bytes),
        bytes: len,
        format: media.short_name(),
        width,
        height,
        orientation: look.orientation(),
        taken_at: written.and_then(intake::as_written),
        make: written.and_then(|w| w.make.clone()),
        model: written.and_then(|w| w.model.clone()),
        gps,
        warnings: warnings(&look, &drawn, bytes, name, now_ms, gps),
    })
}

fn warnings(
    look: &Look,
    drawn: &Result<codec::Renditions, crate::PhotoError>,
    bytes: &[u8],
    name: &str,
    now_ms: i64,
    gps: Option<Gps>,
) -> Vec<&'static str> {
    let written = look.written.as_ref();
    let tail = look.jpeg.as_ref().filter(|scan| scan.trailing_bytes > 0).and_then(|scan| bytes.get(scan.end?..));
    let taken = intake::taken(written, None);
    let unset = written.is_some_and(|w| intake::is_unset(w, now_ms));
    let late = taken.at.is_some_and(|at| at.timestamp_millis() > now_ms.saturating_add(CLOCK_SLACK_MS));
    let positions = written.is_some_and(|w| ["latitude", "longitude"].iter().any(|key| w.gps.contains_key(*key)));
    let remarks = [
        (look.damaged(drawn), "damaged"),
        (drawn.is_err(), "no_preview"),
        (odd::wrong_extension(name, look.media), "wrong_extension"),
        (tail.is_some(), "trailing_bytes"),
        (tail.is_some_and(odd::is_motion), "motion_photo"),
        (tail.is_some_and(odd::is_other_file), "polyglot"),
        (odd::is_animated(bytes, look.media), "animated"),
        (look.jpeg.as_ref().is_some_and(|scan| scan.components == 4), "cmyk"),
        (odd::is_deep(bytes, look.media), "sixteen_bit"),
        (written.is_none(), "no_exif"),
        (written.is_some_and(|w| w.broken), "exif_damaged"),
        (written.is_some_and(|w| w.orientation_wrong), "orientation_invalid"),
        (written.is_some_and(|w| w.original.is_some() && intake::as_written(w).is_none()), "time_invalid"),
        (unset, "clock_not_set"),
        (late, "taken_in_future"),
        (written.is_some_and(intake::clocks_differ), "clocks_differ"),
        (positions && gps.is_none(), "gps_invalid"),
        (gps.is_some_and(|gps| gps.lat == 0.0 && gps.lon == 0.0), "gps_zero"),
        (written.and_then(|w| w.software.as_deref()).is_some_and(intake::is_editor), "edited_tag"),
    ];
    remarks.into_iter().filter(|(set, _)| *set).map(|(_, code)| code).collect()
}

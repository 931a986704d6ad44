//! Pixels: decoding, scaling, turning, encoding, behind one door. Everything that names an image
//! library is in this module, so that a faster decoder can take its place.
//!
//! Decoders are given only pictures whose header claims a sane size, within hard limits on memory and
//! time, in a process of their own ([`crate::worker`]) or, where there is none, on a thread.

mod decode;
mod guard;
mod jpeg;
mod scale;
mod turn;

pub(crate) use jpeg::encode as encode_jpeg;
pub(crate) use scale::shrink;

use crate::error::PhotoError;

/// Long side of the preview.
pub const PREVIEW_PX: u32 = 1600;
/// Long side of the thumbnail.
pub const THUMB_PX: u32 = 320;
/// JPEG quality of both.
pub const QUALITY: u8 = 80;
/// Most pixels that are decoded: three bytes each stay under the memory limit.
const PIXELS_MAX: u64 = 80_000_000;
/// Longest side that is decoded.
const SIDE_MAX: u32 = 20_000;

/// Pixels of three bytes, rows without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rgb {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u8>,
}

/// The two renditions of a picture, as JPEG files without EXIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renditions {
    pub thumb: Vec<u8>,
    pub preview: Vec<u8>,
    /// As stored, before orientation.
    pub source_width: u32,
    pub source_height: u32,
}

/// Whether a picture of this size is decoded at all.
#[must_use]
pub fn fits(width: u32, height: u32) -> bool {
    let sane = |side: u32| (1..=SIDE_MAX).contains(&side);
    sane(width) && sane(height) && u64::from(width) * u64::from(height) <= PIXELS_MAX
}

/// Draws both renditions of `bytes`, turned as `orientation` (EXIF, 1-8) says. Small pictures are not
/// enlarged. The colour profile goes along: phones write Display P3.
///
/// # Errors
/// [`PhotoError::Decode`] with the cause; never a panic.
pub fn render(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    if crate::worker::is_ready() {
        return crate::worker::render(bytes, orientation);
    }
    let bytes = bytes.to_vec();
    guard::run(move || draw(&bytes, orientation))
}

/// Draws here and now, without a net.
pub(crate) fn draw(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    let decoded = decode::decode(bytes)?;
    let (source_width, source_height) = (decoded.pixels.width, decoded.pixels.height);
    // Turned after shrinking: fewer pixels to move.
    let preview = turn::turn(scale::shrink(decoded.pixels, PREVIEW_PX)?, orientation);
    let thumb = scale::shrink(preview.clone(), THUMB_PX)?;
    let profile = decoded.profile.as_deref();
    Ok(Renditions {
        thumb: jpeg::encode(&thumb, QUALITY, profile)?,
        preview: jpeg::encode(&preview, QUALITY, profile)?,
        source_width,
        source_height,
    })
}

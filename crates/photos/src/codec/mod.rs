//! Pixels: decoding, scaling, turning, encoding, behind one door. Everything that names an image
//! library is in this module, so that a faster decoder can take its place.
//!
//! Decoders are given only pictures whose header claims a sane size, within hard limits on memory and
//! time, in a process of their own ([`crate::worker`]) or, where there is none, on a thread.

mod burn;
mod decode;
mod guard;
mod heif;
mod jpeg;
mod planes;
mod profile;
mod scale;
mod turn;

pub use burn::{Area, Burn, COPY_PX};
pub use heif::Head as HeifHead;
pub(crate) use jpeg::{SCANS_MAX as JPEG_SCANS_MAX, encode as encode_jpeg};
pub(crate) use scale::shrink;
pub use scale::within;

use crate::error::PhotoError;
use crate::intake::Media;
use crate::recycled::{LUMA_PX, Luma};

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
/// JPEG shrinks while it is decoded; there are phones that write 200 million pixels.
const JPEG_PIXELS_MAX: u64 = 250_000_000;
/// Longest side libjpeg takes.
const JPEG_SIDE_MAX: u32 = 65_500;

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
    /// Drawn from what is left of a file that is cut or spoilt.
    pub partial: bool,
}

/// Whether a picture of this size is decoded at all.
#[must_use]
pub fn fits(width: u32, height: u32) -> bool {
    fits_within(width, height, SIDE_MAX, PIXELS_MAX)
}

/// Whether a JPEG of this size is decoded at all.
#[must_use]
pub fn fits_jpeg(width: u32, height: u32) -> bool {
    fits_within(width, height, JPEG_SIDE_MAX, JPEG_PIXELS_MAX)
}

fn fits_within(width: u32, height: u32, side_max: u32, pixels_max: u64) -> bool {
    let sane = |side: u32| (1..=side_max).contains(&side);
    sane(width) && sane(height) && u64::from(width) * u64::from(height) <= pixels_max
}

/// Draws both renditions of `bytes`, turned as `orientation` (EXIF, 1-8) says. Small pictures are not
/// enlarged. The colour profile goes along: phones write Display P3.
///
/// # Errors
/// [`PhotoError::Decode`] with the cause; never a panic.
pub fn render(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    match at_arms_length(bytes, Task::Draw { orientation })? {
        Done::Drawn(renditions) => Ok(renditions),
        _ => Err(PhotoError::Decode { cause: "another answer".into() }),
    }
}

/// A copy of `bytes` as a JPEG, with everything burned in.
///
/// # Errors
/// As [`render`]; an overlay of another size.
pub fn copy(bytes: &[u8], how: Burn) -> Result<Vec<u8>, PhotoError> {
    match at_arms_length(bytes, Task::Burn(how))? {
        Done::Copy(jpeg) => Ok(jpeg),
        _ => Err(PhotoError::Decode { cause: "another answer".into() }),
    }
}

/// What a HEIF file says of itself.
pub(crate) fn heif_head(bytes: &[u8]) -> Result<HeifHead, PhotoError> {
    match at_arms_length(bytes, Task::HeifHead)? {
        Done::Head(head) => Ok(head),
        _ => Err(PhotoError::Decode { cause: "another answer".into() }),
    }
}

/// Brightness of a preview, at the size pictures are compared at.
pub(crate) fn luma(preview: &[u8]) -> Result<Luma, PhotoError> {
    match at_arms_length(preview, Task::Luma)? {
        Done::Luma(luma) => Ok(luma),
        _ => Err(PhotoError::Decode { cause: "another answer".into() }),
    }
}

/// What can be asked about a file nobody has vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    Draw {
        orientation: u8,
    },
    HeifHead,
    /// Brightness at the size pictures are compared at.
    Luma,
    /// A copy to be given away.
    Burn(Burn),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    Drawn(Renditions),
    Head(HeifHead),
    Luma(Luma),
    /// A JPEG file.
    Copy(Vec<u8>),
}

fn at_arms_length(bytes: &[u8], task: Task) -> Result<Done, PhotoError> {
    if crate::worker::is_ready() {
        return crate::worker::ask(bytes, task);
    }
    let bytes = bytes.to_vec();
    guard::run(move || perform(&bytes, task))
}

/// Does it here and now, without a net.
pub(crate) fn perform(bytes: &[u8], task: Task) -> Result<Done, PhotoError> {
    match task {
        Task::Draw { orientation } => draw(bytes, orientation).map(Done::Drawn),
        Task::Burn(how) => burn::burn(bytes, &how).map(Done::Copy),
        Task::HeifHead => heif::head(bytes).map(Done::Head),
        Task::Luma => {
            let small = scale::shrink(decode::decode(bytes, LUMA_PX)?.pixels, LUMA_PX)?;
            Ok(Done::Luma(Luma::of_rgb(small.width, small.height, &small.pixels)))
        }
    }
}

/// How a rendition was made, written into it: whoever holds both can make it again and compare.
fn recipe(orientation: u8, long_px: u32, filter: &str) -> String {
    format!("xunju rendition 3: upright from {orientation}, long side {long_px}, {filter}, JPEG {QUALITY} 4:2:0")
}

/// What every recipe begins with, also those of earlier programs.
const RECIPE: &[u8] = b"xunju rendition ";
/// Where in the file it stands at the latest: behind the colour profile.
const RECIPE_WITHIN: usize = 64 * 1024;

/// Whether this is one of our own renditions, by the recipe in it.
#[must_use]
pub fn is_rendition(bytes: &[u8]) -> bool {
    let head = bytes.get(..RECIPE_WITHIN).unwrap_or(bytes);
    Media::of(bytes) == Media::Jpeg && head.windows(RECIPE.len()).any(|window| window == RECIPE)
}

fn draw_planes(decoded: planes::Decoded, orientation: u8) -> Result<Renditions, PhotoError> {
    let preview = decoded.planes.turned(orientation);
    let thumb = preview.shrunk(THUMB_PX)?;
    let profile = decoded.profile.as_deref();
    Ok(Renditions {
        thumb: thumb.encode(QUALITY, profile, &recipe(orientation, THUMB_PX, "planes, CatmullRom"))?,
        preview: preview.encode(
            QUALITY,
            profile,
            &recipe(orientation, PREVIEW_PX, "planes, Lanczos3, colour CatmullRom"),
        )?,
        source_width: decoded.source_width,
        source_height: decoded.source_height,
        partial: false,
    })
}

fn draw(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    if Media::of(bytes) == Media::Jpeg
        && let Ok(Some(decoded)) = planes::decode(bytes, PREVIEW_PX)
    {
        return draw_planes(decoded, orientation);
    }
    let decoded = decode::decode(bytes, PREVIEW_PX)?;
    let (source_width, source_height) = (decoded.source_width, decoded.source_height);
    // Turned after shrinking: fewer pixels to move.
    let preview = turn::turn(scale::shrink(decoded.pixels, PREVIEW_PX)?, orientation);
    let profile = decoded.profile.as_deref();
    let written = jpeg::encode(&preview, QUALITY, profile, &recipe(orientation, PREVIEW_PX, "Lanczos3"))?;
    let thumb = scale::shrink(preview, THUMB_PX)?;
    Ok(Renditions {
        thumb: jpeg::encode(&thumb, QUALITY, profile, &recipe(orientation, THUMB_PX, "Lanczos3"))?,
        preview: written,
        source_width,
        source_height,
        partial: decoded.partial,
    })
}

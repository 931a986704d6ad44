//! From a file's bytes to pixels, within limits.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};

use super::{Rgb, SIDE_MAX, fits, heif, jpeg, profile};
use crate::error::PhotoError;
use crate::intake::Media;

const ALLOC_BYTES_MAX: u64 = 256 * 1024 * 1024;

pub(super) struct Decoded {
    pub pixels: Rgb,
    /// ICC profile, where it is one for RGB.
    pub profile: Option<Vec<u8>>,
    /// Of the whole picture, where fewer pixels were decoded.
    pub source_width: u32,
    pub source_height: u32,
    /// The pixels do not all come from the file: part of it is missing or spoilt.
    pub partial: bool,
}

/// Decodes any format that is built in, to a long side of at least `long_px` where there is as much. The
/// size in the header is checked before pixels are allocated.
pub(super) fn decode(bytes: &[u8], long_px: u32) -> Result<Decoded, PhotoError> {
    match Media::of(bytes) {
        Media::Heif => heif::decode(bytes),
        // What is cut or in the colours of printers is left to the decoder that takes what there is.
        Media::Jpeg => jpeg::decode(bytes, long_px).or_else(|_| {
            let partial = jpeg::is_for_screens(bytes);
            decode_whole(bytes).map(|decoded| Decoded { partial, ..decoded })
        }),
        _ => decode_whole(bytes),
    }
}

fn decode_whole(bytes: &[u8]) -> Result<Decoded, PhotoError> {
    let failed = |e: image::ImageError| PhotoError::Decode { cause: e.to_string() };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|e| PhotoError::Decode { cause: e.to_string() })?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(ALLOC_BYTES_MAX);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    if !fits(width, height) {
        return Err(PhotoError::Decode { cause: format!("{width}x{height} pixels are too many") });
    }
    limits.reserve(decoder.total_bytes()).map_err(failed)?;
    let profile = decoder.icc_profile().ok().flatten().filter(|icc| profile::is_rgb(icc));
    let image = DynamicImage::from_decoder(decoder).map_err(failed)?;
    Ok(Decoded { pixels: opaque(image), profile, source_width: width, source_height: height, partial: false })
}

/// Transparent parts are laid over white, as paper would show them.
fn opaque(image: DynamicImage) -> Rgb {
    let rgb: RgbImage = if image.color().has_alpha() { over_white(&image.into_rgba8()) } else { image.into_rgb8() };
    Rgb { width: rgb.width(), height: rgb.height(), pixels: rgb.into_raw() }
}

fn over_white(image: &image::RgbaImage) -> RgbImage {
    let mut out = RgbImage::new(image.width(), image.height());
    for (to, from) in out.pixels_mut().zip(image.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let blend = |c: u8| {
            let sum = u32::from(c) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(255)
        };
        to.0 = [blend(red), blend(green), blend(blue)];
    }
    out
}

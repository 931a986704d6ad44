//! JPEG by libjpeg-turbo, which shrinks while it decodes: an eighth of the pixels where an eighth is
//! enough. Written baseline, 4:2:0, with the colour profile, the recipe, and nothing else of where it
//! came from.

use turbojpeg::{Colorspace, Compressor, DecompressHeader, Decompressor, Image, PixelFormat, ScalingFactor, Subsamp};

use super::decode::Decoded;
use super::{Rgb, profile};
use crate::error::PhotoError;

/// More scans than any camera writes: a progressive bomb.
pub(crate) const SCANS_MAX: u32 = 100;

/// What the header says, and the size that will be decoded.
pub(super) struct Opened {
    pub header: DecompressHeader,
    pub scaled: DecompressHeader,
    pub source_width: u32,
    pub source_height: u32,
}

/// Reads the header and sets the scale. Nothing is allocated for a picture that is too large.
pub(super) fn open(decompressor: &mut Decompressor, bytes: &[u8], long_px: u32) -> Result<Opened, PhotoError> {
    decompressor.set_scan_limit(SCANS_MAX).map_err(failed)?;
    let header = decompressor.read_header(bytes).map_err(failed)?;
    let (source_width, source_height) = (side(header.width)?, side(header.height)?);
    if !super::fits_jpeg(source_width, source_height) {
        return Err(PhotoError::Decode { cause: format!("{source_width}x{source_height} pixels are too many") });
    }
    let scaling =
        if header.is_lossless { ScalingFactor::ONE } else { scaling(source_width.max(source_height), long_px) };
    decompressor.set_scaling_factor(scaling).map_err(failed)?;
    let scaled = header.scaled(scaling);
    Ok(Opened { header, scaled, source_width, source_height })
}

fn side(px: usize) -> Result<u32, PhotoError> {
    u32::try_from(px).map_err(|_| failed("dimensions"))
}

/// `bytes`, with a long side of at least `long_px` where it has as much, and at most twice that.
///
/// # Errors
/// [`PhotoError::Decode`] for everything that is not right from the first byte to the last, and for
/// colours that are not for a screen: another decoder may be kinder.
pub(super) fn decode(bytes: &[u8], long_px: u32) -> Result<Decoded, PhotoError> {
    let mut decompressor = Decompressor::new().map_err(failed)?;
    let Opened { scaled, source_width, source_height, .. } = open(&mut decompressor, bytes, long_px)?;
    let (width, height) = (side(scaled.width)?, side(scaled.height)?);
    let pitch = scaled.width * 3;
    let mut pixels = vec![0; pitch * scaled.height];
    let image = Image {
        pixels: pixels.as_mut_slice(),
        width: scaled.width,
        pitch,
        height: scaled.height,
        format: PixelFormat::RGB,
    };
    decompressor.decompress(bytes, image).map_err(failed)?;
    let pixels = Rgb { width, height, pixels };
    Ok(Decoded { pixels, profile: profile::of_jpeg(bytes), source_width, source_height, partial: false })
}

/// Whether libjpeg-turbo can draw such a file when it is whole: of colours for a screen, not for printing.
pub(super) fn is_for_screens(bytes: &[u8]) -> bool {
    let header = Decompressor::new().and_then(|mut decompressor| decompressor.read_header(bytes));
    header.is_ok_and(|header| !matches!(header.colorspace, Colorspace::CMYK | Colorspace::YCCK))
}

/// The smallest of 1, 1/2, 1/4, 1/8 that leaves `long_px`.
fn scaling(long: u32, long_px: u32) -> ScalingFactor {
    let enough = |denom: u32| long.div_ceil(denom) >= long_px;
    if enough(8) {
        ScalingFactor::ONE_EIGHTH
    } else if enough(4) {
        ScalingFactor::ONE_QUARTER
    } else if enough(2) {
        ScalingFactor::ONE_HALF
    } else {
        ScalingFactor::ONE
    }
}

/// `picture` as a JPEG file of `quality` 1-100, with a profile and a remark where given.
pub(crate) fn encode(picture: &Rgb, quality: u8, icc: Option<&[u8]>, remark: &str) -> Result<Vec<u8>, PhotoError> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if picture.pixels.len() < width * height * 3 {
        return Err(failed("too few pixels"));
    }
    let mut compressor = Compressor::new().map_err(failed)?;
    compressor.set_quality(i32::from(quality)).map_err(failed)?;
    compressor.set_subsamp(Subsamp::Sub2x2).map_err(failed)?;
    let image = Image { pixels: picture.pixels.as_slice(), width, pitch: width * 3, height, format: PixelFormat::RGB };
    let jpeg = compressor.compress_to_owned(image).map_err(failed)?;
    Ok(profile::into_jpeg(&jpeg, icc, remark))
}

pub(super) fn failed(cause: impl std::fmt::Display) -> PhotoError {
    PhotoError::Decode { cause: cause.to_string() }
}

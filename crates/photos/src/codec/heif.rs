//! HEIC and HEIF: what the container says without drawing, and the pixels where the decoder is built in.

use crate::error::PhotoError;

/// What a HEIF file says of its first picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// As looked at: the container's own rotation applied. EXIF orientation is not applied on top of it
    /// (ISO/IEC 23008-12, 6.5.10).
    pub width: u32,
    pub height: u32,
    /// The TIFF block of the EXIF item.
    pub exif: Option<Vec<u8>>,
}

/// Reads the boxes; allocates as much as they claim, so in a worker only.
pub(crate) fn head(bytes: &[u8]) -> Result<Head, PhotoError> {
    let info = heic_decoder::probe(bytes).map_err(failed)?;
    let side = |px: usize| u32::try_from(px).map_err(|_| failed("dimensions"));
    // A picture without a readable EXIF item is still a picture.
    let exif = heic_decoder::read_metadata(bytes).ok().and_then(|metadata| metadata.exif);
    Ok(Head { width: side(info.width)?, height: side(info.height)?, exif })
}

/// The pixels, upright.
#[cfg(feature = "heic")]
pub(super) fn decode(bytes: &[u8]) -> Result<super::decode::Decoded, PhotoError> {
    let Head { width, height, .. } = head(bytes)?;
    if !super::fits(width, height) {
        return Err(PhotoError::Decode { cause: format!("{width}x{height} pixels are too many") });
    }
    let image = heic_decoder::decode(bytes).map_err(failed)?;
    let rgb = image.to_rgb8().map_err(failed)?;
    let profile = image.metadata.icc_profile.filter(|icc| super::profile::is_rgb(icc));
    let pixels = super::Rgb { width, height, pixels: rgb.data };
    Ok(super::decode::Decoded { pixels, profile, source_width: width, source_height: height, partial: false })
}

#[cfg(not(feature = "heic"))]
pub(super) fn decode(_bytes: &[u8]) -> Result<super::decode::Decoded, PhotoError> {
    Err(failed("this build draws no HEIC"))
}

fn failed(cause: impl std::fmt::Display) -> PhotoError {
    PhotoError::Decode { cause: cause.to_string() }
}

//! Writing JPEG: baseline, 4:2:0, the colour profile and nothing else about where it came from.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::Rgb;
use crate::error::PhotoError;

/// `picture` as a JPEG file of `quality` 1-100.
pub(crate) fn encode(picture: &Rgb, quality: u8, profile: Option<&[u8]>) -> Result<Vec<u8>, PhotoError> {
    let failed = |e: jpeg_encoder::EncodingError| PhotoError::Decode { cause: e.to_string() };
    let side = |px: u32| u16::try_from(px).map_err(|_| PhotoError::Decode { cause: format!("{px} pixels") });
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).map_err(failed)?;
    }
    encoder.encode(&picture.pixels, side(picture.width)?, side(picture.height)?, ColorType::Rgb).map_err(failed)?;
    Ok(out)
}

//! Making pictures smaller.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::Rgb;
use crate::error::PhotoError;

/// The size with its long side at most `long_px`, never enlarged.
#[must_use]
pub fn within(width: u32, height: u32, long_px: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= long_px {
        return (width, height);
    }
    let side = |px: u32| {
        let scaled = (u64::from(px) * u64::from(long_px) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(scaled).unwrap_or(long_px).max(1)
    };
    (side(width), side(height))
}

/// `picture` with its long side at most `long_px` (Lanczos3); as it is where it is small already.
pub(crate) fn shrink(picture: Rgb, long_px: u32) -> Result<Rgb, PhotoError> {
    let (width, height) = within(picture.width, picture.height, long_px);
    if (width, height) == (picture.width, picture.height) {
        return Ok(picture);
    }
    let failed = |e: &dyn std::fmt::Display| PhotoError::Decode { cause: e.to_string() };
    let from =
        Image::from_vec_u8(picture.width, picture.height, picture.pixels, PixelType::U8x3).map_err(|e| failed(&e))?;
    let mut to = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from, &mut to, &options).map_err(|e| failed(&e))?;
    Ok(Rgb { width, height, pixels: to.into_vec() })
}

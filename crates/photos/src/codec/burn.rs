//! A copy with everything burned in: what is to be hidden is gone from its pixels, marks and stamp are part of them
//! (photos.md F). The original is only read.

use std::io::Cursor;

use image::{ImageReader, Limits};

use super::{Rgb, decode, jpeg, scale, turn};
use crate::error::PhotoError;

/// Longest side of a copy.
pub const COPY_PX: u32 = 4096;
const COPY_QUALITY: u8 = 90;
/// A hidden area is shown in at most so many cells along its shorter side.
const CELLS: u32 = 4;
const OVERLAY_ALLOC_MAX: u64 = 128 * 1024 * 1024;

/// An area in hundred-thousandths of the upright picture's sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

const UNIT: u64 = 100_000;

/// What is burned into a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Burn {
    pub orientation: u8,
    /// Longest side, at most [`COPY_PX`].
    pub long_px: u32,
    pub hidden: Vec<Area>,
    /// PNG of the copy's size, clear where nothing stands; empty for none.
    pub overlay: Vec<u8>,
}

/// The copy as a JPEG file, with its size. No EXIF, no embedded thumbnail, no position goes along.
pub(super) fn burn(bytes: &[u8], how: &Burn) -> Result<Vec<u8>, PhotoError> {
    let long_px = how.long_px.clamp(1, COPY_PX);
    let decoded = decode::decode(bytes, long_px)?;
    let mut picture = turn::turn(scale::shrink(decoded.pixels, long_px)?, how.orientation);
    how.hidden.iter().for_each(|area| hide(&mut picture, *area));
    if !how.overlay.is_empty() {
        lay_over(&mut picture, &how.overlay)?;
    }
    jpeg::encode(&picture, COPY_QUALITY, decoded.profile.as_deref(), "xunju copy 1: not the original")
}

/// Every cell becomes its own middle colour: no detail of it is left to be worked out.
fn hide(picture: &mut Rgb, area: Area) {
    let within = |n: u32, side: u32| (u64::from(n.min(100_000)) * u64::from(side)).div_ceil(UNIT) as usize;
    let (left, right) = (within(area.left, picture.width), within(area.right, picture.width));
    let (top, bottom) = (within(area.top, picture.height), within(area.bottom, picture.height));
    let (wide, high) = (right.saturating_sub(left), bottom.saturating_sub(top));
    let cell = wide.min(high).div_ceil(CELLS as usize).max(1);
    let width = picture.width as usize;
    for y in (top..bottom).step_by(cell) {
        for x in (left..right).step_by(cell) {
            let rows = y..(y + cell).min(bottom);
            let span = |row: usize| 3 * (row * width + x)..3 * (row * width + (x + cell).min(right));
            let mut sums = [0_u64; 3];
            let mut count = 0_u64;
            for pixel in rows.clone().filter_map(|row| picture.pixels.get(span(row))).flat_map(|r| r.chunks_exact(3)) {
                sums.iter_mut().zip(pixel).for_each(|(sum, c)| *sum += u64::from(*c));
                count += 1;
            }
            let middle = sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
            for row in rows {
                let Some(pixels) = picture.pixels.get_mut(span(row)) else { continue };
                pixels.chunks_exact_mut(3).for_each(|pixel| pixel.copy_from_slice(&middle));
            }
        }
    }
}

fn lay_over(picture: &mut Rgb, png: &[u8]) -> Result<(), PhotoError> {
    let failed = |cause: String| PhotoError::Decode { cause };
    let mut reader = ImageReader::with_format(Cursor::new(png), image::ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(OVERLAY_ALLOC_MAX);
    reader.limits(limits);
    let over = reader.decode().map_err(|e| failed(e.to_string()))?.into_rgba8();
    if (over.width(), over.height()) != (picture.width, picture.height) {
        return Err(failed("the overlay has another size".into()));
    }
    for (pixel, over) in picture.pixels.chunks_exact_mut(3).zip(over.pixels()) {
        let [.., alpha] = over.0;
        for (to, from) in pixel.iter_mut().zip(over.0) {
            let sum = u32::from(from) * u32::from(alpha) + u32::from(*to) * (255 - u32::from(alpha));
            *to = u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX);
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn chequers() -> Rgb {
        let shade = |x: u32, y: u32| if (x + y).is_multiple_of(2) { [255; 3] } else { [0; 3] };
        Rgb { width: 64, height: 64, pixels: (0..64).flat_map(|y| (0..64).flat_map(move |x| shade(x, y))).collect() }
    }

    #[test]
    fn what_is_hidden_keeps_no_detail_and_nothing_else_changes() {
        let before = chequers();
        let mut after = before.clone();
        hide(&mut after, Area { left: 25_000, top: 50_000, right: 75_000, bottom: 100_000 });
        for y in 0..64_usize {
            for x in 0..64_usize {
                let at = 3 * (y * 64 + x);
                let hidden = (16..48).contains(&x) && y >= 32;
                assert_eq!(after.pixels[at] == before.pixels[at], !hidden, "{x},{y}");
                assert!(!hidden || (126..=128).contains(&after.pixels[at]));
            }
        }
        // Outside, upside down, or empty: nothing, and no panic.
        let mut none = before.clone();
        hide(&mut none, Area { left: 90_000, top: 0, right: 10_000, bottom: 100_000 });
        hide(&mut none, Area { left: 0, top: 0, right: 0, bottom: u32::MAX });
        assert_eq!(none, before);
    }
}

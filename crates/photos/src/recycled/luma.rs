//! Brightness without colour: what both stages look at.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::error::PhotoError;

/// Long side of what is looked at. Fingerprints move by up to 26 bits between sizes, so there is one.
pub const LONG_PX: u32 = 640;

/// One byte a pixel, rows without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luma {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Luma {
    /// Of red, green and blue (ITU-R BT.601).
    pub(crate) fn of_rgb(width: u32, height: u32, rgb: &[u8]) -> Self {
        let weigh = |p: &[u8]| match p {
            [r, g, b] => ((77 * u32::from(*r) + 150 * u32::from(*g) + 29 * u32::from(*b) + 128) >> 8) as u8,
            _ => 0,
        };
        Self { width: width as usize, height: height as usize, pixels: rgb.chunks_exact(3).map(weigh).collect() }
    }

    /// 0 outside.
    #[inline]
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width { self.pixels.get(y * self.width + x).copied().unwrap_or(0) } else { 0 }
    }

    /// Between pixels; none outside.
    #[inline]
    pub(super) fn between(&self, x: f32, y: f32) -> Option<f32> {
        if x < 0.0 || y < 0.0 {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return None;
        }
        let (right_share, bottom_share) = (x - left as f32, y - top as f32);
        let row = |y: usize| {
            let (a, b) = (f32::from(self.at(left, y)), f32::from(self.at(left + 1, y)));
            a + (b - a) * right_share
        };
        let (upper, lower) = (row(top), row(top + 1));
        Some(upper + (lower - upper) * bottom_share)
    }

    pub(super) fn resized(&self, width: usize, height: usize) -> Result<Self, PhotoError> {
        let failed = |e: &dyn std::fmt::Display| PhotoError::Decode { cause: e.to_string() };
        let side = |px: usize| u32::try_from(px.max(1)).map_err(|e| failed(&e));
        let from = Image::from_vec_u8(side(self.width)?, side(self.height)?, self.pixels.clone(), PixelType::U8)
            .map_err(|e| failed(&e))?;
        let mut to = Image::new(side(width)?, side(height)?, PixelType::U8);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
        Resizer::new().resize(&from, &mut to, &options).map_err(|e| failed(&e))?;
        Ok(Self { width: width.max(1), height: height.max(1), pixels: to.into_vec() })
    }

    /// Each pixel the mean of the `2 * radius + 1` square around it.
    pub(super) fn blurred(&self, radius: usize) -> Self {
        let sums = Sums::of(self);
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let (x0, y0) = (x.saturating_sub(radius), y.saturating_sub(radius));
                let (x1, y1) = ((x + radius + 1).min(self.width), (y + radius + 1).min(self.height));
                let area = u32::try_from((x1 - x0) * (y1 - y0)).unwrap_or(1).max(1);
                pixels.push((sums.within(x0, y0, x1, y1) / area) as u8);
            }
        }
        Self { width: self.width, height: self.height, pixels }
    }
}

/// Sums from the upper left corner.
struct Sums {
    stride: usize,
    sums: Vec<u32>,
}

impl Sums {
    fn of(luma: &Luma) -> Self {
        let stride = luma.width + 1;
        let mut sums = vec![0u32; stride];
        sums.reserve(stride * luma.height);
        for row in luma.pixels.chunks(luma.width.max(1)) {
            let above = sums.len() - stride;
            let mut along = 0;
            sums.push(0);
            for (x, pixel) in row.iter().enumerate() {
                along += u32::from(*pixel);
                let over = sums.get(above + x + 1).copied().unwrap_or(0);
                sums.push(over + along);
            }
        }
        Self { stride, sums }
    }

    fn within(&self, x0: usize, y0: usize, x1: usize, y1: usize) -> u32 {
        let at = |x: usize, y: usize| self.sums.get(y * self.stride + x).copied().unwrap_or(0);
        (at(x1, y1) + at(x0, y0)).wrapping_sub(at(x1, y0)).wrapping_sub(at(x0, y1))
    }
}

//! A JPEG's own planes, one of brightness and two of colour: made smaller, turned and written again without a detour
//! through red, green and blue. Colour is kept at half size both ways (4:2:0), as cameras write it.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use turbojpeg::{Colorspace, Compressor, Decompressor, Subsamp, YuvImage, YuvPlanesImage};

use super::jpeg::{Opened, failed, open};
use super::{profile, scale, turn};
use crate::error::PhotoError;

/// For brightness, where the eye sees detail.
const SHARP: FilterType = FilterType::Lanczos3;
/// For colour and thumbnails: a third fewer samples are read for each one written.
const SOFT: FilterType = FilterType::CatmullRom;

/// One sample a pixel, rows without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plane {
    width: u32,
    height: u32,
    samples: Vec<u8>,
}

/// A picture of `width` x `height`; brightness in full, colour at half of that, rounded up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planes {
    pub width: u32,
    pub height: u32,
    luma: Plane,
    blue: Plane,
    red: Plane,
}

pub(super) struct Decoded {
    pub planes: Planes,
    pub profile: Option<Vec<u8>>,
    /// Of the whole picture.
    pub source_width: u32,
    pub source_height: u32,
}

/// `bytes` with a long side of `long_px` at most; none where the file holds other planes than these.
///
/// # Errors
/// [`PhotoError::Decode`] for everything that is not right from the first byte to the last.
pub(super) fn decode(bytes: &[u8], long_px: u32) -> Result<Option<Decoded>, PhotoError> {
    let mut decompressor = Decompressor::new().map_err(failed)?;
    let Opened { header, scaled, source_width, source_height } = open(&mut decompressor, bytes, long_px)?;
    if !matches!(header.colorspace, Colorspace::YCbCr | Colorspace::Gray) || header.is_lossless {
        return Ok(None);
    }
    let len = turbojpeg::yuv_pixels_len(scaled.width, 1, scaled.height, header.subsamp).map_err(failed)?;
    let mut yuv = YuvImage {
        pixels: vec![0; len],
        width: scaled.width,
        align: 1,
        height: scaled.height,
        subsamp: header.subsamp,
    };
    decompressor.decompress_to_yuv(bytes, yuv.as_deref_mut()).map_err(failed)?;
    let whole = |n: usize| u32::try_from(n).map_err(failed);
    let (width, height) = (whole(scaled.width)?, whole(scaled.height)?);
    let (out_width, out_height) = scale::within(width, height, long_px);
    let of = |n: u32| f64::from(n);
    let mut rest = yuv.pixels.as_slice();
    let mut next = |(w, h): (usize, usize), to: (u32, u32), filter| {
        let (here, after) = rest.split_at_checked(w * h).ok_or_else(|| failed("planes"))?;
        rest = after;
        // Planes are padded to whole blocks of colour: only what belongs to the picture is taken.
        let (w, h) = (whole(w)?, whole(h)?);
        let apart = |plane: u32, full: u32| of(full.div_ceil(plane).max(1));
        let content = (of(width) / apart(w, width), of(height) / apart(h, height));
        resize(here, (w, h), content, to, filter)
    };
    let luma = next(yuv.y_size(), (out_width, out_height), SHARP)?;
    let half = (out_width.div_ceil(2), out_height.div_ceil(2));
    let (blue, red) = if header.subsamp == Subsamp::Gray {
        let grey = Plane { width: half.0, height: half.1, samples: vec![128; half.0 as usize * half.1 as usize] };
        (grey.clone(), grey)
    } else {
        (next(yuv.uv_size(), half, SOFT)?, next(yuv.uv_size(), half, SOFT)?)
    };
    let planes = Planes { width: out_width, height: out_height, luma, blue, red };
    Ok(Some(Decoded { planes, profile: profile::of_jpeg(bytes), source_width, source_height }))
}

impl Planes {
    /// With its long side at most `long_px` ([`SOFT`]).
    pub(super) fn shrunk(&self, long_px: u32) -> Result<Self, PhotoError> {
        let (width, height) = scale::within(self.width, self.height, long_px);
        let half = (width.div_ceil(2), height.div_ceil(2));
        let smaller = |plane: &Plane, to: (u32, u32)| {
            let size = (plane.width, plane.height);
            resize(&plane.samples, size, (f64::from(size.0), f64::from(size.1)), to, SOFT)
        };
        let (luma, blue, red) =
            (smaller(&self.luma, (width, height))?, smaller(&self.blue, half)?, smaller(&self.red, half)?);
        Ok(Self { width, height, luma, blue, red })
    }

    /// Upright, as [`turn::turn`]. Where a side is odd, the colour of a picture turned over lies half a pixel aside.
    pub(super) fn turned(self, orientation: u8) -> Self {
        let plane = |p: Plane| {
            let (width, height, samples) = turn::plane(p.width, p.height, p.samples, orientation);
            Plane { width, height, samples }
        };
        let (luma, blue, red) = (plane(self.luma), plane(self.blue), plane(self.red));
        Self { width: luma.width, height: luma.height, luma, blue, red }
    }

    /// A JPEG file of `quality` 1-100, 4:2:0, with a profile and a remark where given.
    pub(super) fn encode(&self, quality: u8, icc: Option<&[u8]>, remark: &str) -> Result<Vec<u8>, PhotoError> {
        let mut compressor = Compressor::new().map_err(failed)?;
        compressor.set_quality(i32::from(quality)).map_err(failed)?;
        let luma = self.luma.padded();
        let image = YuvPlanesImage {
            y_plane: luma.samples.as_slice(),
            u_plane: self.blue.samples.as_slice(),
            v_plane: self.red.samples.as_slice(),
            width: self.width as usize,
            height: self.height as usize,
            y_stride: luma.width as usize,
            u_stride: self.blue.width as usize,
            v_stride: self.red.width as usize,
            subsamp: Subsamp::Sub2x2,
        };
        let jpeg = compressor.compress_yuv_planes_to_owned(&image).map_err(failed)?;
        Ok(profile::into_jpeg(&jpeg, icc, remark))
    }
}

impl Plane {
    /// With even sides: the last column and the last row again where they are missing.
    fn padded(&self) -> std::borrow::Cow<'_, Self> {
        use std::borrow::Cow;
        let (width, height) = (self.width.next_multiple_of(2), self.height.next_multiple_of(2));
        if (width, height) == (self.width, self.height) {
            return Cow::Borrowed(self);
        }
        let mut samples = Vec::with_capacity(width as usize * height as usize);
        for row in self.samples.chunks_exact(self.width as usize) {
            samples.extend_from_slice(row);
            samples.extend(row.last().filter(|_| width > self.width));
        }
        if height > self.height {
            samples.extend_from_within(samples.len() - width as usize..);
        }
        Cow::Owned(Self { width, height, samples })
    }
}

/// `content` of a plane, from its top left, at the size `to`.
fn resize(
    samples: &[u8],
    size: (u32, u32),
    content: (f64, f64),
    to: (u32, u32),
    filter: FilterType,
) -> Result<Plane, PhotoError> {
    let from = ImageRef::new(size.0, size.1, samples, PixelType::U8).map_err(failed)?;
    let mut smaller = Image::new(to.0, to.1, PixelType::U8);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).crop(0.0, 0.0, content.0, content.1);
    Resizer::new().resize(&from, &mut smaller, &options).map_err(failed)?;
    Ok(Plane { width: to.0, height: to.1, samples: smaller.into_vec() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::codec::{Rgb, jpeg};

    /// A picture that is different everywhere, and smooth enough for a JPEG.
    fn picture(width: u32, height: u32) -> Rgb {
        let pixel = |x: u32, y: u32| {
            let part = |n: u32, of: u32| u8::try_from(n * 255 / of.max(1)).unwrap();
            [part(x, width), part(y, height), part(x + y, width + height)]
        };
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
        Rgb { width, height, pixels }
    }

    fn furthest(a: &[u8], b: &[u8]) -> u8 {
        a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    }

    #[test]
    fn planes_show_what_pixels_show_at_odd_sizes_and_in_every_turn() {
        for (width, height) in [(64, 48), (63, 47), (321, 7), (1, 1), (640, 481)] {
            let written = jpeg::encode(&picture(width, height), 95, None, "").unwrap();
            for orientation in 1..=8 {
                let long = width.max(height).min(320);
                let planes = decode(&written, 320).unwrap().unwrap().planes.turned(orientation);
                let shown = jpeg::decode(&planes.encode(95, None, "").unwrap(), long).unwrap().pixels;
                let plain = scale::shrink(jpeg::decode(&written, 320).unwrap().pixels, 320).unwrap();
                let plain = turn::turn(plain, orientation);
                assert_eq!((shown.width, shown.height), (plain.width, plain.height), "{width}x{height} {orientation}");
                let off = furthest(&shown.pixels, &plain.pixels);
                assert!(off <= 40, "{width}x{height} turned from {orientation}: {off} apart");
            }
        }
    }

    #[test]
    fn other_planes_are_left_to_others() {
        let grey = turbojpeg::compress(
            turbojpeg::Image {
                pixels: [7_u8; 64].as_slice(),
                width: 8,
                pitch: 8,
                height: 8,
                format: turbojpeg::PixelFormat::GRAY,
            },
            90,
            Subsamp::Gray,
        )
        .unwrap();
        let planes = decode(&grey, 320).unwrap().unwrap().planes;
        assert!(furthest(&planes.blue.samples, &[128; 16]) == 0 && furthest(&planes.luma.samples, &[7; 64]) <= 2);
        assert!(decode(b"no picture", 320).is_err());
    }
}

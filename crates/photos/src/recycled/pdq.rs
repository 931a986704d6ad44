//! PDQ, the 256-bit fingerprint Meta published with its construction (`hashing.pdf`, 2019): blur, 64x64,
//! the 16x16 lowest waves, one bit each for above or below their median. Turning and mirroring only swaps
//! and negates waves, so all eight ways come out of one.

use std::f32::consts::PI;

use super::Bits;
use super::luma::Luma;

const SMALL: usize = 64;
const WAVES: usize = 16;

type Small = [[f32; SMALL]; SMALL];
type Waves = [[f32; WAVES]; WAVES];

/// The eight variants, upright first, and the quality 0-100.
pub(super) fn hash(luma: &Luma) -> ([Bits; 8], u8) {
    let small = shrunk(luma);
    let waves = waves(&small);
    let mut ways = (0..8u8).map(|way| bits(&turned(&waves, way)));
    (std::array::from_fn(|_| ways.next().unwrap_or_default()), quality(&small))
}

/// Blurred twice each way by a window of the picture's 128th part, then read at 64x64 points.
fn shrunk(luma: &Luma) -> Small {
    let mut pixels: Vec<f32> = luma.pixels.iter().map(|p| f32::from(*p)).collect();
    let (width, height) = (luma.width, luma.height);
    for _ in 0..2 {
        for row in pixels.chunks_mut(width.max(1)) {
            box_blur(row, width.div_ceil(2 * SMALL));
        }
        let mut column = vec![0.0; height];
        for x in 0..width {
            for (y, value) in column.iter_mut().enumerate() {
                *value = pixels.get(y * width + x).copied().unwrap_or(0.0);
            }
            box_blur(&mut column, height.div_ceil(2 * SMALL));
            for (y, value) in column.iter().enumerate() {
                if let Some(pixel) = pixels.get_mut(y * width + x) {
                    *pixel = *value;
                }
            }
        }
    }
    let place = |i: usize, side: usize| ((i as f32 + 0.5) * side as f32 / SMALL as f32) as usize;
    std::array::from_fn(|i| {
        let row = place(i, height) * width;
        std::array::from_fn(|j| pixels.get(row + place(j, width)).copied().unwrap_or(0.0))
    })
}

/// Means over a window that is cut at the ends.
fn box_blur(line: &mut [f32], window: usize) {
    let (before, after) = ((window + 2) / 2 - 1, window - (window + 2) / 2);
    let from = line.to_vec();
    let (mut sum, mut start, mut end) = (0.0, 0, 0);
    for (at, value) in line.iter_mut().enumerate() {
        let (wanted_start, wanted_end) = (at.saturating_sub(before), (at + after + 1).min(from.len()));
        while end < wanted_end {
            sum += from.get(end).copied().unwrap_or(0.0);
            end += 1;
        }
        while start < wanted_start {
            sum -= from.get(start).copied().unwrap_or(0.0);
            start += 1;
        }
        *value = sum / (end - start).max(1) as f32;
    }
}

/// How much there is to see: sums of differences between neighbours.
fn quality(small: &Small) -> u8 {
    let step = |a: f32, b: f32| ((a - b).abs() * 100.0 / 255.0) as u32;
    let across: u32 = small.iter().flat_map(|row| row.iter().zip(row.iter().skip(1))).map(|(a, b)| step(*a, *b)).sum();
    let down: u32 =
        small.iter().zip(small.iter().skip(1)).flat_map(|(a, b)| a.iter().zip(b)).map(|(a, b)| step(*a, *b)).sum();
    u8::try_from(((across + down) / 90).min(100)).unwrap_or(100)
}

fn waves(small: &Small) -> Waves {
    let basis: [[f32; SMALL]; WAVES] = std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            (2.0 / SMALL as f32).sqrt() * (PI / (2 * SMALL) as f32 * (i + 1) as f32 * (2 * j + 1) as f32).cos()
        })
    });
    let dot = |a: &[f32; SMALL], b: &[f32; SMALL]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    // Along the rows first: the waves of each row, for every row.
    let along: [[f32; SMALL]; WAVES] =
        basis.map(|wave| std::array::from_fn(|row| small.get(row).map_or(0.0, |row| dot(&wave, row))));
    basis.map(|wave| along.map(|column| dot(&wave, &column)))
}

/// Bit 0 of `way` mirrors left and right, bit 1 up and down, bit 2 swaps the sides.
fn turned(waves: &Waves, way: u8) -> Waves {
    let at = |i: usize, j: usize| waves.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0.0);
    // The first wave is odd, the second even, and so on; mirroring negates the odd ones.
    let sign = |bit: u8, wave: usize| if way & bit != 0 && wave.is_multiple_of(2) { -1.0 } else { 1.0 };
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let value = if way & 4 == 0 { at(i, j) } else { at(j, i) };
            sign(2, i) * sign(1, j) * value
        })
    })
}

fn bits(waves: &Waves) -> Bits {
    let mut sorted: Vec<f32> = waves.iter().flatten().copied().collect();
    sorted.sort_by(f32::total_cmp);
    let median = sorted.get(WAVES * WAVES / 2 - 1).copied().unwrap_or(0.0);
    let mut bits = [0u64; 4];
    for (word, values) in bits.iter_mut().zip(waves.as_flattened().chunks(64)) {
        *word = values.iter().rev().fold(0, |word, value| word << 1 | u64::from(*value > median));
    }
    bits
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::super::distance;
    use super::*;

    fn drawn(width: usize, height: usize) -> Luma {
        let wave = |x: f32, y: f32| 128.0 + 60.0 * (x * 0.031).sin() + 50.0 * (y * 0.023 + x * 0.011).cos();
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| wave(x as f32, y as f32) as u8)).collect();
        Luma { width, height, pixels }
    }

    fn changed(luma: &Luma, width: usize, height: usize, from: impl Fn(usize, usize) -> (usize, usize)) -> Luma {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| {
            let (x, y) = from(x, y);
            luma.at(x, y)
        });
        Luma { width, height, pixels: pixels.collect() }
    }

    /// Each of the eight ways, really turned, is the upright hash of the turned picture.
    #[test]
    fn every_way_of_turning_is_foreseen() {
        let (width, height) = (640, 480);
        let upright = drawn(width, height);
        let (ways, _) = hash(&upright);
        for way in 0..8usize {
            let (mirrored, flipped, swapped) = (way & 1 != 0, way & 2 != 0, way & 4 != 0);
            let (w, h) = if swapped { (height, width) } else { (width, height) };
            let really = changed(&upright, w, h, |x, y| {
                let (x, y) = (if mirrored { w - 1 - x } else { x }, if flipped { h - 1 - y } else { y });
                if swapped { (y, x) } else { (x, y) }
            });
            let (found, _) = hash(&really);
            assert!(distance(&found[0], &ways[way]) <= 12, "way {way}: {}", distance(&found[0], &ways[way]));
        }
    }

    #[test]
    fn a_blank_wall_has_no_quality() {
        let wall = Luma { width: 640, height: 480, pixels: vec![180; 640 * 480] };
        assert_eq!(hash(&wall).1, 0);
    }
}

//! PDQ, the 256-bit fingerprint Meta published with its construction (`hashing.pdf`, 2019): blur, 64x64,
//! the 16x16 lowest waves, one bit each for above or below their median.
//!
//! Mirroring a picture negates its odd waves, across or down, and turning it swaps across and down. So the
//! bits are kept in four words, by odd and even: mirrored is a word or two inverted (but for the few waves
//! next to the median), and all eight ways of holding a picture are compared for the price of two.

use std::f32::consts::PI;

use super::Bits;
use super::luma::Luma;

const SMALL: usize = 64;
const WAVES: usize = 16;

type Small = [[f32; SMALL]; SMALL];
type Waves = [[f32; WAVES]; WAVES];

/// The fingerprint, and the quality 0-100.
pub(super) fn hash(luma: &Luma) -> (Bits, u8) {
    let small = shrunk(luma);
    (bits(&waves(&small)), quality(&small))
}

/// The fingerprint of the picture with its sides swapped.
pub(super) fn swapped([odd, across, down, even]: &Bits) -> Bits {
    [transposed(*odd), transposed(*down), transposed(*across), transposed(*even)]
}

/// An 8x8 square of bits with its sides swapped (Warren, Hacker's Delight, 7-3).
fn transposed(square: u64) -> u64 {
    [(7, 0x00AA_00AA_00AA_00AA), (14, 0x0000_CCCC_0000_CCCC), (28, 0x0000_0000_F0F0_F0F0)].into_iter().fold(
        square,
        |square: u64, (by, mask): (u32, u64)| {
            let moved = (square ^ (square >> by)) & mask;
            square ^ moved ^ (moved << by)
        },
    )
}

/// The fewest differing bits over the four ways of mirroring.
#[inline(always)]
pub(super) fn nearest_mirrored(a: &Bits, b: &Bits) -> u32 {
    let [a0, a1, a2, a3] = *a;
    let [b0, b1, b2, b3] = *b;
    let [odd, across, down, even] =
        [(a0 ^ b0).count_ones(), (a1 ^ b1).count_ones(), (a2 ^ b2).count_ones(), (a3 ^ b3).count_ones()];
    // An inverted word differs in the other of its 64 bits.
    let upright = odd + across + down + even;
    let left_right = 128 + across + even - odd - down;
    let up_down = 128 + down + even - odd - across;
    let both = 128 + odd + even - across - down;
    upright.min(left_right).min(up_down.min(both))
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

fn bits(waves: &Waves) -> Bits {
    let mut sorted: Vec<f32> = waves.iter().flatten().copied().collect();
    sorted.sort_by(f32::total_cmp);
    let median = sorted.get(WAVES * WAVES / 2 - 1).copied().unwrap_or(0.0);
    let mut bits = [0u64; 4];
    for (i, row) in waves.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            // The first wave is an odd one.
            if let Some(word) = bits.get_mut((i % 2) * 2 + j % 2) {
                *word |= u64::from(*value > median) << ((i / 2) * 8 + j / 2);
            }
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of many sizes in many greys, as a photo has: a picture of two smooth waves leaves most others at nothing,
    /// where one is as good above the median as below.
    fn drawn(width: usize, height: usize) -> Luma {
        let grey = |x: usize, y: usize, side: usize| {
            let mixed = (x / side * 7_919 + y / side * 104_729 + side * 31).wrapping_mul(2_654_435_761);
            (mixed >> 7) % 64
        };
        let all = |x: usize, y: usize| [160, 80, 40, 20].into_iter().map(|side| grey(x, y, side)).sum::<usize>();
        let pixels =
            (0..height).flat_map(|y| (0..width).map(move |x| u8::try_from(all(x, y)).unwrap_or(255))).collect();
        Luma { width, height, pixels }
    }

    fn changed(luma: &Luma, width: usize, height: usize, from: impl Fn(usize, usize) -> (usize, usize)) -> Luma {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| {
            let (x, y) = from(x, y);
            luma.at(x, y)
        });
        Luma { width, height, pixels: pixels.collect() }
    }

    /// A picture really turned and mirrored in each of the eight ways is found by its upright fingerprint.
    #[test]
    fn every_way_of_turning_is_foreseen() {
        let (width, height) = (640, 480);
        let upright = drawn(width, height);
        let (own, _) = hash(&upright);
        for way in 0..8usize {
            let (mirrored, flipped, turned) = (way & 1 != 0, way & 2 != 0, way & 4 != 0);
            let (w, h) = if turned { (height, width) } else { (width, height) };
            let really = changed(&upright, w, h, |x, y| {
                let (x, y) = (if mirrored { w - 1 - x } else { x }, if flipped { h - 1 - y } else { y });
                if turned { (y, x) } else { (x, y) }
            });
            let (found, _) = hash(&really);
            let apart = nearest_mirrored(&own, &found).min(nearest_mirrored(&swapped(&own), &found));
            assert!(apart <= 16, "way {way}: {apart}");
            assert_eq!(swapped(&swapped(&found)), found);
        }
    }

    #[test]
    fn a_blank_wall_has_no_quality() {
        let wall = Luma { width: 640, height: 480, pixels: vec![180; 640 * 480] };
        assert_eq!(hash(&wall).1, 0);
    }
}

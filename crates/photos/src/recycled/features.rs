//! Points of a picture that are found again in a cut, turned or photographed copy of it: corners (FAST,
//! Rosten and Drummond 2006) at several sizes, turned the way their brightness leans, and described by 256
//! comparisons of brightness around them (ORB, Rublee and others 2011).

use std::sync::LazyLock;

use super::Bits;
use super::luma::Luma;
use crate::error::PhotoError;

/// Points kept of a picture: about 16 kB, spread over it.
const POINTS_MAX: usize = 500;
/// Sizes looked at, each 1/1.25 of the one before.
const LEVELS: i32 = 7;
const LEVEL_STEP: f32 = 1.25;
/// How much brighter or darker a ring must be.
const CONTRAST: i16 = 12;
/// Half the side of what is described; points nearer to the edge are left.
const PATCH: usize = 16;
/// The picture is cut into this many cells each way, and each may keep its share of points.
const CELLS: usize = 8;
const ANGLES: usize = 30;

/// A point, in pixels of the full size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub x: f32,
    pub y: f32,
    pub bits: Bits,
}

/// A ring of 16 around a pixel, from above, clockwise.
const RING: [(i32, i32); 16] = [
    (0, -3),
    (1, -3),
    (2, -2),
    (3, -1),
    (3, 0),
    (3, 1),
    (2, 2),
    (1, 3),
    (0, 3),
    (-1, 3),
    (-2, 2),
    (-3, 1),
    (-3, 0),
    (-3, -1),
    (-2, -2),
    (-1, -3),
];

type Pair = ((i32, i32), (i32, i32));

/// The same pairs on every machine and in every version: descriptions are kept.
static PAIRS: LazyLock<Vec<Vec<Pair>>> = LazyLock::new(|| {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 24) as f32
    };
    // The sum of four even throws is near enough to a bell.
    let mut near = || ((0..4).map(|_| uniform()).sum::<f32>() - 2.0) * 9.0;
    let upright: Vec<[f32; 4]> = (0..256).map(|_| [near(), near(), near(), near()]).collect();
    let limit = PATCH as f32 - 4.0;
    (0..ANGLES)
        .map(|angle| {
            let (sin, cos) = (angle as f32 / ANGLES as f32 * std::f32::consts::TAU).sin_cos();
            let turn = |x: f32, y: f32| {
                let place = |v: f32| v.clamp(-limit, limit).round() as i32;
                (place(x * cos - y * sin), place(x * sin + y * cos))
            };
            upright.iter().map(|[a, b, c, d]| (turn(*a, *b), turn(*c, *d))).collect()
        })
        .collect()
});

pub(super) fn points(luma: &Luma) -> Result<Vec<Point>, PhotoError> {
    let mut all = Vec::new();
    for level in 0..LEVELS {
        let scale = LEVEL_STEP.powi(level);
        let side = |px: usize| (px as f32 / scale).round() as usize;
        let (width, height) = (side(luma.width), side(luma.height));
        if width.min(height) < 4 * PATCH {
            break;
        }
        let picture = if level == 0 { luma.clone() } else { luma.resized(width, height)? };
        let share = (POINTS_MAX as f32 * 0.24 / scale.powf(0.9)) as usize;
        let smooth = picture.blurred(2);
        all.extend(spread(corners(&picture), width, height, share).into_iter().map(|(x, y)| {
            let bits = described(&smooth, x, y, leaning(&picture, x, y));
            Point { x: (x as f32 + 0.5) * scale - 0.5, y: (y as f32 + 0.5) * scale - 0.5, bits }
        }));
    }
    all.truncate(POINTS_MAX);
    Ok(all)
}

/// Corners with their strength, none next to a stronger one.
fn corners(luma: &Luma) -> Vec<(usize, usize, u32)> {
    let (width, height) = (luma.width, luma.height);
    let offsets = RING.map(|(x, y)| y as isize * width as isize + x as isize);
    let mut strengths = vec![0u32; width * height];
    for y in PATCH..height.saturating_sub(PATCH) {
        for x in PATCH..width.saturating_sub(PATCH) {
            let at = y * width + x;
            let strength = strength(&luma.pixels, at, &offsets);
            if let Some(place) = strengths.get_mut(at) {
                *place = strength;
            }
        }
    }
    let at = |x: usize, y: usize| strengths.get(y * width + x).copied().unwrap_or(0);
    let mut found = Vec::new();
    for y in PATCH..height.saturating_sub(PATCH) {
        for x in PATCH..width.saturating_sub(PATCH) {
            let own = at(x, y);
            let strongest = own > 0
                && (y - 1..=y + 1)
                    .all(|v| (x - 1..=x + 1).all(|u| (u, v) == (x, y) || at(u, v) < own + u32::from((v, u) > (y, x))));
            if strongest {
                found.push((x, y, own));
            }
        }
    }
    found
}

/// Nine in a row of the ring all brighter or all darker, and by how much; 0 where they are not.
fn strength(pixels: &[u8], at: usize, offsets: &[isize; 16]) -> u32 {
    let value = |offset: isize| pixels.get(at.wrapping_add_signed(offset)).map_or(0, |p| i16::from(*p));
    let centre = value(0);
    let differs = |i: usize| offsets.get(i).is_some_and(|offset| (value(*offset) - centre).abs() > CONTRAST);
    // Nine in a row of sixteen hold at least one of any two that face each other.
    if !(differs(0) || differs(8)) || !(differs(4) || differs(12)) {
        return 0;
    }
    let ring = offsets.map(|offset| value(offset) - centre);
    let (mut run, mut last, mut nine) = (0, 0, false);
    for difference in ring.iter().chain(ring.iter().take(8)) {
        let side = if difference.abs() > CONTRAST { difference.signum() } else { 0 };
        run = if side != 0 && side == last { run + 1 } else { i32::from(side != 0) };
        last = side;
        nine |= run >= 9;
    }
    if nine { ring.iter().map(|d| u32::from((d.abs() - CONTRAST).max(0).unsigned_abs())).sum() } else { 0 }
}

/// The strongest `share`, no cell with much more than its part.
fn spread(mut corners: Vec<(usize, usize, u32)>, width: usize, height: usize, share: usize) -> Vec<(usize, usize)> {
    corners.sort_by(|a, b| b.2.cmp(&a.2).then((a.1, a.0).cmp(&(b.1, b.0))));
    let cell = |x: usize, y: usize| (y * CELLS / height.max(1)) * CELLS + x * CELLS / width.max(1);
    let room = share.div_ceil(CELLS * CELLS) * 3;
    let mut taken = [0usize; CELLS * CELLS];
    let mut kept = Vec::with_capacity(share);
    for (x, y, _) in corners {
        let Some(count) = taken.get_mut(cell(x, y)).filter(|count| **count < room) else { continue };
        *count += 1;
        kept.push((x, y));
        if kept.len() == share {
            break;
        }
    }
    kept
}

/// Which of the angles points from the middle to where it is brighter.
fn leaning(luma: &Luma, x: usize, y: usize) -> usize {
    let reach = PATCH as i32 - 1;
    let (mut across, mut down) = (0i64, 0i64);
    for v in -reach..=reach {
        let half = ((reach * reach - v * v) as f32).sqrt() as i32;
        for u in -half..=half {
            let value = i64::from(luma.at(x.wrapping_add_signed(u as isize), y.wrapping_add_signed(v as isize)));
            across += i64::from(u) * value;
            down += i64::from(v) * value;
        }
    }
    let turns = (down as f32).atan2(across as f32) / std::f32::consts::TAU;
    ((turns.rem_euclid(1.0) * ANGLES as f32).round() as usize) % ANGLES
}

fn described(smooth: &Luma, x: usize, y: usize, angle: usize) -> Bits {
    let value = |(u, v): (i32, i32)| smooth.at(x.wrapping_add_signed(u as isize), y.wrapping_add_signed(v as isize));
    let mut pairs = PAIRS.get(angle).into_iter().flatten();
    let mut bits = [0u64; 4];
    for word in &mut bits {
        for at in 0..64 {
            *word |= u64::from(pairs.next().is_some_and(|(a, b)| value(*a) < value(*b))) << at;
        }
    }
    bits
}

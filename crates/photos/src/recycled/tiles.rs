//! Whether two pictures are one under a perspective: tile by tile, how well brightness goes along.

use super::luma::Luma;
use super::perspective::Perspective;
use crate::error::PhotoError;

const TILE: usize = 32;
/// How far a tile may lie off: lenses bend, paper curls.
const SEARCH: usize = 3;
const WIDE: usize = TILE + 2 * SEARCH;
/// A correlation above this is the same tile.
const SAME: f32 = 0.85;
/// Less movement in a tile than this is noise.
const FLAT: f32 = 5.0;
/// Fewer tiles to judge by are none.
const TILES_MIN: usize = 8;

/// The share of tiles that are the same, of those where there is anything to see in either picture. None
/// where too little of one lies on the other.
pub(super) fn same_share(a: &Luma, b: &Luma, to_b: &Perspective) -> Result<Option<f32>, PhotoError> {
    // Always from the coarser picture into the finer one, which can be made coarser.
    let scale = to_b.scale(a.width as f64 / 2.0, a.height as f64 / 2.0);
    if scale < 1.0 {
        let to_a = to_b.inverse();
        let scale = to_a.scale(b.width as f64 / 2.0, b.height as f64 / 2.0);
        return share(b, a, &to_a, scale);
    }
    share(a, b, to_b, scale)
}

fn share(a: &Luma, b: &Luma, to_b: &Perspective, scale: f64) -> Result<Option<f32>, PhotoError> {
    let smaller = if scale.is_finite() { scale.max(1.0) } else { return Ok(None) };
    let side = |px: usize| ((px as f64 / smaller) as usize).max(2);
    let coarse = b.resized(side(b.width), side(b.height))?;
    let shrink = (coarse.width as f64 / b.width as f64, coarse.height as f64 / b.height as f64);
    let (mut seen, mut same) = (0usize, 0usize);
    for top in (SEARCH..a.height.saturating_sub(TILE + SEARCH)).step_by(TILE) {
        for left in (SEARCH..a.width.saturating_sub(TILE + SEARCH)).step_by(TILE) {
            let tile: Vec<f32> = square(left, top, TILE).map(|(x, y)| f32::from(a.at(x, y))).collect();
            let under: Option<Vec<f32>> = square(left - SEARCH, top - SEARCH, WIDE)
                .map(|(x, y)| {
                    let (u, v) = to_b.apply(x as f64, y as f64);
                    let (u, v) = ((u + 0.5) * shrink.0 - 0.5, (v + 0.5) * shrink.1 - 0.5);
                    coarse.between(u as f32, v as f32)
                })
                .collect();
            let Some(under) = under else { continue };
            if deviation(&tile) < FLAT && deviation(&under) < FLAT {
                continue;
            }
            seen += 1;
            same += usize::from(is_same(&tile, &under));
        }
    }
    Ok((seen >= TILES_MIN).then(|| same as f32 / seen as f32))
}

fn square(left: usize, top: usize, side: usize) -> impl Iterator<Item = (usize, usize)> {
    (top..top + side).flat_map(move |y| (left..left + side).map(move |x| (x, y)))
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

fn deviation(values: &[f32]) -> f32 {
    let mean = mean(values);
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / values.len().max(1) as f32).sqrt()
}

/// At the nearest of the places within reach, from the middle outwards.
fn is_same(tile: &[f32], wide: &[f32]) -> bool {
    let middle = mean(tile);
    let tile: Vec<f32> = tile.iter().map(|v| v - middle).collect();
    let energy = tile.iter().map(|v| v * v).sum::<f32>().max(1.0);
    let reach = SEARCH as isize;
    let mut shifts: Vec<(isize, isize)> =
        (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y))).collect();
    shifts.sort_by_key(|(x, y)| x * x + y * y);
    shifts.into_iter().any(|(x, y)| {
        let (left, top) = (SEARCH.wrapping_add_signed(x), SEARCH.wrapping_add_signed(y));
        let rows = (0..TILE).filter_map(|row| {
            let from = (top + row) * WIDE + left;
            wide.get(from..from + TILE)
        });
        let (mut sum, mut squares, mut product) = (0.0, 0.0, 0.0);
        for (row, own) in rows.zip(tile.chunks(TILE)) {
            for (other, own) in row.iter().zip(own) {
                sum += other;
                squares += other * other;
                product += other * own;
            }
        }
        let other_energy = (squares - sum * sum / (TILE * TILE) as f32).max(1.0);
        product / (energy * other_energy).sqrt() > SAME
    })
}

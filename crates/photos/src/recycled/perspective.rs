//! The one perspective under which most points of a picture lie on their like in another: matched by their
//! descriptions, found by trying four at a time (RANSAC, Fischler and Bolles 1981).

use super::distance;
use super::features::Point;

/// Descriptions further apart are of different things.
const BITS_APART_MAX: u32 = 72;
/// The second best must be this much worse, in hundredths.
const CLEARLY: u32 = 85;
const TRIES: u32 = 1200;
/// A point lies where it should within this many pixels.
const OFF_PX: f64 = 4.0;
/// Coordinates are brought to about -1 to 1: sums of squares of pixels lose digits.
const UNIT_PX: f64 = 320.0;

/// From pixels of one picture to pixels of another, by rows; works on units of [`UNIT_PX`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Perspective([f64; 9]);

/// A pair of points: in the one picture, in the other.
type Pair = [(f64, f64); 2];

impl Perspective {
    #[inline]
    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let (u, v) = self.in_units(unit(x), unit(y));
        ((u + 1.0) * UNIT_PX, (v + 1.0) * UNIT_PX)
    }

    #[inline]
    fn in_units(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let depth = g * x + h * y + i;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }

    /// The way back.
    pub(super) fn inverse(&self) -> Self {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        Self([
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ])
    }

    /// How many pixels of the other picture one pixel is wide, at (x, y).
    pub(super) fn scale(&self, x: f64, y: f64) -> f64 {
        let (here, right, below) = (self.apply(x, y), self.apply(x + 1.0, y), self.apply(x, y + 1.0));
        let across = (right.0 - here.0, right.1 - here.1);
        let down = (below.0 - here.0, below.1 - here.1);
        (across.0 * down.1 - across.1 * down.0).abs().sqrt()
    }

    /// No picture is laid over another folded, mirrored or as a thread.
    fn is_possible(&self) -> bool {
        let [a, b, _, d, e, _, g, h, i] = self.0;
        let area = (a * e - b * d) / (i * i);
        (0.01..100.0).contains(&area) && g.abs().max(h.abs()) < 0.6 * i.abs()
    }

    /// The best for all these pairs, by least squares; none where they do not tell.
    fn through(pairs: &[Pair]) -> Option<Self> {
        let mut sums = [[0.0; 9]; 8];
        for [(x, y), (u, v)] in pairs {
            let equations =
                [[*x, *y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, *u], [0.0, 0.0, 0.0, *x, *y, 1.0, -v * x, -v * y, *v]];
            for equation in equations {
                for (row, weight) in sums.iter_mut().zip(equation) {
                    row.iter_mut().zip(equation).for_each(|(sum, value)| *sum += weight * value);
                }
            }
        }
        let [a, b, c, d, e, f, g, h] = solved(sums)?;
        Some(Self([a, b, c, d, e, f, g, h, 1.0])).filter(Self::is_possible)
    }

    fn fits(&self, [(x, y), (u, v)]: &Pair) -> bool {
        let (found_u, found_v) = self.in_units(*x, *y);
        let (off_u, off_v) = (found_u - u, found_v - v);
        off_u * off_u + off_v * off_v < (OFF_PX / UNIT_PX) * (OFF_PX / UNIT_PX)
    }
}

fn unit(px: f64) -> f64 {
    px / UNIT_PX - 1.0
}

/// Gauss and Jordan.
fn solved(mut rows: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let size = |row: &[f64; 9]| row.get(column).map_or(0.0, |v| v.abs());
        let (best, _) = rows.iter().enumerate().skip(column).max_by(|a, b| size(a.1).total_cmp(&size(b.1)))?;
        rows.swap(column, best);
        let pivot = *rows.get(column)?;
        let divisor = *pivot.get(column)?;
        if divisor.abs() < 1e-12 {
            return None;
        }
        let pivot = pivot.map(|value| value / divisor);
        for (at, row) in rows.iter_mut().enumerate() {
            let times = if at == column { 0.0 } else { *row.get(column)? };
            if at == column {
                *row = pivot;
            } else {
                row.iter_mut().zip(pivot).for_each(|(value, pivot)| *value -= times * pivot);
            }
        }
    }
    Some(rows.map(|[.., value]| value))
}

/// The perspective from `a` to `b` and how many points lie right under it; none where no four agree.
pub(super) fn find(a: &[Point], b: &[Point]) -> Option<(Perspective, usize)> {
    let pairs = matched(a, b);
    if pairs.len() < 4 {
        return None;
    }
    let count = |perspective: &Perspective| pairs.iter().filter(|pair| perspective.fits(pair)).count();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut pick = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        pairs.get((state >> 16) as usize % pairs.len()).copied()
    };
    let mut best: Option<(Perspective, usize)> = None;
    for _ in 0..TRIES {
        let four = [pick()?, pick()?, pick()?, pick()?];
        let Some(perspective) = Perspective::through(&four) else { continue };
        let agreeing = count(&perspective);
        if best.is_none_or(|(_, most)| agreeing > most) {
            best = Some((perspective, agreeing));
        }
    }
    let (mut perspective, mut agreeing) = best?;
    for _ in 0..3 {
        let right: Vec<Pair> = pairs.iter().filter(|pair| perspective.fits(pair)).copied().collect();
        let Some(better) = Perspective::through(&right) else { break };
        let count = count(&better);
        if count < agreeing {
            break;
        }
        (perspective, agreeing) = (better, count);
    }
    Some((perspective, agreeing))
}

/// Points that are each other's clearly nearest.
fn matched(a: &[Point], b: &[Point]) -> Vec<Pair> {
    let back: Vec<Option<usize>> = b.iter().map(|point| nearest(point, a)).collect();
    let pair = |(at, point): (usize, &Point)| {
        let other = nearest(point, b)?;
        let mutual = back.get(other).copied().flatten() == Some(at);
        let like = b.get(other).filter(|_| mutual)?;
        let place = |p: &Point| (unit(f64::from(p.x)), unit(f64::from(p.y)));
        Some([place(point), place(like)])
    };
    a.iter().enumerate().filter_map(pair).collect()
}

fn nearest(point: &Point, others: &[Point]) -> Option<usize> {
    let (mut best, mut second) = ((u32::MAX, 0), u32::MAX);
    for (at, other) in others.iter().enumerate() {
        let apart = distance(&point.bits, &other.bits);
        if apart < best.0 {
            // Another size of the same corner is no rival.
            let rival = others.get(best.1).is_some_and(|last| (last.x - other.x).hypot(last.y - other.y) > 8.0);
            second = if rival { best.0 } else { second };
            best = (apart, at);
        } else if apart < second
            && others.get(best.1).is_some_and(|first| (first.x - other.x).hypot(first.y - other.y) > 8.0)
        {
            second = apart;
        }
    }
    (best.0 <= BITS_APART_MAX && best.0.saturating_mul(100) < second.saturating_mul(CLEARLY)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_perspective_is_found_back_and_undone() {
        let made = Perspective([0.9, 0.1, 0.05, -0.08, 1.1, -0.02, 0.06, -0.04, 1.0]);
        let places = [(-0.9, -0.7), (0.8, -0.6), (0.7, 0.75), (-0.8, 0.6), (0.1, 0.2), (-0.3, 0.4)];
        let pairs: Vec<Pair> = places.iter().map(|(x, y)| [(*x, *y), made.in_units(*x, *y)]).collect();
        let found = Perspective::through(&pairs).unwrap();
        assert!(found.0.iter().zip(made.0).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?}");
        let (x, y) = made.apply(200.0, 100.0);
        let (x, y) = made.inverse().apply(x, y);
        assert!((x - 200.0).abs() < 1e-6 && (y - 100.0).abs() < 1e-6);
        let line: Vec<Pair> = (0..4).map(|i| [(f64::from(i), f64::from(i)), (f64::from(i), 0.0)]).collect();
        assert_eq!(Perspective::through(&line), None, "four points of a line tell nothing");
    }
}

//! Where a case without a pin of its own is drawn: in the middle of its building, several around it, the same on
//! every machine.

use super::{PlanPoint, UNIT};

/// Middle of an area: of its corners' hull where it has one, else of the corners.
#[must_use]
pub fn centre(corners: &[PlanPoint]) -> Option<PlanPoint> {
    let pairs = corners.iter().zip(corners.iter().cycle().skip(1));
    let (mut twice, mut x, mut y) = (0i64, 0i64, 0i64);
    for ([ax, ay], [bx, by]) in pairs {
        let (ax, ay, bx, by) = (i64::from(*ax), i64::from(*ay), i64::from(*bx), i64::from(*by));
        let cross = ax * by - bx * ay;
        twice += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    let count = i64::try_from(corners.len()).ok().filter(|n| *n > 0)?;
    if twice == 0 {
        let sum = |of: fn(&PlanPoint) -> u32| corners.iter().map(|p| i64::from(of(p))).sum::<i64>();
        return Some([on_unit(sum(|[x, _]| *x) / count), on_unit(sum(|[_, y]| *y) / count)]);
    }
    Some([on_unit(x / (3 * twice)), on_unit(y / (3 * twice))])
}

/// The `n`-th place around a middle: the first is the middle itself, the others on a spiral that keeps them apart.
#[must_use]
pub fn spread(middle: PlanPoint, n: usize) -> PlanPoint {
    /// Of the width: two pins at 900 px beside each other do not touch.
    const STEP: f64 = 2_200.0;
    /// Turns by which neighbours on the spiral never line up.
    const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
    let n = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let (far, angle) = (STEP * n.sqrt(), GOLDEN_ANGLE * n);
    let moved = |from: u32, by: f64| on_unit(i64::from(from) + by.round() as i64);
    let [x, y] = middle;
    [moved(x, far * angle.cos()), moved(y, far * angle.sin())]
}

fn on_unit(n: i64) -> u32 {
    u32::try_from(n.clamp(0, i64::from(UNIT))).unwrap_or(UNIT)
}

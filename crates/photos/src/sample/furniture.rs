//! Surfaces and things that several pictures share.

use super::noise::{Dice, cloud, lattice, smooth};
use super::stage::Stage;
use super::vector::{V3, rgb, v};

/// Plaster with stains: `base` made lighter and darker, runs of dirt below.
pub(super) fn plaster(base: V3, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    move |a, b| {
        let mottled = 0.9 + 0.16 * cloud(a * 1.3, b * 1.3, seed) + 0.05 * (smooth(a * 40.0, b * 40.0, seed) - 0.5);
        let runs = (smooth(a * 3.0, b * 0.25, seed ^ 9) - 0.6).max(0.0) * 0.35;
        Some(base * (mottled - runs))
    }
}

/// One colour, slightly worn.
pub(super) fn worn(base: V3, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    move |a, b| Some(base * (0.92 + 0.16 * smooth(a * 9.0, b * 9.0, seed)))
}

/// Corrugated sheet metal with rust from below.
pub(super) fn sheet(base: V3, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    move |a, b| {
        let wave = 0.86 + 0.16 * (a * 42.0).sin();
        let rust = (cloud(a * 2.0, b * 2.0, seed) - 0.25 - b * 0.35).clamp(0.0, 0.5) * 1.4;
        Some((base * wave).mix(rgb(0x7A4A2C), rust))
    }
}

/// Square tiles of `side` metres with joints.
pub(super) fn tiles(base: V3, side: f32, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    move |a, b| {
        let (i, j) = ((a / side).floor(), (b / side).floor());
        let joint = (a / side - i).min(b / side - j) < 0.03;
        let shade = 0.9 + 0.12 * lattice(i as i32, j as i32, seed) + 0.1 * (cloud(a, b, seed) - 0.5);
        Some(if joint { base * 0.62 } else { base * shade })
    }
}

/// Cardboard with a strip of tape.
pub(super) fn cardboard(seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    let base = rgb(0xB48A5A) * (0.85 + 0.3 * lattice(1, 2, seed));
    move |a, b| {
        let tape = (a - 0.22).abs() < 0.03;
        let print = b < 0.16 && b > 0.08 && (a * 26.0).sin() > 0.2 && a < 0.3;
        let colour = if print { base * 0.55 } else { base * (0.94 + 0.1 * smooth(a * 14.0, b * 3.0, seed)) };
        Some(if tape { colour.mix(rgb(0xD9C7A0), 0.7) } else { colour })
    }
}

/// A window of glass: sky in the upper panes, curtains or darkness behind, an aluminium frame.
pub(super) fn window(width: f32, height: f32, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    let curtain = lattice(3, 1, seed);
    let cloth = rgb(0xE9DFC9).mix(rgb(0x9FB4C4), lattice(4, 1, seed));
    move |a, b| {
        let frame = a < 0.05 || b < 0.05 || a > width - 0.05 || b > height - 0.05;
        let bar = (a - width / 2.0).abs() < 0.03 || (b - height * 0.7).abs() < 0.025;
        if frame || bar {
            return Some(rgb(0xD7DADC));
        }
        let sky = rgb(0x2C3A44).mix(rgb(0xA8C0D2), (b / height * 0.7 + 0.3 * smooth(a * 2.0, b * 2.0, seed)).min(1.0));
        let behind = curtain > 0.45 && (a / width) < curtain - 0.2;
        Some(if behind { (cloth * (0.75 + 0.15 * (a * 34.0).sin())).mix(sky, 0.25) } else { sky * 0.8 })
    }
}

/// A steel door of a flat, with panels, a lock and a paper couplet above.
pub(super) fn door(base: V3, seed: u64) -> impl Fn(f32, f32) -> Option<V3> {
    let couplet = lattice(7, 7, seed) > 0.4;
    move |a, b| {
        let panel = |low: f32, high: f32| a > 0.15 && a < 0.75 && b > low && b < high;
        let edge = |low: f32, high: f32| panel(low - 0.02, high + 0.02) && !panel(low, high);
        let lock = (a - 0.8).abs() < 0.03 && (b - 1.0).abs() < 0.09;
        if couplet && (1.55..1.8).contains(&b) && (0.3..0.6).contains(&a) {
            return Some(rgb(0xB4231E));
        }
        Some(match () {
            () if lock => rgb(0xC9C4B4),
            () if edge(0.2, 0.95) || edge(1.1, 1.9) => base * 0.6,
            () => base * (0.92 + 0.1 * smooth(a * 5.0, b * 5.0, seed)),
        })
    }
}

/// A pile of boxes on the floor within `x` and `z`, up to `tall` metres high.
pub(super) fn pile(stage: &mut Stage, dice: &mut Dice, x: (f32, f32), z: (f32, f32), tall: f32) {
    let mut near = z.0;
    while near < z.1 - 0.25 {
        let depth = dice.range(0.3, 0.6).min(z.1 - near);
        let mut top = 0.0;
        while top < tall - 0.2 {
            let height = dice.range(0.22, 0.45);
            let inset = dice.range(0.0, 0.12);
            let (low, high) = (v(x.0, top, near), v(x.1 - inset, top + height, near + depth));
            let seed = dice.next();
            match dice.below(6) {
                0 => stage.block(low, high, &worn(rgb(0x2F6DA8), seed)),
                1 => stage.block(low, high, &worn(rgb(0xC7C3B8), seed)),
                _ => stage.block(low, high, &cardboard(seed)),
            }
            top += height;
            if dice.chance(0.3) {
                break;
            }
        }
        near += depth + dice.range(0.0, 0.12);
    }
}

/// A tree or shrub of leafy balls.
pub(super) fn leaves(stage: &mut Stage, dice: &mut Dice, centre: V3, spread: f32, count: u32) {
    let autumn = dice.range(0.0, 0.5);
    for _ in 0..count {
        let off = v(dice.range(-1.0, 1.0), dice.range(-0.7, 0.7), dice.range(-1.0, 1.0)) * spread;
        let seed = dice.next();
        let green = rgb(0x4C6B33).mix(rgb(0x9A8238), autumn * dice.range(0.0, 1.0)) * dice.range(0.7, 1.25);
        stage.ball(centre + off, spread * dice.range(0.22, 0.42), &|n| {
            green * (0.45 + 0.9 * smooth(n.x * 9.0 + n.z * 5.0, n.y * 9.0, seed))
        });
    }
}

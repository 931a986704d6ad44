//! A residential block from outside: as it was built, with an enclosed balcony, or with a shed at its foot.

use super::furniture::{leaves, plaster, sheet, tiles, window, worn};
use super::noise::{Dice, cloud, smooth};
use super::stage::Stage;
use super::vector::{V3, rgb, v};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    House,
    Balcony,
    Shed,
}

const STOREY: f32 = 2.9;
const BAY: f32 = 3.4;
/// The wall stands this far away.
const WALL: f32 = 11.0;

pub(super) fn draw(stage: &mut Stage, dice: &mut Dice, subject: Subject) {
    let seed = dice.next();
    let stand = dice.range(-4.0, 4.0);
    match subject {
        Subject::House => stage.look(v(stand, 1.6, -7.0), v(0.0, 5.4, WALL), 0.72, dice.range(-0.02, 0.02)),
        Subject::Balcony => {
            stage.look(v(stand * 0.6, 1.7, 0.0), v(BAY * 0.1, 5.4, WALL), 0.55, dice.range(-0.03, 0.03))
        }
        Subject::Shed => stage.look(v(stand * 0.5 - 1.0, 1.6, 1.2), v(0.6, 1.7, WALL), 0.7, dice.range(-0.03, 0.03)),
    }
    stage.sky(seed);
    let shed = (v(-0.9, 0.0, WALL - 2.6), v(2.9, 2.35, WALL));
    if subject == Subject::Shed {
        stage.shade(shed.0, shed.1);
    }
    for (bay, floor) in balconies() {
        let low = balcony_corner(bay, floor);
        stage.shade(low, low + v(2.4, 0.15, 1.2));
    }
    ground(stage, seed);
    let base = rgb(dice.pick(&[0xD8C9AE, 0xC9B7A2, 0xD9D5CB, 0xC8A58B, 0xBFC6C4], 0xD8C9AE));
    stage.face(v(-14.0, 0.0, WALL), v(28.0, 0.0, 0.0), v(0.0, 6.0 * STOREY + 0.8, 0.0), &plaster(base, seed ^ 1));
    stage.block(
        v(-14.2, 6.0 * STOREY + 0.7, WALL - 0.3),
        v(14.2, 6.0 * STOREY + 1.0, WALL + 0.5),
        &worn(base * 0.8, seed ^ 2),
    );
    for floor in 0..6 {
        for bay in -4..4 {
            bay_of(stage, dice, bay, floor, base);
        }
    }
    for x in [-10.15, -3.35, 3.45, 10.25] {
        stage.block(v(x, 0.0, WALL - 0.12), v(x + 0.11, 6.0 * STOREY + 0.7, WALL), &worn(rgb(0xD9D9D4), seed ^ 5));
    }
    match subject {
        Subject::House => {}
        Subject::Balcony => enclosure(stage, dice, balcony_corner(0, 1)),
        Subject::Shed => lean_to(stage, dice, shed),
    }
    garden(stage, dice, subject);
}

/// Bays with balconies: every second, above the ground floor.
fn balconies() -> impl Iterator<Item = (i32, i32)> {
    (1..6).flat_map(|floor| [-4, -2, 0, 2].into_iter().map(move |bay| (bay, floor)))
}

fn balcony_corner(bay: i32, floor: i32) -> V3 {
    v(bay as f32 * BAY + 0.35, floor as f32 * STOREY, WALL - 1.2)
}

fn bay_of(stage: &mut Stage, dice: &mut Dice, bay: i32, floor: i32, base: V3) {
    let seed = dice.next();
    let (left, low) = (bay as f32 * BAY, floor as f32 * STOREY);
    let open = floor > 0 && bay % 2 == 0;
    let (width, height, sill) = if open { (2.0, 2.1, 0.2) } else { (1.5, 1.45, 0.95) };
    stage.face(
        v(left + 0.7, low + sill, WALL - 0.03),
        v(width, 0.0, 0.0),
        v(0.0, height, 0.0),
        &window(width, height, seed),
    );
    stage.block(
        v(left + 0.6, low + sill - 0.1, WALL - 0.16),
        v(left + 0.8 + width, low + sill, WALL),
        &worn(base * 1.05, seed),
    );
    if open {
        balcony(stage, dice, balcony_corner(bay, floor), base);
    } else if dice.chance(0.55) {
        let at = v(left + 2.45, low + 0.55, WALL - 0.42);
        stage.block(at, at + v(0.78, 0.56, 0.3), &move |a, b| {
            let fan = (a - 0.3).hypot(b - 0.28) < 0.2;
            Some(if fan {
                rgb(0x8E9295) * (0.8 + 0.2 * ((a - 0.3).hypot(b - 0.28) * 90.0).sin())
            } else {
                rgb(0xDEDFDD)
            })
        });
    }
    if floor == 0 || dice.chance(0.2) {
        bars(stage, v(left + 0.66, low + sill - 0.02, WALL - 0.2), width + 0.08, height + 0.05);
    }
}

fn balcony(stage: &mut Stage, dice: &mut Dice, low: V3, base: V3) {
    stage.block(low, low + v(2.4, 0.15, 1.2), &worn(base * 0.9, dice.next()));
    let panel = base.mix(rgb(0x9FA8A4), dice.range(0.0, 0.6));
    stage.block(low + v(0.0, 0.15, 0.0), low + v(2.4, 1.05, 0.08), &plaster(panel, dice.next()));
    stage.block(low + v(0.0, 0.15, 0.0), low + v(0.08, 1.05, 1.2), &plaster(panel, dice.next()));
    stage.block(low + v(2.32, 0.15, 0.0), low + v(2.4, 1.05, 1.2), &plaster(panel, dice.next()));
    for place in 0..dice.below(6) {
        let cloth = rgb(dice.pick(&[0xE9E4DA, 0x7C92AB, 0xB0524A, 0x5F7458, 0x33383F], 0xE9E4DA));
        let (x, drop) = (0.25 + place as f32 * 0.36, dice.range(0.5, 0.9));
        let seed = dice.next();
        stage.face(low + v(x, 2.2 - drop, 0.3), v(0.3, 0.0, 0.02), v(0.0, drop, 0.0), &move |a, b| {
            Some(cloth * (0.8 + 0.25 * smooth(a * 12.0, b * 2.0, seed)))
        });
    }
}

fn bars(stage: &mut Stage, low: V3, width: f32, height: f32) {
    stage.face(low, v(width, 0.0, 0.0), v(0.0, height, 0.0), &|a, b| {
        ((a % 0.14) < 0.018 || (b % 0.5) < 0.02).then(|| rgb(0xB9BDBE))
    });
}

/// A balcony closed with blue glass and aluminium, standing out further than the slab it was built on.
fn enclosure(stage: &mut Stage, dice: &mut Dice, low: V3) {
    let seed = dice.next();
    let glazing = move |a: f32, b: f32| {
        let frame = (a % 0.62) < 0.05 || b < 0.06 || (b - 1.25).abs() < 0.03 || b > 2.55;
        let glass = rgb(0x3E6A80).mix(rgb(0xA9C8D4), 0.75 * smooth(a * 1.3, b * 1.1, seed));
        Some(if frame {
            rgb(0xE6E9EA)
        } else if b < 1.0 {
            rgb(0xDCDFDE)
        } else {
            glass
        })
    };
    let out = low - v(0.15, 0.1, 0.55);
    stage.block(out, out + v(2.75, 2.7, 1.75), &glazing);
    stage.block(out - v(0.15, -2.7, 0.25), out + v(2.9, 2.82, 1.75), &sheet(rgb(0x3F6EA5), seed));
    stage.block(out - v(0.05, 0.12, 0.05), out + v(2.8, 0.0, 1.75), &worn(rgb(0x8A8F94), seed));
    for x in [0.2, 2.4] {
        stage.block(out + v(x, -0.9, 0.9), out + v(x + 0.07, -0.1, 1.7), &worn(rgb(0x6C4A36), seed));
    }
}

/// A shed of sheet metal and brick against the house.
fn lean_to(stage: &mut Stage, dice: &mut Dice, (low, high): (V3, V3)) {
    let seed = dice.next();
    let metal = rgb(dice.pick(&[0x3B6FA8, 0x9FA6A8, 0x5B7F6A], 0x3B6FA8));
    let skin = sheet(metal, seed);
    let brick = move |a: f32, b: f32| {
        let row = (b / 0.075).floor();
        let shift = if row as i32 % 2 == 0 { 0.0 } else { 0.12 };
        let joint = ((a + shift) % 0.25) < 0.014 || (b % 0.075) < 0.012;
        Some(if joint { rgb(0xB7AFA2) } else { rgb(0x9A5540) * (0.8 + 0.4 * smooth((a + shift) * 4.0, row, seed)) })
    };
    stage.block(low, high, &move |a, b| if b < 0.75 { brick(a, b) } else { skin(a, b) });
    let door = v(low.x + 0.35, 0.0, low.z - 0.03);
    stage.face(door, v(0.85, 0.0, 0.0), v(0.0, 1.95, 0.0), &move |a, b| {
        let lock = (a - 0.75).hypot(b - 1.0) < 0.035;
        let brace = ((b - a * 2.2).abs() < 0.05) || !(0.05..=0.8).contains(&a);
        Some(if lock {
            rgb(0x30302E)
        } else if brace {
            rgb(0x5E6468)
        } else {
            rgb(0x8B9296) * (0.85 + 0.2 * cloud(a * 2.0, b * 2.0, seed))
        })
    });
    stage.face(v(low.x + 1.6, 1.05, low.z - 0.03), v(1.1, 0.0, 0.0), v(0.0, 0.8, 0.0), &window(1.1, 0.8, seed));
    let (roof, slope) = (v(low.x - 0.25, high.y, low.z - 0.3), high.z - low.z + 0.3);
    stage.face(
        roof,
        v(high.x - low.x + 0.5, 0.0, 0.0),
        v(0.0, 0.5, slope),
        &sheet(rgb(0x3A63A0).mix(rgb(0xA2402F), dice.range(0.0, 1.0).round()), seed ^ 1),
    );
    stage.block(roof - v(0.0, 0.04, 0.0), roof + v(high.x - low.x + 0.5, 0.03, 0.04), &worn(rgb(0x4A4A48), seed));
    super::furniture::pile(stage, dice, (high.x + 0.15, high.x + 0.9), (low.z + 0.4, high.z - 0.2), 1.1);
}

fn ground(stage: &mut Stage, seed: u64) {
    let asphalt = move |a: f32, b: f32| {
        let speck = 0.85 + 0.3 * smooth(a * 30.0, b * 30.0, seed);
        let patch = 0.92 + 0.2 * cloud(a * 0.6, b * 0.6, seed);
        let wet = (cloud(a * 0.4, b * 0.4, seed ^ 8) - 0.62).max(0.0) * 1.2;
        Some((rgb(0x6D6C6A) * (speck * patch)).mix(rgb(0x8FA0AE), wet))
    };
    stage.face(v(-40.0, 0.0, -8.0), v(80.0, 0.0, 0.0), v(0.0, 0.0, 15.6), &asphalt);
    stage.face(v(-40.0, 0.12, 7.6), v(80.0, 0.0, 0.0), v(0.0, 0.0, WALL - 7.6), &tiles(rgb(0xB1A798), 0.35, seed));
    stage.face(v(-40.0, 0.0, 7.6), v(80.0, 0.0, 0.0), v(0.0, 0.12, 0.0), &worn(rgb(0xA9A7A1), seed));
}

fn garden(stage: &mut Stage, dice: &mut Dice, subject: Subject) {
    for place in 0..9 {
        let x = -11.0 + place as f32 * 2.6 + dice.range(-0.4, 0.4);
        if !(subject == Subject::Shed && (-2.2..4.6).contains(&x)) {
            let spread = dice.range(0.5, 0.8);
            leaves(stage, dice, v(x, 0.5, WALL - 1.6), spread, 26);
        }
    }
    if subject != Subject::Balcony || dice.chance(0.4) {
        let x = dice.pick(&[-6.5, 6.8], 6.8) + dice.range(-0.6, 0.6);
        stage.block(v(x - 0.12, 0.0, 8.2), v(x + 0.12, 3.0, 8.44), &worn(rgb(0x5C4A3A), 4));
        leaves(stage, dice, v(x, 4.1, 8.3), 1.5, 150);
    }
    bicycle(stage, v(-3.2, 0.12, 8.1));
}

/// A parked bicycle, from the side.
fn bicycle(stage: &mut Stage, corner: V3) {
    stage.face(corner, v(1.7, 0.0, 0.0), v(0.0, 1.1, 0.0), &|a, b| {
        let wheel = |x: f32| ((a - x).hypot(b - 0.34) - 0.31).abs() < 0.03;
        let line = |x0: f32, y0: f32, x1: f32, y1: f32| {
            let (dx, dy) = (x1 - x0, y1 - y0);
            let share = (((a - x0) * dx + (b - y0) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
            (a - x0 - share * dx).hypot(b - y0 - share * dy) < 0.022
        };
        let frame = line(0.35, 0.34, 0.75, 0.34)
            || line(0.75, 0.34, 1.2, 0.8)
            || line(0.62, 0.85, 1.2, 0.8)
            || line(0.75, 0.34, 0.62, 0.85)
            || line(0.35, 0.34, 0.62, 0.85)
            || line(1.35, 0.34, 1.18, 1.0);
        let parts = line(0.5, 0.92, 0.74, 0.92) || line(1.05, 1.03, 1.25, 1.0);
        if wheel(0.35) || wheel(1.35) || parts { Some(rgb(0x26282A)) } else { frame.then(|| rgb(0x3E7FA8)) }
    });
}

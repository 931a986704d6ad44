//! A street stall in front of a shop, on the pavement.

use super::furniture::{leaves, plaster, tiles, worn};
use super::noise::{Dice, lattice, smooth};
use super::stage::Stage;
use super::vector::{V3, rgb, v};

pub(super) fn draw(stage: &mut Stage, dice: &mut Dice) {
    let seed = dice.next();
    stage.look(v(dice.range(-1.2, 1.2), 1.6, -1.2), v(dice.range(-0.2, 0.4), 1.15, 4.0), 0.72, dice.range(-0.03, 0.03));
    stage.sky(seed);
    let table = (v(-1.2, 0.0, 2.3), v(1.3, 0.78, 3.3));
    stage.shade(table.0, table.1);
    stage.shade(v(-1.7, 2.25, 1.8), v(1.8, 2.3, 3.8));

    stage.face(v(-12.0, 0.0, -2.0), v(24.0, 0.0, 0.0), v(0.0, 0.0, 7.2), &tiles(rgb(0xA7A199), 0.3, seed));
    shop(stage, dice, 5.2);
    let wood = worn(rgb(0x8C6A45), seed ^ 1);
    stage.block(v(table.0.x, 0.7, table.0.z), table.1, &wood);
    for x in [table.0.x + 0.05, table.1.x - 0.1] {
        stage.block(v(x, 0.0, table.0.z + 0.05), v(x + 0.05, 0.7, table.0.z + 0.1), &wood);
        stage.block(v(x, 0.0, table.1.z - 0.1), v(x + 0.05, 0.7, table.1.z - 0.05), &wood);
    }
    crates(stage, dice, table.0, 0.78);
    crates(stage, dice, v(-1.9, 0.0, 1.5), 0.0);
    awning(stage, dice);
    board(stage, dice);
    let tree = dice.pick(&[-5.2, 5.0], 5.0);
    leaves(stage, dice, v(tree, 3.4, 4.4), 1.3, 90);
}

fn shop(stage: &mut Stage, dice: &mut Dice, back: f32) {
    let wall = plaster(rgb(dice.pick(&[0xC8B59B, 0xB9BDBE, 0xC99F86], 0xC8B59B)), dice.next());
    stage.face(v(-12.0, 0.0, back), v(24.0, 0.0, 0.0), v(0.0, 7.0, 0.0), &wall);
    for bay in -3..4 {
        let left = bay as f32 * 3.1 - 1.3;
        let seed = dice.next();
        let ribs =
            move |_: f32, b: f32| Some(rgb(0x8F979C) * (0.82 + 0.14 * (b * 60.0).sin() + 0.08 * smooth(0.0, b, seed)));
        let glass = move |a: f32, b: f32| {
            let bar = (a % 0.9) < 0.04 || b > 2.3;
            Some(if bar {
                rgb(0xC9CCCB)
            } else {
                rgb(0x33424A).mix(rgb(0x9FB2BC), 0.5 * smooth(a * 1.2, b * 0.8, seed))
            })
        };
        if dice.chance(0.45) {
            stage.face(v(left, 0.0, back - 0.02), v(2.6, 0.0, 0.0), v(0.0, 2.5, 0.0), &ribs);
        } else {
            stage.face(v(left, 0.0, back - 0.02), v(2.6, 0.0, 0.0), v(0.0, 2.5, 0.0), &glass);
        }
        let sign = rgb(dice.pick(&[0x9E2A22, 0x1F5D88, 0x2D6A3F, 0xC07A1E, 0x4A3B66], 0x9E2A22));
        stage.block(v(left - 0.1, 2.65, back - 0.15), v(left + 2.7, 3.35, back), &move |a, b| {
            let letter = (0.16..0.54).contains(&b)
                && lattice((a * 16.0) as i32, (b * 16.0) as i32, seed) > 0.45
                && (a % 0.5) > 0.1;
            Some(if letter { rgb(0xF3E9C8) } else { sign })
        });
    }
}

fn crates(stage: &mut Stage, dice: &mut Dice, corner: V3, top: f32) {
    let count = if top > 0.0 { 5 } else { 2 };
    for place in 0..count {
        let (x, z) = (corner.x + 0.04 + place as f32 * 0.5, corner.z + 0.1);
        let (low, high) = (v(x, top, z), v(x + 0.44, top + 0.14, z + 0.6));
        let crate_colour = rgb(dice.pick(&[0x2C62A0, 0x2F7A4A, 0xB48A5A], 0x2C62A0));
        stage.block(low, high, &move |a, b| {
            Some(crate_colour * if (b % 0.05) < 0.015 || (a % 0.11) < 0.012 { 0.55 } else { 1.0 })
        });
        let fruit = rgb(dice.pick(&[0xC8452B, 0xD98A21, 0x7C9A38, 0xB7B23F, 0x6B3A58], 0xD98A21));
        for row in 0..6 {
            for column in 0..5 {
                let centre = v(
                    x + 0.05 + column as f32 * 0.085,
                    top + 0.15 + dice.range(0.0, 0.03),
                    z + 0.06 + row as f32 * 0.095,
                );
                let shade = dice.range(0.75, 1.2);
                stage.ball(centre, 0.048, &|n| fruit * (shade * (0.8 + 0.2 * n.y)));
            }
        }
    }
}

fn awning(stage: &mut Stage, dice: &mut Dice) {
    let first = rgb(dice.pick(&[0xB03A34, 0x2F6B9A, 0x2E7D55], 0xB03A34));
    let stripes = move |a: f32, _: f32| Some(if (a % 0.6) < 0.3 { first } else { rgb(0xE9E4D6) });
    stage.face(v(-1.7, 2.25, 1.8), v(3.5, 0.0, 0.0), v(0.0, 0.35, 2.0), &stripes);
    stage.face(v(-1.7, 2.03, 1.8), v(3.5, 0.0, 0.0), v(0.0, 0.22, 0.0), &move |a, b| {
        if b < 0.07 * (a * std::f32::consts::PI / 0.3).sin().abs() { None } else { stripes(a, b) }
    });
    let pole = worn(rgb(0xA9AEB2), 3);
    for x in [-1.65, 1.72] {
        stage.block(v(x, 0.0, 1.85), v(x + 0.04, 2.25, 1.89), &pole);
        stage.block(v(x, 0.0, 3.7), v(x + 0.04, 2.6, 3.74), &pole);
    }
}

/// A hand-written price board.
fn board(stage: &mut Stage, dice: &mut Dice) {
    let price = format!("{}", 2 + dice.below(8));
    stage.face(v(0.55, 0.93, 2.32), v(0.36, 0.0, 0.03), v(0.0, 0.3, 0.0), &move |a, b| {
        let ink = super::glyph::ink(&price, (a - 0.1) / 0.14, (b - 0.04) / 0.14, 0.1);
        Some(if ink { rgb(0xB3241C) } else { rgb(0xF0E7C6) })
    });
}

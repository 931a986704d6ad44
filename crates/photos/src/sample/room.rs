//! A room divided by board walls, with bunk beds: group renting.

use super::furniture::{plaster, tiles, window, worn};
use super::noise::{Dice, smooth};
use super::stage::{Lamp, Stage};
use super::vector::{V3, rgb, v};

pub(super) fn draw(stage: &mut Stage, dice: &mut Dice) {
    let (left, right, height, length) = (-2.3, 2.3, 2.7, dice.range(5.0, 6.2));
    let seed = dice.next();
    stage.look(
        v(dice.range(-0.6, 0.4), 1.6, 0.15),
        v(dice.range(-0.2, 0.3), 1.1, length),
        0.85,
        dice.range(-0.04, 0.04),
    );
    let day = dice.range(0.8, 1.25);
    stage.indoors(
        v(0.24, 0.24, 0.25) * day,
        vec![
            Lamp { at: v(-0.6, 1.7, length - 0.4), colour: v(0.9, 0.98, 1.1) * day, reach: 2.6 },
            Lamp { at: v(0.3, height - 0.15, 2.0), colour: v(1.0, 0.93, 0.8) * 0.7, reach: 2.2 },
        ],
    );
    let beds = [(right - 0.95, 1.7), (right - 0.95, 3.85), (left, 2.1)];
    for (x, z) in beds {
        stage.shade(v(x, 0.25, z), v(x + 0.95, 0.5, z + 1.95));
    }
    shell(stage, (left, right, height, length), seed);
    partition(stage, dice, (left + 0.98, 1.55), (2.3, 1.0), height);
    partition(stage, dice, (right - 0.98, 3.7), (2.2, 0.12), height);
    for (x, z) in beds {
        bunk(stage, dice, v(x, 0.0, z));
    }
    clutter(stage, dice, left);
}

fn shell(stage: &mut Stage, (left, right, height, length): (f32, f32, f32, f32), seed: u64) {
    let (across, up, away) = (v(right - left, 0.0, 0.0), v(0.0, height, 0.0), v(0.0, 0.0, length));
    stage.face(v(left, 0.0, 0.0), across, away, &tiles(rgb(0xB9A88C), 0.6, seed));
    stage.face(v(left, height, 0.0), across, away, &plaster(rgb(0xE4E1DA), seed ^ 1));
    stage.face(v(left, 0.0, 0.0), away, up, &plaster(rgb(0xDCD8CC), seed ^ 2));
    stage.face(v(right, 0.0, 0.0), away, up, &plaster(rgb(0xD8D5C9), seed ^ 3));
    stage.face(v(left, 0.0, length), across, up, &plaster(rgb(0xDEDACE), seed ^ 4));
    stage.face(v(-1.4, 0.9, length - 0.02), v(1.6, 0.0, 0.0), v(0.0, 1.4, 0.0), &|a, b| {
        window(1.6, 1.4, seed)(a, b).map(|colour| colour * 2.3)
    });
}

/// A board wall along the room at `at` (x, z), `size` (length, opening at its near end).
fn partition(stage: &mut Stage, dice: &mut Dice, at: (f32, f32), size: (f32, f32), height: f32) {
    let seed = dice.next();
    let board = move |a: f32, b: f32| {
        let seam = (a % 1.22) < 0.015 || (b - 2.0).abs() < 0.01;
        let grain = 0.92 + 0.1 * smooth(a * 3.0, b * 26.0, seed);
        Some(if seam { rgb(0x8F7B58) } else { rgb(0xCDB68C) * grain })
    };
    let near = at.1 + size.1;
    stage.block(v(at.0, 0.0, near), v(at.0 + 0.06, height - 0.3, near + size.0), &board);
}

fn bunk(stage: &mut Stage, dice: &mut Dice, corner: V3) {
    let (wide, long) = (0.9, 1.9);
    let steel = worn(rgb(0x4E6A86), dice.next());
    for (x, z) in [(0.0, 0.0), (wide, 0.0), (0.0, long), (wide, long)] {
        stage.block(corner + v(x, 0.0, z), corner + v(x + 0.05, 1.75, z + 0.05), &steel);
    }
    for level in [0.38, 1.28] {
        stage.block(corner + v(0.0, level, 0.0), corner + v(wide + 0.05, level + 0.07, long + 0.05), &steel);
        let sheet = rgb(dice.pick(&[0xB9C7D6, 0xC9A6A0, 0xA8BFA0, 0xD9D2C0], 0xB9C7D6));
        let seed = dice.next();
        stage.block(corner + v(0.04, level + 0.07, 0.06), corner + v(wide, level + 0.2, long), &move |a, b| {
            Some(
                sheet * (0.82 + 0.22 * smooth(a * 6.0, b * 5.0, seed) + if (a * 9.0).sin() > 0.6 { 0.06 } else { 0.0 }),
            )
        });
        let quilt = rgb(dice.pick(&[0x7A3B45, 0x2F4E77, 0x4F6B4A, 0x8C6A3C], 0x2F4E77));
        let folded = dice.range(0.7, 1.2);
        stage.block(
            corner + v(0.06, level + 0.2, 0.1),
            corner + v(wide - 0.03, level + 0.32, folded),
            &worn(quilt, seed ^ 1),
        );
        stage.block(
            corner + v(0.15, level + 0.2, long - 0.42),
            corner + v(wide - 0.15, level + 0.3, long - 0.08),
            &worn(rgb(0xE7E3DA), seed ^ 2),
        );
    }
    for rung in 0..4 {
        let y = 0.5 + rung as f32 * 0.25;
        stage.block(corner + v(0.0, y, -0.01), corner + v(0.32, y + 0.03, 0.03), &steel);
    }
    stage.block(corner + v(0.32, 0.0, -0.01), corner + v(0.36, 1.55, 0.03), &steel);
}

fn clutter(stage: &mut Stage, dice: &mut Dice, left: f32) {
    for _ in 0..5 {
        let (x, z, size) = (dice.range(left + 1.2, 1.0), dice.range(1.6, 3.4), dice.range(0.2, 0.38));
        let colour = dice.pick(&[0x3A3F55, 0x9A2E35, 0x2E6B62, 0xB59B6A, 0xD8D8D6], 0x3A3F55);
        stage.block(v(x, 0.0, z), v(x + size, size * 0.8, z + size * 0.8), &worn(rgb(colour), dice.next()));
    }
    // A line of washing.
    for place in 0..6 {
        let x = left + 1.2 + place as f32 * 0.33;
        let cloth = rgb(dice.pick(&[0xE8E4DC, 0x56708E, 0xA65B52, 0x6D7F5C, 0x2F3238], 0xE8E4DC));
        let seed = dice.next();
        let drop = dice.range(0.5, 0.85);
        stage.face(v(x, 2.3 - drop, 4.3), v(0.28, 0.0, 0.04), v(0.0, drop, 0.0), &move |a, b| {
            Some(cloth * (0.8 + 0.25 * smooth(a * 14.0, b * 2.0, seed)))
        });
    }
    stage.block(v(left + 1.1, 2.3, 4.29), v(1.3, 2.315, 4.31), &worn(rgb(0x8A8F94), 5));
}

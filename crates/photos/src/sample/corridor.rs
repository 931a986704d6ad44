//! A stairwell corridor with goods in the way of escape.

use super::furniture::{door, pile, plaster, tiles, window, worn};
use super::noise::Dice;
use super::stage::{Lamp, Stage};
use super::vector::{rgb, v};

pub(super) fn draw(stage: &mut Stage, dice: &mut Dice) {
    let (width, height, length) = (dice.range(1.7, 2.2), 2.6, dice.range(7.0, 11.0));
    let half = width / 2.0;
    let seed = dice.next();
    let eye = v(dice.range(-0.25, 0.3), 1.55, 0.1);
    stage.look(eye, v(dice.range(-0.15, 0.15), 1.25, length), 0.78, dice.range(-0.035, 0.035));
    let day = dice.range(0.7, 1.3);
    stage.indoors(
        v(0.2, 0.2, 0.21) * day,
        vec![
            Lamp { at: v(0.0, 1.9, length - 0.6), colour: v(0.85, 0.95, 1.1) * day, reach: 2.2 },
            Lamp { at: v(0.0, height - 0.1, dice.range(2.0, 3.5)), colour: v(1.0, 0.86, 0.62) * 0.75, reach: 1.9 },
        ],
    );
    let goods_left = dice.chance(0.5);
    let goods = if goods_left { (-half, -half + dice.range(0.5, 0.75)) } else { (half - dice.range(0.5, 0.75), half) };
    let stretch = (dice.range(1.5, 2.0), dice.range(4.2, 5.8));
    stage.shade(v(goods.0, 0.0, stretch.0), v(goods.1, 1.0, stretch.1));

    stage.face(v(-half, 0.0, 0.0), v(width, 0.0, 0.0), v(0.0, 0.0, length), &tiles(rgb(0xA59C8E), 0.4, seed));
    stage.face(v(-half, height, 0.0), v(width, 0.0, 0.0), v(0.0, 0.0, length), &plaster(rgb(0xD9D6CE), seed ^ 1));
    let skirting = |base| {
        let upper = plaster(rgb(0xDAD5C8), base);
        move |a: f32, b: f32| if b < 1.15 { upper(a, b).map(|c| c.tint(rgb(0x8FA596))) } else { upper(a, b) }
    };
    stage.face(v(-half, 0.0, 0.0), v(0.0, 0.0, length), v(0.0, height, 0.0), &skirting(seed ^ 2));
    stage.face(v(half, 0.0, 0.0), v(0.0, 0.0, length), v(0.0, height, 0.0), &skirting(seed ^ 3));
    stage.face(v(-half, 0.0, length), v(width, 0.0, 0.0), v(0.0, height, 0.0), &plaster(rgb(0xD0CBBE), seed ^ 4));
    stage.face(v(-0.5, 1.0, length - 0.02), v(1.0, 0.0, 0.0), v(0.0, 1.25, 0.0), &|a, b| {
        window(1.0, 1.25, seed)(a, b).map(|colour| colour * 2.6)
    });
    for (side, at) in [(-half + 0.01, 1.3), (half - 0.01, 2.6), (-half + 0.01, 4.4), (half - 0.01, 5.6)] {
        let paint = door(rgb(dice.pick(&[0x6E3B2A, 0x4B5A4E, 0x7D6B52], 0x6E3B2A)), dice.next());
        stage.face(v(side, 0.0, at), v(0.0, 0.0, 0.92), v(0.0, 2.05, 0.0), &paint);
    }
    let tall = dice.range(0.9, 1.7);
    pile(stage, dice, goods, stretch, tall);
    rack(stage, dice, if goods_left { half - 0.3 } else { -half }, stretch.1 + 0.4);
    // The lamp itself.
    stage.block(v(-0.12, height - 0.06, 2.6), v(0.12, height, 2.84), &|_, _| Some(v(3.0, 2.7, 2.1)));
}

/// A shoe rack.
fn rack(stage: &mut Stage, dice: &mut Dice, left: f32, near: f32) {
    let wood = worn(rgb(0x8A6B49), 11);
    for shelf in 0..4 {
        let y = 0.08 + shelf as f32 * 0.26;
        stage.block(v(left, y, near), v(left + 0.3, y + 0.02, near + 0.8), &wood);
        for pair in 0..3 {
            let (colour, z) =
                (dice.pick(&[0x2A2A2C, 0x9C3030, 0xD8D4CC, 0x2C4C78], 0x2A2A2C), near + 0.06 + pair as f32 * 0.25);
            stage.block(
                v(left + 0.03, y + 0.02, z),
                v(left + 0.27, y + 0.11, z + 0.16),
                &worn(rgb(colour), dice.next()),
            );
        }
    }
}

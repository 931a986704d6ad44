//! A door plate: the number of a doorway, close enough to read.

use super::furniture::{plaster, tiles};
use super::glyph;
use super::noise::{Dice, smooth};
use super::stage::Stage;
use super::vector::{rgb, v};

/// Draws a plate with `number`, or one by chance where it is empty.
pub(super) fn draw(stage: &mut Stage, dice: &mut Dice, number: &str) {
    let by_chance = (1 + dice.below(68)).to_string();
    let digits = if number.is_empty() { by_chance.as_str() } else { number };
    let text: String = digits.chars().filter(char::is_ascii_digit).take(4).chain(['号']).collect();
    let seed = dice.next();
    let sway = dice.range(-0.5, 0.5);
    stage.look(v(sway, 1.55, 0.0), v(0.0, 1.72, 1.6), 0.42, dice.range(-0.05, 0.05));

    let cells = text.chars().count() as f32;
    let (width, height) = (0.16 + 0.135 * cells, 0.3);
    let (low, high) = (v(-width / 2.0, 1.6, 1.578), v(width / 2.0, 1.6 + height, 1.6));
    stage.shade(low, high);
    let wall = dice.pick(&[0xC9B79A, 0xBFC3C2, 0xC7A58C, 0xD8D2C4], 0xC9B79A);
    if dice.chance(0.4) {
        stage.face(v(-3.0, 0.0, 1.6), v(6.0, 0.0, 0.0), v(0.0, 4.0, 0.0), &tiles(rgb(wall), 0.11, seed));
    } else {
        stage.face(v(-3.0, 0.0, 1.6), v(6.0, 0.0, 0.0), v(0.0, 4.0, 0.0), &plaster(rgb(wall), seed));
    }
    let field = rgb(dice.pick(&[0x1F5E3A, 0x1B4F8F, 0x1B4F8F], 0x1B4F8F));
    let enamel = move |a: f32, b: f32| {
        let border = |inset: f32| a > inset && b > inset && a < width - inset && b < height - inset;
        let line = border(0.018) && !border(0.026);
        let screw = [0.04, width - 0.04].iter().any(|x| (a - x).hypot(b - height / 2.0) < 0.009);
        let ink = glyph::ink(&text, (a - 0.09) / 0.118, (b - 0.055) / 0.118, 0.1);
        let chipped = smooth(a * 30.0, b * 30.0, seed) > 0.93;
        let shine = 0.93 + 0.15 * (b / height) + 0.05 * smooth(a * 6.0, b * 6.0, seed);
        Some(match () {
            () if screw => rgb(0x8C8C86),
            () if ink || line => rgb(0xF2F1EA) * shine,
            () if chipped => rgb(0x5A4A3C),
            () => field * shine,
        })
    };
    stage.face(v(low.x, low.y, low.z), v(width, 0.0, 0.0), v(0.0, height, 0.0), &enamel);
    // The edge of a door frame and a letter slot, so that the plate stands somewhere.
    let side = if sway > 0.0 { -0.82 } else { 0.6 };
    stage.block(v(side, 0.0, 1.52), v(side + 0.22, 3.2, 1.6), &plaster(rgb(0x6B4A35), seed ^ 3));
}

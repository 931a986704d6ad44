//! Drawn pictures for the sample town and for tests: plausible enough to work with, and plainly not
//! of any real place. A small ray caster draws flat faces and balls in daylight; the camera's own
//! faults (tint, vignette, noise, a tilted hand) are put on top.
//!
//! The same kind, seed and size give the same bytes.

mod corridor;
mod facade;
mod furniture;
mod glyph;
mod metadata;
mod noise;
mod plate;
mod room;
mod stage;
mod stall;
mod vector;

use crate::codec::{Rgb, encode_jpeg, shrink};
use noise::Dice;
use stage::Stage;

/// What [`scene`] can draw.
pub const KINDS: [&str; 7] = ["facade", "balcony", "shed", "corridor", "room", "stall", "plate"];

/// Drawn larger and made smaller, which smooths edges.
const OVERSAMPLING: f32 = 1.4;
const QUALITY: u8 = 86;

/// A picture of `kind` (one of [`KINDS`]; `plate:18` for a door plate of that number; anything else
/// is a facade) as a JPEG file with a minimal EXIF block, taken on a working day of autumn 2026.
#[must_use]
pub fn scene(kind: &str, seed: u64, width: u32, height: u32) -> Vec<u8> {
    let mut dice = Dice::new(seed ^ 0x7461_6b65_6e00);
    let (day, hour) = (1 + dice.below(30), 8 + dice.below(9));
    let taken = format!("2026:{:02}:{day:02} {hour:02}:{:02}:{:02}", 9 + dice.below(2), dice.below(60), dice.below(60));
    scene_at(kind, seed, width, height, &taken)
}

/// Like [`scene`], taken at `taken` (`2026:11:09 10:02:11`, +08:00); the light follows the hour.
/// Sides are held within 64-4096 px.
#[must_use]
pub fn scene_at(kind: &str, seed: u64, width: u32, height: u32, taken: &str) -> Vec<u8> {
    let (width, height) = (width.clamp(64, 4096), height.clamp(64, 4096));
    let hour = taken.get(11..13).and_then(|text| text.parse::<f32>().ok()).unwrap_or(10.0);
    let mut dice = Dice::new(seed);
    let large = |px: u32| (px as f32 * OVERSAMPLING) as u32;
    let mut stage = Stage::new(large(width), large(height), hour, &mut dice);
    let (name, number) = kind.split_once(':').unwrap_or((kind, ""));
    match name {
        "corridor" => corridor::draw(&mut stage, &mut dice),
        "room" => room::draw(&mut stage, &mut dice),
        "stall" => stall::draw(&mut stage, &mut dice),
        "plate" => plate::draw(&mut stage, &mut dice, number),
        "shed" => facade::draw(&mut stage, &mut dice, facade::Subject::Shed),
        "balcony" => facade::draw(&mut stage, &mut dice, facade::Subject::Balcony),
        _ => facade::draw(&mut stage, &mut dice, facade::Subject::House),
    }
    let picture = stage.develop(seed);
    let jpeg = smaller(picture, width, height).and_then(|rgb| encode_jpeg(&rgb, QUALITY, None, "").ok());
    jpeg.map(|jpeg| metadata::embed(&jpeg, taken, 1)).unwrap_or_default()
}

/// `jpeg` with an EXIF block in front: taken at `taken`, held as `orientation` says. For tests.
#[must_use]
pub fn with_exif(jpeg: &[u8], taken: &str, orientation: u16) -> Vec<u8> {
    metadata::embed(jpeg, taken, orientation)
}

fn smaller(picture: Rgb, width: u32, height: u32) -> Option<Rgb> {
    shrink(picture, width.max(height)).ok()
}

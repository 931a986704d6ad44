//! 平面图: the picture of a compound, the buildings drawn on it, and where on it a case lies.
//!
//! A record of its own (`plan:<compound id>`) under the compound's scope: only who works in the compound receives
//! the picture, and drawing a building does not fold the register anew. Coordinates are whole hundred-thousandths
//! of the picture's width and height: signed events carry no floats.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod decide;
mod fold;
mod georef;
mod judge;
mod place;

pub use decide::{draw, set};
pub use fold::{PlanState, fold, project};
pub use georef::{Anchor, Georef};
pub use judge::judge;
pub use place::{centre, spread};

pub const SET: &str = "plan.set";
pub const DRAWN: &str = "plan.drawn";
pub const TV: u32 = 1;

/// A whole width or height.
pub const UNIT: u32 = 100_000;
pub const CORNERS_MAX: usize = 64;
pub const BUILDINGS_MAX: usize = 500;

/// x from the left, y from the top.
pub type PlanPoint = [u32; 2];

/// A new picture; its blob is the event's, in the role `plan`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanSet {
    pub name: String,
    /// Pixels, as it is looked at.
    pub width: u32,
    pub height: u32,
    /// The picture that this one covers exactly (a better scan): what was drawn and pinned there stays.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub continues: String,
}

/// Buildings drawn or erased; those not named stay as they are, so that two people who draw different buildings
/// without seeing each other lose nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDrawn {
    /// The picture it was drawn on.
    pub on: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buildings: Vec<Shape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub georef: Option<Georef>,
}

/// One building. A list and no map: the keys of a signed event are ASCII.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shape {
    /// As on the plate.
    pub no: String,
    /// None erase it.
    pub corners: Vec<PlanPoint>,
}

/// A point somebody set on a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// SHA-256 of the picture.
    pub plan: String,
    pub x: u32,
    pub y: u32,
}

impl Pin {
    /// Whether it lies on a picture at all.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        is_hash(&self.plan) && on_picture(&[self.x, self.y])
    }
}

pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

pub(crate) fn on_picture(point: &PlanPoint) -> bool {
    point.iter().all(|n| *n <= UNIT)
}

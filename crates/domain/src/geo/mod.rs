//! Coordinates (domain.md §8.8): kept as they were given, with the datum they were given in. Another datum is
//! worked out to be shown or to measure a distance, and never kept.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod convert;
mod distance;
mod exif;
pub mod near;

pub use convert::{LonLat, convert};
pub use distance::{cell, cells_around, metres, offset};
pub use exif::of_photo;

/// Digits after the point that are kept: a centimetre.
pub const DIGITS: usize = 7;
/// Indoors a receiver is off by more than this: the building's middle says more (domain.md §8.8).
pub const INDOOR_ACCURACY_M: u32 = 50;

/// What the numbers refer to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// Satellite receivers.
    #[default]
    Wgs84,
    /// National; within decimetres of WGS-84, treated as equal here.
    Cgcs2000,
    /// Public Chinese map tiles: 100-700 m off.
    Gcj02,
    /// Baidu's maps.
    Bd09,
}

impl Datum {
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS-84",
            Self::Cgcs2000 => "CGCS2000",
            Self::Gcj02 => "GCJ-02",
            Self::Bd09 => "BD-09",
        }
    }
}

/// How the point was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    #[default]
    Gps,
    /// Picked on a map or a plan, or read off one.
    MapClick,
    BuildingCentroid,
}

/// A point as it was given. Numbers are text, so that what is signed is what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Geo {
    /// Degrees east, at most seven digits after the point: `121.4737021`.
    pub lon: String,
    /// Degrees north.
    pub lat: String,
    pub accuracy_m: Option<u32>,
    pub datum: Datum,
    pub method: Method,
    /// RFC 3339; empty where unknown.
    pub captured_at: String,
}

impl Geo {
    /// Written with seven digits.
    #[must_use]
    pub fn of(at: LonLat, datum: Datum, method: Method) -> Self {
        Self { lon: degrees(at.lon), lat: degrees(at.lat), datum, method, ..Self::default() }
    }

    /// The numbers, where they are numbers of a place on earth.
    #[must_use]
    pub fn point(&self) -> Option<LonLat> {
        let at = LonLat { lon: number(&self.lon)?, lat: number(&self.lat)? };
        (at.lon.abs() <= 180.0 && at.lat.abs() <= 90.0).then_some(at)
    }

    /// The same point in another datum, to be shown or measured with; never to be kept.
    #[must_use]
    pub fn shown_in(&self, datum: Datum) -> Option<LonLat> {
        self.point().map(|at| convert(at, self.datum, datum))
    }

    /// What is wrong with it, as the code of a form's problem.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        match (number(&self.lon), number(&self.lat)) {
            (None, _) | (_, None) => Some("not_a_number"),
            _ if self.point().is_none() => Some("out_of_range"),
            _ if self.captured_at.len() > 40 => Some("too_long"),
            _ => None,
        }
    }

    /// Whether it lies where the town can lie. A point outside is kept and remarked on, not refused.
    #[must_use]
    pub fn in_shanghai(&self) -> bool {
        let inside = |at: LonLat| (120.85..=122.20).contains(&at.lon) && (30.67..=31.88).contains(&at.lat);
        self.shown_in(Datum::Wgs84).is_some_and(inside)
    }

    /// Whether a distance of some metres may be read off it: a building's middle is shared by every case in the
    /// building, and an indoor fix is anywhere.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.method != Method::BuildingCentroid && !self.is_indoor()
    }

    #[must_use]
    pub fn is_indoor(&self) -> bool {
        self.accuracy_m.is_some_and(|m| m > INDOOR_ACCURACY_M)
    }
}

/// Plain decimal degrees: a sign, digits, at most seven after the point. Floats in words (`1e2`, `NaN`) are none.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let sound = plain(whole) && plain(part) && whole.len() <= 3 && part.len() <= DIGITS;
    if sound { text.parse().ok() } else { None }
}

fn degrees(value: f64) -> String {
    format!("{value:.DIGITS$}")
}

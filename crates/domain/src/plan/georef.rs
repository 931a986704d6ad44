//! Two points of a plan whose coordinates are known turn every other point of it into coordinates: shifted,
//! scaled and turned, never sheared.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PlanPoint, UNIT, on_picture};
use crate::geo::{Datum, Geo, LonLat, Method, offset};

/// Two anchors closer than this say nothing about the plan's direction.
const APART_MIN_M: f64 = 10.0;

/// One known point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    pub at: PlanPoint,
    pub lon: String,
    pub lat: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Georef {
    pub datum: Datum,
    pub first: Anchor,
    pub second: Anchor,
}

impl Georef {
    fn geo(&self, anchor: &Anchor) -> Geo {
        Geo { lon: anchor.lon.clone(), lat: anchor.lat.clone(), datum: self.datum, ..Geo::default() }
    }

    /// What is wrong with it, as the code of a form's problem.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        let both = [&self.first, &self.second];
        if let Some(code) = both.iter().find_map(|a| self.geo(a).problem()) {
            return Some(code);
        }
        let off = both.iter().any(|a| !on_picture(&a.at));
        let close = crate::geo::metres(&self.geo(&self.first), &self.geo(&self.second)).is_none_or(|m| m < APART_MIN_M);
        (off || close || self.first.at == self.second.at).then_some("out_of_range")
    }

    /// Coordinates of a point of the plan, in the anchors' own datum.
    #[must_use]
    pub fn locate(&self, at: &PlanPoint, width: u32, height: u32, method: Method) -> Option<Geo> {
        let (a, b) = (self.geo(&self.first).point()?, self.geo(&self.second).point()?);
        let pixel = |p: &PlanPoint| {
            let part = |n: u32, size: u32| f64::from(n) / f64::from(UNIT) * f64::from(size);
            // Rows of a picture run down, north runs up.
            let [x, y] = *p;
            Complex { re: part(x, width), im: -part(y, height) }
        };
        let (from, to) = (pixel(&self.first.at), pixel(&self.second.at));
        let scale = ground(a, b).over(to.less(from))?;
        let moved = scale.times(pixel(at).less(from));
        Some(Geo::of(offset(a, moved.re, moved.im), self.datum, method))
    }
}

/// East and north of `b` from `a`, in metres: the inverse of [`offset`].
fn ground(a: LonLat, b: LonLat) -> Complex {
    let east = offset(a, 1.0, 0.0).lon - a.lon;
    let north = offset(a, 0.0, 1.0).lat - a.lat;
    Complex { re: (b.lon - a.lon) / east, im: (b.lat - a.lat) / north }
}

/// A shift with a direction: multiplying turns and scales.
#[derive(Clone, Copy)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn less(self, other: Self) -> Self {
        Self { re: self.re - other.re, im: self.im - other.im }
    }

    fn times(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    fn over(self, other: Self) -> Option<Self> {
        let size = other.re * other.re + other.im * other.im;
        let whole = self.times(Self { re: other.re, im: -other.im });
        (size > 0.0).then(|| Self { re: whole.re / size, im: whole.im / size })
    }
}

//! Metres between points, and the squares by which points close to each other are found.

use super::{Datum, Geo, LonLat};

/// Mean radius of the earth.
const EARTH_M: f64 = 6_371_000.0;
/// Side of a square in degrees: about 22 m north, 19 m east at Shanghai. Whatever is within 15 m lies in the same
/// square or one of the eight around it.
const CELL_DEG: f64 = 0.000_2;

/// Over the ground, in metres; none where either is no point. Both are brought to one datum first.
#[must_use]
pub fn metres(a: &Geo, b: &Geo) -> Option<f64> {
    let (a, b) = (a.shown_in(Datum::Wgs84)?, b.shown_in(Datum::Wgs84)?);
    let half = |d: f64| (d.to_radians() / 2.0).sin().powi(2);
    let h = half(b.lat - a.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(b.lon - a.lon);
    Some(2.0 * EARTH_M * h.sqrt().asin())
}

/// The point so many metres east and north of another: flat, for the length of a compound.
#[must_use]
pub fn offset(from: LonLat, east_m: f64, north_m: f64) -> LonLat {
    LonLat {
        lon: from.lon + (east_m / (EARTH_M * from.lat.to_radians().cos())).to_degrees(),
        lat: from.lat + (north_m / EARTH_M).to_degrees(),
    }
}

fn square(geo: &Geo) -> Option<(i64, i64)> {
    let at = geo.shown_in(Datum::Wgs84)?;
    let index = |degrees: f64| (degrees / CELL_DEG).floor() as i64;
    Some((index(at.lon), index(at.lat)))
}

/// Name of the square a point lies in: a key to find it by, never shown.
#[must_use]
pub fn cell(geo: &Geo) -> Option<String> {
    square(geo).map(|(x, y)| format!("{x}:{y}"))
}

/// That square and the eight around it.
#[must_use]
pub fn cells_around(geo: &Geo) -> Vec<String> {
    let Some((x, y)) = square(geo) else { return Vec::new() };
    (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| format!("{}:{}", x + dx, y + dy))).collect()
}

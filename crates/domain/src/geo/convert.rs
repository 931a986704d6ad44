//! Between datums. GCJ-02 is WGS-84 bent by a published series of sines over the Krasovsky ellipsoid; BD-09 bends
//! GCJ-02 once more. Both have no inverse in closed form: it is found by iteration to 1e-6 of a degree and better.

use std::f64::consts::PI;

use super::Datum;

/// Degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

/// Krasovsky 1940.
const AXIS_M: f64 = 6_378_245.0;
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// BD-09's turn of GCJ-02.
const TURN: f64 = PI * 3000.0 / 180.0;
/// Far below the 1e-6 that is promised; a centimetre is 1e-7.
const CLOSE_ENOUGH: f64 = 1e-10;
const ROUNDS_MAX: usize = 30;

/// A point of one datum in another.
#[must_use]
pub fn convert(at: LonLat, from: Datum, to: Datum) -> LonLat {
    let rank = |datum: Datum| match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => 0,
        Datum::Gcj02 => 1,
        Datum::Bd09 => 2,
    };
    let mut at = at;
    let mut stands = rank(from);
    while stands < rank(to) {
        at = if stands == 0 { to_gcj(at) } else { to_bd(at) };
        stands += 1;
    }
    while stands > rank(to) {
        at = if stands == 1 { inverse(at, to_gcj) } else { inverse(at, to_bd) };
        stands -= 1;
    }
    at
}

/// The point that `forward` takes to `at`: moved by what is left over until nothing is.
fn inverse(at: LonLat, forward: fn(LonLat) -> LonLat) -> LonLat {
    let mut guess = at;
    for _ in 0..ROUNDS_MAX {
        let there = forward(guess);
        let (lon, lat) = (at.lon - there.lon, at.lat - there.lat);
        guess = LonLat { lon: guess.lon + lon, lat: guess.lat + lat };
        if lon.abs() < CLOSE_ENOUGH && lat.abs() < CLOSE_ENOUGH {
            break;
        }
    }
    guess
}

/// The bend is defined for China alone; elsewhere the two are the same.
fn bent(at: LonLat) -> bool {
    (72.004..=137.8347).contains(&at.lon) && (0.8293..=55.8271).contains(&at.lat)
}

fn to_gcj(at: LonLat) -> LonLat {
    if !bent(at) {
        return at;
    }
    let (x, y) = (at.lon - 105.0, at.lat - 35.0);
    let latitude = at.lat.to_radians();
    let curve = 1.0 - ECCENTRICITY_2 * latitude.sin().powi(2);
    let north_m = AXIS_M * (1.0 - ECCENTRICITY_2) / (curve * curve.sqrt());
    let east_m = AXIS_M / curve.sqrt() * latitude.cos();
    LonLat {
        lon: at.lon + (shift_east(x, y) / east_m).to_degrees(),
        lat: at.lat + (shift_north(x, y) / north_m).to_degrees(),
    }
}

fn waves(of: f64, terms: [(f64, f64); 2]) -> f64 {
    terms.iter().map(|(size, rate)| size * (of * rate * PI).sin()).sum::<f64>() * 2.0 / 3.0
}

fn shift_north(x: f64, y: f64) -> f64 {
    let plane = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    plane
        + waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)])
}

fn shift_east(x: f64, y: f64) -> f64 {
    let plane = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    plane
        + waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)])
}

fn to_bd(at: LonLat) -> LonLat {
    let far = at.lon.hypot(at.lat) + 0.000_02 * (at.lat * TURN).sin();
    let angle = at.lat.atan2(at.lon) + 0.000_003 * (at.lon * TURN).cos();
    LonLat { lon: far * angle.cos() + 0.0065, lat: far * angle.sin() + 0.006 }
}

//! Degrees out of what a camera wrote as fractions.

use std::collections::BTreeMap;

use super::Gps;

/// The position, where both halves are whole, named by their hemisphere, and on this planet.
pub(super) fn degrees(raw: &BTreeMap<String, String>) -> Option<Gps> {
    let half = |key: &str, positive: &str, negative: &str, max: f64| {
        let value = parts(raw.get(key)?)?;
        let hemisphere = raw.get(&format!("{key}_ref"))?;
        let sign = if hemisphere.eq_ignore_ascii_case(negative) {
            -1.0
        } else if hemisphere.eq_ignore_ascii_case(positive) {
            1.0
        } else {
            return None;
        };
        (value <= max).then_some(sign * value)
    };
    Some(Gps { lat: half("latitude", "N", "S", 90.0)?, lon: half("longitude", "E", "W", 180.0)? })
}

/// `41/1 51/1 1080/100`: degrees, minutes, seconds; cameras leave out what they put into the part before.
fn parts(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut unit = 1.0;
    let mut any = false;
    for part in text.split(' ').take(3) {
        let (numerator, denominator) = part.split_once('/')?;
        let (numerator, denominator): (f64, f64) = (numerator.parse().ok()?, denominator.parse().ok()?);
        if denominator == 0.0 {
            // `0/0` is how some write "no seconds"; anything else over nothing is no number.
            if numerator == 0.0 && any { continue } else { return None }
        }
        total += numerator / denominator / unit;
        unit *= 60.0;
        any = true;
    }
    any.then_some(total)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(latitude: &str, latitude_ref: &str, longitude: &str, longitude_ref: &str) -> Option<Gps> {
        let pairs = [
            ("latitude", latitude),
            ("latitude_ref", latitude_ref),
            ("longitude", longitude),
            ("longitude_ref", longitude_ref),
        ];
        degrees(&pairs.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.into(), v.into())).collect())
    }

    #[test]
    fn positions_of_cameras_are_read_and_impossible_ones_are_none() {
        let found = at("31/1 14/1 1234/100", "N", "121/1 28/1 0/1", "E").unwrap();
        assert!((found.lat - 31.236_761).abs() < 1e-6 && (found.lon - 121.466_667).abs() < 1e-6);
        let south = at("33/1 5130/100 0/1", "S", "151/1 12/1 0/0", "W").unwrap();
        assert!((south.lat + 33.855).abs() < 1e-6 && (south.lon + 151.2).abs() < 1e-6);
        assert_eq!(at("0/1 0/1 0/1", "N", "0/1 0/1 0/1", "E"), Some(Gps { lat: 0.0, lon: 0.0 }));
        for (latitude, latitude_ref, longitude, longitude_ref) in [
            ("213/1 0/1 0/1", "N", "10/1 0/1 0/1", "E"),
            ("31/1 0/1 0/1", "N", "181/1 0/1 0/1", "E"),
            ("31/0 0/1 0/1", "N", "10/1 0/1 0/1", "E"),
            ("0/0 0/0 0/0", "N", "0/0 0/0 0/0", "E"),
            ("31/1 0/1 0/1", "", "10/1 0/1 0/1", "E"),
            ("31/1 0/1 0/1", "Q", "10/1 0/1 0/1", "E"),
            ("31/1", "N", "", ""),
            ("many/1", "N", "10/1", "E"),
        ] {
            assert_eq!(at(latitude, latitude_ref, longitude, longitude_ref), None, "{latitude} {longitude}");
        }
    }
}

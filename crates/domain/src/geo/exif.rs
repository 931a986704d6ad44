//! The place a camera wrote into a photo, as a point.

use std::collections::BTreeMap;

use super::{Datum, Geo, LonLat, Method};

/// From the raw EXIF fields (`latitude` = `31/1 14/1 1234/100`, `latitude_ref` = `N`, …); none where they are
/// missing, impossible, or the zero point some phones write without a fix.
#[must_use]
pub fn of_photo(gps: &BTreeMap<String, String>, taken_at: Option<&str>) -> Option<Geo> {
    let word = |key: &str| gps.get(key).map_or("", String::as_str);
    let signed = |key: &str, reference: &str, below: &str| {
        let value = angle(word(key))?;
        Some(if word(reference).eq_ignore_ascii_case(below) { -value } else { value })
    };
    let at = LonLat { lon: signed("longitude", "longitude_ref", "W")?, lat: signed("latitude", "latitude_ref", "S")? };
    let nowhere = at.lon == 0.0 && at.lat == 0.0;
    let geo = Geo {
        accuracy_m: rational(word("error_m")).filter(|m| (0.0..=100_000.0).contains(m)).map(|m| m.ceil() as u32),
        captured_at: taken_at.unwrap_or_default().to_owned(),
        ..Geo::of(at, datum(word("map_datum")), Method::Gps)
    };
    (!nowhere && geo.problem().is_none()).then_some(geo)
}

/// Where the field is empty the standard means WGS-84.
fn datum(written: &str) -> Datum {
    let plain = written.to_uppercase();
    match () {
        () if plain.contains("GCJ") => Datum::Gcj02,
        () if plain.contains("BD") => Datum::Bd09,
        () if plain.contains("CGCS") => Datum::Cgcs2000,
        () => Datum::Wgs84,
    }
}

fn rational(text: &str) -> Option<f64> {
    let (above, below) = text.split_once('/')?;
    let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
    (below > 0.0).then(|| above / below)
}

/// Degrees, minutes and seconds as three rationals; what follows the degrees may be absent.
fn angle(text: &str) -> Option<f64> {
    let mut parts = text.split(' ');
    let degrees = rational(parts.next()?)?;
    let rest = [parts.next(), parts.next()].map(|part| part.map_or(Some(0.0), rational));
    let [minutes, seconds] = rest;
    let (minutes, seconds) = (minutes?, seconds?);
    let sound = (0.0..=180.0).contains(&degrees) && (0.0..60.0).contains(&minutes) && (0.0..60.0).contains(&seconds);
    sound.then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

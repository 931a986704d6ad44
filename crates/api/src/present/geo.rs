//! Coordinates with their datum named, and what other maps call the same place.

use xunju_domain::geo::{DIGITS, Datum, Geo};

use crate::view::plan::{GeoShown, GeoView};

pub fn geo(given: &Geo) -> GeoView {
    let same = |datum: Datum| {
        let plain = |d: Datum| if d == Datum::Cgcs2000 { Datum::Wgs84 } else { d };
        plain(datum) == plain(given.datum)
    };
    let others = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09].into_iter().filter(|datum| !same(*datum));
    let shown = others.filter_map(|datum| {
        let at = given.shown_in(datum)?;
        let text = |degrees: f64| format!("{degrees:.DIGITS$}");
        Some(GeoShown { datum_label: datum.label().to_owned(), lon: text(at.lon), lat: text(at.lat) })
    });
    GeoView {
        datum_label: given.datum.label().to_owned(),
        others: shown.collect(),
        outside: !given.in_shanghai(),
        indoor: given.is_indoor(),
        given: given.clone(),
    }
}

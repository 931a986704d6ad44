//! Coordinates: conversion by known points and by going there and back, distances, what a camera wrote.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use xunju_domain::geo::near::{DUPLICATE_M, REBOUND_M, Spot, at_one_place};
use xunju_domain::geo::{Datum, Geo, LonLat, Method, cell, cells_around, convert, metres, of_photo, offset};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat { lon, lat }
}

fn close(a: LonLat, b: LonLat, within: f64) -> bool {
    (a.lon - b.lon).abs() < within && (a.lat - b.lat).abs() < within
}

#[test]
fn known_points_come_out() {
    use Datum::{Bd09, Cgcs2000, Gcj02, Wgs84};
    let known = [
        (Wgs84, Gcj02, at(116.404, 39.915), at(116.410_244_499_169_38, 39.916_404_281_501_64)),
        (Gcj02, Bd09, at(116.404, 39.915), at(116.410_369_493_710_29, 39.921_336_993_510_21)),
        (Wgs84, Gcj02, at(121.527_210_6, 31.177_427_6), at(121.531_541_859_215, 31.175_303_983_645_97)),
        (Cgcs2000, Wgs84, at(121.4737, 31.2304), at(121.4737, 31.2304)),
        // Outside China the datums are one.
        (Wgs84, Gcj02, at(2.35, 48.85), at(2.35, 48.85)),
    ];
    for (from, to, given, wanted) in known {
        let found = convert(given, from, to);
        assert!(close(found, wanted, 1e-7), "{from:?} to {to:?}: {found:?}");
    }
}

proptest! {
    #[test]
    fn there_and_back_is_where_one_was(lon in 118.0..124.0f64, lat in 28.0..34.0f64, pair in 0..16usize) {
        let all = [Datum::Wgs84, Datum::Cgcs2000, Datum::Gcj02, Datum::Bd09];
        let (from, to) = (all[pair / 4], all[pair % 4]);
        let back = convert(convert(at(lon, lat), from, to), to, from);
        prop_assert!(close(back, at(lon, lat), 1e-6), "{from:?} {to:?} {back:?}");
    }

    #[test]
    fn a_shift_is_as_long_as_it_says(east in -500.0..500.0f64, north in -500.0..500.0f64) {
        let from = at(121.4737, 31.2304);
        let to = offset(from, east, north);
        let geo = |p| Geo::of(p, Datum::Wgs84, Method::Gps);
        prop_assert!((metres(&geo(from), &geo(to)).unwrap() - east.hypot(north)).abs() < 0.05);
    }

    #[test]
    fn whatever_is_within_fifteen_metres_lies_in_a_square_around(turn in 0.0..std::f64::consts::TAU, far in 0.0..15.0f64, lon in 120.9..122.1f64, lat in 30.7..31.8f64) {
        let from = at(lon, lat);
        let other = Geo::of(offset(from, far * turn.cos(), far * turn.sin()), Datum::Wgs84, Method::Gps);
        let around = cells_around(&Geo::of(from, Datum::Wgs84, Method::Gps));
        prop_assert!(around.contains(&cell(&other).unwrap()));
    }
}

#[test]
fn the_same_spot_in_two_datums_is_no_distance_apart() {
    let wgs = Geo::of(at(121.4737, 31.2304), Datum::Wgs84, Method::Gps);
    let shown = wgs.shown_in(Datum::Gcj02).unwrap();
    assert!((shown.lon - 121.4737).abs() > 0.003, "a public map draws it elsewhere");
    let gcj = Geo::of(shown, Datum::Gcj02, Method::MapClick);
    assert!(metres(&wgs, &gcj).unwrap() < 0.1);
    assert!(metres(&wgs, &Geo { datum: Datum::Wgs84, ..gcj }).unwrap() > 300.0);
}

#[test]
fn what_is_no_coordinate_is_told_and_what_is_elsewhere_is_only_remarked() {
    let of = |lon: &str, lat: &str| Geo { lon: lon.into(), lat: lat.into(), ..Geo::default() };
    for (lon, lat, problem) in [
        ("121.4737021", "31.2304", None),
        ("", "31.2", Some("not_a_number")),
        ("1e2", "31.2", Some("not_a_number")),
        ("NaN", "31.2", Some("not_a_number")),
        ("121.12345678", "31.2", Some("not_a_number")),
        ("121,47", "31.2", Some("not_a_number")),
        ("31.2", "121.4", Some("out_of_range")),
        ("-0.1276", "51.5072", None),
    ] {
        assert_eq!(of(lon, lat).problem(), problem, "{lon} {lat}");
    }
    assert!(of("121.47", "31.23").in_shanghai() && !of("-0.1276", "51.5072").in_shanghai());
}

#[test]
fn a_camera_s_words_become_a_point() {
    let gps = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    };
    let whole = gps(&[
        ("latitude", "31/1 13/1 4944/100"),
        ("latitude_ref", "N"),
        ("longitude", "121/1 28/1 2532/100"),
        ("longitude_ref", "E"),
        ("error_m", "47/10"),
    ]);
    let found = of_photo(&whole, Some("2026-11-24T10:02:11+08:00")).unwrap();
    assert_eq!((found.lon.as_str(), found.lat.as_str(), found.accuracy_m), ("121.4737000", "31.2304000", Some(5)));
    assert_eq!((found.datum, found.captured_at.as_str()), (Datum::Wgs84, "2026-11-24T10:02:11+08:00"));
    let mut south = whole.clone();
    south.insert("latitude_ref".into(), "S".into());
    assert_eq!(of_photo(&south, None).unwrap().lat, "-31.2304000");
    for broken in [
        gps(&[]),
        gps(&[("latitude", "0/1 0/1 0/1"), ("longitude", "0/1 0/1 0/1")]),
        gps(&[("latitude", "31/0 0/1 0/1"), ("longitude", "121/1 0/1 0/1")]),
        gps(&[("latitude", "31/1 99/1 0/1"), ("longitude", "121/1 0/1 0/1")]),
        gps(&[("latitude", "91/1"), ("longitude", "121/1")]),
    ] {
        assert_eq!(of_photo(&broken, None), None, "{broken:?}");
    }
}

#[test]
fn one_place_is_one_door_or_a_few_metres() {
    let from = at(121.4737, 31.2304);
    let here = Geo::of(from, Datum::Wgs84, Method::Gps);
    let away = |m: f64| Geo::of(offset(from, m, 0.0), Datum::Wgs84, Method::Gps);
    let spot = |building: &'static str, room: &'static str, geo| Spot { compound: "cmp-001", building, room, geo };
    let (at9, at12, at20) = (away(9.0), away(12.0), away(20.0));
    let (rough, middle) =
        (Geo { accuracy_m: Some(51), ..away(1.0) }, Geo { method: Method::BuildingCentroid, ..away(1.0) });
    let table = [
        ("the same door, however written", spot("8号楼", "601", None), spot("8", "601室", None), true, true),
        ("two flats at one point", spot("8", "601", Some(&here)), spot("8", "701", Some(&here)), false, false),
        ("nine metres, no doors", spot("", "", Some(&here)), spot("", "", Some(&at9)), true, true),
        ("twelve metres: a duplicate, no rebound", spot("", "", Some(&here)), spot("", "", Some(&at12)), false, true),
        ("twenty metres", spot("", "", Some(&here)), spot("", "", Some(&at20)), false, false),
        ("a door and a point beside it", spot("8", "101", Some(&here)), spot("", "", Some(&at9)), true, true),
        ("an indoor fix measures nothing", spot("", "", Some(&here)), spot("", "", Some(&rough)), false, false),
        ("nor does a building's middle", spot("", "", Some(&here)), spot("", "", Some(&middle)), false, false),
        ("no coordinates", spot("", "", Some(&here)), spot("", "", None), false, false),
    ];
    for (what, a, b, rebound, duplicate) in table {
        assert_eq!(at_one_place(&a, &b, REBOUND_M), rebound, "{what}");
        assert_eq!(at_one_place(&b, &a, DUPLICATE_M), duplicate, "{what}");
    }
    let elsewhere = Spot { compound: "cmp-002", ..spot("8", "601", Some(&here)) };
    assert!(!at_one_place(&spot("8", "601", Some(&here)), &elsewhere, DUPLICATE_M), "another compound");
}

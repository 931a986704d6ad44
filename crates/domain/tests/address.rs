//! Addresses as they are written in Shanghai (domain.md §8.7).
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use xunju_domain::address::{floor, normalise, parse};

#[test]
fn every_form_of_an_address_comes_apart_into_its_parts() {
    // text, road, lane, sub-lane, doorway, unit, room, the one spelling
    let table = [
        ("示例路1234弄56号302室", "示例路", "1234", "", "56", "", "302", "示例路1234弄56号302室"),
        ("示例路1234弄56支弄7号", "示例路", "1234", "56", "7", "", "", "示例路1234弄56支弄7号"),
        ("示例路88号", "示例路", "", "", "88", "", "", "示例路88号"),
        ("８号甲", "", "", "", "8甲", "", "", "8号甲"),
        ("示例路１２３４弄５６号３０２室  ", "示例路", "1234", "", "56", "", "302", "示例路1234弄56号302室"),
        ("　示例路 1234 弄 五十六号 三〇二室", "示例路", "1234", "", "56", "", "302", "示例路1234弄56号302室"),
        ("三林路十二弄八号", "三林路", "12", "", "8", "", "", "三林路12弄8号"),
        ("12之3号601", "", "", "", "12-3", "", "601", "12-3号601室"),
        ("8-601", "", "", "", "8", "", "601", "8号601室"),
        ("8号楼2单元601室", "", "", "", "8", "2", "601", "8号2单元601室"),
        ("1号0102甲", "", "", "", "1", "", "0102甲", "1号0102甲"),
        ("8号B1", "", "", "", "8", "", "b1", "8号b1"),
        ("8号地下室", "", "", "", "8", "", "地下", "8号地下"),
        ("8号车库3", "", "", "", "8", "", "车库3", "8号车库3"),
        ("8幢1201", "", "", "", "8", "", "1201", "8号1201室"),
        ("8号302室（复式）", "", "", "", "8", "", "302室(复式)", "8号302室(复式)"),
        ("1234弄56号", "", "1234", "", "56", "", "", "1234弄56号"),
    ];
    for (text, road, lane, sub_lane, doorway, unit, room, normal) in table {
        let a = parse(text);
        let parts = [&a.road, &a.lane, &a.sub_lane, &a.doorway, &a.unit, &a.room].map(String::as_str);
        assert_eq!(parts, [road, lane, sub_lane, doorway, unit, room], "{text}");
        assert_eq!(a.normal(), normal, "{text}");
        assert_eq!(a.original, text, "what was typed is kept");
    }
}

#[test]
fn the_floor_is_in_the_number_or_nowhere() {
    let table = [
        ("302", Some(3)),
        ("1203", Some(12)),
        ("0102甲", Some(1)),
        ("601室", Some(6)),
        ("６０１", Some(6)),
        ("B1", Some(-1)),
        ("b2-03", Some(-2)),
        ("地下室", None),
        ("车库3", None),
        ("12", None),
        ("12345", None),
        ("", None),
    ];
    for (room, expected) in table {
        assert_eq!(floor(room), expected, "{room}");
    }
}

fn spelling() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "示例路",
        "1234",
        "56",
        "弄",
        "支弄",
        "号",
        "號樓",
        "楼",
        "室",
        "甲",
        "之",
        "－",
        "　",
        " ",
        "八",
        "十",
        "〇",
        "百",
        "B1",
        "地下室",
        "车库",
        "单元",
        "幢",
        "𠮷",
        "０１",
        "-",
        "万",
    ]);
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_normal_stays_as_it_is(text in spelling()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn anything_at_all_is_normalised_once(text in "\\PC{0,24}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn an_address_in_its_one_spelling_is_read_as_itself(
        lane in 0u32..3000, sub in 0u32..99, door in 1u32..300, unit in 0u32..5, room in 0u32..3000
    ) {
        let some = |n: u32, mark: &str| if n == 0 { String::new() } else { format!("{n}{mark}") };
        let sub = if lane == 0 { 0 } else { sub };
        let text = format!("示例路{}{}{door}号{}{}", some(lane, "弄"), some(sub, "支弄"), some(unit, "单元"), some(room, "室"));
        prop_assert_eq!(parse(&text).normal(), text.clone());
        let blanks: String = text.chars().flat_map(|c| [c, ' ']).collect();
        prop_assert_eq!(parse(&blanks).normal(), text);
    }

    #[test]
    fn no_text_breaks_the_parser(text in "\\PC{0,40}") {
        let _ = parse(&text).normal();
        let _ = floor(&text);
    }
}

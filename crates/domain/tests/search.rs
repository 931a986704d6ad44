//! What finds what.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use xunju_domain::search::{Readings, Wanted, marks, numbers, readings, words};

fn of(name: &str, rest: &str, number: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    words(name, &mut all);
    readings(name, &mut all);
    words(rest, &mut all);
    numbers(number, &mut all);
    all
}

fn finds(text: &str, all: &BTreeSet<String>) -> bool {
    Wanted::read(text).is_some_and(|wanted| wanted.met_by(all, false))
}

#[test]
fn a_door_of_donghu_garden_is_found_as_people_type_it() {
    let door = of("东湖花园", "示例路 128 弄 8号 601室 阳台外侧", "SL-2026-WJ-000123");
    for text in [
        "东",
        "湖",
        "东湖",
        "湖花",
        "花园",
        "东湖花园",
        "dhhy",
        "dh",
        "hy",
        "donghu",
        "donghuhuayuan",
        "huayuan",
        "donghhy",
        "donghuhy",
        "huhy",
        "東湖花園",
        "東湖花園8號樓",
        "陽台",
        "DHHY",
        "ｄｈｈｙ",
        "dh8",
        "dh 8 601",
        "8",
        "60",
        "601",
        "8号",
        "８号",
        "八号",
        "8号601",
        "8幢601室",
        "8号楼",
        "东湖 8 601",
        "示例路128弄8号601",
        "阳台",
        "SL-2026-WJ-000123",
        "sl2026wj000123",
        "WJ-000123",
        "wj",
        "2026",
        "000123",
        "0123",
        "123",
        "东湖花园8号601室",
    ] {
        assert!(finds(text, &door), "{text}");
    }
    for text in
        ["西湖", "dhxy", "9号", "0号", "801", "602", "80号", "000124", "24", "园花", "xihu", "WJ-000124", "601号"]
    {
        assert!(!finds(text, &door), "{text}");
    }
    for nothing in ["", "  ", "！？", "—"] {
        assert_eq!(Wanted::read(nothing), None, "{nothing:?}");
    }
}

#[test]
fn a_character_of_several_readings_is_found_by_each() {
    let names = [
        ("长桥新村", ["cqxc", "zqxc", "changqiao"]),
        ("重庆里", ["cql", "zql", "chongqing"]),
        ("三林路", ["sll", "sanlin", "三林"]),
    ];
    for (name, texts) in names {
        let all = of(name, "", "");
        for text in texts {
            assert!(finds(text, &all), "{text} finds {name}");
        }
    }
}

#[test]
fn a_rare_character_is_found_by_itself() {
    let all = of("𠮷庆里", "㛃家宅", "");
    for text in ["𠮷", "𠮷庆", "㛃", "㛃家宅", "庆里"] {
        assert!(finds(text, &all), "{text}");
    }
}

#[test]
fn the_temporary_number_of_a_laptop_is_found_in_part() {
    let all = of("", "", "T-3fa9c1-12");
    for text in ["T-3fa9c1-12", "3fa9c1", "3fa9c1-12", "t3fa9c1"] {
        assert!(finds(text, &all), "{text}");
    }
}

#[test]
fn asked_closely_eight_is_not_eighty() {
    let eighty = of("", "80号 801室", "");
    let wanted = Wanted::read("8").unwrap();
    assert!(wanted.met_by(&eighty, false) && !wanted.met_by(&eighty, true));
    assert!(wanted.met_by(&of("", "8号", ""), true));
}

#[test]
fn what_was_hit_is_marked() {
    let table = [
        ("东湖花园", "湖花", vec![(1, 3)]),
        ("东湖花园", "dhhy", vec![(0, 4)]),
        ("东湖花园", "hy", vec![(2, 4)]),
        ("东湖花园", "donghu", vec![(0, 2)]),
        ("东湖花园", "dongh", vec![(0, 2)]),
        ("东湖花园 8号601", "dh8", vec![(0, 2), (5, 6)]),
        ("SL-2026-WJ-000123 东湖花园", "wj-000123", vec![(8, 17)]),
        ("东湖花园", "西", vec![]),
    ];
    for (title, text, expected) in table {
        assert_eq!(marks(title, &Wanted::read(text).unwrap()), expected, "{text} in {title}");
    }
}

proptest! {
    /// Every part of a name finds it, and nothing that is not in it does: as a plain look through the text would.
    #[test]
    fn characters_are_found_as_a_plain_look_through_finds_them(
        name in "[东西湖花园里弄甲𠮷]{1,12}", part in "[东西湖花园里甲𠮷]{1,4}"
    ) {
        let mut all = BTreeSet::new();
        words(&name, &mut all);
        prop_assert_eq!(finds(&part, &all), name.contains(&part));
    }

    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,40}", title in "\\PC{0,20}") {
        if let Some(wanted) = Wanted::read(&text) {
            let expression = wanted.expression(false, &Readings::new());
            prop_assert!(expression.matches('"').count() % 2 == 0);
            for (from, to) in marks(&title, &wanted) {
                prop_assert!(from < to && to as usize <= title.chars().count());
            }
        }
    }
}

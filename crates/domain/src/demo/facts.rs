//! What stands in the form of each kind of case.

use std::collections::BTreeMap;

use super::DemoPhoto;
use super::dice::Dice;
use crate::catalogue::{Catalogue, FieldValue};

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

fn whole(value: u64) -> FieldValue {
    FieldValue::Whole(i64::try_from(value).unwrap_or(0))
}

/// Hundredths as a decimal: 1250 is `12.50`.
fn hundredths(value: u64) -> FieldValue {
    FieldValue::Text(format!("{}.{:02}", value / 100, value % 100))
}

/// Values by the distributions of domain.md §10.3.
pub(super) fn fields(category: &str, in_progress: bool, dice: &mut Dice) -> BTreeMap<String, FieldValue> {
    let pairs: Vec<(&str, FieldValue)> = match category {
        "WJ" => structure(in_progress, dice),
        "QZ" => shared_flat(dice),
        "JG" => vec![
            ("actual_use", text(dice.pick(&["shop", "office", "food", "lodging", "training"]))),
            ("registered_use", text("dwelling")),
            ("consent_status", text(dice.pick(&["none", "unknown", "partial"]))),
            ("staff_count", whole(dice.between(1, 12))),
        ],
        "CZ" => vec![
            ("member", text(dice.pick(&["wall", "slab", "opening", "balcony_wall"]))),
            ("size_m", hundredths(dice.between(60, 280))),
        ],
        "WM" => vec![("facade", text(dice.pick(&["south", "north", "east", "west"])))],
        "GB" => vec![("extent_m2", hundredths(dice.skewed(50, 400, 2500, 9000)))],
        "LS" => vec![("mobile", text(dice.pick(&["mobile", "fixed"]))), ("persons", whole(dice.between(1, 4)))],
        "XF" => vec![("corridor_blocked_m", hundredths(dice.between(40, 140))), ("devices", whole(dice.between(1, 6)))],
        "CW" => vec![("dog_count", whole(dice.between(1, 3))), ("registered", text(dice.pick(&["no", "unknown"])))],
        "ZX" => vec![("agreement_signed", text(dice.pick(&["no", "unknown", "yes"])))],
        _ => Vec::new(),
    };
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn structure(in_progress: bool, dice: &mut Dice) -> Vec<(&'static str, FieldValue)> {
    let kinds = [("alu_glass", 34), ("colour_steel", 26), ("brick", 22), ("sun_panel", 11), ("other", 7)];
    let class = if in_progress { "in_progress" } else { dice.weighed(&[("stock", 70), ("new", 20), ("pending", 10)]) };
    let mut all = vec![
        ("area_m2", hundredths(dice.skewed(150, 900, 4500, 60_000))),
        ("structure", text(dice.weighed(&kinds))),
        ("floors", whole(dice.weighed(&[(1, 88), (2, 10), (3, 2)]))),
        ("stock_class", text(class)),
        ("use", text(dice.pick(&["living", "storage", "kitchen_bath", "letting"]))),
    ];
    if class == "stock" {
        let year = dice.weighed(&[(1995, 30), (2005, 25), (2012, 30), (2018, 15)]) + dice.below(4);
        all.push(("built_year", whole(year)));
    }
    all
}

/// With the limits of 5 m² at their edges: 4.99, 5.00, 5.01.
fn shared_flat(dice: &mut Dice) -> Vec<(&'static str, FieldValue)> {
    let tenants = dice.between(4, 20);
    let per_person = dice.weighed(&[(499, 10), (500, 10), (501, 10), (260, 20), (350, 25), (430, 15), (640, 10)]);
    let rooms = dice.between(2, 3);
    let partitions = dice.between(1, 6);
    vec![
        ("tenants", whole(tenants)),
        ("usable_m2", hundredths(per_person * tenants)),
        ("rooms_original", whole(rooms)),
        ("rooms_actual", whole(rooms + partitions)),
        ("partitions", whole(partitions)),
        ("beds", whole(tenants)),
        ("landlord_kind", text(dice.pick(&["owner", "sub_letter", "agent"]))),
    ]
}

/// Pictures for the slots the type expects, a few more at times, and now and then one too few.
pub(super) fn photos(category: &str, building: &str, catalogue: &Catalogue, dice: &mut Dice) -> Vec<DemoPhoto> {
    let slots = catalogue.category(category).map(|c| c.slots.as_slice()).unwrap_or_default();
    let mut wanted: Vec<&str> =
        slots.iter().filter(|s| s.expected || dice.percent(20)).map(|s| s.key.as_str()).collect();
    wanted.retain(|slot| !["before", "after"].contains(slot));
    if wanted.len() > 1 && dice.percent(8) {
        wanted.pop();
    }
    if dice.percent(30) {
        wanted.push("");
    }
    wanted.into_iter().map(|slot| photo(category, slot, building, dice)).collect()
}

pub(super) fn photo(category: &str, slot: &str, building: &str, dice: &mut Dice) -> DemoPhoto {
    let number: String = building.chars().filter(char::is_ascii_digit).collect();
    let scene = match (slot, category) {
        ("door", _) => format!("plate:{}", if number.is_empty() { "1" } else { &number }),
        ("far", "LS") | (_, "LS") => "stall".into(),
        ("rooms" | "beds", _) | (_, "QZ" | "JG" | "CZ" | "ZX") => "room".into(),
        (_, "XF" | "GB" | "WY") => "corridor".into(),
        (_, "WM") => "balcony".into(),
        ("near", "WJ") => "shed".into(),
        _ => "facade".into(),
    };
    DemoPhoto { slot: slot.to_owned(), scene, seed: dice.next() }
}

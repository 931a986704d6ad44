//! Compounds with their doorways.

use super::dice::Dice;
use super::names::{FIRST, LAST, NAMED, RARE, ROADS};
use super::{DemoCompound, Size};
use crate::compound::{Defined, Doorway};

pub(super) fn all(size: Size, dice: &mut Dice) -> Vec<DemoCompound> {
    let count = size.pick(18, 85, 190);
    let invented =
        LAST.iter().flat_map(|l| FIRST.iter().map(move |f| (format!("{}{}", f.0, l.0), format!("{}{}", f.1, l.1))));
    let known = NAMED.iter().chain([&RARE]).map(|(name, initials)| ((*name).to_owned(), (*initials).to_owned()));
    let mut spread: Vec<(String, String)> = invented.collect();
    shuffle(&mut spread, dice);
    let names = known.chain(spread).take(count);
    names.enumerate().map(|(at, (name, initials))| compound(size, at, name, initials, dice)).collect()
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for at in (1..items.len()).rev() {
        let other = usize::try_from(dice.below(at as u64 + 1)).unwrap_or(0);
        items.swap(at, other);
    }
}

fn compound(size: Size, at: usize, name: String, initials: String, dice: &mut Dice) -> DemoCompound {
    let doorways = doorways(size, at, dice);
    let per_building = dice.between(2, 4);
    let buildings = u32::try_from((doorways.len() as u64).div_ceil(per_building)).unwrap_or(1);
    let lane = dice.between(10, 1999);
    let committee = format!("第{}居委会", at / 2 + 1);
    let defined = Defined {
        address: format!("{} {lane} 弄", dice.pick(ROADS)),
        // One compound lies in two committees' areas.
        committee: if at == 6 { format!("{committee}、第{}居委会", at / 2 + 2) } else { committee },
        buildings: if at == 0 { 42 } else { buildings },
        name,
        initials,
        doorways,
        ..Defined::default()
    };
    DemoCompound { id: format!("cmp-{:03}", at + 1), defined }
}

/// Mean about 43 doorways of 14 dwellings, less in a rural town; one compound of a single building, one lane of exactly 40 doorways.
fn doorways(size: Size, at: usize, dice: &mut Dice) -> Vec<Doorway> {
    let count = match at {
        0 => 193,
        3 => 40,
        4 => 1,
        _ if size == Size::S => dice.skewed(4, 20, 50, 80),
        _ => dice.skewed(6, 34, 90, 160),
    };
    let tower = dice.percent(12);
    let mut all: Vec<Doorway> = (1..=count).map(|no| doorway(no, at == 0, tower, dice)).collect();
    if let (2, Some(first)) = (at, all.first_mut()) {
        first.extra = vec!["0102甲".into()];
    }
    all
}

fn doorway(no: u64, plain: bool, tower: bool, dice: &mut Dice) -> Doorway {
    let (floors, rooms) = match (plain, tower) {
        (true, _) => (6, 2),
        (false, true) => (dice.between(11, 18), 4),
        (false, false) => (dice.between(5, 6), 2),
    };
    Doorway {
        no: format!("{no}号"),
        floors: u32::try_from(floors).unwrap_or(6),
        rooms_per_floor: rooms,
        ..Doorway::default()
    }
}

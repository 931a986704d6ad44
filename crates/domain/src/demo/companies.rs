//! Property companies with computed valid codes, and what the register says of each compound beside its doorways.

use super::dice::Dice;
use super::names::SURNAMES;
use super::{DemoCompany, DemoCompound, DemoUser, Size};
use crate::company::{Defined, Manager};
use crate::compound::Renamed;
use crate::identifier;
use crate::user::ScopeList;

const NAMES: &[&str] = &[
    "示例",
    "安居",
    "和润",
    "锦程",
    "永乐",
    "康景",
    "明德",
    "新源",
    "长青",
    "瑞和",
    "恒信",
    "嘉园",
    "东方",
    "宜家园",
    "百合",
    "佳禾",
];
const ENDINGS: &[&str] = &["物业管理有限公司", "物业服务有限公司", "物业发展有限公司", "城市服务有限公司"];
const GIVEN: &[&str] = &["建国", "明", "志强", "秀英", "海燕", "国华", "丽", "文", "永生", "桂兰"];
const GRADES: &[&str] = &["", "first", "second", "third"];

pub(super) fn all(size: Size, compounds: &mut [DemoCompound], users: &[DemoUser], dice: &mut Dice) -> Vec<DemoCompany> {
    let count = size.pick(8, 32, 55);
    let companies: Vec<DemoCompany> = (0..count).map(|at| company(at, dice)).collect();
    for (at, compound) in compounds.iter_mut().enumerate() {
        register(at, compound, &companies, users, dice);
    }
    companies
}

fn company(at: usize, dice: &mut Dice) -> DemoCompany {
    let name = |from: &[&str], at: usize| from.get(at % from.len().max(1)).copied().unwrap_or_default().to_owned();
    let managers = (0..dice.between(1, 4)).map(|n| Manager {
        name: person(dice),
        no: format!("XM{:03}{n:02}", at + 1),
        phone: format!("1380000{:04}", at * 10 + usize::try_from(n).unwrap_or(0)),
    });
    let defined = Defined {
        name: format!("{}{}", name(NAMES, at), name(ENDINGS, at / NAMES.len())),
        credit_code: identifier::example_credit_code(u32::try_from(at).unwrap_or(0)),
        managers: managers.collect(),
        representative: person(dice),
        place: "示例区示例路 1 号".into(),
        grade: dice.pick(GRADES).into(),
        ..Defined::default()
    };
    DemoCompany { id: format!("co-{:03}", at + 1), defined }
}

fn person(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(SURNAMES), dice.pick(GIVEN))
}

/// The five largest companies run nearly half of the compounds (domain.md §10.3).
fn register(at: usize, compound: &mut DemoCompound, all: &[DemoCompany], users: &[DemoUser], dice: &mut Dice) {
    let largest = if dice.percent(45) { 5 } else { all.len() };
    let chosen = all.get(usize::try_from(dice.below(largest as u64)).unwrap_or(0));
    let inspects = |user: &&DemoUser| {
        let mine = matches!(&user.defined.scopes, ScopeList::Only(ids) if ids.contains(&compound.id));
        mine && user.defined.roles.iter().any(|role| role == "R-INS")
    };
    let inspectors = users.iter().filter(inspects).map(|user| user.id.clone()).collect();
    let d = &mut compound.defined;
    d.inspectors = inspectors;
    d.grids = vec![format!("W{:03}", at / 3 + 1)];
    d.category = dice.pick(&["commodity", "former_public", "resettlement", "mixed"]).into();
    d.priority = if dice.percent(20) { "key" } else { "normal" }.into();
    if let Some(company) = chosen {
        d.company = company.id.clone();
        d.manager = company.defined.managers.first().map(|m| m.name.clone()).unwrap_or_default();
    }
    if at == 2 {
        d.renamed = vec![Renamed { from: "新村第一居民区".into(), to: d.name.clone() }];
    }
    d.lanes = d.address.split_whitespace().nth(1).map(|lane| format!("{lane}弄")).into_iter().collect();
    let per_building = usize::try_from(d.buildings).ok().and_then(|n| d.doorways.len().div_ceil(n.max(1)).into());
    for (at, door) in d.doorways.iter_mut().enumerate() {
        door.lane = d.lanes.first().cloned().unwrap_or_default();
        door.building = format!("{}幢", at / per_building.unwrap_or(1).max(1) + 1);
    }
}

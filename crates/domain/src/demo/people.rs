//! Accounts, and who is responsible for what.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::names::SURNAMES;
use super::{DemoCompound, DemoUser, Size};
use crate::permission::Role;
use crate::user::{Certificate, Defined, ScopeList};

/// Name stem, role, word after the surname, numbers in S, M, L, and whether they work in their own compounds only.
const POSTS: &[(&str, Role, &str, [usize; 3], bool)] = &[
    ("inspector", Role::Ins, "工", [6, 18, 35], true),
    ("reviewer", Role::Lxb, "科", [3, 4, 6], false),
    ("officer", Role::Dep, "经办", [4, 10, 14], false),
    ("leader", Role::Ld, "镇长", [2, 4, 6], false),
    ("admin", Role::Adm, "管理员", [1, 1, 2], false),
    ("enforcer", Role::Enf, "队员", [3, 8, 16], false),
    ("captain", Role::Enfl, "队长", [1, 1, 2], false),
    ("lawyer", Role::Leg, "法审", [1, 1, 2], false),
    ("head", Role::Head, "主任", [1, 1, 1], false),
    ("committee", Role::Jw, "书记", [6, 24, 48], true),
    ("property", Role::Wy, "经理", [6, 24, 48], true),
    ("housing", Role::Fg, "房管", [1, 2, 4], false),
    ("statistician", Role::Stat, "统计", [1, 1, 1], false),
    ("archivist", Role::Arc, "档案", [1, 1, 1], false),
    ("auditor", Role::Aud, "审计", [1, 1, 1], false),
];

/// The five named compounds are inspector1's round; inspector2 also walks the first of them.
const OWN_ROUND: usize = 5;

pub(super) fn all(size: Size, compounds: &[DemoCompound], dice: &mut Dice) -> Vec<DemoUser> {
    let mut users = Vec::new();
    for (stem, role, word, counts, own) in POSTS {
        let count = size.pick(counts[0], counts[1], counts[2]);
        for at in 0..count {
            let surname = match (*stem, at) {
                ("inspector", 0) => "张",
                ("reviewer", 0) => "陈",
                _ => dice.pick(SURNAMES),
            };
            let scopes = if *own { round(stem, at, count, compounds) } else { ScopeList::all() };
            let id = format!("{stem}{}", at + 1);
            let display = format!("{surname}{word}");
            let roles = vec![role.code().to_owned()];
            let unit = unit(*role, at).to_owned();
            let certificates = certificates(*role, at);
            let defined = Defined { name: id.clone(), display, roles, scopes, active: true, unit, certificates };
            users.push(DemoUser { id, defined });
        }
    }
    users
}

/// The department somebody works for; officers are spread over those that lead cases.
fn unit(role: Role, at: usize) -> &'static str {
    const OFFICERS: &[&str] = &["police", "fire", "peace", "market"];
    match role {
        Role::Enf | Role::Enfl => "enforcement",
        Role::Fg => "housing_town",
        Role::Jw => "committee",
        Role::Wy => "property",
        Role::Lxb => "office",
        Role::Dep => OFFICERS.get(at % OFFICERS.len()).copied().unwrap_or(""),
        _ => "",
    }
}

/// Officers of the team are certified; the third one's certificate ran out.
fn certificates(role: Role, at: usize) -> Vec<Certificate> {
    let team = match role {
        Role::Enf => "02",
        Role::Enfl => "01",
        _ => return Vec::new(),
    };
    let valid_to = if role == Role::Enf && at == 2 { "2024-12-31" } else { "2030-12-31" };
    let no = format!("示执{team}{:04}", at + 1);
    vec![Certificate { no, valid_from: "2021-01-01".into(), valid_to: valid_to.into() }]
}

fn round(stem: &str, at: usize, count: usize, compounds: &[DemoCompound]) -> ScopeList {
    let ids = compounds.iter().map(|c| c.id.clone()).enumerate();
    let mine = |place: usize| match (stem, at) {
        ("inspector", 0) => place < OWN_ROUND,
        ("inspector", 1) if place == 0 => true,
        ("inspector", _) => place >= OWN_ROUND && place % (count - 1) == at - 1,
        _ => place % count == at,
    };
    ScopeList::Only(ids.filter(|(place, _)| mine(*place)).map(|(_, id)| id).collect::<BTreeSet<_>>())
}

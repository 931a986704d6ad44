//! Compounds, accounts and devices: the records that have no lifecycle.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use xunju_domain::compound::Doorway;
use xunju_domain::event::FoldEvent;
use xunju_domain::judgement::{Registry, Standing};
use xunju_domain::permission::{Grant, ROLES, Role, Scopes, may, role_by_name, roles_from_codes};
use xunju_domain::record::{kind, project};
use xunju_domain::{compound, device, user};

fn event(id: &str, parents: &[&str], kind: &str, by_server: bool, data: Value) -> FoldEvent {
    FoldEvent {
        id: id.into(),
        parents: parents.iter().map(|p| (*p).to_owned()).collect(),
        kind: kind.into(),
        tv: 1,
        actor: "admin1".into(),
        device: "d_1".into(),
        inc: 1,
        n: 1,
        by_server,
        wall_ms: 0,
        tz: "+08:00".into(),
        estimate: None,
        blobs: vec![],
        data,
        seq: None,
        received_ms: None,
    }
}

#[test]
fn a_compound_is_its_newest_definition() {
    let first = json!({ "name": "东湖花园", "initials": "dhhy", "address": "示例路 128 弄", "buildings": 1, "doorways": [{ "no": "1号", "floors": 6, "rooms_per_floor": 2 }] });
    let second = json!({ "name": "东湖花园", "initials": "dhhy", "buildings": 2, "doorways": [{ "no": "1号", "floors": 6, "rooms_per_floor": 2, "extra": ["0102甲"] }, { "no": "2号", "floors": 2, "rooms_per_floor": 1 }] });
    let events = [event("b", &["a"], compound::DEFINED, true, second), event("a", &[], compound::DEFINED, true, first)];
    let state = compound::fold("compound:cmp-001", &events);
    assert_eq!((state.id.as_str(), state.dwellings, state.defined.buildings), ("cmp-001", 15, 2));
    let projection = project("compound:cmp-001", "town", &events).unwrap();
    assert!(projection.search.contains("dhhy"));
    let back: compound::CompoundState = serde_json::from_value(projection.doc).unwrap();
    assert_eq!(back, state);
}

#[test]
fn rooms_follow_the_pattern_and_the_exceptions() {
    let door =
        Doorway { no: "8号".into(), floors: 12, rooms_per_floor: 2, extra: vec!["B1".into()], ..Doorway::default() };
    let rooms = door.rooms();
    assert_eq!(
        (rooms[0].as_str(), rooms[1].as_str(), rooms[23].as_str(), rooms[24].as_str()),
        ("101", "102", "1202", "B1")
    );
    assert_eq!(door.dwellings(), 25);
}

#[test]
fn only_the_server_says_who_may_what() {
    let honest =
        json!({ "name": "inspector1", "display": "张工", "roles": ["R-INS"], "scopes": ["cmp-001"], "active": true });
    let forged = json!({ "name": "inspector1", "display": "张工", "roles": ["R-ADM", "R-LXB"], "scopes": "all", "active": true });
    let events = [event("a", &[], user::DEFINED, true, honest), event("b", &["a"], user::DEFINED, false, forged)];
    let grant = user::fold("user:inspector1", &events).grant();
    assert_eq!(
        grant,
        Grant {
            user: "inspector1".into(),
            roles: vec![Role::Ins],
            scopes: Scopes::Some(BTreeSet::from(["cmp-001".into()])),
            unit: String::new()
        }
    );
    let ended = json!({ "name": "inspector1", "roles": ["R-INS"], "scopes": "all", "active": false });
    let events = [events[0].clone(), event("c", &["a"], user::DEFINED, true, ended)];
    let state = user::fold("user:inspector1", &events);
    assert!(state.grant().roles.is_empty() && !state.grant().scopes.has("cmp-001"));
    assert_eq!(project("user:inspector1", "town", &events).unwrap().status, "inactive");
}

#[test]
fn a_word_that_is_not_all_opens_nothing() {
    let defined: user::Defined = serde_json::from_value(json!({ "scopes": "everything" })).unwrap();
    assert!(!Scopes::from(&defined.scopes).has("cmp-001"));
    assert!(Scopes::from(&user::ScopeList::all()).has("cmp-001"));
}

#[test]
fn a_device_is_enrolled_by_the_server_begins_its_own_chains_and_is_revoked_for_good() {
    let data = json!({ "name": "laptop", "user": "inspector1", "kind": "laptop", "suite": 1, "public_key": "aa" });
    let mut second =
        event("i2", &["i1"], device::INCARNATION, false, json!({ "reason": "restored", "prev_known_head": "x" }));
    second.inc = 2;
    let mut strange = event("i9", &["e"], device::INCARNATION, false, json!({ "reason": "cloned" }));
    strange.device = "d_2".into();
    strange.inc = 9;
    let mut events = vec![
        event("e", &[], device::ENROLLED, true, data),
        event("i1", &["e"], device::INCARNATION, false, json!({ "reason": "first" })),
        second,
        strange,
    ];
    let state = device::fold("device:d_1", &events);
    assert_eq!(
        (state.inc, state.incarnations.len(), state.enrolled.user.as_str(), state.revoked.is_none()),
        (2, 2, "inspector1", true)
    );
    events.push(event("r", &["i2"], device::REVOKED, false, json!({ "reason": "not by the server" })));
    assert!(device::fold("device:d_1", &events).revoked.is_none());
    events.push(event("r2", &["i2"], device::REVOKED, true, json!({ "reason": "lost" })));
    events.push(event("e2", &["r2"], device::ENROLLED, true, json!({ "name": "again" })));
    assert_eq!(project("device:d_1", "town", &events).unwrap().status, "revoked");
}

/// A town nothing is asked of.
struct Nobody;

impl Registry for Nobody {
    fn next_no(&mut self, _: &str) -> String {
        unreachable!("registers have no numbers")
    }

    fn record(&mut self, _: &str) -> Option<(String, Vec<FoldEvent>)> {
        None
    }
}

#[test]
fn who_may_write_the_registers() {
    let by = |role| Grant { user: "admin1".into(), roles: vec![role], scopes: Scopes::All, unit: String::new() };
    let may_write = |record: &str, event: &FoldEvent, grant: &Grant| {
        let standing = Standing { record, scope: "town", events: &[] };
        !(kind(record).unwrap().judge)(&standing, event, grant, &mut Nobody).quarantine
    };
    let defined = event("a", &[], compound::DEFINED, false, json!({ "name": "东湖花园" }));
    assert!(may_write("compound:c", &defined, &by(Role::Adm)));
    assert!(!may_write("compound:c", &defined, &by(Role::Ins)));
    let own = event("a", &[], device::INCARNATION, false, json!({}));
    assert!(may_write("device:d_1", &own, &by(Role::Ins)));
    assert!(!may_write("device:d_2", &own, &by(Role::Ins)));
    assert!(!may_write("device:d_1", &event("a", &[], device::ENROLLED, false, json!({})), &by(Role::Adm)));
    assert!(kind("works:1").is_none());
    assert!(kind("compound:c").unwrap().home.fits("town") && !kind("compound:c").unwrap().home.fits("cmp-001"));
    assert!(!kind("case:1").unwrap().home.fits("audit") && !kind("case:1").unwrap().home.fits("user-x"));
}

#[test]
fn nobody_writes_into_anothers_access_log_and_an_entry_needs_what_it_needs() {
    use xunju_domain::access;
    let note =
        |actor: &str, data: Value| FoldEvent { actor: actor.into(), ..event("a", &[], access::NOTED, false, data) };
    let sound = json!({ "action": "unmask", "objects": ["proceeding:1"], "fields": ["id_no"], "reason": "核对身份" });
    let stands = |record: &str, event: &FoldEvent| {
        let grant = Grant { user: event.actor.clone(), roles: vec![], scopes: Scopes::All, unit: String::new() };
        let standing = Standing { record, scope: "audit", events: &[] };
        !(kind(record).unwrap().judge)(&standing, event, &grant, &mut Nobody).quarantine
    };
    let own = "access:enforcer1-20261124";
    assert!(stands(own, &note("enforcer1", sound.clone())));
    assert!(!stands(own, &note("enforcer2", sound.clone())), "another person's log");
    assert!(!stands("access:enforcer1-20261399", &note("enforcer1", sound.clone())), "no such day");
    assert!(!stands("access:20261124", &note("enforcer1", sound.clone())));
    for (key, bad) in
        [("reason", json!(" ")), ("action", json!("peek")), ("objects", json!([])), ("fields", json!([""]))]
    {
        let mut data = sound.clone();
        data[key] = bad;
        assert!(!stands(own, &note("enforcer1", data)), "{key}");
    }
    let taken_back = FoldEvent { kind: "access.removed".into(), ..note("enforcer1", sound.clone()) };
    assert!(!stands(own, &taken_back), "the log only grows");
    assert!(kind(own).unwrap().home.fits("audit") && !kind(own).unwrap().home.fits("town"));

    let events = [note("enforcer1", sound.clone()), FoldEvent { id: "b".into(), ..note("enforcer2", sound) }];
    let state = access::fold(own, &events);
    assert_eq!((state.user.as_str(), state.day.as_str(), state.entries.len()), ("enforcer1", "2026-11-24", 1));
    let projection = project(own, "audit", &events).unwrap();
    assert_eq!((projection.due.as_deref(), projection.search.as_str()), (Some("2026-11-24"), ""));
}

#[test]
fn roles_by_name_and_by_code() {
    for (name, role) in [
        ("inspector", Role::Ins),
        ("reviewer", Role::Lxb),
        ("officer", Role::Dep),
        ("leader", Role::Ld),
        ("admin", Role::Adm),
        ("r-arc", Role::Arc),
        ("R-INS", Role::Ins),
    ] {
        assert_eq!(role_by_name(name), Some(role), "{name}");
    }
    assert_eq!(role_by_name(""), None);
    assert_eq!(role_by_name("king"), None);
    for (role, code, _) in ROLES {
        assert_eq!((role.code(), roles_from_codes([*code])), (*code, vec![*role]));
        assert_eq!(serde_json::to_value(role).unwrap(), *code);
    }
    assert!(roles_from_codes(["R-XXX"]).is_empty());
}

/// domain.md §7, the rows that concern cases.
#[test]
fn the_permission_table_is_the_one_of_the_design() {
    use xunju_domain::permission::Action::{Accept, Accounts, Close, File, Handle, Recheck, Report, See};
    let all = ["INS", "ENF", "ENFL", "LEG", "HEAD", "JW", "WY", "DEP", "FG", "LXB", "LD", "ADM"];
    let rows = [
        (Report, "INS ENF ENFL JW WY DEP FG LXB"),
        (Accept, "LXB"),
        (File, "LXB"),
        (Handle, "ENF ENFL JW WY DEP FG"),
        (Recheck, "INS ENF JW LXB"),
        (Close, "LXB"),
        (Accounts, "ADM"),
        (See, "INS ENF ENFL LEG HEAD JW WY DEP FG LXB LD"),
    ];
    for (action, who) in rows {
        for name in all {
            let roles = roles_from_codes([format!("R-{name}")]);
            assert_eq!(may(&roles, action), who.split(' ').any(|w| w == name), "{action:?} {name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn registers_fold_the_same_in_any_order(picks in prop::collection::vec((0u8..6, 0u8..4, any::<u32>(), any::<bool>()), 1..12), order in any::<u64>()) {
        let kinds = [compound::DEFINED, user::DEFINED, device::ENROLLED, device::INCARNATION, device::REVOKED, "x.unknown"];
        let mut events: Vec<FoldEvent> = Vec::new();
        for (i, (kind, parent, name, server)) in picks.iter().enumerate() {
            let parents: Vec<String> = events.get(usize::from(*parent)).map(|e| e.id.clone()).into_iter().collect();
            let mut e = event(&format!("{name:08x}{i:02}"), &[], kinds[usize::from(*kind)], *server, json!({ "name": format!("n{name}"), "reason": "r" }));
            e.parents = parents;
            events.push(e);
        }
        let mut mixed = events.clone();
        mixed.rotate_left(usize::try_from(order % events.len() as u64).unwrap());
        mixed.reverse();
        mixed.push(events[0].clone());
        for record in ["compound:c", "user:u", "device:d_1"] {
            prop_assert_eq!(project(record, "town", &events), project(record, "town", &mixed));
        }
    }
}

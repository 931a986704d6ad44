//! The index answers as a plain look through the words of every record would.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod kit;

use std::collections::{BTreeMap, BTreeSet};

use kit::{Laptop, times};
use proptest::prelude::*;
use serde_json::{Value, json};
use xunju_domain::event::NewEvent;
use xunju_domain::record;
use xunju_domain::search::{Class, Wanted, documents, scope_word};
use xunju_store::{Commit, NewKey, Order, Query, Search, Store};

fn event(record: &str, scope: &str, kind: &str, data: Value) -> NewEvent {
    let (record, scope, kind) = (record.to_owned(), scope.to_owned(), kind.to_owned());
    NewEvent { record, scope, kind, tv: 1, actor: "u1".into(), parents: vec![], blobs: vec![], data }
}

fn keep(store: &Store, events: Vec<NewEvent>) {
    store.commit(Commit { events, times: times(1), ..Commit::empty() }).unwrap();
}

fn case(n: u64, scope: &str, compound: &str, building: &str, room: &str) -> NewEvent {
    let data = json!({
        "type_code": "WJ-TJ", "type_label": { "zh-Hans": "违法搭建", "zh-Hant": "違法搭建", "en": "illegal structure" },
        "compound_id": scope, "compound_name": compound, "building": building, "room": room, "location_text": "阳台",
    });
    event(&format!("case:{:08x}-0000-7000-8000-{n:012x}", n * 3), scope, "case.recorded", data)
}

fn compound(id: &str, name: &str, doorways: &[(&str, u32)]) -> NewEvent {
    let doors: Vec<Value> =
        doorways.iter().map(|(no, floors)| json!({ "no": no, "floors": floors, "rooms_per_floor": 2 })).collect();
    event(
        &format!("compound:{id}"),
        "town",
        "compound.defined",
        json!({ "name": name, "initials": "", "address": "示例路 12 弄", "doorways": doors }),
    )
}

fn index(store: &Store, text: &str, class: Class, scopes: Option<&[String]>) -> (u32, Vec<String>) {
    let Some(wanted) = Wanted::read(text) else { return (0, vec![]) };
    let page = store.search(&Search { wanted: &wanted, class, scopes, unit: None, limit: 1_000 }).unwrap();
    let mut rows: Vec<String> = page.rows.iter().map(|f| format!("{}|{}|{}", f.record, f.building, f.room)).collect();
    rows.sort();
    (page.total, rows)
}

/// Folds every record from its events and looks through all words.
fn plain(
    store: &Store,
    records: &BTreeSet<(String, String)>,
    text: &str,
    class: Class,
    scopes: Option<&[String]>,
) -> Vec<String> {
    let Some(wanted) = Wanted::read(text) else { return vec![] };
    let mut found = Vec::new();
    // The readings of a compound's name answer for what lies in it.
    let mut readings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if matches!(class, Class::Dwelling | Class::Case) {
        for (id, scope) in records.iter().filter(|(id, _)| id.starts_with("compound:")) {
            let projection = record::project(id, scope, &store.events(id).unwrap()).unwrap();
            let words = documents(id, &projection).remove(0).words;
            let letters = words.into_iter().filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()));
            readings.insert(record::id_of(id).to_owned(), letters.collect());
        }
    }
    for (id, scope) in records {
        let projection = record::project(id, scope, &store.events(id).unwrap()).unwrap();
        for mut document in documents(id, &projection).into_iter().filter(|d| d.class == class) {
            let within = if class == Class::Case { scope.as_str() } else { record::id_of(id) };
            document.words.extend(readings.get(within).into_iter().flatten().cloned());
            let seen = scopes.is_none_or(|all| all.iter().any(|s| document.words.contains(&scope_word(s))));
            if seen && wanted.met_by(&document.words, false) {
                found.push(format!("{id}|{}|{}", document.building, document.room));
            }
        }
    }
    found.sort();
    found
}

fn text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "东",
        "湖",
        "东湖",
        "花园",
        "明珠苑",
        "dh",
        "dhhy",
        "mzy",
        "donghu",
        "8",
        "1",
        "12",
        "8号",
        "601",
        "101室",
        "WJ",
        "违法",
        "阳台",
        "T-",
        " ",
        "西",
        "3",
        "illegal",
        "08",
        "\"",
        "*",
        "AND",
        "()",
        "@s",
    ]);
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn the_index_equals_a_plain_look_through(
        cases in prop::collection::vec((0usize..2, 0usize..3, 0usize..4), 0..20),
        doors in 1u32..4,
        texts in prop::collection::vec(text(), 12),
    ) {
        let laptop = Laptop::new();
        let store = laptop.enrolled(NewKey::Automatic);
        let names = [("cmp-1", "东湖花园"), ("cmp-2", "明珠苑")];
        let mut records = BTreeSet::new();
        let mut events = Vec::new();
        for (id, name) in names {
            events.push(compound(id, name, &[("8号", doors), ("12号", 2)]));
        }
        for (n, (at, building, room)) in cases.iter().enumerate() {
            let buildings = ["8号", "１２号 ", "八十号"];
            let rooms = ["601", "0102甲", "", "101"];
            events.push(case(n as u64, names[*at].0, names[*at].1, buildings[*building], rooms[*room]));
        }
        records.extend(events.iter().map(|e| (e.record.clone(), e.scope.clone())));
        keep(&store, events);
        // What was defined anew leaves nothing behind.
        keep(&store, vec![compound("cmp-2", "明珠苑", &[("3号", 1)])]);
        let first = ["cmp-1".to_owned()];
        let nobody: [String; 0] = [];
        for text in &texts {
            for class in [Class::Compound, Class::Dwelling, Class::Case] {
                for scopes in [None, Some(&first[..]), Some(&nobody[..])] {
                    let naive = plain(&store, &records, text, class, scopes);
                    let (total, rows) = index(&store, text, class, scopes);
                    prop_assert_eq!(&rows, &naive, "{:?} {:?} {:?}", text, class, scopes);
                    prop_assert_eq!(total as usize, naive.len());
                }
            }
            let query = Query { kind: "case".into(), text: text.clone(), order: Order::Newest, limit: 1_000, ..Query::default() };
            let listed: BTreeSet<String> = store.records(&query).unwrap().into_iter().map(|r| r.id).collect();
            let naive: BTreeSet<String> = match text.trim() {
                "" => records.iter().map(|(id, _)| id.clone()).filter(|id| id.starts_with("case:")).collect(),
                _ => plain(&store, &records, text, Class::Case, None).iter().map(|f| f.split('|').next().unwrap().to_owned()).collect(),
            };
            prop_assert_eq!(listed.len() as u32, store.count(&query).unwrap());
            prop_assert_eq!(listed, naive, "{:?}", text);
        }
    }
}

#[test]
fn the_newest_case_comes_first_and_whole_digits_before_longer_ones() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    keep(&store, vec![compound("cmp-1", "东湖花园", &[("80号", 1), ("8号", 1)])]);
    keep(&store, (1..=3).map(|n| case(n, "cmp-1", "东湖花园", "8号", "601")).collect());
    let query = Query { kind: "case".into(), text: "dhhy".into(), order: Order::Newest, limit: 2, ..Query::default() };
    let ids: Vec<String> = store.records(&query).unwrap().into_iter().map(|r| r.id).collect();
    assert!(ids.len() == 2 && ids[0] > ids[1], "{ids:?}");
    let wanted = Wanted::read("8").unwrap();
    let search = Search { wanted: &wanted, class: Class::Dwelling, scopes: None, unit: None, limit: 10 };
    let rows = store.search(&search).unwrap().rows;
    assert_eq!(rows.iter().map(|f| f.building.as_str()).collect::<Vec<_>>(), ["8号", "8号", "80号", "80号"]);
}

#[test]
fn the_number_itself_comes_first() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    keep(&store, (1..=12).map(|n| case(n, "cmp-1", "东湖花园", "8号", "601")).collect());
    let first =
        store.records(&Query { kind: "case".into(), order: Order::Oldest, limit: 1, ..Query::default() }).unwrap();
    let number = first[0].doc["temporary_no"].as_str().unwrap();
    let wanted = Wanted::read(number).unwrap();
    let search = Search { wanted: &wanted, class: Class::Case, scopes: None, unit: None, limit: 10 };
    let rows = store.search(&search).unwrap().rows;
    assert!(rows[0].exact && rows[0].record == first[0].id, "{rows:?}");
}

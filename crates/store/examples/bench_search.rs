//! `script/bench search`: the search of the palette over a whole town, against reading as many rows of a plain SQLite
//! table of the same size by primary key, in the same run. Prints a table; copies nothing anywhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};
use xunju_domain::event::NewEvent;
use xunju_domain::search::{Class, Wanted};
use xunju_evidence::{Signer, Times};
use xunju_store::{Commit, Enrolled, Faults, NewKey, OpenOptions, Search, Store};

const CLASSES: [Class; 5] = [Class::Compound, Class::Company, Class::Person, Class::Dwelling, Class::Case];
/// Rows of a class that the palette asks for.
const LIMIT: u32 = 8;
/// One frame at 60 Hz.
const FRAME: Duration = Duration::from_micros(16_667);
const BATCH: usize = 500;

const FIRST: [&str; 20] = [
    "东湖", "西湖", "南翔", "北桥", "长桥", "新华", "古美", "金鼎", "银河", "桃源", "春申", "虹梅", "龙柏", "梅陇",
    "静安", "罗阳", "平南", "航华", "田林", "康健",
];
const LAST: [&str; 8] = ["花园", "新村", "名苑", "公寓", "家园", "小区", "雅居", "豪庭"];

struct Arguments {
    cases: u64,
    compounds: u64,
    queries: usize,
    seed: u64,
}

/// A stream of numbers from a seed (SplitMix64): the same town in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }
}

fn main() {
    let asked = arguments();
    println!("search: {} cases, {} compounds of 510 dwellings, seed {}", asked.cases, asked.compounds, asked.seed);
    println!("| store | query | n | p50 ms | p95 ms | max ms | rows | p95 over key lookups | p95 of a frame |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    for (name, key) in [("laptop, encrypted", NewKey::Passphrase("测试口令")), ("desk", NewKey::Plain)] {
        let home = tempfile::tempdir().unwrap();
        let store = town(home.path(), key, &asked);
        let plain = plain_table(home.path(), &asked);
        measure(name, &store, &plain, &asked);
    }
}

fn arguments() -> Arguments {
    let all: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, usual: u64| {
        let at = all.iter().position(|a| a == name);
        at.and_then(|at| all.get(at + 1)).map_or(usual, |n| n.parse().unwrap())
    };
    Arguments {
        cases: number("--cases", 110_000),
        compounds: number("--compounds", 100),
        queries: usize::try_from(number("--queries", 400)).unwrap(),
        seed: number("--seed", 1),
    }
}

fn town(home: &std::path::Path, key: NewKey<'_>, asked: &Arguments) -> Store {
    let options = OpenOptions { state_dir: Some(home.join("state")), faults: Faults::default() };
    let store = Store::create(&home.join("data"), key, &options).unwrap();
    let enrolled = Enrolled {
        device_name: "bench".into(),
        user: "u1".into(),
        user_name: "张工".into(),
        server_url: "http://127.0.0.1:1".into(),
        server_key: Signer::from_seed(&[42; 32]).public().text(),
        log: "log".into(),
        epoch: 1,
        town_name: "示例镇".into(),
        town_code: "310112".into(),
    };
    store.enrol(&enrolled, times()).unwrap();
    let compounds = (0..asked.compounds).map(compound).collect::<Vec<_>>();
    compounds.into_iter().for_each(|event| keep(&store, vec![event]));
    let mut dice = Dice(asked.seed);
    let mut batch = Vec::with_capacity(BATCH);
    for n in 0..asked.cases {
        batch.push(case(n, dice.below(asked.compounds), &mut dice));
        if batch.len() == BATCH || n + 1 == asked.cases {
            keep(&store, std::mem::take(&mut batch));
        }
    }
    store
}

fn times() -> Times {
    Times { wall: 1, tz: "+08:00".into(), boot: "b1".into(), mono: 1, anc: None, gps: None }
}

fn keep(store: &Store, events: Vec<NewEvent>) {
    store.commit(Commit { events, times: times(), ..Commit::empty() }).unwrap();
}

fn event(record: String, scope: String, kind: &str, data: Value) -> NewEvent {
    NewEvent { record, scope, kind: kind.into(), tv: 1, actor: "u1".into(), parents: vec![], blobs: vec![], data }
}

fn compound_name(n: u64) -> String {
    let at = usize::try_from(n).unwrap();
    let stage = at / (FIRST.len() * LAST.len());
    let stage = if stage == 0 { String::new() } else { format!("{}期", stage + 1) };
    format!("{}{}{stage}", FIRST[at % FIRST.len()], LAST[at / FIRST.len() % LAST.len()])
}

/// 15 doorways of 17 floors with 2 rooms.
fn compound(n: u64) -> NewEvent {
    let doors: Vec<Value> =
        (1..=15).map(|no| json!({ "no": format!("{no}号"), "floors": 17, "rooms_per_floor": 2 })).collect();
    let data = json!({ "name": compound_name(n), "initials": "", "address": format!("示例路 {} 弄", 100 + n), "doorways": doors });
    event(format!("compound:cmp-{n:03}"), "town".into(), "compound.defined", data)
}

fn case(n: u64, compound: u64, dice: &mut Dice) -> NewEvent {
    let (door, floor, room) = (1 + dice.below(15), 1 + dice.below(17), 1 + dice.below(2));
    let data = json!({
        "type_code": "WJ-TJ", "type_label": { "zh-Hans": "违法搭建", "zh-Hant": "違法搭建", "en": "illegal structure" },
        "compound_id": format!("cmp-{compound:03}"), "compound_name": compound_name(compound),
        "building": format!("{door}号"), "room": format!("{floor}{room:02}"),
        "location_text": dice.of(&["阳台外侧", "天井", "屋顶露台", "一楼院内", "楼道", "车库门口"]),
    });
    event(case_id(n), format!("cmp-{compound:03}"), "case.recorded", data)
}

fn case_id(n: u64) -> String {
    format!("case:{n:08x}-0000-7000-8000-{n:012x}")
}

/// A table of as many rows as there are things to find, with a row about as wide as what a hit shows.
fn plain_table(home: &std::path::Path, asked: &Arguments) -> Connection {
    let mut db = Connection::open(home.join("plain.db")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; CREATE TABLE thing (id INTEGER PRIMARY KEY, record TEXT, building TEXT, room TEXT)",
    )
    .unwrap();
    let tx = db.transaction().unwrap();
    for n in 0..asked.cases + asked.compounds * 511 {
        tx.execute("INSERT INTO thing VALUES (?1, ?2, '8号', '601')", (n.cast_signed(), format!("case:{n:036}")))
            .unwrap();
    }
    tx.commit().unwrap();
    db
}

fn queries(kind: &str, store: &Store, asked: &Arguments) -> Vec<String> {
    let mut dice = Dice(asked.seed ^ 0xABCD);
    let one = |dice: &mut Dice| {
        let name = compound_name(dice.below(asked.compounds));
        let (door, room) = (1 + dice.below(15), format!("{}{:02}", 1 + dice.below(17), 1 + dice.below(2)));
        let number = |n: u64| {
            let row = store.record(&case_id(n)).unwrap().unwrap();
            row.doc["temporary_no"].as_str().unwrap().to_owned()
        };
        match kind {
            "two characters" => name.chars().take(2).collect(),
            "name" => name,
            "initials" => dice.of(&["dhhy", "xhxc", "nxmy", "cqgy", "gmjy", "zqxc"]).to_owned(),
            "pinyin" => dice.of(&["donghu", "xihuhuayuan", "changqiao", "donghhy", "gumei"]).to_owned(),
            "one letter" => dice.of(&["d", "x", "h", "c"]).to_owned(),
            "door and room" => format!("{name}{door}号{room}"),
            "digits" => dice.of(&["8", "60", "601", "1702"]).to_owned(),
            "case number" => number(dice.below(asked.cases)),
            _ => dice.of(&["违法搭建", "阳台", "屋顶露台"]).to_owned(),
        }
    };
    (0..asked.queries).map(|_| one(&mut dice)).collect()
}

const KINDS: [&str; 9] = [
    "two characters",
    "name",
    "initials",
    "pinyin",
    "one letter",
    "door and room",
    "digits",
    "case number",
    "common words",
];

fn measure(name: &str, store: &Store, plain: &Connection, asked: &Arguments) {
    for kind in KINDS {
        let (mut took, mut keyed, mut rows) = (Vec::new(), Vec::new(), 0);
        for (n, text) in queries(kind, store, asked).iter().enumerate() {
            let begun = Instant::now();
            let wanted = Wanted::read(text).unwrap();
            let mut shown = 0;
            for class in CLASSES {
                let search = Search { wanted: &wanted, class, scopes: None, unit: None, limit: LIMIT };
                shown += store.search(&search).unwrap().rows.len();
            }
            took.push(begun.elapsed());
            rows += shown;
            keyed.push(key_lookups(plain, shown.max(1), n as u64, asked));
        }
        let (p50, p95, max) = (part(&mut took, 50), part(&mut took, 95), part(&mut took, 100));
        println!(
            "| {name} | {kind} | {} | {:.2} | {:.2} | {:.2} | {:.1} | {:.1} | {:.2} |",
            took.len(),
            ms(p50),
            ms(p95),
            ms(max),
            rows as f64 / took.len() as f64,
            p95.as_secs_f64() / part(&mut keyed, 95).as_secs_f64(),
            p95.as_secs_f64() / FRAME.as_secs_f64(),
        );
    }
}

/// As many rows by their key as the answer showed.
fn key_lookups(plain: &Connection, rows: usize, n: u64, asked: &Arguments) -> Duration {
    let mut dice = Dice(n);
    let all = asked.cases + asked.compounds * 511;
    let keys: Vec<i64> = (0..rows).map(|_| dice.below(all).cast_signed()).collect();
    let begun = Instant::now();
    let mut read = plain.prepare_cached("SELECT record, building, room FROM thing WHERE id = ?1").unwrap();
    for key in keys {
        let row: (String, String, String) =
            read.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        std::hint::black_box(row);
    }
    begun.elapsed()
}

fn part(all: &mut [Duration], percent: usize) -> Duration {
    all.sort_unstable();
    all[((all.len() * percent).div_ceil(100)).saturating_sub(1)]
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1_000.0
}

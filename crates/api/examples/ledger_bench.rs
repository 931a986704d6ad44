//! `script/bench ledger`: one step of a ledger out and in, with its time and its most memory. A process a step, so that
//! no step hides in the memory of another.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use xunju_api::act::ledger::{export_to, import, preview};
use xunju_api::clock::SystemClock;
use xunju_api::view::app::Host;
use xunju_api::view::ledger::LedgerImportRequest;
use xunju_api::{Api, Caller};
use xunju_documents::ledger::{Format, Watermark, Writer, read};
use xunju_domain::case::payload::Recorded;
use xunju_domain::catalogue::{FieldValue, standard as catalogue};
use xunju_domain::compound::Defined;
use xunju_domain::event::NewEvent;
use xunju_domain::ledger::{Ledger, standard};
use xunju_domain::permission::Scopes;
use xunju_evidence::{Signer, Times};
use xunju_photos::Vault;
use xunju_store::{Commit, Enrolled, Faults, NewKey, OpenOptions, Store, Unlock};

const PASSPHRASE: &str = "bench-passphrase";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| arguments.get(at).cloned().unwrap_or_default();
    let begun = Instant::now();
    let rows = match word(0).as_str() {
        "make" => make(Path::new(&word(1)), word(2).parse().unwrap()),
        // What the program itself takes before any ledger.
        "open" => {
            drop(api(Path::new(&word(1)), false));
            0
        }
        "export" => export(Path::new(&word(1)), Path::new(&word(2))),
        "edit" => edit(Path::new(&word(1)), Path::new(&word(2))),
        "preview" => take(Path::new(&word(1)), Path::new(&word(2)), false),
        "import" => take(Path::new(&word(1)), Path::new(&word(2)), true),
        "write" => write(Path::new(&word(1)), word(2).parse().unwrap()),
        "read" => count(Path::new(&word(1))),
        "floor" => floor(Path::new(&word(1))),
        other => panic!("no step {other:?}"),
    };
    println!("{}\t{rows}\t{:.2}\t{}", word(0), begun.elapsed().as_secs_f64(), peak_mb());
}

/// The most memory this process ever held (`VmHWM`), in MB.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn api(home: &Path, fresh: bool) -> Api {
    let options = OpenOptions { state_dir: Some(home.join("state")), faults: Faults::default() };
    let data = home.join("data");
    let store = if fresh {
        let store = Store::create(&data, NewKey::Passphrase(PASSPHRASE), &options).unwrap();
        let enrolled = Enrolled {
            device_name: "bench".into(),
            user: "u1".into(),
            user_name: "陈科".into(),
            server_url: "http://127.0.0.1:1".into(),
            server_key: Signer::from_seed(&[42; 32]).public().text(),
            log: "log".into(),
            epoch: 1,
            town_name: "示例镇".into(),
            town_code: "310112".into(),
        };
        let times = Times { wall: 0, tz: "+08:00".into(), boot: "b1".into(), mono: 0, anc: None, gps: None };
        store.enrol(&enrolled, times).unwrap();
        store
    } else {
        Store::open(&data, Unlock::Passphrase(PASSPHRASE), &options).unwrap()
    };
    let vault = Vault::open(&home.join("photos"), None).unwrap();
    Api::open(Arc::new(store), Arc::new(vault), Arc::new(SystemClock))
}

fn caller() -> Caller {
    Caller {
        user: "u1".into(),
        roles: vec!["R-LXB".into()],
        scopes: Scopes::All,
        unit: String::new(),
        host: Host::Desktop,
    }
}

fn event(record: String, scope: &str, kind: &str, data: serde_json::Value) -> NewEvent {
    let (scope, kind) = (scope.to_owned(), kind.to_owned());
    NewEvent { record, scope, kind, tv: 1, actor: "u1".into(), parents: Vec::new(), blobs: Vec::new(), data }
}

fn recorded(at: u32) -> Recorded {
    let text = |t: String| FieldValue::Text(t);
    Recorded {
        type_code: "WJ-TJ".into(),
        catalogue: catalogue().version.clone(),
        compound_id: "cmp-001".into(),
        compound_name: "东湖花园".into(),
        building: format!("{}号", at / 100 + 1),
        room: format!("{:04}", at % 100 + 101),
        source: "patrol".into(),
        found_at: "2026-03-01T09:00:00+08:00".into(),
        severity: "general".into(),
        fields: [
            ("area_m2".to_owned(), text(format!("{}.{:02}", at % 90 + 1, at % 100))),
            ("stock_class".to_owned(), text("stock".into())),
            ("structure".to_owned(), text("steel".into())),
            ("floors".to_owned(), FieldValue::Whole(1)),
        ]
        .into(),
        note: format!("天井内搭建阳光房，第 {at} 处，邻居反映采光受影响"),
        no_photo_reason: "台账".into(),
        ..Recorded::default()
    }
}

fn make(home: &Path, rows: u32) -> u32 {
    let api = api(home, true);
    let times =
        || Times { wall: 1_770_000_000_000, tz: "+08:00".into(), boot: "b1".into(), mono: 1, anc: None, gps: None };
    let defined = Defined { name: "东湖花园".into(), ..Defined::default() };
    let first = event("compound:cmp-001".into(), "town", "compound.defined", serde_json::to_value(defined).unwrap());
    let cases = (0..rows).map(|at| {
        let data = serde_json::to_value(recorded(at)).unwrap();
        event(format!("case:{at:08}-0000-7000-8000-000000000000"), "cmp-001", "case.recorded", data)
    });
    let mut waiting = vec![first];
    let commit = |events: Vec<NewEvent>| {
        api.store().commit(Commit { events, times: times(), ..Commit::empty() }).unwrap();
    };
    for case in cases {
        waiting.push(case);
        if waiting.len() >= 1_000 {
            commit(std::mem::take(&mut waiting));
        }
    }
    if !waiting.is_empty() {
        commit(waiting);
    }
    rows
}

fn export(home: &Path, to: &Path) -> u32 {
    let _old = std::fs::remove_file(to);
    let asked = json!({ "ledger": "wj", "format": "xlsx", "reason": "bench" });
    export_to(&api(home, false), &caller(), serde_json::from_value(asked).unwrap(), Some(to)).unwrap().rows
}

fn ledger() -> &'static Ledger {
    standard().iter().find(|l| l.id == "wj").unwrap()
}

fn mark() -> Watermark {
    Watermark { number: "DC-1".into(), user: "陈科".into(), at: "2026-11-24 21:30".into(), masked: true }
}

/// Every row with another floor area.
fn edit(from: &Path, to: &Path) -> u32 {
    let area = ledger().columns.iter().position(|c| c.key == "area_m2").unwrap();
    let mut writer = Writer::new(File::create(to).unwrap(), Format::Excel, ledger(), &mark()).unwrap();
    let read = read(File::open(from).unwrap(), standard(), |_, mut row| {
        row.cells[area] = format!("1{}", row.cells[area]);
        writer.row(&row.id, &row.cells).unwrap();
        true
    });
    writer.finish().unwrap();
    read.unwrap().rows
}

fn take(home: &Path, file: &Path, apply: bool) -> u32 {
    let (api, caller) = (api(home, false), caller());
    let taken = api.ledger_upload(&caller, "bench.xlsx", BufReader::new(File::open(file).unwrap())).unwrap();
    let asked = LedgerImportRequest { file: taken.file, duplicates: false, job: String::new() };
    let report = if apply { import(&api, &caller, asked) } else { preview(&api, &caller, asked) }.unwrap();
    assert_eq!((report.changed, report.wrong), (report.rows, 0), "{:?}", report.problems.first());
    assert_eq!(report.written, if apply { report.rows } else { 0 });
    report.rows
}

/// The file alone, without a store: rows of the same cells for us and for the peer.
fn write(to: &Path, rows: u32) -> u32 {
    let text = std::fs::read_to_string(to.with_extension("row")).unwrap();
    let cells: Vec<String> = text.trim_end_matches('\n').split('\t').map(str::to_owned).collect();
    let mut writer = Writer::new(File::create(to).unwrap(), Format::Excel, ledger(), &mark()).unwrap();
    for at in 0..rows {
        writer.row(&format!("case:{at:08}"), &cells).unwrap();
    }
    writer.finish().unwrap();
    rows
}

fn count(file: &Path) -> u32 {
    read(File::open(file).unwrap(), standard(), |_, _| true).unwrap().rows
}

/// What no reader of the format can be under: the sheet unpacked once and its rows counted.
fn floor(file: &Path) -> u32 {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    let (mut piece, mut rows, mut before) = (vec![0; 64 * 1024], 0, Vec::new());
    loop {
        let read = sheet.read(&mut piece).unwrap();
        if read == 0 {
            return rows;
        }
        before.extend_from_slice(&piece[..read]);
        let found = before.windows(5).filter(|w| w == b"<row ").count();
        rows += u32::try_from(found).unwrap();
        let keep = before.len().saturating_sub(4);
        before.drain(..keep);
    }
}

//! A ledger another program has saved comes in as if it were ours: LibreOffice, openpyxl.
//!
//! The files were made from `wj.xlsx`, which the ignored test below writes:
//! `soffice --headless --convert-to xlsx --outdir lo wj.xlsx`, and openpyxl's `load_workbook` and `save`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use xunju_api::act::ledger::{export_to, import, preview};
use xunju_api::clock::SystemClock;
use xunju_api::view::app::Host;
use xunju_api::view::ledger::{ImportReport, LedgerImportRequest};
use xunju_api::{Api, Caller};
use xunju_domain::case::payload::Recorded;
use xunju_domain::catalogue::{FieldValue, standard as catalogue};
use xunju_domain::compound::Defined;
use xunju_domain::event::NewEvent;
use xunju_domain::permission::Scopes;
use xunju_evidence::{Signer, Times};
use xunju_photos::Vault;
use xunju_store::{Commit, Enrolled, Faults, NewKey, OpenOptions, Store};

const CASES: u32 = 12;

fn laptop(home: &Path) -> Api {
    let options = OpenOptions { state_dir: Some(home.join("state")), faults: Faults::default() };
    let store = Store::create(&home.join("data"), NewKey::Passphrase("测试口令"), &options).unwrap();
    let enrolled = Enrolled {
        device_name: "laptop".into(),
        user: "u1".into(),
        user_name: "陈科".into(),
        server_url: "http://127.0.0.1:1".into(),
        server_key: Signer::from_seed(&[42; 32]).public().text(),
        log: "log".into(),
        epoch: 1,
        town_name: "示例镇".into(),
        town_code: "310112".into(),
    };
    store.enrol(&enrolled, times()).unwrap();
    let vault = Vault::open(&home.join("photos"), None).unwrap();
    Api::open(Arc::new(store), Arc::new(vault), Arc::new(SystemClock))
}

fn times() -> Times {
    Times { wall: 1_770_000_000_000, tz: "+08:00".into(), boot: "b1".into(), mono: 1, anc: None, gps: None }
}

fn office() -> Caller {
    let roles = vec!["R-LXB".into()];
    Caller { user: "u1".into(), roles, scopes: Scopes::All, unit: String::new(), host: Host::Desktop }
}

fn event(record: String, scope: &str, kind: &str, data: serde_json::Value) -> NewEvent {
    let (scope, kind) = (scope.to_owned(), kind.to_owned());
    NewEvent { record, scope, kind, tv: 1, actor: "u1".into(), parents: Vec::new(), blobs: Vec::new(), data }
}

/// Cases with what spreadsheets like to spoil: leading zeros, long digits, rare characters, lines, things that look
/// like formulas, days, several words in one cell.
fn town(home: &Path) -> Api {
    let api = laptop(home);
    let defined = Defined { name: "东湖花园".into(), grids: vec!["007".into()], ..Defined::default() };
    let mut events =
        vec![event("compound:cmp-001".into(), "town", "compound.defined", serde_json::to_value(defined).unwrap())];
    let places = ["=1+1 楼顶", "第一行\n第二行", "㛃𠮷 家门口", "+86 旁", "1e5", "<b>&\"引号\"", "2026-1-2"];
    for at in 0..CASES {
        let text = |t: &str| FieldValue::Text(t.to_owned());
        let recorded = Recorded {
            type_code: "WJ-TJ".into(),
            catalogue: catalogue().version.clone(),
            compound_id: "cmp-001".into(),
            compound_name: "东湖花园".into(),
            building: format!("{:02}号", at + 1),
            room: format!("0{}", 101 + at),
            location_text: places[at as usize % places.len()].into(),
            source: "patrol".into(),
            found_at: "2026-03-01T09:00:00+08:00".into(),
            severity: "general".into(),
            fields: [
                ("area_m2".to_owned(), text(&format!("{}.50", at + 1))),
                ("stock_class".to_owned(), text("stock")),
                ("floors".to_owned(), FieldValue::Whole(1)),
                ("affects".to_owned(), FieldValue::Many(vec!["fire".into(), "light".into()])),
            ]
            .into(),
            no_photo_reason: "台账".into(),
            ..Recorded::default()
        };
        let id = format!("case:{at:08}-0000-7000-8000-000000000000");
        events.push(event(id, "cmp-001", "case.recorded", serde_json::to_value(recorded).unwrap()));
    }
    api.store().commit(Commit { events, times: times(), ..Commit::empty() }).unwrap();
    api
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers").join(name)
}

fn taken(api: &Api, name: &str, apply: bool) -> ImportReport {
    let caller = office();
    let bytes = std::fs::read(file(name)).unwrap();
    let taken = api.ledger_upload(&caller, name, bytes.as_slice()).unwrap();
    let asked = LedgerImportRequest { file: taken.file, duplicates: false, job: String::new() };
    if apply { import(api, &caller, asked) } else { preview(api, &caller, asked) }.unwrap()
}

#[test]
fn what_other_programs_saved_comes_in_without_a_problem() {
    let home = tempfile::tempdir().unwrap();
    let api = town(home.path());
    for name in ["wj.xlsx", "wj-libreoffice.xlsx", "wj-openpyxl.xlsx"] {
        let report = taken(&api, name, false);
        assert_eq!(report.problems, [], "{name}");
        assert_eq!((report.rows, report.same), (CASES, CASES), "{name}: {:?}", report.shown);
    }
}

#[test]
fn what_was_typed_in_another_program_is_taken_cell_by_cell() {
    let home = tempfile::tempdir().unwrap();
    let api = town(home.path());
    // Saved by LibreOffice after a person typed 88 into the floor area of the first row and 0999 into its room.
    let report = taken(&api, "wj-libreoffice-edited.xlsx", true);
    assert_eq!((report.changed, report.wrong, report.written), (1, 0, 1), "{:?}", report.problems);
    let cells: Vec<_> = report.shown[0].cells.iter().map(|c| (c.column.as_str(), c.after.as_str())).collect();
    assert!(cells.contains(&("建筑面积㎡", "88.00")) && cells.contains(&("室号", "0999")), "{cells:?}");
}

#[test]
#[ignore = "writes the file the others were made from: XUNJU_SAMPLE names it"]
fn the_file_the_others_are_made_from() {
    let home = tempfile::tempdir().unwrap();
    let api = town(home.path());
    let to = PathBuf::from(std::env::var_os("XUNJU_SAMPLE").unwrap());
    let asked = json!({ "ledger": "wj", "format": "xlsx", "reason": "样本" });
    let done = export_to(&api, &office(), serde_json::from_value(asked).unwrap(), Some(&to)).unwrap();
    assert_eq!(done.rows, CASES);
}

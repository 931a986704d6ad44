//! 台账 out as files and in again, on a laptop and on the web desk of a real server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use xunju_api::act::ledger::export_to;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::access::AccessPage;
use xunju_api::view::ledger::{ExportCard, ImportCard, ImportReport, ImportUndone, LedgerFile};
use xunju_documents::ledger::{Format, Watermark, Writer, read};
use xunju_domain::ledger::{Ledger, standard};
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town, case_with, program, scene};

const PASSWORD: &str = "密码-long-enough";

fn ledger(id: &str) -> &'static Ledger {
    standard().iter().find(|l| l.id == id).unwrap()
}

fn at(id: &str, key: &str) -> usize {
    ledger(id).columns.iter().position(|c| c.key == key).unwrap()
}

/// A file as somebody has it open: rows with their hidden ids.
struct Sheet {
    ledger: &'static str,
    rows: Vec<(String, Vec<String>)>,
}

impl Sheet {
    fn open(ledger: &'static str, file: File) -> Self {
        let mut rows = Vec::new();
        let found = read(file, standard(), |_, row| {
            assert!(row.problems.is_empty(), "{row:?}");
            rows.push((row.id, row.cells));
            true
        });
        assert_eq!(found.unwrap().ledger, ledger);
        Self { ledger, rows }
    }

    fn cell(&self, row: usize, key: &str) -> &str {
        &self.rows[row].1[at(self.ledger, key)]
    }

    fn type_into(&mut self, row: usize, key: &str, text: &str) {
        self.rows[row].1[at(self.ledger, key)] = text.to_owned();
    }

    fn add(&mut self, cells: &[(&str, &str)]) {
        let blank = vec![String::new(); ledger(self.ledger).columns.len()];
        self.rows.push((String::new(), blank));
        let last = self.rows.len() - 1;
        cells.iter().for_each(|(key, text)| self.type_into(last, key, text));
    }

    fn find(&self, key: &str, text: &str) -> usize {
        (0..self.rows.len()).find(|row| self.cell(*row, key) == text).unwrap_or_else(|| panic!("no row with {text}"))
    }

    fn bytes(&self) -> Vec<u8> {
        let mark =
            Watermark { number: "DC-1".into(), user: "陈科".into(), at: "2026-11-24 21:30".into(), masked: true };
        let file = tempfile::tempfile().unwrap();
        let mut writer = Writer::new(file, Format::Excel, ledger(self.ledger), &mark).unwrap();
        self.rows.iter().for_each(|(id, cells)| writer.row(id, cells).unwrap());
        let mut file = writer.finish().unwrap();
        file.rewind().unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    }
}

fn on_disk(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn export(who: &Inspector, asked: Value, to: &Path) -> Result<LedgerFile, ApiError> {
    let (api, caller) = who.laptop.caller().unwrap();
    export_to(&api, &caller, serde_json::from_value(asked).unwrap(), Some(to))
}

fn out(who: &Inspector, of: &'static str, to: &Path) -> Sheet {
    let done = export(who, json!({ "ledger": of, "format": "xlsx", "reason": "月度核对" }), to).unwrap();
    assert_eq!(done.path.as_deref(), to.to_str());
    let sheet = Sheet::open(of, File::open(to).unwrap());
    assert_eq!(sheet.rows.len(), done.rows as usize);
    sheet
}

fn upload(who: &Inspector, sheet: &Sheet) -> String {
    let (api, caller) = who.laptop.caller().unwrap();
    api.ledger_upload(&caller, "台账.xlsx", sheet.bytes().as_slice()).unwrap().file
}

fn told(report: &ImportReport) -> Vec<(String, String)> {
    report.problems.iter().map(|p| (p.cell.clone(), p.problem.clone())).collect()
}

/// Two open cases, each at a door of its own, accepted by the office.
fn cases(town: &Town, office: &Inspector) -> [String; 3] {
    let walker = Inspector::enrol(town, "inspector1", "inspector1", Options::default());
    let compound = walker.compound("东湖花园");
    let ids = [("0301", 1), ("0302", 2), ("0303", 3)].map(|(room, seed)| {
        let photo = walker.import(&scene(seed), "A.JPG");
        walker.record(&case_with(&compound, "9号", room, &[(photo, "far")])).unwrap().case_id
    });
    walker.sync();
    office.sync();
    for id in &ids {
        office.ask::<Value>("case.act", json!({ "id": id, "action": "accept" })).unwrap();
    }
    office.sync();
    ids
}

fn area(desk: &Desk, id: &str) -> String {
    let view: Value = desk.ask("case.get", &json!({ "id": id }));
    let facts = view["facts"].as_array().unwrap();
    let fact = facts.iter().find(|f| f["key"] == "area_m2").unwrap_or_else(|| panic!("{view}"));
    fact["value"].as_str().map_or_else(|| fact["value"].to_string(), str::to_owned)
}

const NEW_CASE: &[(&str, &str)] = &[
    ("compound", "东湖花园"),
    ("building", "９号"),
    ("stock_class", "存量"),
    ("found_at", "2019-05-01"),
    ("source", "巡查"),
    ("area_m2", "8"),
];

#[test]
fn an_edited_ledger_comes_in_row_by_row_and_is_taken_back() {
    let town = Town::start();
    let office = Inspector::enrol(&town, "reviewer1", "reviewer1", Options::default());
    let [first, second, third] = cases(&town, &office);
    let mut sheet = out(&office, "wj", &town.folder("wj.xlsx"));
    let row = |sheet: &Sheet, id: &str| sheet.rows.iter().position(|(row, _)| row.contains(id)).unwrap();
    let (a, b, c) = (row(&sheet, &first), row(&sheet, &second), row(&sheet, &third));
    assert_eq!(sheet.cell(a, "room"), "0301", "a leading zero stays");
    let untouched = sheet.bytes();

    // Meanwhile somebody sets the third one in the program.
    let edit = |id: &str, value: &str| json!({ "id": id, "field": "area_m2", "value": value });
    office.ask::<Value>("case.edit", edit(&third, "77.00")).unwrap();
    sheet.type_into(a, "area_m2", "33.5");
    sheet.type_into(b, "area_m2", "44");
    sheet.type_into(c, "area_m2", "55");
    let kind = ledger("wj").columns[at("wj", "type")].choices[0].label.zh_hans.clone();
    for room in ["0699", "0301"] {
        sheet.add(NEW_CASE);
        let last = sheet.rows.len() - 1;
        sheet.type_into(last, "room", room);
        sheet.type_into(last, "type", &kind);
    }
    sheet.add(NEW_CASE);
    let broken = sheet.rows.len() - 1;
    sheet.type_into(broken, "type", "乱搭乱建");
    sheet.type_into(broken, "area_m2", "八");
    let bad_row = broken + 3;

    let file = upload(&office, &sheet);
    let ask = |name: &str, args: Value| office.ask::<ImportReport>(name, args).unwrap();
    let seen = ask("ledger.preview", json!({ "file": file }));
    let counts = |r: &ImportReport| (r.changed, r.created, r.duplicates, r.wrong, r.written);
    assert_eq!(counts(&seen), (2, 1, 1, 2, 0), "{:?}", seen.problems);
    assert_eq!(seen.rows, seen.same + seen.changed + seen.created + seen.duplicates + seen.wrong);
    let cells = told(&seen);
    let column = |key: &str| xunju_documents::ledger::cell_name(0, at("wj", key)).replace('1', "");
    for (key, row, code) in
        [("type", bad_row, "unknown_choice"), ("area_m2", bad_row, "not_a_number"), ("area_m2", c + 3, "changed_since")]
    {
        assert!(cells.contains(&(format!("{}{row}", column(key)), code.to_owned())), "{key}: {cells:?}");
    }
    let twice = seen.problems.iter().find(|p| p.problem == "duplicate").unwrap();
    assert_eq!(twice.allowed.len(), 1, "and which case it may be: {twice:?}");
    let change = seen.shown.iter().find(|r| r.what == "changed" && r.cells.iter().any(|c| c.after == "33.50"));
    assert!(change.is_some(), "{:?}", seen.shown);

    let done = ask("ledger.import", json!({ "file": file }));
    assert_eq!(counts(&done), (2, 1, 1, 2, 3));
    office.sync();
    town.set_password("reviewer2", "reviewer", PASSWORD);
    let desk = Desk::sign_in(&town.server.url, "reviewer2", PASSWORD);
    assert_eq!(
        (area(&desk, &first), area(&desk, &second), area(&desk, &third)),
        ("33.50".into(), "44.00".into(), "77.00".into())
    );
    let found: Value = desk.ask("case.page", &json!({ "text": "0699" }));
    let made = &found["rows"][0];
    assert_eq!(
        (&found["total"], &made["status"]),
        (&json!(1), &json!("REPORTED")),
        "judged by the server like any other: {found}"
    );
    let made = made["id"].as_str().unwrap().to_owned();

    // The same file again says nothing new.
    let again = ask("ledger.preview", json!({ "file": file }));
    assert_eq!((again.changed, again.created), (0, 0), "{:?}", again.shown);
    // An old copy of the file puts nothing back.
    let (api, caller) = office.laptop.caller().unwrap();
    let old = api.ledger_upload(&caller, "旧.xlsx", untouched.as_slice()).unwrap().file;
    let old = ask("ledger.import", json!({ "file": old }));
    assert_eq!((old.changed, old.written, old.import.as_str()), (0, 0, ""), "{:?}", old.shown);

    // Somebody changes one of them again; taking back leaves that one, and says so.
    let _written: Value = desk.ask("case.edit", &edit(&second, "45.00"));
    let listed: Vec<ImportCard> = desk.ask("ledger.imports", &json!({}));
    assert_eq!((listed.len(), listed[0].changed, listed[0].created, listed[0].may_undo), (1, 2, 1, true));
    let undone: ImportUndone = desk.ask("ledger.undo", &json!({ "import": done.import }));
    assert_eq!(undone.restored, 2, "{undone:?}");
    assert_eq!(undone.kept.len(), 1);
    assert_eq!(undone.kept[0].reason, "changed_since");
    assert_eq!((area(&desk, &first), area(&desk, &second)), ("12.50".into(), "45.00".into()));
    let view: Value = desk.ask("case.get", &json!({ "id": made }));
    assert_eq!(view["card"]["status"], "REJECTED");
    let twice: ImportUndone = desk.ask("ledger.undo", &json!({ "import": done.import }));
    assert_eq!(twice.restored, 0, "taken back once");
    office.sync();
    assert_eq!(out(&office, "wj", &town.folder("after.xlsx")).cell(a, "area_m2"), "12.50");
}

#[test]
fn a_broken_file_changes_nothing_and_nobody_imports_what_is_not_theirs() {
    let town = Town::start();
    let office = Inspector::enrol(&town, "reviewer1", "reviewer1", Options::default());
    let before = out(&office, "qz", &town.folder("qz.xlsx"));
    let (api, caller) = office.laptop.caller().unwrap();
    let whole = before.bytes();
    for (bytes, problem) in [
        (whole[..whole.len() / 2].to_vec(), "damaged"),
        (b"not a workbook".to_vec(), "not_excel"),
        (Vec::new(), "not_excel"),
    ] {
        let file = api.ledger_upload(&caller, "坏.xlsx", bytes.as_slice()).unwrap().file;
        let refused = office.ask::<Value>("ledger.import", json!({ "file": file })).unwrap_err();
        assert_eq!((refused.code, refused.params["problem"].as_str()), (ErrorCode::Invalid, problem));
    }
    assert!(office.ask::<Vec<ImportCard>>("ledger.imports", json!({})).unwrap().is_empty());
    assert_eq!(out(&office, "qz", &town.folder("qz2.xlsx")).rows, before.rows);

    let admin = Inspector::enrol(&town, "admin1", "admin1", Options::default());
    let file = upload(&admin, &before);
    let refused = admin.ask::<Value>("ledger.import", json!({ "file": file })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "an administrator reads no cases");
    let compounds = out(&office, "compounds", &town.folder("c.xlsx"));
    let file = upload(&office, &compounds);
    let refused = office.ask::<Value>("ledger.preview", json!({ "file": file })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "the office keeps no register");
    let no_reason = json!({ "ledger": "wj", "format": "csv", "reason": " " });
    let refused = export(&office, no_reason, &town.folder("x.csv")).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("reason")));
    assert!(!town.folder("x.csv").exists(), "no half a file is left");
}

fn fetched(desk: &Desk, of: &'static str, asked: Value) -> (LedgerFile, Vec<u8>) {
    let mut asked = asked;
    asked["ledger"] = json!(of);
    let done: LedgerFile = desk.ask("ledger.export", &asked);
    let url = done.url.clone().unwrap();
    let (status, bytes) = desk.get(&url);
    assert_eq!(status, 200);
    assert_eq!(desk.get(&url).0, 404, "fetched once");
    (done, bytes)
}

#[test]
fn the_registers_come_in_on_the_web_desk_and_are_taken_back() {
    let town = Town::start();
    town.set_password("admin9", "admin", PASSWORD);
    let desk = Desk::sign_in(&town.server.url, "admin9", PASSWORD);
    let usual = json!({ "format": "xlsx", "reason": "底册维护" });
    let sheet = |of: &'static str| Sheet::open(of, on_disk(&fetched(&desk, of, usual.clone()).1));
    let within = |of: &'static str, name: &str| {
        let list: Value = desk.ask("compound.list", &json!({ "text": name }));
        let found = list["rows"].as_array().unwrap().iter().find(|c| c["name"] == name).unwrap();
        let asked = json!({ "format": "xlsx", "reason": "底册维护", "compound": found["id"] });
        Sheet::open(of, on_disk(&fetched(&desk, of, asked).1))
    };
    let import = |sheet: &Sheet, command: &str| -> ImportReport {
        desk.ask(command, &json!({ "file": desk.upload_ledger(sheet.bytes()) }))
    };
    let counts = |r: &ImportReport| (r.changed, r.created, r.duplicates, r.wrong, r.written);

    let mut companies = sheet("companies");
    let firms = companies.rows.len();
    companies.add(&[("name", "测试物业有限公司"), ("credit_code", "91310112MA1QX00886"), ("grade", "二级")]);
    companies.add(&[("name", "坏码物业"), ("credit_code", "91310112MA1QX00887")]);
    let report = import(&companies, "ledger.import");
    assert_eq!(counts(&report), (0, 1, 0, 1, 1), "{:?}", report.problems);
    let firm_import = report.import;

    let mut compounds = sheet("compounds");
    let all = compounds.rows.len();
    let (lake, address) = (compounds.find("name", "东湖花园"), compounds.cell(0, "address").to_owned());
    let grids = compounds.cell(lake, "grids").to_owned();
    compounds.type_into(lake, "grids", "007、008");
    compounds.type_into(lake, "company_code", "91310112MA1QX00886");
    compounds.add(&[("name", "新建花园"), ("address", "测试路 1 弄"), ("category", "商品房")]);
    compounds.add(&[("name", "也许重复苑"), ("address", &address)]);
    compounds.add(&[("name", "错类苑"), ("category", "茅草房")]);
    let report = import(&compounds, "ledger.import");
    assert_eq!(counts(&report), (1, 1, 1, 1, 2), "{:?}", report.problems);
    let compound_import = report.import;
    let compounds = sheet("compounds");
    assert_eq!(compounds.cell(compounds.find("name", "东湖花园"), "grids"), "007、008", "leading zeros stay");
    assert_eq!(compounds.cell(compounds.find("name", "东湖花园"), "company"), "测试物业有限公司");

    let mut doorways = within("doorways", "东湖花园");
    doorways.type_into(doorways.find("compound", "东湖花园"), "extra", "0109甲");
    for (no, floors) in [("01号", "6"), ("2号", "六"), ("3号", "5")] {
        doorways.add(&[("compound", "新建花园"), ("no", no), ("floors", floors), ("per_floor", "2")]);
    }
    let report = import(&doorways, "ledger.import");
    assert_eq!(counts(&report), (1, 2, 0, 1, 3), "{:?}", report.problems);
    let door_import = report.import;

    let mut dwellings = within("dwellings", "东湖花园");
    let room = dwellings.find("room", "0109甲");
    dwellings.type_into(room, "area_m2", "86.4");
    dwellings.add(&[("compound", "新建花园"), ("no", "０１号"), ("room", "0001"), ("certificate_use", "居住")]);
    dwellings.add(&[("compound", "新建花园"), ("no", "99号"), ("room", "101")]);
    let report = import(&dwellings, "ledger.import");
    assert_eq!(counts(&report), (1, 1, 0, 1, 2), "{:?}", report.problems);
    let after = within("dwellings", "新建花园");
    assert_eq!(after.cell(after.find("room", "0001"), "no"), "01号");
    let after = within("dwellings", "东湖花园");
    assert_eq!(after.cell(after.find("room", "0109甲"), "area_m2"), "86.40");

    // Last in, first out: what still stands on a record keeps it, and says so.
    let undo = |import: &str| -> ImportUndone { desk.ask("ledger.undo", &json!({ "import": import })) };
    let early = undo(&firm_import);
    assert_eq!((early.restored, early.kept[0].reason.as_str()), (0, "in_use"));
    assert!(undo(&report.import).kept.is_empty());
    assert!(undo(&door_import).kept.is_empty());
    let undone = undo(&compound_import);
    assert_eq!((undone.restored, undone.kept.len()), (2, 0), "{undone:?}");
    assert_eq!(undo(&firm_import).restored, 1);
    let (compounds, firms_now) = (sheet("compounds"), sheet("companies").rows.len());
    assert_eq!((compounds.rows.len(), firms_now), (all, firms), "as before");
    assert_eq!(compounds.cell(compounds.find("name", "东湖花园"), "grids"), grids);
}

#[test]
fn personal_data_leaves_only_when_a_second_person_says_so_once_and_it_is_logged() {
    let town = Town::start();
    let office = Inspector::enrol(&town, "reviewer1", "reviewer1", Options::default());
    let [case, ..] = cases(&town, &office);
    office.ask::<Value>("case.act", json!({ "id": case, "action": "file" })).unwrap();
    office.sync();
    let team = Inspector::enrol(&town, "enforcer1", "enforcer1", Options::default());
    let opened = json!({ "case_id": case, "cause": "违法搭建", "date": "2025-12-01", "in_progress": false });
    let id = team.ask::<Value>("proceeding.open", opened).unwrap()["id"].as_str().unwrap().to_owned();
    team.sync();
    let party = json!({ "id": id, "kind": "person", "name": "张三丰", "id_kind": "resident_id", "id_no": "310112190001010010", "phone": "13812345678" });
    team.ask::<Value>("party.set", party).unwrap();
    team.sync();
    office.sync();

    let masked = out(&office, "wj", &town.folder("masked.xlsx"));
    let row = masked.rows.iter().position(|(row, _)| row.contains(&case)).unwrap();
    let shown = ["party_name", "party_id", "party_phone"].map(|key| masked.cell(row, key).to_owned());
    assert_eq!(shown, ["张**", "310112********0010", "138****5678"]);
    let walker = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let fewer = out(&walker, "wj", &town.folder("fewer.xlsx"));
    let row = fewer.rows.iter().position(|(row, _)| row.contains(&case)).unwrap();
    assert_eq!(fewer.cell(row, "party_name"), "", "who sees no proceedings sees no party");

    let refused = team.ask::<Value>("ledger.ask", json!({ "ledger": "wj", "reason": "要名单" })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let asked: ExportCard = office.ask("ledger.ask", json!({ "ledger": "wj", "reason": "报区里核查" })).unwrap();
    let own = office.ask::<Value>("ledger.answer", json!({ "id": asked.id, "approved": true })).unwrap_err();
    assert_eq!((own.code, own.params["reason"].as_str()), (ErrorCode::NotAllowed, "second_person_needed"));
    let take = json!({ "ledger": "qz", "format": "csv", "reason": "", "approval": asked.id });
    let early = export(&office, take.clone(), &town.folder("early.csv")).unwrap_err();
    assert_eq!(early.code, ErrorCode::IllegalTransition);
    office.sync();
    town.set_password("head9", "R-HEAD", PASSWORD);
    let head = Desk::sign_in(&town.server.url, "head9", PASSWORD);
    let come = |all: &Vec<ExportCard>| !all.is_empty();
    let waiting: Vec<ExportCard> = head.ask_until("ledger.asked", &json!({}), come);
    assert!(waiting[0].may_answer && waiting[0].reason == "报区里核查");
    let _answered: Value = head.ask("ledger.answer", &json!({ "id": asked.id, "approved": true }));
    office.sync();
    let done = export(&office, take.clone(), &town.folder("clear.csv")).unwrap();
    assert_eq!((done.masked, done.ledger.as_str()), (false, "wj"), "what was approved, whatever is asked for now");
    let text = std::fs::read_to_string(town.folder("clear.csv")).unwrap();
    assert!(text.contains("张三丰") && text.contains("13812345678") && text.contains(&done.number));
    let again = export(&office, take, &town.folder("again.csv")).unwrap_err();
    assert_eq!(again.code, ErrorCode::IllegalTransition, "once");
    office.sync();
    let used = |all: &Vec<ExportCard>| all[0].state == "done";
    let listed: Vec<ExportCard> = head.ask_until("ledger.asked", &json!({}), used);
    assert_eq!((listed[0].state.as_str(), listed[0].number.as_str()), ("done", done.number.as_str()));

    let auditor = Inspector::enrol(&town, "auditor1", "auditor1", Options::default());
    let log: AccessPage = auditor.ask("access.page", json!({ "action": "export" })).unwrap();
    let of =
        |user: &str, object: &str| log.rows.iter().find(|r| r.user == user && r.objects.iter().any(|o| o == object));
    let export = format!("export:{}", asked.id);
    assert!(of("head9", &export).is_some(), "the answer");
    let taken = of("reviewer1", &done.number).unwrap();
    assert!(
        taken.objects.contains(&export)
            && taken.fields.contains(&"party_name".to_owned())
            && taken.reason == "报区里核查"
    );
    assert!(!serde_json::to_string(&log).unwrap().contains("张三丰"), "the log names no value");
}

#[test]
fn long_work_is_watched_and_stopped_and_leaves_no_half_file() {
    let town = Town::start();
    let office = Inspector::enrol(&town, "reviewer1", "reviewer1", Options::default());
    let path = town.folder("dwellings.csv");
    let (api, caller) = office.laptop.caller().unwrap();
    let asked = json!({ "ledger": "dwellings", "format": "csv", "reason": "全部", "job": "j1" });
    let stopped = std::thread::scope(|scope| {
        let work = scope.spawn(|| export_to(&api, &caller, serde_json::from_value(asked).unwrap(), Some(&path)));
        // It is stopped as soon as it says it has begun.
        loop {
            let job: Value = office.ask("ledger.job", json!({ "job": "j1" })).unwrap();
            if job["running"] == true {
                office.ask::<Value>("ledger.stop", json!({ "job": "j1" })).unwrap();
                break;
            }
            assert!(!work.is_finished(), "it ended before it could be stopped");
            std::thread::yield_now();
        }
        work.join().unwrap()
    });
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Stopped);
    assert!(!path.exists());
    let job: Value = office.ask("ledger.job", json!({ "job": "j1" })).unwrap();
    assert_eq!(job["running"], false);
}

#[test]
fn a_script_takes_a_ledger_out_and_in_and_back() {
    let town = Town::start();
    let (data, state) = (town.folder("office"), town.folder("office-state"));
    let run = |arguments: &[&str]| -> (bool, Value) {
        let output = Command::new(program("xunjuctl"))
            .args(arguments)
            .arg("--data")
            .arg(&data)
            .env("XUNJU_STATE", &state)
            .env("XUNJU_DOWNLOADS", town.folder("downloads"))
            .output()
            .unwrap();
        (output.status.success(), serde_json::from_slice(&output.stdout).unwrap_or(Value::Null))
    };
    let ok = |arguments: &[&str]| {
        let (good, answer) = run(arguments);
        assert!(good, "{arguments:?}: {answer}");
        answer
    };
    ok(&["enrol", "--server", &town.server.url, "--code", &town.code("reviewer1")]);
    ok(&["sync"]);
    let done = ok(&["ledger", "export", "wj", "--reason", "核对"]);
    let path = PathBuf::from(done["path"].as_str().unwrap());
    assert!(path.starts_with(town.folder("downloads")), "{done}");
    let mut sheet = Sheet::open("wj", File::open(&path).unwrap());
    let open = (0..sheet.rows.len()).find(|row| sheet.cell(*row, "status") == "已立案").unwrap();
    sheet.type_into(open, "footprint_m2", "9.99");
    let edited = town.folder("edited.xlsx");
    std::fs::write(&edited, sheet.bytes()).unwrap();
    let file = edited.to_str().unwrap();
    let seen = ok(&["ledger", "preview", file]);
    assert_eq!((&seen["changed"], &seen["wrong"]), (&json!(1), &json!(0)), "{}", seen["problems"]);
    let taken = ok(&["ledger", "import", file]);
    assert_eq!(taken["written"], 1);
    assert_eq!(ok(&["ledger", "imports"])[0]["changed"], 1);
    let undone = ok(&["ledger", "undo", taken["import"].as_str().unwrap()]);
    // Where nothing stood before there is nothing to put back: that is said, not hidden.
    let kept = &undone["kept"][0]["reason"];
    assert!(undone["restored"] == 1 || kept == "no_value_before", "{undone}");
    let (good, refused) = run(&["ledger", "export", "nothing", "--reason", "x"]);
    assert!(!good && refused["error"]["code"] == "not_found", "{refused}");
}

//! Every kind of event ever released, byte for byte, and the record it folds to (sync.md §2.4 rule 6).
//!
//! `tests/golden/<kind>.json` is never edited: a change of shape is a new version beside it. A new kind is
//! written once with `XUNJU_BLESS=1`; what exists is not overwritten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xunju_domain::case::payload::{
    Act, ConflictResolved, Copied, DeadlineFact, FieldSet, Marked, NoteAdded, Payload, PhotoAdded, Placed, Recorded,
    Ruled, Unmarked, read,
};
use xunju_domain::case::{Hides, Mark, MarkKind};
use xunju_domain::catalogue::{FieldValue, Label};
use xunju_domain::event::{BlobPart, BlobRef, FoldEvent};
use xunju_domain::geo::{Datum, Geo, LonLat, Method};
use xunju_domain::record::project;
use xunju_domain::{company, compound, device, dwelling, plan, round, stamp, user};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// JSON with sorted keys, whatever map the JSON library was built with.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let sorted: BTreeMap<&String, &Value> = map.iter().collect();
            let members: Vec<String> =
                sorted.iter().map(|(k, v)| format!("{}:{}", Value::from(k.as_str()), canonical(v))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(all) => format!("[{}]", all.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

fn of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.into())
}

fn label(hans: &str, hant: &str, en: &str) -> Label {
    Label { zh_hans: hans.into(), zh_hant: hant.into(), en: en.into() }
}

fn deadline(due: &str) -> DeadlineFact {
    DeadlineFact {
        due_at: format!("{due}T23:59:59"),
        id: "K-QZ".into(),
        label: label("限期自行整改", "限期自行整改", "self-correction"),
        rule: "CAL_ROLL".into(),
        n: 7,
        unit: "day".into(),
        basis: "镇内规定(可改)".into(),
        start: "2026-11-23T10:13:20".into(),
        provisional: false,
        calendar_version: "cn-2026-11-23".into(),
    }
}

fn recorded() -> Recorded {
    Recorded {
        type_code: "QZ-FG".into(),
        type_label: label("分割搭建后出租", "分割搭建後出租", "partitioned and let"),
        catalogue: "2026-11-23".into(),
        compound_id: "cmp-001".into(),
        compound_name: "东湖花园".into(),
        building: "8号".into(),
        room: "601".into(),
        location_text: "阳台".into(),
        source: "patrol".into(),
        found_at: "2026-11-23T10:13:20+08:00".into(),
        severity: "serious".into(),
        in_progress: false,
        fields: BTreeMap::from([
            ("contract_seen".into(), text("unknown")),
            ("family_exception".into(), FieldValue::Flag(false)),
            ("hazards".into(), FieldValue::Many(vec!["gas".into(), "wiring".into()])),
            ("partitions".into(), FieldValue::Whole(6)),
            ("usable_m2".into(), text("34.93")),
        ]),
        note: "客厅分隔出租，𠮷。".into(),
        deadline: Some(deadline("2026-11-30")),
        no_photo_reason: String::new(),
        not_same_as: vec!["0192f0c8-0000-7000-8000-000000000009".into()],
        rebound_of: String::new(),
        geo: None,
        pin: None,
        round: String::new(),
        import: String::new(),
    }
}

/// One example of each kind, as this version writes it.
fn examples() -> Vec<(&'static str, Value)> {
    let act = Act {
        action: "return".into(),
        from: "REPORTED".into(),
        reason_code: Some("return.photo_missing".into()),
        reason: "请补拍缺少的照片。".into(),
        slot: Some("rooms".into()),
        params: BTreeMap::from([("lead".into(), "peace".into())]),
        deadline: Some(deadline("2026-12-02")),
    };
    let ruled = Ruled {
        of: "e5".into(),
        verdict: "accepted".into(),
        action: "accept".into(),
        reason_code: None,
        from: "REPORTED".into(),
        to: Some("ACCEPTED".into()),
        case_no: Some("SL-2026-QZ-000001".into()),
        ..Ruled::default()
    };
    let doorway = compound::Doorway {
        no: "1号".into(),
        floors: 6,
        rooms_per_floor: 2,
        extra: vec!["0102甲".into()],
        ..compound::Doorway::default()
    };
    let defined = compound::Defined {
        name: "东湖花园".into(),
        initials: "dhhy".into(),
        address: "示例路 128 弄".into(),
        committee: "第1居委会".into(),
        buildings: 42,
        doorways: vec![doorway.clone()],
        ..compound::Defined::default()
    };
    let full = compound::Defined {
        doorways: vec![compound::Doorway {
            lane: "130弄".into(),
            building: "3幢".into(),
            unit: "2单元".into(),
            without: vec!["101".into()],
            floor_of: BTreeMap::from([("0102甲".into(), 2)]),
            ..doorway
        }],
        lanes: vec!["128弄".into(), "130弄".into()],
        renamed: vec![compound::Renamed { from: "东湖新村".into(), to: "东湖花园".into() }],
        company: "co-001".into(),
        manager: "王明".into(),
        inspectors: vec!["inspector1".into()],
        grids: vec!["W001".into()],
        category: "commodity".into(),
        priority: "key".into(),
        ..defined.clone()
    };
    let firm = company::Defined {
        name: "示例物业管理有限公司".into(),
        credit_code: "91310112MA1QX0002B".into(),
        representative: "王建国".into(),
        place: "示例区示例路 1 号".into(),
        grade: "second".into(),
        managers: vec![company::Manager { name: "王明".into(), no: "XM00100".into(), phone: "13800000000".into() }],
        note: "2017 年起".into(),
        ..company::Defined::default()
    };
    let home = dwelling::Defined {
        compound: "cmp-001".into(),
        building: "8号".into(),
        room: "601".into(),
        area_m2: "86.42".into(),
        certificate_use: "居住".into(),
        note: "复式".into(),
        ..dwelling::Defined::default()
    };
    let account = user::Defined {
        name: "inspector1".into(),
        display: "张工".into(),
        roles: vec!["R-INS".into()],
        scopes: user::ScopeList::Only(["cmp-001".to_owned()].into()),
        active: true,
        unit: String::new(),
        certificates: Vec::new(),
    };
    let enrolled = device::Enrolled {
        name: "laptop".into(),
        user: "inspector1".into(),
        kind: "laptop".into(),
        suite: 1,
        public_key: "00ff".into(),
    };
    vec![
        ("case.recorded", of(&recorded())),
        (
            "case.field_set",
            of(&FieldSet {
                set: BTreeMap::from([("room".into(), text("602"))]),
                deadline: Some(deadline("2026-12-01")),
                ..FieldSet::default()
            }),
        ),
        ("case.note_added", of(&NoteAdded { text: "二次上门无人".into() })),
        ("case.photo_added", of(&PhotoAdded { text: "补拍".into() })),
        ("case.act", of(&act)),
        (
            "case.conflict_resolved",
            of(&ConflictResolved { field: "room".into(), value: text("603"), reason: "看过现场".into() }),
        ),
        ("case.ruled", of(&ruled)),
        (
            "case.placed",
            of(&Placed {
                geo: Some(Geo::of(LonLat { lon: 121.473_702_1, lat: 31.230_4 }, Datum::Wgs84, Method::Gps)),
                pin: Some(plan::Pin { plan: "b".repeat(64), x: 100, y: 200 }),
            }),
        ),
        (
            "case.marked",
            of(&Marked {
                photo: "a".repeat(64),
                mark: Mark {
                    kind: MarkKind::Mosaic,
                    x1: 1,
                    y1: 2,
                    x2: 30,
                    y2: 40,
                    hides: Some(Hides::Plate),
                    text: String::new(),
                },
            }),
        ),
        ("case.copied", of(&Copied { photo: "a".repeat(64), copy: "c".repeat(64), hidden: 2, purpose: "公示".into() })),
        ("case.unmarked", of(&Unmarked { photo: "a".repeat(64), mark: "e1".into() })),
        ("compound.defined", of(&defined)),
        ("compound.defined.full", of(&full)),
        ("company.defined", of(&firm)),
        ("dwelling.defined", of(&home)),
        ("user.defined", of(&account)),
        ("device.enrolled", of(&enrolled)),
        (
            "device.incarnation",
            of(&device::Incarnation { reason: "restored".into(), prev_known_head: Some("e1".into()) }),
        ),
        ("device.revoked", of(&device::Revoked { reason: "lost".into() })),
        ("stamp.defined", of(&stamp::Defined::default())),
        (
            "plan.set",
            of(&plan::PlanSet { name: "总平面.png".into(), width: 3000, height: 2000, continues: "a".repeat(64) }),
        ),
        (
            "plan.drawn",
            of(&plan::PlanDrawn {
                on: "b".repeat(64),
                buildings: vec![plan::Shape { no: "8号".into(), corners: vec![[0, 0], [10_000, 0], [10_000, 5_000]] }],
                georef: Some(plan::Georef::default()),
            }),
        ),
        ("round.planned", of(&planned())),
        ("round.started", of(&round::Started { date: "2026-11-24".into() })),
        ("round.stop", of(&round::StopDone { stop: "s1".into(), result: "skipped".into(), reason: "施工封闭".into() })),
        ("round.visit", of(&round::Visited { stop: "s1".into(), room: "101".into(), outcome: "nobody".into() })),
        ("round.ended", of(&round::Ended { note: "正常".into() })),
        ("round.dropped", of(&round::Dropped { reason: "下雨".into() })),
    ]
}

fn planned() -> round::Planned {
    let pin = plan::Pin { plan: "b".repeat(64), x: 100, y: 200 };
    let door = round::Stop { id: "s1".into(), label: "8号".into(), door: true, dwellings: 12, pin: None };
    let point = round::Stop { id: "s2".into(), label: "垃圾房".into(), door: false, dwellings: 0, pin: Some(pin) };
    round::Planned {
        compound_id: "cmp-001".into(),
        compound_name: "东湖花园".into(),
        walker: "inspector1".into(),
        date: "2026-11-24".into(),
        stops: vec![door, point],
        note: "夜间".into(),
    }
}

fn frozen(name: &str, now: &str) -> String {
    let path = folder().join(name);
    if std::env::var_os("XUNJU_BLESS").is_some() && !path.exists() {
        fs::write(&path, now).unwrap();
    }
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn what_is_written_today_is_what_was_frozen() {
    for (kind, data) in examples() {
        let now = canonical(&data);
        assert_eq!(
            frozen(&format!("{kind}.json"), &now),
            now,
            "{kind}: a released payload never changes; add a version"
        );
    }
}

#[test]
fn every_frozen_case_event_still_reads() {
    for (kind, _) in examples().into_iter().filter(|(k, _)| k.starts_with("case.")) {
        let data: Value =
            serde_json::from_str(&fs::read_to_string(folder().join(format!("{kind}.json"))).unwrap()).unwrap();
        assert_ne!(read(kind, 1, &data), Payload::Unknown, "{kind}");
    }
}

fn event(n: u64, parents: &[u64], kind: &str, actor: &str) -> FoldEvent {
    let data = serde_json::from_str(&fs::read_to_string(folder().join(format!("{kind}.json"))).unwrap()).unwrap();
    let part = |h: &str| Some(BlobPart { h: h.into(), n: 100 });
    let photo = BlobRef {
        h: format!("h{n}"),
        n: 5_123_456,
        m: "image/jpeg".into(),
        role: "photo".into(),
        thumb: part("t"),
        preview: part("p"),
        facts: BTreeMap::from([("slot".into(), "far".into())]),
    };
    let pictured = ["case.recorded", "case.photo_added"].contains(&kind);
    FoldEvent {
        id: format!("e{n}"),
        parents: parents.iter().map(|p| format!("e{p}")).collect(),
        kind: kind.into(),
        tv: 1,
        actor: actor.into(),
        device: "d_1f2e3d4c".into(),
        inc: 1,
        n,
        by_server: actor == "server",
        wall_ms: 1_795_400_000_000,
        tz: "+08:00".into(),
        estimate: Some((1_795_400_000_100, 40)),
        blobs: if pictured { vec![photo] } else { vec![] },
        data,
        seq: Some(n),
        received_ms: Some(1_795_400_009_000),
    }
}

/// A history of the frozen examples for each kind of record.
fn histories() -> Vec<(&'static str, Vec<FoldEvent>)> {
    let mut ended = event(3, &[2], "device.revoked", "server");
    ended.by_server = true;
    let mut begun = event(2, &[1], "device.incarnation", "inspector1");
    begun.device = "laptop-1".into();
    vec![
        (
            "case:0192f0c8-0000-7000-8000-000000000001",
            vec![
                event(1, &[], "case.recorded", "inspector1"),
                event(2, &[1], "case.field_set", "inspector1"),
                event(3, &[1], "case.note_added", "inspector2"),
                event(4, &[2, 3], "case.photo_added", "inspector1"),
                event(5, &[4], "case.act", "reviewer1"),
                event(6, &[5], "case.ruled", "server"),
                event(7, &[4], "case.conflict_resolved", "inspector2"),
            ],
        ),
        ("compound:cmp-001", vec![event(1, &[], "compound.defined", "server")]),
        ("company:co-001", vec![event(1, &[], "company.defined", "housing1")]),
        ("dwelling:cmp-001|8|601", vec![event(1, &[], "dwelling.defined", "housing1")]),
        ("user:inspector1", vec![event(1, &[], "user.defined", "server")]),
        ("device:laptop-1", vec![event(1, &[], "device.enrolled", "server"), begun, ended]),
    ]
}

#[test]
fn frozen_histories_fold_to_what_they_folded_to() {
    for (record, events) in histories() {
        let p = project(record, "town", &events).unwrap();
        let whole = json!({ "kind": p.kind, "scope": p.scope, "status": p.status, "due": p.due, "search": p.search, "facets": p.facets, "doc": p.doc });
        let now: String = Sha256::digest(canonical(&whole)).iter().map(|b| format!("{b:02x}")).collect();
        let name = format!("projection-{}.sha256", p.kind);
        assert_eq!(frozen(&name, &now), now, "{record} folds to\n{}", canonical(&whole));
    }
}

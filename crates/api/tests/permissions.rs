//! domain.md §7 for every command and every role: who may call it, written out here once more by hand, so that a
//! slip in the table of commands or in the table of rights shows.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use xunju_api::clock::SystemClock;
use xunju_api::error::ErrorCode;
use xunju_api::view::app::Host;
use xunju_api::{Api, Caller, command};
use xunju_domain::permission::{ROLES, Scopes};
use xunju_evidence::{Signer, Times};
use xunju_photos::Vault;
use xunju_store::{Enrolled, Faults, NewKey, OpenOptions, Store};

const EVERYBODY: &str = "INS ENF ENFL LEG HEAD JW WY DEP FG LXB LD STAT ARC ADM AUD";
/// Case content: not for who keeps accounts or logs.
const READERS: &str = "INS ENF ENFL LEG HEAD JW WY DEP FG LXB LD STAT ARC";
const REPORTERS: &str = "INS ENF ENFL JW WY DEP FG LXB";
const WALKERS: &str = "INS ENF ENFL JW WY FG LXB";
const ISSUERS: &str = "INS ENF ENFL LXB";
const PROCEEDINGS: &str = "ENF ENFL LEG HEAD FG LXB LD ARC";

const TABLE: &[(&str, &str)] = &[
    (
        EVERYBODY,
        "catalogue.get stamp.get storage.get prefs.set today.show search.find sync.status access.page calendar.list calendar.year \
         proceeding.rules paper.duties rescue.places rescue.export",
    ),
    (
        "INS ENF ENFL LEG HEAD JW WY DEP FG LXB LD STAT ARC ADM",
        "compound.list compound.get compound.register company.list company.get plan.get ledger.list ledger.export \
         ledger.job ledger.stop",
    ),
    (
        READERS,
        "case.page case.get case.act photo.want photo.recycled photo.copy bundle.export dwelling.dossier indicator.show indicator.cases round.get round.list round.sheet \
         round.coverage paper.templates paper.get paper.list paper.print_log paper.pdf",
    ),
    (
        REPORTERS,
        "draft.new draft.get draft.save draft.list draft.discard draft.record case.edit case.resolve case.note \
         case.add_photos case.place photo.mark photo.unmark tray.list tray.drop watch.get watch.set",
    ),
    (WALKERS, "round.begin round.plan round.act round.walkers"),
    (ISSUERS, "paper.prepare paper.preview paper.issue paper.serve paper.numbers paper.numbers_return"),
    (ISSUERS, "paper.draft_save paper.draft_list paper.draft_discard"),
    ("INS ENF ENFL HEAD LXB", "paper.void"),
    ("INS ENF JW LXB", "paper.check"),
    ("LXB", "photo.missing review.queue review.decide review.undo pair.list pair.get pair.not_same"),
    (PROCEEDINGS, "proceeding.list proceeding.get proceeding.step"),
    ("ENF ENFL", "proceeding.open party.set"),
    ("INS ENF ENFL LEG HEAD JW DEP FG LXB", "party.unmask"),
    ("FG LXB ADM", "ledger.preview ledger.import ledger.imports ledger.undo"),
    ("ENFL HEAD FG LXB", "ledger.ask ledger.answer ledger.asked"),
    ("ADM LXB", "calendar.preview calendar.publish stamp.preview stamp.set"),
    ("ADM LXB FG", "plan.set plan.draw"),
    ("ADM", "compound.define"),
    ("FG ADM", "company.save dwelling.save"),
];

fn laptop(home: &std::path::Path) -> Api {
    let options = OpenOptions { state_dir: Some(home.join("state")), faults: Faults::default() };
    let store = Store::create(&home.join("data"), NewKey::Passphrase("测试口令"), &options).unwrap();
    let enrolled = Enrolled {
        device_name: "laptop".into(),
        user: "u1".into(),
        user_name: "张工".into(),
        server_url: "http://127.0.0.1:1".into(),
        server_key: Signer::from_seed(&[42; 32]).public().text(),
        log: "log".into(),
        epoch: 1,
        town_name: "示例镇".into(),
        town_code: "310112".into(),
    };
    let times = Times { wall: 0, tz: "+08:00".into(), boot: "b1".into(), mono: 0, anc: None, gps: None };
    store.enrol(&enrolled, times).unwrap();
    let vault = Vault::open(&home.join("photos"), None).unwrap();
    Api::open(Arc::new(store), Arc::new(vault), Arc::new(SystemClock))
}

fn rights() -> BTreeMap<&'static str, Vec<&'static str>> {
    let rows = TABLE.iter();
    rows.flat_map(|(roles, names)| names.split_whitespace().map(|name| (name, roles.split_whitespace().collect())))
        .collect()
}

#[test]
fn every_command_has_its_rights_written_down_and_no_other() {
    let written: Vec<&str> = rights().into_keys().collect();
    let mut known = command::NAMES.to_vec();
    known.sort_unstable();
    assert_eq!(written, known);
}

#[test]
fn each_role_may_call_what_its_row_says_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let api = laptop(home.path());
    let mut wrong = Vec::new();
    for (name, may) in rights() {
        for (_, code, _) in ROLES {
            let caller = Caller {
                user: "u1".into(),
                roles: vec![(*code).to_owned()],
                scopes: Scopes::All,
                unit: String::new(),
                host: Host::Desktop,
            };
            // Arguments of no command's shape: who is refused is refused before they are looked at.
            let answer = command::dispatch(&api, &caller, name, json!("nothing of any shape"));
            let refused = answer.is_err_and(|e| e.code == ErrorCode::NotAllowed);
            let expected = !may.contains(&code.trim_start_matches("R-"));
            if refused != expected {
                wrong.push(format!("{name} by {code}: {}", if refused { "refused" } else { "let through" }));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn somebody_without_a_role_calls_only_what_everybody_may() {
    let home = tempfile::tempdir().unwrap();
    let api = laptop(home.path());
    let nobody = Caller {
        user: "u1".into(),
        roles: vec!["R-NEW".into()],
        scopes: Scopes::All,
        unit: String::new(),
        host: Host::Web,
    };
    for (name, may) in rights() {
        let answer = command::dispatch(&api, &nobody, name, json!("nothing of any shape"));
        let refused = answer.is_err_and(|e| e.code == ErrorCode::NotAllowed);
        assert_eq!(refused, may.len() != EVERYBODY.split_whitespace().count(), "{name}");
    }
}

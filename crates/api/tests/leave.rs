//! A stop between letting go of the rows and wiping what they left behind (sync.md §5.4; I10).
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use serde_json::json;
use xunju_api::clock::SystemClock;
use xunju_api::view::app::Host;
use xunju_api::{Api, Caller};
use xunju_domain::permission::Scopes;
use xunju_evidence::{EventBody, SignedEvent, Signer, Times, scope};
use xunju_photos::Vault;
use xunju_store::{Cursor, Enrolled, Faults, NewKey, OpenOptions, Page, PageFrame, Store, Unlock};

fn times() -> Times {
    Times { wall: 1, tz: "+08:00".into(), boot: "b".into(), mono: 1, anc: None, gps: None }
}

fn said(server: &Signer) -> SignedEvent {
    let body = EventBody {
        v: 1,
        kind: "memo.said".into(),
        tv: 1,
        record: "memo:1".into(),
        scope: "cmp-1".into(),
        dev: server.public().device_id(),
        inc: 1,
        n: 1,
        prev: None,
        parents: vec![],
        actor: "server".into(),
        sess: None,
        acl: 0,
        t: times(),
        seen: None,
        blobs: vec![],
        crit: false,
        touches: vec![],
        data: json!({ "text": "a neighbour of the first" }),
    };
    server.sign_event(&body).unwrap()
}

fn enrol(store: &Store, server: &Signer) {
    let enrolled = Enrolled {
        device_name: "laptop".into(),
        user: "u1".into(),
        user_name: "张工".into(),
        server_url: "http://127.0.0.1:1".into(),
        server_key: server.public().text(),
        log: "log".into(),
        epoch: 1,
        town_name: "示例镇".into(),
        town_code: "310112".into(),
    };
    store.enrol(&enrolled, times()).unwrap();
}

#[test]
fn what_a_stop_left_unwiped_is_wiped_and_said_at_the_next_exchange() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("data");
    let options = OpenOptions { state_dir: Some(home.path().join("state")), faults: Faults::default() };
    let server = Signer::from_seed(&[42; 32]);
    let store = Store::create(&dir, NewKey::Plain, &options).unwrap();
    enrol(&store, &server);
    let event = said(&server);
    let end = Cursor { scope: "cmp-1".into(), pos: 1, hash: scope::extend(&scope::EMPTY, &event.id()) };
    let frame = PageFrame { scope: "cmp-1".into(), pos: 1, seq: 100, recv_ms: 1, event };
    let (first, second) = (vec!["cmp-1".to_owned()], vec!["cmp-2".to_owned()]);
    let given = Page { epoch: 1, frames: vec![frame], ends: vec![end], granted: first.clone(), ..Page::default() };
    store.apply_page(&given).unwrap();
    let copy = dir.join("app.db.schema-5");
    std::fs::copy(dir.join("app.db"), &copy).unwrap();
    store.apply_page(&Page { epoch: 1, granted: second, revoked: first, ..Page::default() }).unwrap();
    store.leave("cmp-1").unwrap();
    drop(store);

    let store = Arc::new(Store::open(&dir, Unlock::Automatic, &options).unwrap());
    let vault = Arc::new(Vault::open(&dir.join("blobs"), None).unwrap());
    let api = Api::open(Arc::clone(&store), vault, Arc::new(SystemClock));
    let caller = Caller {
        user: "u1".into(),
        roles: vec!["R-INS".into()],
        scopes: Scopes::Some(["cmp-2".to_owned()].into()),
        unit: String::new(),
        host: Host::Desktop,
    };
    api.leave_scopes(&caller).unwrap();
    assert!(store.leaving().unwrap().is_empty());
    assert!(!copy.exists(), "the copy from before an upgrade holds it all");
    let purged = |body: &[u8]| EventBody::parse(body).unwrap().kind == "device.purged";
    let outbox = store.outbox_batch(100, usize::MAX).unwrap();
    assert_eq!(outbox.iter().filter(|queued| purged(&queued.event.body)).count(), 1);
    api.leave_scopes(&caller).unwrap();
    assert_eq!(store.outbox_batch(100, usize::MAX).unwrap().len(), outbox.len(), "said once");
}

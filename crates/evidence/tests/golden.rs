//! Bytes frozen the day they were first released: a change here breaks evidence already in the field.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use xunju_evidence::{
    Anchor, Blob, BlobPart, Countersigned, EventBody, Hash, PageSeal, Receipt, SignatureError, Signer, Times, chain,
    scope,
};

fn body() -> EventBody {
    EventBody {
        v: 1,
        kind: "case.recorded".into(),
        tv: 1,
        record: "case:0192".into(),
        scope: "cmp-017".into(),
        dev: "d_9f3c".into(),
        inc: 2,
        n: 7,
        prev: Some(Hash::of(b"before")),
        parents: vec![Hash::of(b"head")],
        actor: "u-10023".into(),
        sess: None,
        acl: 57,
        t: Times {
            wall: 1_790_301_781_123,
            tz: "+08:00".into(),
            boot: "b_7".into(),
            mono: 8_123_456,
            anc: Some(Anchor { srv: 1_790_290_000_456, mono: 210_334, err: 180 }),
            gps: None,
        },
        seen: None,
        blobs: vec![Blob {
            h: Hash::of(b"photo"),
            n: 5_123_456,
            m: "image/jpeg".into(),
            role: "photo".into(),
            thumb: Some(BlobPart { h: Hash::of(b"thumb"), n: 20_000 }),
            preview: None,
            facts: [("slot".to_owned(), "far".to_owned())].into(),
        }],
        crit: false,
        touches: vec![],
        data: json!({"note": "㛃 𠮷", "area_m2": "12.50"}),
    }
}

#[test]
fn event_bytes_id_and_signature_are_frozen() {
    let signer = Signer::from_seed(&[7; 32]);
    let event = signer.sign_event(&body()).unwrap();
    let golden = include_str!("golden/event.txt");
    let now = format!(
        "{}\nid {}\nsig {}\nkey {}\ndevice {}\n",
        String::from_utf8(event.body.clone()).unwrap(),
        event.id(),
        xunju_evidence::hash::to_hex(&event.sig),
        signer.public().text(),
        signer.public().device_id()
    );
    assert_eq!(now, golden);
    assert_eq!(event.open(&signer.public()).unwrap(), body());
}

#[test]
fn receipt_and_page_signatures_are_frozen() {
    let signer = Signer::from_seed(&[9; 32]);
    let receipt = Receipt {
        log: "log-1".into(),
        epoch: 1,
        dev: "d_9f3c".into(),
        inc: 2,
        upto_n: 7,
        head: Hash::of(b"x"),
        recv_ms: 1_790_301_781_123,
    };
    let seal =
        PageSeal { log: "log-1".into(), epoch: 1, scopes: vec![("town".into(), 3, Hash::of(b"h"))], echo: "e".into() };
    let receipt = Countersigned::sign(receipt, &signer);
    let seal = Countersigned::sign(seal, &signer);
    receipt.verify(&signer.public()).unwrap();
    seal.verify(&signer.public()).unwrap();
    assert_eq!(format!("{}\n{}\n", receipt.sig, seal.sig), include_str!("golden/statements.txt"));
    let mut forged = receipt.clone();
    forged.said.upto_n = 8;
    assert_eq!(forged.verify(&signer.public()), Err(SignatureError::BadSignature));
}

#[test]
fn every_flipped_byte_is_noticed() {
    let signer = Signer::from_seed(&[7; 32]);
    let event = signer.sign_event(&body()).unwrap();
    for i in 0..event.body.len() {
        let mut bad = event.clone();
        if let Some(byte) = bad.body.get_mut(i) {
            *byte ^= 1;
        }
        assert!(bad.open(&signer.public()).is_err());
        assert_ne!(bad.id(), event.id());
    }
    assert!(event.open(&Signer::from_seed(&[8; 32]).public()).is_err());
}

#[test]
fn chain_positions() {
    let head = chain::Head { n: 6, hash: Hash::of(b"before") };
    assert_eq!(chain::link(&head, &body()), chain::Link::Next);
    assert_eq!(chain::link(&chain::Head { n: 6, hash: Hash::of(b"other") }, &body()), chain::Link::Fork);
    assert_eq!(chain::link(&chain::Head { n: 7, hash: Hash::of(b"x") }, &body()), chain::Link::Past);
    assert_eq!(chain::link(&chain::Head { n: 3, hash: Hash::of(b"x") }, &body()), chain::Link::Gap { expected_n: 4 });
}

#[test]
fn estimate_grows_with_the_distance_from_the_anchor() {
    let (at, error) = body().t.estimate().unwrap();
    assert_eq!(at, 1_790_290_000_456 + 8_123_456 - 210_334);
    assert_eq!(error, 180 + (8_123_456 - 210_334) / 20_000);
}

#[test]
fn scope_hash_depends_on_order() {
    let (a, b) = (Hash::of(b"a"), Hash::of(b"b"));
    let ab = scope::extend(&scope::extend(&scope::EMPTY, &a), &b);
    let ba = scope::extend(&scope::extend(&scope::EMPTY, &b), &a);
    assert_ne!(ab, ba);
}

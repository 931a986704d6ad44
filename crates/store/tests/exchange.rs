//! Receipts and pages: idempotent, complete, and refused when they do not verify.
#![allow(clippy::unwrap_used)]

mod kit;

use kit::{Laptop, Log, said_by, saying};
use xunju_evidence::{Countersigned, Hash, Receipt, Signer};
use xunju_store::{NewKey, StoreError};

fn receipt(store: &xunju_store::Store, upto_n: u64, head: Hash) -> Countersigned<Receipt> {
    let me = store.identity().unwrap().unwrap();
    let said = Receipt { log: me.log, epoch: 1, dev: me.device, inc: 1, upto_n, head, recv_ms: 77 };
    Countersigned::sign(said, &Signer::from_seed(&[9; 32]))
}

#[test]
fn a_receipt_empties_the_outbox_once_and_only_for_our_own_head() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    store.commit(saying("a")).unwrap();
    let batch = store.outbox_batch(10, usize::MAX).unwrap();
    let last = batch.last().unwrap();
    let ids: Vec<Hash> = batch.iter().map(|q| q.id).collect();
    assert!(matches!(
        store.apply_receipt(&receipt(&store, last.n, Hash::of(b"x")), &ids),
        Err(StoreError::Corrupt { .. })
    ));
    assert_eq!(store.pending().unwrap().events, 2);
    for _ in 0..2 {
        store.apply_receipt(&receipt(&store, last.n, last.id), &ids).unwrap();
        assert_eq!(store.pending().unwrap().events, 0);
    }
    assert!(store.receipt_for(&last.id).unwrap().unwrap().contains("\"upto_n\":2"));
}

#[test]
fn pages_apply_in_any_cut_and_twice() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    let mut log = Log::new();
    let one = said_by(&laptop.server, 1, None, vec![], "one");
    let two = said_by(&laptop.server, 2, Some(one.id()), vec![one.id()], "two");
    log.append(one);
    log.append(two.clone());
    let mut first = log.page();
    first.frames.truncate(1);
    first.ends.clear();
    store.apply_page(&first).unwrap();
    for _ in 0..2 {
        store.apply_page(&log.page()).unwrap();
    }
    assert_eq!(store.events("memo:1").unwrap().len(), 2);
    assert_eq!(store.heads("memo:1").unwrap(), vec![two.id()]);
    assert_eq!(store.cursors().unwrap().1.first().unwrap().hash, log.hash);
}

#[test]
fn a_gap_a_stranger_a_forgery_or_another_history_changes_nothing() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    let mut log = Log::new();
    log.append(said_by(&laptop.server, 1, None, vec![], "one"));
    log.append(said_by(&laptop.server, 2, Some(Hash::of(b"x")), vec![], "two"));

    let mut gap = log.page();
    gap.frames.remove(0);
    assert!(matches!(store.apply_page(&gap), Err(StoreError::ScopeMismatch { .. })));

    let mut other = log.page();
    other.ends.first_mut().unwrap().hash = Hash::of(b"other history");
    assert!(matches!(store.apply_page(&other), Err(StoreError::ScopeMismatch { .. })));

    let mut forged = log.page();
    forged.frames.first_mut().unwrap().event.sig = vec![0; 64];
    assert!(matches!(store.apply_page(&forged), Err(StoreError::Signature { .. })));

    let mut stranger = Log::new();
    stranger.append(said_by(&Signer::from_seed(&[1; 32]), 1, None, vec![], "who?"));
    assert!(matches!(store.apply_page(&stranger.page()), Err(StoreError::UnknownDevice { .. })));

    assert!(store.events("memo:1").unwrap().is_empty());
    assert!(store.cursors().unwrap().1.is_empty());
}

#[test]
fn a_parent_that_comes_after_its_child_is_no_head() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    let one = said_by(&laptop.server, 1, None, vec![], "one");
    let two = said_by(&laptop.server, 2, Some(one.id()), vec![one.id()], "two");
    let mut log = Log::new();
    log.append(two.clone());
    log.append(one);
    store.apply_page(&log.page()).unwrap();
    assert_eq!(store.heads("memo:1").unwrap(), vec![two.id()]);
}

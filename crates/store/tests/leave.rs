//! A scope that is left leaves no byte behind; what is not delivered, or in no backup, stays (I10, I11).
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod kit;

use std::path::Path;

use kit::{Laptop, note, said_by};
use xunju_domain::event::NewEvent;
use xunju_evidence::{Countersigned, Hash, Receipt, Signer, scope};
use xunju_store::{Commit, Cursor, Left, Levels, NewKey, Page, PageFrame, Reach, Store};

/// Every file of a folder in which the text stands.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn said_in(scope: &str, record: &str, text: &str) -> NewEvent {
    NewEvent { record: record.into(), scope: scope.into(), ..note(text) }
}

fn received(store: &Store) {
    let batch = store.outbox_batch(100, usize::MAX).unwrap();
    let last = batch.last().unwrap();
    let me = store.identity().unwrap().unwrap();
    let said = Receipt { log: me.log, epoch: 1, dev: me.device, inc: 1, upto_n: last.n, head: last.id, recv_ms: 77 };
    let ids: Vec<Hash> = batch.iter().map(|queued| queued.id).collect();
    store.apply_receipt(&Countersigned::sign(said, &Signer::from_seed(&[9; 32])), &ids).unwrap();
}

/// A page of what others said in a scope, from its start, with what is granted and what is not any more.
fn page(laptop: &Laptop, name: &str, texts: &[&str], granted: &[&str], revoked: &[&str]) -> Page {
    let (mut frames, mut hash, mut prev) = (Vec::new(), scope::EMPTY, None);
    for (n, text) in (1..).zip(texts) {
        let event = said_by(&laptop.server, n, prev, prev.into_iter().collect(), text);
        prev = Some(event.id());
        hash = scope::extend(&hash, &event.id());
        frames.push(PageFrame { scope: name.into(), pos: n, seq: 100 + n, recv_ms: 1, event });
    }
    let ends =
        if texts.is_empty() { vec![] } else { vec![Cursor { scope: name.into(), pos: texts.len() as u64, hash }] };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Page { epoch: 1, frames, ends, granted: names(granted), revoked: names(revoked) }
}

#[test]
fn nothing_is_left_of_what_others_said_and_own_work_stays_until_it_is_delivered_and_backed_up() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    // Of the compound that goes: others' words, own ones. Of the one that stays: the same.
    store.apply_page(&page(&laptop, "cmp-1", &["a neighbour of the first", "another"], &["cmp-1"], &[])).unwrap();
    store
        .commit(Commit { events: vec![said_in("cmp-1", "memo:9", "seen by me at the first")], ..kit::saying("x") })
        .unwrap();
    store
        .commit(Commit { events: vec![said_in("cmp-2", "memo:8", "seen by me at the second")], ..kit::saying("x") })
        .unwrap();
    assert!(!holding(&laptop.dir(), "a neighbour of the first").is_empty(), "the scan finds what is there");

    // The server takes the first away; nothing goes while something of it is undelivered.
    store.apply_page(&page(&laptop, "cmp-2", &[], &["cmp-2"], &["cmp-1"])).unwrap();
    assert_eq!(store.leaving().unwrap(), ["cmp-1"]);
    assert!(!store.drained("cmp-1").unwrap(), "an own event has no receipt");
    received(&store);
    assert!(store.drained("cmp-1").unwrap());

    let left = store.leave("cmp-1").unwrap();
    assert_eq!(left, Left { events: 2, own: 0, own_waiting: 1, files: 0 });
    store.wipe_freed().unwrap();
    assert_eq!(holding(&laptop.dir(), "a neighbour of the first"), Vec::<String>::new());
    assert!(store.record("memo:1").unwrap().is_none() && store.record("memo:9").unwrap().is_none(), "shown to nobody");
    assert!(!holding(&laptop.dir(), "seen by me at the first").is_empty(), "in no backup: the only other copy");
    assert!(!store.cursors().unwrap().1.iter().any(|cursor| cursor.scope == "cmp-1"));

    // A backup holds it: only number, id and receipt stay, and the chain goes on.
    let db = rusqlite::Connection::open(laptop.dir().join("app.db")).unwrap();
    db.execute("UPDATE event SET seq = n + 200 WHERE mine = 1", []).unwrap();
    drop(db);
    let backed = Some(Reach { size: 1_000, at_ms: 1 });
    store.set_levels(&Levels { backed, ..Levels::default() }).unwrap();
    let left = store.leave("cmp-1").unwrap();
    assert_eq!((left.own, left.own_waiting), (1, 0));
    store.wipe_freed().unwrap();
    store.left("cmp-1").unwrap();
    assert!(store.leaving().unwrap().is_empty());
    assert_eq!(holding(&laptop.dir(), "seen by me at the first"), Vec::<String>::new());
    assert!(!holding(&laptop.dir(), "seen by me at the second").is_empty(), "the other compound is as it was");
    assert_eq!(store.events("memo:8").unwrap().len(), 1);
    drop(store);
    let store = laptop.open();
    store.commit(kit::saying("work goes on")).unwrap();
    assert_eq!(store.outbox_batch(10, usize::MAX).unwrap().len(), 1);
    assert!(store.record("memo:9").unwrap().is_none(), "it does not come back at the next start");
}

#[test]
fn a_scope_that_is_given_again_is_read_again_and_own_words_come_back() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    let others = ["a neighbour", "another"];
    store.apply_page(&page(&laptop, "cmp-1", &others, &["cmp-1"], &[])).unwrap();
    store.apply_page(&page(&laptop, "cmp-2", &[], &["cmp-2"], &["cmp-1"])).unwrap();
    store.apply_page(&page(&laptop, "cmp-1", &others, &["cmp-1", "cmp-2"], &[])).unwrap();
    assert!(store.leaving().unwrap().is_empty(), "given again before it went: nothing goes");
    store.apply_page(&page(&laptop, "cmp-2", &[], &["cmp-2"], &["cmp-1"])).unwrap();
    store.leave("cmp-1").unwrap();
    store.left("cmp-1").unwrap();
    store.apply_page(&page(&laptop, "cmp-1", &others, &["cmp-1", "cmp-2"], &[])).unwrap();
    assert_eq!(store.events("memo:1").unwrap().len(), 2);
}

#[test]
fn what_went_is_to_be_wiped_until_it_is_said_to_be() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    store.apply_page(&page(&laptop, "cmp-1", &["a neighbour", "another"], &["cmp-1"], &[])).unwrap();
    store.apply_page(&page(&laptop, "cmp-2", &[], &["cmp-2"], &["cmp-1"])).unwrap();
    assert_eq!(store.unwiped("cmp-1").unwrap(), None);
    let left = store.leave("cmp-1").unwrap();
    drop(store);
    let store = laptop.open();
    store.leave("cmp-1").unwrap();
    assert_eq!(store.unwiped("cmp-1").unwrap(), Some(left), "the stop forgot nothing, and counted nothing twice");
    assert!(store.wipe_freed().unwrap());
    store.wiped("cmp-1").unwrap();
    assert_eq!(store.unwiped("cmp-1").unwrap(), None);
}

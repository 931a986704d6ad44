//! The write path under a pulled plug, a full disk and a flipped bit (I1, I22, I23).
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod kit;

use std::collections::BTreeSet;

use kit::{Laptop, note, saying};
use xunju_store::{Commit, Faults, Levels, NewKey, Reach, Step, Store, StoreError, Unlock};

fn texts(store: &Store) -> BTreeSet<String> {
    store.events("memo:1").unwrap().iter().map(|e| e.data["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn killed_after_each_step_loses_nothing_that_was_saved_and_doubles_nothing() {
    for step in Step::ALL {
        let laptop = Laptop::new();
        laptop.enrolled(NewKey::Automatic).commit(saying("before")).unwrap();
        let faults = Faults::new(move |at| if at == step { Err(StoreError::Killed) } else { Ok(()) });
        let store = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(faults)).unwrap();
        assert!(matches!(store.commit(saying("during")), Err(StoreError::Killed)), "{step:?}");
        drop(store);

        let store = laptop.open();
        let kept = texts(&store);
        assert!(kept.contains("before"), "{step:?}");
        // From the moment the second journal is written the event is on disk and must come back.
        assert_eq!(kept.contains("during"), step != Step::Signed, "{step:?}");
        store.commit(saying("after")).unwrap();
        let outbox = store.outbox_batch(100, usize::MAX).unwrap();
        let numbers: Vec<u64> = outbox.iter().map(|q| q.n).collect();
        assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "{step:?}: chain without gap or double");
        drop(store);
        assert_eq!(texts(&laptop.open()).len(), kept.len() + 1, "{step:?}: a second start changes nothing");
    }
}

#[test]
fn a_full_disk_saves_nothing_and_says_so() {
    let laptop = Laptop::new();
    laptop.enrolled(NewKey::Automatic);
    let full = Faults::new(|at| match at {
        Step::JournalSynced => Err(StoreError::DiskFull { op: "test", path: "x".into() }),
        _ => Ok(()),
    });
    let store = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(full)).unwrap();
    assert!(matches!(store.commit(saying("lost")), Err(StoreError::DiskFull { .. })));
    drop(store);
    let store = laptop.open();
    assert!(texts(&store).is_empty(), "refused work must not come back as saved");
    store.commit(saying("saved")).unwrap();
    assert_eq!(texts(&store).len(), 1);
}

#[test]
fn a_torn_journal_tail_is_set_aside_and_work_goes_on() {
    let laptop = Laptop::new();
    laptop.enrolled(NewKey::Automatic).commit(saying("kept")).unwrap();
    let path = laptop.dir().join("outbox.journal");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend_from_slice(&[0, 0, 0, 99, 1, 2, 3]);
    std::fs::write(&path, &bytes).unwrap();
    let store = laptop.open();
    assert_eq!(texts(&store).len(), 1);
    assert_eq!(std::fs::read(path.with_extension("journal.tail")).unwrap(), [0, 0, 0, 99, 1, 2, 3]);
}

#[test]
fn a_lost_database_row_comes_back_from_the_second_journal() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    store.commit(saying("kept twice")).unwrap();
    drop(store);
    let db = rusqlite::Connection::open(laptop.dir().join("app.db")).unwrap();
    db.execute("DELETE FROM event WHERE record = 'memo:1'", []).unwrap();
    drop(db);
    assert_eq!(texts(&laptop.open()).len(), 1);
}

#[test]
fn the_second_journal_lets_go_of_what_a_backup_of_the_town_holds_and_of_nothing_else() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    for k in 0..20 {
        store.commit(Commit { events: (0..60).map(|n| note(&format!("{k} {n}"))).collect(), ..saying("") }).unwrap();
    }
    let long = |laptop: &Laptop| std::fs::metadata(laptop.dir().join("outbox.journal")).unwrap().len();
    let whole = long(&laptop);
    drop(store);
    let db = rusqlite::Connection::open(laptop.dir().join("app.db")).unwrap();
    db.execute("UPDATE event SET seq = n, recv_ms = n", []).unwrap();
    drop(db);
    drop(laptop.open());
    assert_eq!(long(&laptop), whole, "delivered, and in no backup yet");

    let store = laptop.open();
    let backed = Some(Reach { size: 1_100, at_ms: 1 });
    store.set_levels(&Levels { backed, ..Levels::default() }).unwrap();
    store.commit(saying("after the backup")).unwrap();
    drop(store);
    let store = laptop.open();
    assert!(long(&laptop) < whole / 4, "{} of {whole}", long(&laptop));
    assert_eq!(texts(&store).len(), 1_201);
    drop(store);
    // What is in no backup still comes back when the database loses it.
    let db = rusqlite::Connection::open(laptop.dir().join("app.db")).unwrap();
    let lost = db.execute("DELETE FROM event WHERE instr(body, 'after the backup') > 0", []).unwrap();
    drop(db);
    assert_eq!((lost, texts(&laptop.open()).len()), (1, 1_201));
}

#[test]
fn several_events_of_one_command_follow_each_other() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    let done = store.commit(Commit { events: vec![note("a"), note("b")], ..saying("") }).unwrap();
    let events = store.events("memo:1").unwrap();
    let b = events.iter().find(|e| e.data["text"] == "b").unwrap();
    assert_eq!(b.parents, vec![done.events[0].hex()]);
    assert_eq!(store.heads("memo:1").unwrap(), vec![done.events[1]]);
}

#[test]
fn a_folder_put_back_from_an_old_copy_starts_a_new_incarnation() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Automatic);
    store.commit(saying("one")).unwrap();
    drop(store);
    let copy = laptop.home.path().join("copy");
    copy_dir(&laptop.dir(), &copy);
    laptop.open().commit(saying("two")).unwrap();
    std::fs::remove_dir_all(laptop.dir()).unwrap();
    std::fs::rename(&copy, laptop.dir()).unwrap();
    let store = laptop.open();
    assert_eq!(store.identity().unwrap().unwrap().inc, 2);
    store.commit(saying("three")).unwrap();
    assert!(store.chain_from(2, 1, 10).unwrap().len() == 2);
}

fn copy_dir(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

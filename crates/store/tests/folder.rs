//! Key, lock, versions: who may open a data folder, and what a thief finds in it.
#![allow(clippy::unwrap_used)]

mod kit;

use kit::{Laptop, saying};
use xunju_store::{DraftRow, NewKey, OpenOptions, Peek, Protection, Store, StoreError, Unlock, peek};

#[test]
fn one_program_at_a_time() {
    let laptop = Laptop::new();
    let first = laptop.enrolled(NewKey::Automatic);
    let second = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(Default::default()));
    assert!(matches!(second.err().unwrap(), StoreError::InUse { .. }));
    drop(first);
    laptop.open();
}

#[test]
fn passphrase_opens_and_a_wrong_one_does_not() {
    let laptop = Laptop::new();
    drop(laptop.enrolled(NewKey::Passphrase("雨伞 42")));
    assert_eq!(peek(&laptop.dir()).unwrap(), Peek::Locked(Protection::Passphrase));
    let open = |unlock| Store::open(&laptop.dir(), unlock, &laptop.options(Default::default()));
    assert!(matches!(open(Unlock::Automatic).err().unwrap(), StoreError::NeedsPassphrase));
    assert!(matches!(open(Unlock::Passphrase("雨伞 43")).err().unwrap(), StoreError::WrongPassphrase));
    assert!(open(Unlock::Passphrase("雨伞 42")).unwrap().identity().unwrap().is_some());
}

#[test]
fn a_copied_folder_without_its_key_stays_shut() {
    let laptop = Laptop::new();
    drop(laptop.enrolled(NewKey::Automatic));
    if peek(&laptop.dir()).unwrap() != Peek::Locked(Protection::UserFile) {
        println!("skipped: this machine has an OS key store");
        return;
    }
    let elsewhere = OpenOptions { state_dir: Some(laptop.home.path().join("thief")), ..Default::default() };
    assert!(matches!(
        Store::open(&laptop.dir(), Unlock::Automatic, &elsewhere).err().unwrap(),
        StoreError::KeyGone { .. }
    ));
}

#[test]
fn nothing_typed_can_be_read_from_a_stopped_laptop() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Passphrase("p"));
    store.commit(saying("王小明 东湖花园 8 号 601")).unwrap();
    let draft =
        DraftRow {
            id: "d".into(), owner: "u1".into(), content: "李阿姨 明珠苑".into(), created_ms: 1, saved_ms: 1
        };
    store.save_draft(&draft).unwrap();
    drop(store);
    for entry in std::fs::read_dir(laptop.dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for word in ["王小明", "东湖花园", "李阿姨", "张工", "memo.said", "SQLite format 3"] {
            let found = bytes.windows(word.len()).any(|w| w == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
    }
}

#[test]
fn a_newer_folder_is_refused_and_left_as_it_was() {
    let laptop = Laptop::new();
    drop(laptop.enrolled(NewKey::Automatic));
    let file = laptop.dir().join("folder.json");
    std::fs::write(&file, r#"{"xunju":"data folder","schema":999}"#).unwrap();
    let before = std::fs::read(laptop.dir().join("app.db")).unwrap();
    let refused = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(Default::default())).err().unwrap();
    assert!(matches!(refused, StoreError::Newer { found: 999, .. }));
    assert_eq!(std::fs::read(laptop.dir().join("app.db")).unwrap(), before);
    std::fs::write(&file, r#"{"xunju":"data folder","schema":1}"#).unwrap();
    laptop.open();
}

#[test]
fn a_newer_database_is_refused_even_when_the_note_beside_it_is_gone() {
    let laptop = Laptop::new();
    drop(laptop.enrolled(NewKey::Plain));
    let path = laptop.dir().join("app.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();
    std::fs::remove_file(laptop.dir().join("folder.json")).unwrap();
    let refused = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(Default::default())).err().unwrap();
    assert!(matches!(refused, StoreError::Newer { found: 999, .. }));
}

#[test]
fn a_damaged_database_is_named_as_such() {
    let laptop = Laptop::new();
    drop(laptop.enrolled(NewKey::Automatic));
    std::fs::write(laptop.dir().join("app.db"), vec![7; 8192]).unwrap();
    let refused = Store::open(&laptop.dir(), Unlock::Automatic, &laptop.options(Default::default())).err().unwrap();
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
}

//! Which pictures are still to be looked at for recycled photos, also in a folder from before that was asked.
#![allow(clippy::unwrap_used)]

mod kit;

use std::collections::BTreeMap;

use kit::{Laptop, note, times};
use xunju_domain::event::{BlobPart, BlobRef};
use xunju_evidence::Hash;
use xunju_store::{Commit, NewKey, Store};

fn picture(name: &str, flags: &str) -> BlobRef {
    let part = |what: &str| BlobPart { h: Hash::of(format!("{name} {what}").as_bytes()).hex(), n: 10 };
    BlobRef {
        h: Hash::of(name.as_bytes()).hex(),
        n: 100,
        m: "image/jpeg".into(),
        role: "photo".into(),
        thumb: Some(part("thumb")),
        preview: Some(part("preview")),
        facts: BTreeMap::from([("flags".into(), flags.into())]),
    }
}

fn waiting(store: &Store) -> Vec<Hash> {
    store.unseen(None, true, 10).unwrap().into_iter().map(|unseen| unseen.original).collect()
}

#[test]
fn photos_wait_to_be_looked_at_once_and_drawings_of_the_sample_town_never() {
    let laptop = Laptop::new();
    let store = laptop.enrolled(NewKey::Plain);
    let plain = BlobRef { preview: None, thumb: None, ..picture("no preview", "") };
    let blobs = vec![picture("one", "no_exif"), picture("drawn", "no_exif,sample"), plain, picture("two", "")];
    let event = xunju_domain::event::NewEvent { blobs, ..note("with photos") };
    store.commit(Commit { events: vec![event], times: times(1), ..Commit::empty() }).unwrap();
    let (one, two) = (Hash::of(b"one"), Hash::of(b"two"));
    let mut both = vec![one, two];
    both.sort();
    assert_eq!(waiting(&store), both);
    let behind = store.unseen(both.first(), true, 10).unwrap();
    assert_eq!(behind.iter().map(|unseen| Some(&unseen.original)).collect::<Vec<_>>(), [both.last()]);
    assert_eq!(store.preview_of(&one).unwrap(), Some(Hash::of(b"one preview")));
    store.seen_picture(&one, true).unwrap();
    store.seen_picture(&two, false).unwrap();
    assert_eq!((waiting(&store), store.pictures_seen().unwrap()), (vec![], 1));
    store.look_again().unwrap();
    assert_eq!(waiting(&store), [one], "what cannot be drawn is not tried for ever");
    drop(store);

    // A folder from before: its photos come out of its events.
    let db = rusqlite::Connection::open(laptop.dir().join("app.db")).unwrap();
    db.execute_batch(
        "DROP INDEX blob_absent; DROP INDEX blob_freeable; DROP INDEX blob_freed; DROP INDEX event_unplaced; DROP INDEX event_seq;
         ALTER TABLE blob DROP COLUMN backed; ALTER TABLE blob DROP COLUMN freed; ALTER TABLE event DROP COLUMN aside;
         DROP TABLE look; DROP TABLE dropped; DELETE FROM migration WHERE number >= 4; PRAGMA user_version = 3;",
    )
    .unwrap();
    drop(db);
    let store = laptop.open();
    assert!(waiting(&store).contains(&one) && waiting(&store).contains(&two));
    assert_eq!(store.preview_of(&two).unwrap(), Some(Hash::of(b"two preview")));
    assert!(laptop.dir().join("app.db.schema-3").exists(), "a copy from before the upgrade");
}

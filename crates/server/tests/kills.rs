//! The server killed at every stage: what it acknowledged stands, what it did not is sent again, nothing
//! is doubled.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;
mod wire;

use town::{Laptop, Town, accepted, recorded};
use wire::{Program, Wire, blob, bytes, offset};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::{Hash, PublicKey};

fn prepared() -> (Town, Laptop, PublicKey) {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    town.user("admin1", Role::Adm, Scopes::All);
    let laptop = town.laptop("inspector1", 1);
    let key = town.journal.signer().public();
    // The desk enrols and says its first words before anybody is killed.
    let desk = Program::start(town.folder.path(), None);
    desk.settled();
    (town, laptop, key)
}

#[tokio::test]
async fn killed_anywhere_in_a_push() {
    for stage in ["push_opened", "push_stored:2", "push_judged:2", "push_taken", "push_durable"] {
        let (town, mut laptop, key) = prepared();
        let events: Vec<_> = (0..3).map(|k| laptop.sign(recorded(&format!("c{k}"), "cmp-1"))).collect();
        let request = laptop.request(1, events);
        let victim = Program::start(town.folder.path(), Some(stage));
        let wire = Wire::new(&victim.url, &laptop, key.clone());
        wire.push(&request).await.expect_err(stage);
        assert!(!victim.gone().success(), "{stage}");
        let kept = town.texts("SELECT record FROM log WHERE kind = 'case.recorded'").len();
        assert_eq!(kept, if stage == "push_durable" { 3 } else { 0 }, "{stage}: a batch is kept whole or not at all");

        let survivor = Program::start(town.folder.path(), None);
        let wire = Wire::new(&survivor.url, &laptop, key);
        let first = accepted(&wire.push(&request).await.unwrap());
        assert_eq!(first.0, 3, "{stage}");
        assert_eq!(accepted(&wire.push(&request).await.unwrap()), first, "{stage}");
        let rows = town.texts("SELECT record || ' ' || kind FROM log WHERE record LIKE 'case:%' ORDER BY record, seq");
        let expected =
            ["c0", "c1", "c2"].map(|c| [format!("case:{c} case.recorded"), format!("case:{c} case.ruled")]).concat();
        assert_eq!(rows, expected, "{stage}");
        let seqs = town.numbers("SELECT seq FROM log ORDER BY seq");
        assert!(seqs.iter().copied().eq(1..=seqs.len() as u64), "{stage}");
    }
}

#[tokio::test]
async fn killed_anywhere_in_an_upload() {
    let photo = bytes(9, 2_500_000);
    let hash = Hash::of(&photo);
    for stage in ["blob_part", "blob_synced", "blob_adopted"] {
        let (town, mut laptop, key) = prepared();
        let mut event = recorded("a", "cmp-1");
        event.blobs = vec![blob(&photo)];
        accepted(&laptop.push(&town.journal, vec![event]));
        let victim = Program::start(town.folder.path(), Some(stage));
        let wire = Wire::new(&victim.url, &laptop, key.clone());
        assert_eq!(wire.create(&hash, 2_500_000).await.status(), 201);
        wire.patch(&hash, 0, photo.clone()).await.expect_err(stage);
        assert!(!victim.gone().success(), "{stage}");

        let survivor = Program::start(town.folder.path(), None);
        let wire = Wire::new(&survivor.url, &laptop, key);
        let looked = wire.look(&hash).await;
        assert_eq!(looked.status(), 200, "{stage}");
        let at = offset(&looked);
        match stage {
            "blob_part" => assert!((1_048_576..2_500_000).contains(&at), "{at}"),
            _ => assert_eq!(at, 2_500_000, "{stage}"),
        }
        if at < 2_500_000 {
            assert_eq!(wire.patch(&hash, at, photo[at as usize..].to_vec()).await.unwrap().status(), 204);
        }
        assert_eq!(wire.fetch(&hash, None).await.bytes().await.unwrap(), photo, "{stage}");
        assert!(wire.look(&hash).await.headers().contains_key("xunju-blob-receipt"), "{stage}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_gentle_stop_finishes_and_folds_the_wal() {
    let (town, mut laptop, key) = prepared();
    let server = Program::start(town.folder.path(), None);
    let event = laptop.sign(recorded("a", "cmp-1"));
    let wire = Wire::new(&server.url, &laptop, key);
    accepted(&wire.push(&laptop.request(1, vec![event])).await.unwrap());
    let tip = town.numbers("SELECT max(seq) + 1000 FROM log")[0];
    let (_, waiting) = wire.request(reqwest::Method::GET, &format!("/v1/wait?after={tip}"), None);
    let waiting = tokio::spawn(waiting.send());
    // The wait is held: another request on the same connection pool answers meanwhile.
    assert_eq!(reqwest::get(format!("{}/health", server.url)).await.unwrap().status(), 200);
    server.terminate();
    let status = server.gone();
    assert!(status.success(), "{status}");
    let answered = waiting.await.unwrap();
    assert!(answered.is_err() || answered.unwrap().status() == 200);
    drop(town.journal);
    let wal = town.folder.path().join("journal.db-wal");
    assert!(!wal.exists() || std::fs::metadata(&wal).unwrap().len() == 0);
}

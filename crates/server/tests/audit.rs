//! What was received is checked from its bytes: nothing found in an honest journal, and every change named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;

use rusqlite::Connection;
use town::{Town, accepted, recorded};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::{Checkpoint, Signer, tree as proof};
use xunju_server::journal::audit::{Audit, audit};
use xunju_server::journal::tree;

fn busy() -> Town {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    for batch in 0..3 {
        let events = (0..3).map(|k| recorded(&format!("{batch}-{k}"), "cmp-1")).collect();
        accepted(&laptop.push(&town.journal, events));
        town.journal.write(tree::sign).unwrap();
    }
    town
}

fn checked(town: &Town, conn: &Connection) -> Audit {
    audit(conn, &town.journal.signer().public()).unwrap()
}

#[test]
fn an_honest_journal_has_nothing_to_find() {
    let town = busy();
    let found = town.journal.read(|conn| Ok(checked(&town, conn))).unwrap();
    assert_eq!(found.findings, []);
    assert!(found.events > 18 && found.checkpoints == 3, "{found:?}");
}

#[test]
fn each_checkpoint_adds_to_the_one_before_and_every_event_is_under_the_last() {
    let town = busy();
    let key = town.journal.signer().public();
    let notes = town.texts("SELECT note FROM checkpoint ORDER BY size");
    let log = town.texts("SELECT value FROM town WHERE key = 'log'").remove(0);
    let said: Vec<Checkpoint> = notes.iter().map(|note| Checkpoint::open(note, &log, &key).unwrap()).collect();
    town.journal
        .read(|conn| {
            for pair in said.windows(2) {
                let path = tree::consistency(conn, pair[0].size, pair[1].size)?;
                assert!(proof::extends(pair[0].size, pair[1].size, &pair[0].root, &pair[1].root, &path));
            }
            let last = said.last().unwrap();
            for seq in 1..=last.size {
                let (leaf, path) = tree::inclusion(conn, seq, last.size)?;
                assert!(proof::includes(seq - 1, last.size, &leaf, &path, &last.root), "{seq}");
            }
            assert!(tree::inclusion(conn, last.size + 1, last.size).is_err());
            assert!(tree::consistency(conn, last.size + 1, last.size + 2).is_err(), "a size the log never had");
            Ok(())
        })
        .unwrap();
    assert!(
        town.journal.write(tree::sign).unwrap().is_some_and(|note| note == notes[2]),
        "nothing new, nothing signed"
    );
}

#[test]
fn a_journal_from_before_the_tree_grows_one() {
    let town = busy();
    let roots = || {
        let size = town.numbers("SELECT max(seq) FROM log")[0];
        town.journal.read(|conn| tree::root(conn, size)).unwrap()
    };
    let before = roots();
    tamper(&town, "DELETE FROM tree");
    town.journal.write(|tx| tree::grow(tx.conn)).unwrap();
    assert_eq!(roots(), before);
}

/// As somebody with the disk in their hands would.
fn tamper(town: &Town, sql: &str) {
    let conn = Connection::open(town.folder.path().join("journal.db")).unwrap();
    let triggers: Vec<String> = {
        let mut stmt = conn.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").unwrap();
        stmt.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for name in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute_batch(sql).unwrap();
}

#[test]
fn every_change_is_named() {
    let flip = |column: &str| format!("CAST(substr({column}, 1, 3) || char(33) || substr({column}, 5) AS BLOB)");
    for (what, sql) in [
        ("event", format!("UPDATE log SET body = {} WHERE seq = 5", flip("body"))),
        ("event", "UPDATE log SET sig = zeroblob(64) WHERE seq = 5".into()),
        ("event", "UPDATE log SET id = zeroblob(32) WHERE seq = 5".into()),
        ("event", "UPDATE log SET record = 'case:another' WHERE seq = 5".into()),
        ("event", "UPDATE log SET actor = 'somebody' WHERE seq = 5".into()),
        ("tree", "UPDATE log SET recv_ms = recv_ms - 1 WHERE seq = 5".into()),
        ("event", "DELETE FROM scope_index WHERE seq = 6; DELETE FROM log WHERE seq = 6".into()),
        (
            "checkpoint",
            "DELETE FROM scope_index WHERE seq > 12; DELETE FROM tree; DELETE FROM log WHERE seq > 12".into(),
        ),
        ("scope", "UPDATE scope_index SET hash = zeroblob(32) WHERE pos = 2".into()),
        ("scope", "DELETE FROM scope_index WHERE pos = 2".into()),
        ("tree", "UPDATE tree SET hash = zeroblob(32) WHERE level = 1 AND at = 1".into()),
        ("tree", "DELETE FROM tree WHERE level = 0 AND at = 4".into()),
        ("checkpoint", "UPDATE checkpoint SET note = replace(note, 'time 1', 'time 2')".into()),
        ("checkpoint", "UPDATE checkpoint SET at_ms = at_ms + 1".into()),
        ("event", format!("UPDATE directory_device SET key = '{}'", Signer::from_seed(&[99; 32]).public().text())),
    ] {
        let town = busy();
        tamper(&town, &sql);
        let found = checked(&town, &Connection::open(town.folder.path().join("journal.db")).unwrap());
        let named: Vec<&str> = found.findings.iter().map(|f| f.what).collect();
        assert!(named.contains(&what), "{sql}: {:?}", found.findings);
    }
}

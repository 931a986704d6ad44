//! A backup is checked before it counts, holds one moment, and gives the town back; what is not whole is no backup.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use town::{Town, accepted, recorded};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::Hash;
use xunju_photos::Vault;
use xunju_server::backup::{Manifest, Place, check, restore::restore, take};
use xunju_server::blobs::register;
use xunju_server::journal::tree;
use xunju_server::{Folder, ServerError};

const PHRASE: &str = "离线保管的口令 1";

fn how(phrase: Option<&str>, keep: usize) -> take::How<'_> {
    take::How { phrase, keep, init: true }
}

fn photo(town: &Town, folder: &Folder, text: &str) -> String {
    let stored = Vault::open(&folder.blobs(), None).unwrap().put(text.as_bytes()).unwrap();
    let hash: Hash = stored.hash.parse().unwrap();
    town.journal.write(move |tx| register::note(tx, &hash, stored.bytes)).unwrap();
    stored.hash
}

fn busy() -> (Town, Folder) {
    let town = Town::new();
    let folder = Folder::open(town.folder.path()).unwrap();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    accepted(&laptop.push(&town.journal, (0..5).map(|k| recorded(&k.to_string(), "cmp-1")).collect()));
    town.journal.write(tree::sign).unwrap();
    photo(&town, &folder, "a photo");
    photo(&town, &folder, "another photo");
    (town, folder)
}

fn root(folder: &Path) -> (u64, String) {
    let conn = rusqlite::Connection::open(folder.join("journal.db")).unwrap();
    let size = tree::size(&conn).unwrap();
    (size, tree::root(&conn, size).unwrap().hex())
}

fn spoil(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

fn blob(place: &Path, hash: &str) -> PathBuf {
    place.join("blobs").join(hash.get(..2).unwrap()).join(hash.get(2..4).unwrap()).join(hash)
}

#[test]
fn the_town_comes_back_as_it_was_and_a_second_backup_copies_only_what_is_new() {
    let (town, folder) = busy();
    let home = tempfile::tempdir().unwrap();
    let to = home.path().join("backup");
    let first = take::take(&folder, &town.journal, &to, &how(Some(PHRASE), 14)).unwrap();
    assert_eq!((first.photos, first.photos_copied, first.key), (2, 2, true));
    let text = std::fs::read_to_string(first.generation.join("manifest.json")).unwrap();
    let key = std::fs::read_to_string(folder.root().join("server.key")).unwrap();
    assert!(!text.contains(key.trim()), "the key is not there in the clear");

    town.pass_ms(1000);
    photo(&town, &folder, "a third");
    let second = take::take(&folder, &town.journal, &to, &how(Some(PHRASE), 14)).unwrap();
    assert_eq!((second.photos, second.photos_copied), (3, 1));
    assert_eq!(town.numbers("SELECT size FROM backup"), [first.events, second.events]);
    let checked = check::place(&Place::open(&to).unwrap()).unwrap();
    assert_eq!(
        checked.iter().map(|one| (one.audit.photos, one.audit.findings.len())).collect::<Vec<_>>(),
        [(2, 0), (3, 0)]
    );

    let data = home.path().join("again");
    let back = restore(&to, &data, Some(PHRASE)).unwrap();
    assert_eq!((back.events, back.photos), (second.events, 3));
    assert_eq!(root(&data), root(folder.root()));
    assert_eq!(std::fs::read_to_string(data.join("server.key")).unwrap().trim(), key.trim());
    let hash = Hash::of(b"a third").hex();
    assert_eq!(Vault::open(&data.join("blobs"), None).unwrap().read(&hash).unwrap(), b"a third");

    // Only so many generations; photos of the others stay.
    town.pass_ms(1000);
    let third = take::take(&folder, &town.journal, &to, &how(None, 2)).unwrap();
    assert_eq!((third.dropped, third.key), (1, false));
    assert_eq!(Place::open(&to).unwrap().generations().unwrap().len(), 2);
    assert!(
        matches!(restore(&to, &home.path().join("x"), Some(PHRASE)), Err(ServerError::BadRequest { .. })),
        "no key"
    );
}

#[test]
fn one_moment_is_taken_while_others_write() {
    let (town, folder) = busy();
    let home = tempfile::tempdir().unwrap();
    let mut laptop = town.laptop("inspector1", 2);
    let (done, journal) = (AtomicBool::new(false), town.beside());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for k in 0..400 {
                if done.load(Ordering::SeqCst) {
                    break;
                }
                accepted(&laptop.push(&journal, vec![recorded(&format!("w{k}"), "cmp-1")]));
            }
        });
        for n in 0..3 {
            town.pass_ms(1000);
            let to = home.path().join("backup");
            let taken = take::take(&folder, &town.journal, &to, &how(None, 14)).unwrap();
            let manifest = Manifest::read(&taken.generation).unwrap();
            assert_eq!(manifest.size, taken.events, "{n}");
        }
        done.store(true, Ordering::SeqCst);
    });
    let sizes: Vec<u64> = town.numbers("SELECT size FROM backup ORDER BY taken_ms");
    assert!(sizes.windows(2).all(|pair| pair[0] <= pair[1]) && sizes.len() == 3, "{sizes:?}");
}

#[test]
fn what_a_running_server_is_writing_is_not_swept_away_by_a_backup() {
    let (town, folder) = busy();
    let half = folder.blobs().join("tmp/half-written");
    std::fs::write(&half, b"half").unwrap();
    let home = tempfile::tempdir().unwrap();
    take::take(&folder, &town.journal, &home.path().join("backup"), &how(None, 14)).unwrap();
    let verify = std::process::Command::new(env!("CARGO_BIN_EXE_xunju-server"))
        .args(["verify", "--data"])
        .arg(folder.root())
        .output();
    assert!(verify.unwrap().status.success());
    assert!(half.exists());
}

#[test]
fn what_does_not_hold_is_no_backup_and_gives_nothing_back() {
    let (town, folder) = busy();
    let home = tempfile::tempdir().unwrap();
    let to = home.path().join("backup");
    take::take(&folder, &town.journal, &to, &how(Some(PHRASE), 14)).unwrap();
    let data = home.path().join("again");
    let wrong = restore(&to, &data, Some("another passphrase"));
    assert!(matches!(wrong, Err(ServerError::WrongPassword)), "{wrong:?}");

    // A photo of the backup spoilt: found by the check, and the restore leaves no folder.
    let hash = Hash::of(b"a photo").hex();
    let path = blob(&to, &hash);
    spoil(&path);
    let findings = check::place(&Place::open(&to).unwrap()).unwrap().remove(0).audit.findings;
    assert_eq!(
        findings.iter().map(|f| (f.what, f.at.as_str(), f.why)).collect::<Vec<_>>(),
        [("photo", hash.as_str(), "hash")]
    );
    assert!(restore(&to, &data, Some(PHRASE)).is_err());
    assert!(!data.exists() && !data.with_extension("restoring").exists());
    // The next backup copies it anew, and lays the spoilt one aside.
    town.pass_ms(1000);
    assert_eq!(take::take(&folder, &town.journal, &to, &how(Some(PHRASE), 1)).unwrap().photos_copied, 1);
    assert!(check::place(&Place::open(&to).unwrap()).unwrap().iter().all(|one| one.audit.findings.is_empty()));
    let taken = Place::open(&to).unwrap().generations().unwrap().remove(0);

    // The journal spoilt: its manifest does not hold it.
    spoil(&taken.join("journal.db"));
    assert!(matches!(check::place(&Place::open(&to).unwrap()), Err(ServerError::Corrupt { .. })));
    assert!(matches!(restore(&to, &data, Some(PHRASE)), Err(ServerError::Corrupt { .. })));

    // Cut off before its manifest: not among the generations, and the one before counts.
    std::fs::remove_file(taken.join("manifest.json")).unwrap();
    assert!(Place::open(&to).unwrap().generations().unwrap().is_empty());
    assert!(matches!(restore(&to, &data, Some(PHRASE)), Err(ServerError::NotFound { .. })));

    // A photo of the town itself spoilt: no backup is made of it, and nothing half is left.
    spoil(&blob(folder.root(), &hash));
    let elsewhere = home.path().join("elsewhere");
    let refused = take::take(&folder, &town.journal, &elsewhere, &how(None, 14));
    assert!(matches!(&refused, Err(ServerError::Corrupt { what }) if what.contains(&hash)), "{refused:?}");
    assert!(Place::open(&elsewhere).unwrap().generations().unwrap().is_empty());
    let names: Vec<_> = std::fs::read_dir(&elsewhere).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with(".part")), "{names:?}");
}

#[test]
fn a_place_that_holds_something_else_is_left_alone() {
    let ((town, folder), (other, its_folder)) = (busy(), busy());
    let home = tempfile::tempdir().unwrap();
    let to = home.path().join("backup");
    std::fs::create_dir(&to).unwrap();
    std::fs::write(to.join("holiday.txt"), "photos of the sea").unwrap();
    assert!(matches!(take::take(&folder, &town.journal, &to, &how(None, 14)), Err(ServerError::BadRequest { .. })));
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 1);
    let to = home.path().join("second");
    take::take(&folder, &town.journal, &to, &how(Some(PHRASE), 14)).unwrap();
    assert!(matches!(
        take::take(&its_folder, &other.journal, &to, &how(None, 14)),
        Err(ServerError::BadRequest { .. })
    ));
    let refused = restore(&to, folder.root(), Some(PHRASE));
    assert!(matches!(refused, Err(ServerError::BadRequest { .. })), "a town is not written over: {refused:?}");
}

fn chore(args: &[&str], paths: &[(&str, &Path)], input: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunju-server"));
    command.args(args);
    for (name, path) in paths {
        command.arg(name).arg(path);
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let said = child.wait_with_output().unwrap();
    (said.status.success(), String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr))
}

#[test]
fn an_administrator_takes_checks_and_puts_back_from_the_command_line() {
    let (town, folder) = busy();
    let home = tempfile::tempdir().unwrap();
    let (to, data) = (home.path().join("backup"), home.path().join("again"));
    let phrase = format!("{PHRASE}\n");
    let (ok, said) = chore(&["backup"], &[("--data", folder.root()), ("--to", &to)], "");
    assert!(!ok && said.contains("not_found") && !to.exists(), "a disk that is not plugged in: {said}");
    // Beside this process, which has the journal open.
    let (ok, said) =
        chore(&["backup", "--init", "--passphrase-stdin"], &[("--data", folder.root()), ("--to", &to)], &phrase);
    assert!(ok && said.contains("\"key\":true"), "{said}");
    let (ok, said) = chore(&["verify"], &[("--backup", &to)], "");
    assert!(ok && said.contains("\"findings\": []"), "{said}");
    let (ok, said) = chore(&["restore", "--passphrase-stdin"], &[("--from", &to), ("--data", &data)], "wrong\n");
    assert!(!ok && said.contains("wrong_password") && !data.exists(), "{said}");
    let (ok, said) = chore(&["restore", "--passphrase-stdin"], &[("--from", &to), ("--data", &data)], &phrase);
    assert!(ok && said.contains("\"events\""), "{said}");
    let (ok, said) = chore(&["verify"], &[("--data", &data)], "");
    assert!(ok, "{said}");
    drop(town);
}

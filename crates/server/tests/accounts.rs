//! Accounts, codes, the access log, and folders this program must leave alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::net::IpAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use town::{Town, open};
use xunju_domain::permission::Role;
use xunju_server::accounts::{access, code, enrol, login, setup, user};
use xunju_server::{Clock, Folder, Journal, ServerError};
use xunju_sync::message::{EnrolReply, EnrolRequest, Refusal};

const PASSWORD: &str = "correct horse";

fn address(last: u8) -> IpAddr {
    [10, 0, 0, last].into()
}

fn retry_s(result: Result<String, ServerError>) -> Option<u64> {
    match result {
        Err(ServerError::TooManyTries { retry_s }) => Some(retry_s),
        _ => None,
    }
}

#[test]
fn wrong_passwords_cost_more_and_more_time() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    let try_with = |password: &str, from| login::login(&town.journal, "inspector1", password, from);
    let mut waits = Vec::new();
    for _ in 0..9 {
        assert!(matches!(try_with("wrong password", address(1)), Err(ServerError::WrongPassword)));
        let now = town.journal.clock().now_ms();
        let next = town.numbers("SELECT next_ms FROM login_try WHERE who = 'user:inspector1'")[0];
        let wait = (next - u64::try_from(now).unwrap()) / 1_000;
        if wait > 0 {
            assert_eq!(retry_s(try_with(PASSWORD, address(2))), Some(wait), "the right one waits too, from anywhere");
        }
        waits.push(wait);
        town.pass_ms(i64::try_from(wait).unwrap() * 1_000);
    }
    assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16]);
    assert_eq!(try_with(PASSWORD, address(1)).unwrap().len(), 64);
    assert!(matches!(try_with("wrong password", address(1)), Err(ServerError::WrongPassword)), "forgiven");
}

#[test]
fn an_address_that_tries_many_names_waits_too() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    for k in 0..21 {
        let tried = login::login(&town.journal, &format!("nobody{k}"), "wrong password", address(1));
        assert!(matches!(tried, Err(ServerError::WrongPassword)), "{k}: {tried:?}");
    }
    assert!(retry_s(login::login(&town.journal, "inspector1", PASSWORD, address(1))).is_some());
    assert!(login::login(&town.journal, "inspector1", PASSWORD, address(2)).is_ok());
}

#[test]
fn nothing_secret_is_stored_as_it_is() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    let token = login::login(&town.journal, "inspector1", PASSWORD, address(1)).unwrap();
    let (device_code, _) = town.journal.write(|tx| code::draw_device(tx, "inspector1")).unwrap();
    let setup_code = setup::code_if_needed(&town.journal).unwrap().expect("there is no administrator");
    town.journal.checkpoint().unwrap();
    let stored = std::fs::read(town.folder.path().join("journal.db")).unwrap();
    let plain = device_code.replace('-', "");
    for secret in [PASSWORD, &token, &device_code, &plain, &setup_code, &setup_code.replace('-', "")] {
        assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

fn enrolment(code: &str, seed: u8) -> EnrolRequest {
    let key = xunju_evidence::Signer::from_seed(&[seed; 32]).public().text();
    EnrolRequest { proto: 1, code: code.to_owned(), device_public_key: key, device_name: "laptop".into() }
}

#[test]
fn a_code_enrols_one_device_and_may_be_answered_twice() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    let (code, expires_ms) = town.journal.write(|tx| code::draw_device(tx, "inspector1")).unwrap();
    let ask = |code: &str, seed, from| enrol::enrol(&town.journal, enrolment(code, seed), address(from)).unwrap();
    let first = ask(&code.to_lowercase(), 1, 1);
    let EnrolReply::Welcome(welcome) = &first else { panic!("{first:?}") };
    assert_eq!(
        (welcome.user.as_str(), welcome.server_public_key.clone()),
        ("inspector1", town.journal.signer().public().text())
    );
    assert_eq!(ask(&code, 1, 1), first, "the first answer may have been lost");
    assert_eq!(ask(&code, 2, 1), EnrolReply::Refused(Refusal::Code), "used by another device");
    assert_eq!(town.texts("SELECT kind FROM log WHERE kind = 'device.enrolled'").len(), 1);

    let (late, _) = town.journal.write(|tx| code::draw_device(tx, "inspector1")).unwrap();
    town.pass_ms(expires_ms);
    assert_eq!(ask(&late, 3, 1), EnrolReply::Refused(Refusal::Code), "too old");
    for k in 0..20 {
        ask("ZZZZ-ZZZZ-ZZZZ-ZZZZ", k, 9);
    }
    assert!(matches!(ask("ZZZZ-ZZZZ-ZZZZ-ZZZZ", 1, 9), EnrolReply::Refused(Refusal::TooManyTries { .. })));
}

#[test]
fn a_new_password_ends_old_sessions_and_roles_change() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    let token = login::login(&town.journal, "inspector1", PASSWORD, address(1)).unwrap();
    let now = town.journal.clock().now_ms();
    let whose =
        |token: &str| town.journal.read(|conn| xunju_server::accounts::session::user_of(conn, token, now)).unwrap();
    assert_eq!(whose(&token).unwrap().0, "inspector1");
    user::add(&town.beside(), "inspector1", Role::Lxb, user::Post::default(), "another horse").unwrap();
    assert!(whose(&token).is_none());
    assert_eq!(town.texts("SELECT roles FROM directory_user"), [r#"["R-LXB"]"#]);
    assert!(matches!(login::login(&town.journal, "inspector1", PASSWORD, address(1)), Err(ServerError::WrongPassword)));
    login::login(&town.journal, "inspector1", "another horse", address(1)).unwrap();
    for name in ["", "server", "a b", "a/b", "张工"] {
        assert!(
            matches!(
                user::add(&town.journal, name, Role::Ins, user::Post::default(), PASSWORD),
                Err(ServerError::BadUserName { .. })
            ),
            "{name}"
        );
    }
}

#[test]
fn the_access_log_shows_that_it_was_changed() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    for _ in 0..3 {
        login::login(&town.journal, "inspector1", PASSWORD, address(1)).unwrap();
    }
    assert_eq!(town.journal.read(access::first_broken).unwrap(), None);
    let refused = town
        .journal
        .write(|tx| Ok(tx.conn.execute("UPDATE access SET user = 'other' WHERE id = 2", []).is_err()))
        .unwrap();
    assert!(refused);
    let file = rusqlite::Connection::open(town.folder.path().join("journal.db")).unwrap();
    file.execute_batch("DROP TRIGGER access_keeps; UPDATE access SET user = 'other' WHERE id = 2").unwrap();
    assert_eq!(town.journal.read(access::first_broken).unwrap(), Some(2));
}

#[test]
fn a_newer_folder_is_refused_and_not_touched() {
    let town = Town::new();
    let path = town.folder.path().to_owned();
    drop(town.journal);
    let file = path.join("journal.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    std::fs::remove_file(path.join("server.key")).unwrap();
    let list = || {
        let mut names: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        (names, std::fs::read(&file).unwrap())
    };
    let before = list();
    let opened = Journal::open(&Folder::open(&path).unwrap(), Clock::system());
    assert!(matches!(opened, Err(ServerError::NewerDatabase { found: 99, .. })));
    for chore in [vec!["enrol-code", "--user", "inspector1", "--data"], vec!["--listen", "127.0.0.1:0", "--data"]] {
        let said = Command::new(env!("CARGO_BIN_EXE_xunju-server")).args(chore).arg(&path).output().unwrap();
        assert!(!said.status.success());
        assert!(String::from_utf8(said.stderr).unwrap().contains(r#""code":"newer_database""#));
    }
    assert_eq!(list(), before);
}

#[test]
fn a_changed_migration_is_refused() {
    let town = Town::new();
    let path = town.folder.path().to_owned();
    let folder = town.folder;
    drop(town.journal);
    let file = rusqlite::Connection::open(path.join("journal.db")).unwrap();
    file.execute("UPDATE migration SET sha256 = 'other'", []).unwrap();
    drop(file);
    let opened = Journal::open(&Folder::open(folder.path()).unwrap(), Clock::system());
    assert!(matches!(opened, Err(ServerError::MigrationChanged { number: 1, .. })));
}

#[test]
fn two_processes_that_open_a_new_folder_agree() {
    let folder = tempfile::tempdir().unwrap();
    let time = Arc::new(AtomicI64::new(town::NOON));
    let opened: Vec<_> = std::thread::scope(|threads| {
        let opening: Vec<_> = (0..4).map(|_| threads.spawn(|| open(folder.path(), &time))).collect();
        opening.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let logs: Vec<_> =
        opened.iter().map(|journal| journal.read(xunju_server::journal::town::read).unwrap().log).collect();
    assert!(logs.iter().all(|log| *log == logs[0]));
    let keys: Vec<_> = opened.iter().map(|journal| journal.signer().public().text()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
}

#[test]
fn the_program_takes_a_password_only_from_its_input() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunju-server"));
        command
            .args(args)
            .arg("--data")
            .arg(folder.path().join("town"))
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap()
    };
    assert!(!run(&["user", "add", "--user", "a", "--role", "inspector"]).status.success());
    let empty = run(&["user", "add", "--user", "a", "--role", "inspector", "--password-stdin"]);
    assert!(String::from_utf8(empty.stderr).unwrap().contains(r#""code":"weak_password""#));
    let abroad = run(&["--listen", "0.0.0.0:0"]);
    assert!(!abroad.status.success());
    assert!(String::from_utf8(abroad.stderr).unwrap().contains(r#""code":"plain_listener""#));
}

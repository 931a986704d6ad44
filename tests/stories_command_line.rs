//! xunjuctl, as a script would use it: the real program, JSON, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use xunju_link::{Laptop, Options};
use xunju_testkit::{Town, program, scene};

struct Terminal<'a> {
    town: &'a Town,
    data: std::path::PathBuf,
}

impl Terminal<'_> {
    fn raw(&self, arguments: &[&str]) -> Output {
        Command::new(program("xunjuctl"))
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .env("XUNJU_STATE", self.town.folder("state"))
            .output()
            .unwrap()
    }

    fn ok(&self, arguments: &[&str]) -> Value {
        let output = self.raw(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> Value {
        let output = self.raw(arguments);
        assert!(!output.status.success(), "{arguments:?} succeeded");
        assert!(!output.stderr.is_empty(), "one plain line for the person");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn photo(town: &Town, name: &str, seed: u64) -> String {
    let path = town.folder(name);
    std::fs::write(&path, scene(seed)).unwrap();
    path.display().to_string()
}

#[test]
fn a_case_from_the_terminal_to_the_server_and_back() {
    let mut town = Town::start();
    let (code, url) = (town.code("inspector1"), town.server.url.clone());
    let photos = [photo(&town, "a.jpg", 1), photo(&town, "b.jpg", 2), photo(&town, "c.jpg", 3)];
    let data = town.folder("walker");
    town.kill();
    let terminal = Terminal { town: &town, data: data.clone() };
    assert_eq!(terminal.refused(&["compound", "list"])["error"]["code"], "not_enrolled");
    assert_eq!(terminal.refused(&["enrol", "--server", &url, "--code", &code])["error"]["code"], "offline");
    assert_eq!(
        terminal.refused(&["enrol", "--server", "http://192.0.2.1", "--code", &code])["error"]["code"],
        "invalid"
    );
    town.restart();

    let terminal = Terminal { town: &town, data };
    assert_eq!(terminal.refused(&["enrol", "--server", &url, "--code", "wrong-code"])["error"]["code"], "code_refused");
    assert_eq!(terminal.ok(&["enrol", "--server", &url, "--code", &code])["enrolled"], true);
    assert_eq!(terminal.refused(&["enrol", "--server", &url, "--code", &code])["error"]["code"], "already_enrolled");
    assert_eq!(terminal.ok(&["sync"])["outcome"], "drained");
    let compounds = terminal.ok(&["compound", "list"]);
    assert!(compounds["rows"].as_array().unwrap().iter().any(|c| c["name"] == "东湖花园"));

    let new = |set: &str, files: &[String]| {
        let mut arguments = vec![
            "case",
            "new",
            "--compound",
            "东湖花园",
            "--building",
            "8号",
            "--room",
            "601",
            "--type",
            "WJ-TJ",
            "--set",
            set,
            "--note",
            "阳光房",
        ];
        files.iter().for_each(|file| arguments.extend(["--photo", file.as_str()]));
        arguments.iter().map(|a| (*a).to_owned()).collect::<Vec<String>>()
    };
    let words = |arguments: &[String]| arguments.iter().map(String::clone).collect::<Vec<_>>();
    let wrong = words(&new("area_m2=much", &photos));
    let refused = terminal.refused(&wrong.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        (refused["error"]["code"].as_str(), refused["error"]["field"].as_str()),
        (Some("invalid"), Some("area_m2"))
    );
    let right = words(&new("area_m2=12.5", &photos));
    let recorded = terminal.ok(&right.iter().map(String::as_str).collect::<Vec<_>>());
    let id = recorded["case_id"].as_str().unwrap();
    assert_eq!(recorded["events"].as_array().unwrap().len(), 1);

    let status = terminal.ok(&["status"]);
    assert_eq!(
        (status["pending"]["pending_events"].as_u64(), status["pending"]["pending_photos"].as_u64()),
        (Some(1), Some(3))
    );
    assert_eq!(status["pending"]["why"]["code"], "not_sent_yet");
    assert_eq!(terminal.ok(&["sync"])["outcome"], "drained");
    let shown = terminal.ok(&["case", "show", id]);
    let number = shown["card"]["no"].as_str().unwrap().to_owned();
    assert_eq!(shown["card"]["status"], "REPORTED");
    assert_eq!(terminal.ok(&["case", "show", &number])["card"]["id"], id);
    let fact = shown["facts"].as_array().unwrap().iter().find(|f| f["key"] == "area_m2").unwrap();
    assert_eq!(fact["value"], "12.50");
    assert_eq!(terminal.refused(&["case", "act", id, "approve"])["error"]["code"], "not_allowed");
    assert!(terminal.ok(&["case", "list", "--mine"])["total"].as_u64().unwrap() >= 1);
    taken_out_and_checked(&terminal, id);

    town_is_gone(&mut town, id);
}

/// The case as one file: whole, then with one byte of a photo flipped, which is named.
fn taken_out_and_checked(terminal: &Terminal<'_>, id: &str) {
    let file = terminal.town.folder("case.zip");
    let path = file.display().to_string();
    let made = terminal.ok(&["bundle", "export", id, "-o", &path]);
    assert_eq!((made["originals"].as_u64(), made["absent"].as_u64()), (Some(3), Some(0)));
    assert_eq!(made["contact_sheet"], true);
    let checked = terminal.ok(&["verify", &path]);
    assert_eq!(checked["problems"].as_array().unwrap().len(), 0);
    assert!(checked["events"].as_u64().unwrap() >= 1 && checked["receipts"].as_u64().unwrap() >= 4, "{checked}");
    assert_eq!(
        terminal.refused(&["bundle", "export", id, "-o", &path])["error"]["code"],
        "disk_failed",
        "never over another"
    );

    let mut bytes = std::fs::read(&file).unwrap();
    let original = scene(1);
    let at = bytes.windows(original.len()).position(|part| part == original).unwrap() + original.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let output = terminal.raw(&["verify", &path]);
    assert_eq!(output.status.code(), Some(2));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let named: Vec<&str> = told["problems"].as_array().unwrap().iter().map(|p| p["file"].as_str().unwrap()).collect();
    assert!(named.len() == 1 && named[0].starts_with("originals/"), "{named:?}");
    // What was noted of the export leaves too.
    assert_eq!(terminal.ok(&["sync"])["outcome"], "drained");
}

/// Without the server: `sync` fails and says why, everything stays.
fn town_is_gone(town: &mut Town, id: &str) {
    town.kill();
    let terminal = Terminal { town, data: town.folder("walker") };
    terminal.ok(&["case", "edit", id, "room=602"]);
    let stuck = terminal.refused(&["sync"]);
    assert_eq!((stuck["outcome"].as_str(), stuck["why"]["code"].as_str()), (Some("stuck"), Some("offline")));
    assert_eq!(stuck["pending"]["pending_events"], 1);
}

#[test]
fn the_window_and_the_terminal_do_not_write_at_once() {
    let town = Town::start();
    let terminal = Terminal { town: &town, data: town.folder("walker") };
    terminal.ok(&["enrol", "--server", &town.server.url, "--code", &town.code("inspector1")]);
    let window = open(&terminal.data, &town);
    assert_eq!(terminal.refused(&["status"])["error"]["code"], "folder_in_use");
    drop(window);
    terminal.ok(&["status"]);
}

fn open(data: &Path, town: &Town) -> Laptop {
    Laptop::open(data, Options { state_dir: Some(town.folder("state")), ..Options::default() }).unwrap()
}

#[test]
fn a_photo_is_looked_at_without_a_data_folder_and_a_page_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let output = Command::new(program("xunjuctl"))
            .args(["photo", "inspect"])
            .arg(folder.path().join(name))
            .env("XUNJU_DATA", folder.path().join("none"))
            .output()
            .unwrap();
        (output.status.code().unwrap(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (code, found) = run("a.jpg", &scene(3));
    assert_eq!((code, found["format"].as_str(), found["width"].as_u64()), (0, Some("jpeg"), Some(1024)));
    let keys = ["sha256", "bytes", "height", "orientation", "taken_at", "make", "model", "gps", "warnings"];
    assert!(keys.iter().all(|key| found.get(*key).is_some()), "{found}");
    assert_eq!((found["make"].as_str(), found["gps"].is_null()), (Some("Xunju"), true));
    assert!(found["taken_at"].as_str().unwrap().ends_with("+08:00"));
    let (code, refused) = run("page.jpg", b"<!DOCTYPE html>");
    assert_eq!((code, refused["error"]["code"].as_str()), (2, Some("not_a_picture")));
    assert!(refused["error"]["detail"].as_str().unwrap().contains("text/html"));
    assert!(!folder.path().join("none").exists());
}

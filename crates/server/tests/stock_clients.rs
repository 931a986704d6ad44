//! Stock tus clients as they come, with the headers of one device: create, cut off, resume, look, send again
//! (`tests/tus`). They are installed by `script/bench.sync/install`; without them this says that it tested nothing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;
mod wire;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use town::{Laptop, Town, accepted, recorded};
use wire::{Program, blob, bytes, echo};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::Hash;
use xunju_sync::request::{Body, DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER, sign};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// What a device signs, for one method at one path.
fn signed(laptop: &Laptop, method: &str, path: &str, body: Body<'_>) -> Value {
    let echo = echo();
    let sig = sign(&laptop.signer, method, path, &echo, body);
    json!({ DEVICE_HEADER: laptop.device.dev, ECHO_HEADER: echo, SIGNATURE_HEADER: sig })
}

#[test]
fn stock_clients_upload_are_cut_off_resume_and_send_again() {
    let (root, peers) = (root(), root().join("target/bench/sync"));
    let python = peers.join("python/bin/python");
    if !peers.join("node_modules/tus-js-client").is_dir() || !python.is_file() {
        eprintln!("SKIPPED, nothing was tested: no stock clients; `script/bench.sync/install` brings them");
        return;
    }
    for (client, seed) in [("stock.mjs", 1), ("stock.mjs --override", 2), ("stock.py", 3)] {
        let town = Town::new();
        town.user("inspector1", Role::Ins, Scopes::All);
        let mut laptop = town.laptop("inspector1", 1);
        let photo = bytes(seed, 1_500_000);
        let mut event = recorded("a", "cmp-1");
        event.blobs = vec![blob(&photo)];
        accepted(&laptop.push(&town.journal, vec![event]));
        let program = Program::start(town.folder.path(), None);
        let path = format!("/v1/blobs/u/{}", Hash::of(&photo));
        let headers = json!({
            "POST": signed(&laptop, "POST", "/v1/blobs", Body::Whole(b"")),
            "HEAD": signed(&laptop, "HEAD", &path, Body::Unsigned),
            "PATCH": signed(&laptop, "PATCH", &path, Body::Unsigned),
        });
        let file = town.folder.path().join("photo");
        std::fs::write(&file, &photo).unwrap();
        let mut words = client.split(' ');
        let script = root.join("tests/tus").join(words.next().unwrap());
        let runs: &Path = if client.starts_with("stock.py") { &python } else { Path::new("node") };
        let mut command = Command::new(runs);
        command.arg(script).arg(format!("{}/v1/blobs", program.url)).arg(headers.to_string()).arg(&file).args(words);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{client}: {}", String::from_utf8_lossy(&output.stderr));
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said["size"], photo.len(), "{said}");
        let stored = format!("{}", Hash::of(&photo));
        let kept = town.folder.path().join("blobs").join(&stored[..2]).join(&stored[2..4]).join(&stored);
        assert_eq!(std::fs::read(kept).unwrap(), photo, "{client}: to the byte");
    }
}

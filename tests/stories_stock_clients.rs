//! Stock tus clients as they come, with the headers of one device: create, cut off, resume, look, send again
//! (`tests/tus`). They are installed by `script/bench.sync/install`; without them this says that it tried nothing.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use xunju_evidence::Signer;
use xunju_link::Options;
use xunju_sync::request::{Body, DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER, sign};
use xunju_testkit::{Inspector, Town, not_tried, run};

/// What a device signs, for one method at one path.
fn signed(signer: &Signer, method: &str, path: &str, body: Body<'_>) -> Value {
    let echo = "0123456789abcdef0123456789abcdef";
    let sig = sign(signer, method, path, echo, body);
    json!({ DEVICE_HEADER: signer.public().device_id(), ECHO_HEADER: echo, SIGNATURE_HEADER: sig })
}

fn original(folder: &Path, hash: &str) -> PathBuf {
    folder.join(&hash[..2]).join(&hash[2..4]).join(hash)
}

#[test]
fn stock_clients_upload_are_cut_off_resume_and_send_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let peers = root.join("target/bench/sync");
    let python = peers.join("python/bin/python");
    if !peers.join("node_modules/tus-js-client").is_dir() || !python.is_file() {
        return not_tried("stock tus clients: `script/bench.sync/install` brings them");
    }
    let town = Town::start();
    let laptop = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let signer = laptop.laptop.api().unwrap().store().signer().unwrap();
    let clients = [
        (Path::new("node"), "stock.mjs", None),
        (Path::new("node"), "stock.mjs", Some("--override")),
        (&python, "stock.py", None),
    ];
    for ((runs, script, how), seed) in clients.into_iter().zip([31, 41, 51]) {
        let case = laptop.record_at("8号", &format!("{seed}01"), seed).case_id;
        let hash = laptop.case(&case).photos[0].hash.clone();
        let file = town.folder(&hash);
        let bytes = {
            let api = laptop.laptop.api().unwrap();
            api.photo(&api.laptop_caller().unwrap(), &hash).unwrap()
        };
        std::fs::write(&file, &bytes).unwrap();
        // Our own client tells the server of the photo and has nothing to send.
        std::fs::remove_file(original(&laptop.dir.join("photos"), &hash)).unwrap();
        laptop.sync();

        let path = format!("/v1/blobs/u/{hash}");
        let headers = json!({
            "POST": signed(&signer, "POST", "/v1/blobs", Body::Whole(b"")),
            "HEAD": signed(&signer, "HEAD", &path, Body::Unsigned),
            "PATCH": signed(&signer, "PATCH", &path, Body::Unsigned),
        });
        let mut command = Command::new(runs);
        command.arg(root.join("tests/tus").join(script)).arg(format!("{}/v1/blobs", town.server.url));
        let output = run(command.arg(headers.to_string()).arg(&file).args(how));
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said["size"], bytes.len(), "{said}");
        assert_eq!(std::fs::read(original(&town.data().join("blobs"), &hash)).unwrap(), bytes, "{script}: to the byte");
    }
}

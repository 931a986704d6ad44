//! The bundle: whole when it is whole, and any flipped byte named. Checked with `sha256sum` and `openssl` as
//! an outsider would, where they are at hand.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::process::Command;

use xunju_evidence::bundle::{Absent, Content, make, verify};
use xunju_evidence::{Blob, Countersigned, EventBody, Hash, Receipt, SignedEvent, Signer, Times};

fn device() -> Signer {
    Signer::from_seed(&[1; 32])
}

fn server() -> Signer {
    Signer::from_seed(&[2; 32])
}

fn said(n: u64, photo: &[u8]) -> SignedEvent {
    let body = EventBody {
        v: 1,
        kind: "case.recorded".into(),
        tv: 1,
        record: "case:1".into(),
        scope: "east-lake".into(),
        dev: device().public().device_id(),
        inc: 1,
        n,
        prev: (n > 1).then(|| Hash::of(b"before")),
        parents: Vec::new(),
        actor: "inspector1".into(),
        sess: None,
        acl: 0,
        t: Times { wall: 5, tz: "+08:00".into(), boot: "b".into(), mono: 1, anc: None, gps: None },
        seen: None,
        blobs: vec![Blob {
            h: Hash::of(photo),
            n: photo.len() as u64,
            m: "image/jpeg".into(),
            role: "photo".into(),
            thumb: None,
            preview: None,
            facts: BTreeMap::new(),
        }],
        crit: false,
        touches: Vec::new(),
        data: serde_json::json!({ "note": "阳光房" }),
    };
    device().sign_event(&body).unwrap()
}

fn content() -> Content {
    let photo: Vec<u8> = (0..900u32).map(|i| (i * 7 % 251) as u8).collect();
    let events = vec![said(1, &photo), said(2, b"a photo that is elsewhere")];
    let head = events[1].id();
    let dev = device().public().device_id();
    let receipt = Receipt { log: "town-1".into(), epoch: 1, dev: dev.clone(), inc: 1, upto_n: 2, head, recv_ms: 9 };
    Content {
        record: "case:1".into(),
        number: "XJ-0001".into(),
        town: "示例镇".into(),
        log: "town-1".into(),
        made_ms: 10,
        receipts: vec![Countersigned::sign(receipt, &server())],
        blob_receipts: Vec::new(),
        keys: BTreeMap::from([(dev, device().public())]),
        server: server().public(),
        files: vec![(format!("originals/{}.jpg", Hash::of(&photo)), "original".into(), None, photo)],
        absent: vec![Absent { sha256: Hash::of(b"a photo that is elsewhere"), role: "original".into() }],
        events,
    }
}

/// Path, where its bytes begin in the container, and the bytes: read by a common unpacker.
fn unpacked(bundle: &[u8]) -> Vec<(String, usize, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), usize::try_from(file.data_start().unwrap()).unwrap(), bytes)
        })
        .collect()
}

#[test]
fn a_whole_bundle_is_whole_and_the_same_content_is_the_same_bytes() {
    let bundle = make(content(), &device()).unwrap();
    let report = verify(&bundle);
    assert_eq!(report.problems, []);
    assert_eq!((report.events, report.receipts, report.originals, report.number.as_str()), (2, 1, 1, "XJ-0001"));
    assert_eq!(report.maker_key, device().public().text());
    assert_eq!(make(content(), &device()).unwrap(), bundle);
}

#[test]
fn every_flipped_byte_is_named() {
    let bundle = make(content(), &device()).unwrap();
    let files = unpacked(&bundle);
    let owner = |at: usize| files.iter().find(|(_, from, bytes)| (*from..from + bytes.len()).contains(&at));
    let (mut named, mut container) = (0, 0);
    for at in 0..bundle.len() {
        // All of the container's own bytes, and every seventh of the files'.
        let inside = owner(at);
        if inside.is_some() && at % 7 != 0 {
            continue;
        }
        let mut changed = bundle.clone();
        changed[at] ^= 1 << (at % 8);
        let problems = verify(&changed).problems;
        assert!(!problems.is_empty(), "byte {at} of {}", bundle.len());
        match inside {
            Some((path, ..)) => {
                let of_manifest =
                    path.starts_with("manifest.") && problems.iter().any(|p| p.file.starts_with("manifest."));
                assert!(of_manifest || problems.iter().any(|p| p.file == *path), "byte {at} of {path}: {problems:?}");
                named += 1;
            }
            None => {
                assert!(problems.iter().any(|p| p.what == "container"), "byte {at}: {problems:?}");
                container += 1;
            }
        }
    }
    println!("{named} bytes of files named, {container} bytes of the container noticed, {} in all", bundle.len());
    for cut in [0, 1, 40, bundle.len() / 2, bundle.len() - 1] {
        assert!(!verify(&bundle[..cut]).problems.is_empty(), "cut to {cut}");
    }
    assert!(!verify(&[&bundle[..], b"more"].concat()).problems.is_empty(), "lengthened");
}

#[test]
fn what_is_left_out_or_put_in_is_told() {
    let told = |change: fn(&mut Content)| {
        let mut content = content();
        change(&mut content);
        verify(&make(content, &device()).unwrap()).problems.iter().map(|p| p.what).collect::<Vec<_>>()
    };
    assert_eq!(told(|content| content.files.clear()), ["not_in_bundle"]);
    assert_eq!(told(|content| content.absent.clear()), ["not_in_bundle"]);
    assert_eq!(
        told(|content| content.files.push(("originals/x.jpg".into(), "original".into(), None, b"foreign".into()))),
        ["not_vouched_for"]
    );
    assert_eq!(told(|content| content.events[0].sig[3] ^= 1), ["bad_signature", "not_vouched_for"]);
    assert_eq!(told(|content| content.receipts[0].said.recv_ms += 1), ["bad_signature"]);
    // A role this version does not know is a file like any other: its hash is checked, no more is asked.
    assert_eq!(
        told(|content| content.files.push(("proofs/1".into(), "inclusion".into(), None, b"proof".into()))),
        [""; 0]
    );
}

#[test]
fn an_outsider_checks_it_with_common_tools() {
    let bundle = make(content(), &device()).unwrap();
    let folder = std::env::temp_dir().join(format!("xunju-bundle-{}", std::process::id()));
    for (path, _, bytes) in unpacked(&bundle) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let run = |line: &str| {
        let output = Command::new("sh").args(["-c", line]).current_dir(&folder).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    if !run("openssl version && command -v sha256sum").0 {
        println!("SKIPPED: no openssl or no sha256sum here");
        return;
    }
    let dev = device().public().device_id();
    let page = std::fs::read_to_string(folder.join("VERIFY.txt")).unwrap();
    let lines: Vec<String> =
        page.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| line.replace("DEV", &dev)).collect();
    assert_eq!(lines.len(), 7);
    for line in &lines {
        let (fine, said) = run(line);
        assert!(fine, "{line}: {said}");
    }
    let photo = folder.join("originals").read_dir().unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&photo).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&photo, bytes).unwrap();
    let (fine, said) = run("sha256sum -c SHA256SUMS");
    assert!(!fine && said.contains(&format!("originals/{}: FAILED", photo.file_name().unwrap().to_string_lossy())));
    std::fs::remove_dir_all(&folder).unwrap();
}

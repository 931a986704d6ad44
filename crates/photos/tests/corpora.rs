//! The public corpora of odd, old and broken pictures, file by file (`script/torture photos` brings them and names them
//! in `XUNJU_CORPORA`). It has its own `main`, because the decoder's process is itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod bad;
mod kept;
mod own_main;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use kept::End;
use xunju_photos::{Vault, worker};

const MEMORY_MAX: u64 = 512 * 1024 * 1024;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => files(&entry.path(), found),
            kind if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found.sort();
}

fn pictures_of_public_corpora_are_kept_or_refused() {
    let Some(all) = std::env::var_os("XUNJU_CORPORA") else {
        println!("SKIPPED: XUNJU_CORPORA is not set; script/torture photos brings the public corpora");
        return;
    };
    let mut corpora: Vec<_> = std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path()).collect();
    corpora.sort();
    assert!(!corpora.is_empty(), "XUNJU_CORPORA is an empty folder");
    for corpus in corpora {
        let mut paths = Vec::new();
        files(&corpus, &mut paths);
        let name = corpus.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!paths.is_empty(), "{name} is empty");
        // Of each corpus its own: what was taken in is thrown away with it.
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("vault"), None).unwrap();
        let (mut ends, mut slowest) = (BTreeMap::<End, u32>::new(), (Duration::ZERO, String::new()));
        for path in &paths {
            let what = path.display().to_string();
            let bytes = std::fs::read(path).unwrap();
            let (end, took) = kept::timed(&vault, &bytes, &what);
            *ends.entry(end).or_default() += 1;
            if took > slowest.0 {
                slowest = (took, what);
            }
        }
        println!(
            "{name}: {} files, {ends:?}, the slowest {slowest:?}, {} MB here at the most",
            paths.len(),
            kept::peak() >> 20
        );
    }
    assert!(kept::peak() < MEMORY_MAX, "{} bytes", kept::peak());
}

fn bad_pictures_written_by_hand_are_kept_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(&folder.path().join("vault"), None).unwrap();
    let ends: BTreeMap<&str, End> =
        bad::all().iter().map(|(what, bytes)| (*what, kept::timed(&vault, bytes, what).0)).collect();
    let drawn: Vec<_> = ends.iter().filter(|(_, end)| **end == End::Drawn).map(|(what, _)| *what).collect();
    let refused: Vec<_> = ends.iter().filter(|(_, end)| **end == End::Refused).map(|(what, _)| *what).collect();
    // What lies about itself only beside a whole picture is drawn all the same.
    let beside = [
        "EXIF in a circle",
        "EXIF of 65,535 entries",
        "EXIF that begins past its end",
        "XMP that never ends",
        "a film past the end of its picture",
    ];
    assert_eq!((drawn, refused), (beside.to_vec(), vec!["nothing"]));
}

fn main() -> ExitCode {
    if let Some(code) = worker::serve_if_asked() {
        return code;
    }
    own_main::run(&[
        ("bad_pictures_written_by_hand_are_kept_or_refused", bad_pictures_written_by_hand_are_kept_or_refused),
        ("pictures_of_public_corpora_are_kept_or_refused", pictures_of_public_corpora_are_kept_or_refused),
    ])
}

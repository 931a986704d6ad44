//! Photos of real cameras, where a copy of them stands beside the project (`XUNJU_SHARED`, or `../shared`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::path::PathBuf;

use xunju_photos::{Source, Vault, VaultKey, intake};

fn photos() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("XUNJU_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("data/photos");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("SKIPPED: no photos of real cameras in {}", folder.display());
    None
}

#[test]
fn agree_with_the_manifest() {
    let Some(folder) = photos() else { return };
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), Some(VaultKey::from_bytes([1; 32]))).unwrap();
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut lines = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let mut seen = 0;
    for line in lines {
        let row: HashMap<&str, &str> = head.iter().copied().zip(line).collect();
        let bytes = std::fs::read(folder.join(row["file"])).unwrap();
        let source = Source {
            name: row["file"].into(),
            mtime_ms: None,
            channel: "picker".into(),
            imported_ms: 1_800_000_000_000,
        };
        let taken = intake(&vault, &bytes, &source).unwrap();
        let facts = &taken.facts;
        assert_eq!(taken.original.hash, row["sha256"], "{}", row["file"]);
        assert_eq!(vault.read(&taken.original.hash).unwrap(), bytes, "{}", row["file"]);
        let turned = facts.orientation >= 5;
        let stored = if turned { (facts.height, facts.width) } else { (facts.width, facts.height) };
        let listed = (row["width"].parse().unwrap(), row["height"].parse().unwrap());
        assert_eq!(stored, listed, "size of {}", row["file"]);
        assert_eq!(facts.orientation, row["orientation"].parse().unwrap_or(1), "{}", row["file"]);
        if !row["DateTimeOriginal"].is_empty() {
            assert_eq!(facts.taken_raw.as_deref(), Some(row["DateTimeOriginal"]), "time of {}", row["file"]);
        }
        let heic = row["file_type"] == "HEIC";
        assert_eq!(facts.media_type, if heic { "image/heic" } else { "image/jpeg" });
        assert_eq!(taken.preview.is_none(), facts.flags.contains(&"no_preview".to_owned()), "{}", row["file"]);
        assert!(!heic || taken.preview.is_some() == cfg!(feature = "heic"), "{}", row["file"]);
        println!("{}: {:?} {:?} {}", row["file"], facts.flags, facts.taken_at, facts.taken_basis);
        seen += 1;
    }
    assert!(seen > 30, "{seen} photos");
}

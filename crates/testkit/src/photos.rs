//! Pictures for tests: drawn ones, and real camera files where they are at hand.

use std::path::PathBuf;

/// A drawn picture, another for each seed.
#[must_use]
pub fn scene(seed: u64) -> Vec<u8> {
    let kinds = ["shed", "corridor", "rooms", "stall", "door"];
    let kind = kinds[usize::try_from(seed % 5).unwrap()];
    xunju_photos::sample::scene(kind, seed, 1024, 768)
}

/// Real camera photos of the shared data folder: `$XUNJU_SHARED`, or `shared/` beside the project. Says so
/// when there are none.
#[must_use]
pub fn camera_photos() -> Vec<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("XUNJU_SHARED").map_or(beside, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join("data/photos")) else {
        println!("skipped: no camera photos in {}", shared.display());
        return Vec::new();
    };
    let mut photos: Vec<PathBuf> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e != "tsv")).collect();
    photos.sort();
    photos
}

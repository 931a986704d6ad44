//! Photos whose taking in is cut off by a kill at any moment: what was said to be saved is there, nothing half done
//! stays, and what was whole comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use serde_json::json;
use xunju_api::view::photo::{Channel, TrayPhoto};
use xunju_link::{Laptop, Options};
use xunju_photos::sha256_hex;
use xunju_testkit::{Double, Inspector, Town, scene};

/// Set in the process that imports until it is killed: its data folder.
const IMPORTER: &str = "XUNJU_TEST_IMPORTER";
/// How often the program is killed; `script/torture photos` says 200.
const KILLS: &str = "XUNJU_KILLS";
const KILLS_SHORT: u32 = 12;

fn options(dir: &Path) -> Options {
    let name = dir.file_name().unwrap().to_string_lossy().into_owned();
    Options { state_dir: Some(dir.with_file_name(format!("{name}-state"))), ..Options::default() }
}

/// Imports pictures one after another, each with bytes of its own, and says of each that it is saved.
fn import_for_ever(dir: &Path) {
    let laptop = Laptop::open(dir, options(dir)).unwrap();
    let base = scene(5);
    let mut out = std::io::stdout();
    for n in 0.. {
        let stamp = format!("2026:11:25 10:{:02}:{:02}", n / 60 % 60, n % 60);
        let mut bytes = xunju_photos::sample::with_exif(&base, &stamp, 1);
        bytes.extend(format!("{}-{n}", std::process::id()).bytes());
        let photo = laptop.import(&bytes, "IMG.JPG", None, Channel::Picker).unwrap();
        writeln!(out, "saved {}", photo.hash).unwrap();
        out.flush().unwrap();
    }
}

/// What the dead program left behind.
#[derive(Debug, Default)]
struct Left {
    half_written: u32,
    without_row: u32,
    nothing: u32,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Rows and files, seen to agree: every row's files are whole, every file has a row, nothing half written stands.
fn agree(laptop: &Laptop, dir: &Path) -> BTreeSet<String> {
    let api = laptop.api().unwrap();
    let tray: Vec<TrayPhoto> = serde_json::from_value(laptop.call("tray.list", json!({})).unwrap()).unwrap();
    for photo in &tray {
        for hash in [Some(&photo.hash), photo.thumb.as_ref(), photo.preview.as_ref()].into_iter().flatten() {
            assert!(api.vault().verify(hash).unwrap(), "a row without a whole file: {hash}");
        }
        assert!(photo.thumb.is_some(), "it can be looked at");
    }
    let standing: BTreeSet<String> = api.vault().all().unwrap().into_iter().collect();
    let named = api.store().files_with_rows().unwrap();
    assert_eq!(standing.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "files without a row");
    assert!(std::fs::read_dir(dir.join("photos/tmp")).unwrap().next().is_none(), "half-written files");
    tray.into_iter().map(|photo| photo.hash).collect()
}

#[test]
fn no_photo_is_lost_whenever_an_import_is_killed() {
    if let Some(dir) = std::env::var_os(IMPORTER) {
        return import_for_ever(Path::new(&dir));
    }
    let kills = std::env::var(KILLS).map_or(KILLS_SHORT, |n| n.parse().expect("a number of kills"));
    let town = Town::start();
    let walker = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let dir = walker.dir.clone();
    drop(walker);
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(20_261_125);
    let (mut saved, mut left) = (BTreeSet::new(), Left::default());
    for kill in 0..kills {
        let importer = Double::of("no_photo_is_lost_whenever_an_import_is_killed", IMPORTER, dir.as_os_str());
        let hash = |line: &str| line.strip_prefix("saved ").map(str::to_owned);
        // It runs; a few photos later, at no moment in particular, it dies.
        let mut wanted = 1 + dice.random_range(0..3u32);
        while wanted > 0 {
            let photo = hash(&importer.line());
            wanted -= u32::from(photo.is_some());
            saved.extend(photo);
        }
        let moment = Duration::from_micros(dice.random_range(0..60_000));
        saved.extend(importer.line_within(moment).and_then(|line| hash(&line)));
        saved.extend(importer.kill().iter().filter_map(|line| hash(line)));

        left.half_written += u32::from(!files(&dir.join("photos/tmp")).is_empty());
        let before: BTreeSet<String> = files(&dir.join("photos")).iter().map(|path| name(path)).collect();
        let laptop = Laptop::open(&dir, options(&dir)).unwrap();
        let rows = agree(&laptop, &dir);
        let lost: Vec<_> = saved.difference(&rows).collect();
        assert!(lost.is_empty(), "kill {kill}: {lost:?} was said to be saved");
        let came_back = rows.difference(&saved).count();
        left.without_row += u32::from(came_back > 0);
        left.nothing += u32::from(came_back == 0);
        assert!(rows.iter().all(|hash| before.contains(hash)), "nothing is made up");
        saved.extend(rows);
    }
    println!("{kills} kills, {} photos, none lost; what was left behind: {left:?}", saved.len());
    // With so many some must have struck in the middle.
    assert!(kills < 100 || (left.half_written > 0 && left.without_row > 0), "{left:?}");
}

#[test]
fn a_whole_photo_without_a_row_comes_back_and_one_taken_out_of_the_tray_does_not() {
    let town = Town::start();
    let walker = Inspector::enrol(&town, "inspector1", "walker", Options::default());
    let (dir, kept) = (walker.dir.clone(), walker.import(&scene(2), "kept.jpg"));
    let dropped = walker.import(&scene(3), "dropped.jpg");
    walker.ask::<Vec<TrayPhoto>>("tray.drop", json!({ "hash": dropped })).unwrap();
    let lost = scene(4);
    walker.laptop.api().unwrap().vault().put(&lost).unwrap();
    drop(walker);
    // As the plug leaves it: the file that says the program runs still stands.
    std::fs::write(dir.join("running"), "").unwrap();
    std::fs::write(dir.join("photos/tmp/half"), "half a photo").unwrap();

    let laptop = Laptop::open(&dir, options(&dir)).unwrap();
    let tray: Vec<TrayPhoto> = serde_json::from_value(laptop.call("tray.list", json!({})).unwrap()).unwrap();
    let mut hashes: Vec<&str> = tray.iter().map(|photo| photo.hash.as_str()).collect();
    hashes.sort_unstable();
    let back = sha256_hex(&lost);
    let mut wanted = [kept.as_str(), back.as_str()];
    wanted.sort_unstable();
    assert_eq!(hashes, wanted);
    let found = tray.iter().find(|photo| photo.hash == back).unwrap();
    assert_eq!((found.channel, found.thumb.is_some()), (Channel::Recovered, true));
    assert!(laptop.api().unwrap().vault().has(&dropped), "its bytes stay all the same");
    drop(laptop);
    assert!(!dir.join("running").exists(), "a run that ends leaves nothing to see to");
}

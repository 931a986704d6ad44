//! Pictures broken at random: whatever arrives, the original is kept to the byte or refused with nothing stored, in
//! five seconds and 512 MB, without a panic. One seed is one broken picture; `XUNJU_FUZZ_SEEDS` says how many,
//! `XUNJU_FUZZ_FROM` where to begin, `XUNJU_FUZZ_SECONDS` when to stop. It has its own `main`, because the decoder's process is itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod bad;
mod kept;
mod own_main;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use kept::End;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use xunju_photos::{Vault, sample, worker};

const SEEDS_SHORT: u64 = 400;
const MEMORY_MAX: u64 = 512 * 1024 * 1024;
/// Of a corpus file: the heads are where the structure is.
const FILE_MAX: usize = 400_000;

/// Whole pictures of every kind this program takes, and parts that lie in wait in others.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let drawn = |kind: &str, seed| sample::scene(kind, seed, 320, 240);
    let mut all: Vec<(String, Vec<u8>)> = (1..=8)
        .map(|turn| (format!("jpeg {turn}"), sample::with_exif(&drawn("shed", 1), "2026:11:25 10:00:00", turn)))
        .collect();
    let picture = image::load_from_memory(&drawn("room", 2)).unwrap();
    for (name, format) in [
        ("png", image::ImageFormat::Png),
        ("webp", image::ImageFormat::WebP),
        ("tiff", image::ImageFormat::Tiff),
        ("gif", image::ImageFormat::Gif),
        ("bmp", image::ImageFormat::Bmp),
    ] {
        let mut out = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        all.push((name.to_owned(), out.into_inner()));
    }
    let jpeg = drawn("stall", 3);
    all.push(("motion".into(), [&jpeg[..], b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat"].concat()));
    all.push(("archive".into(), [&jpeg[..], b"PK\x03\x04\x14\0\0\0"].concat()));
    all.push(("html".into(), b"<html><body onload=alert(1)>".repeat(40)));
    all.extend(bad::all().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("XUNJU_SHARED").map_or_else(beside, PathBuf::from).join("data/photos");
    let Ok(entries) = std::fs::read_dir(&shared) else {
        println!("SKIPPED: no photos of real cameras in {}", shared.display());
        return all;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e != "tsv")) {
        let bytes = std::fs::read(path).unwrap();
        // HEIC is nothing without its end; of a JPEG the head says everything.
        let whole = bytes.len() <= FILE_MAX || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("heic"));
        let kept = if whole { bytes } else { bytes[..FILE_MAX].to_vec() };
        all.push((path.file_name().unwrap().to_string_lossy().into_owned(), kept));
    }
    all
}

/// Where most of the structure of a file is: its first kilobytes, sometimes anywhere.
fn place(dice: &mut ChaCha8Rng, len: usize) -> usize {
    let within = if dice.random_bool(0.8) { len.min(4096) } else { len };
    dice.random_range(0..within.max(1))
}

fn broken(dice: &mut ChaCha8Rng, corpus: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    const EDGES: [[u8; 4]; 6] =
        [[0; 4], [0xff; 4], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0, 1], [0xff, 0xff, 0, 0]];
    let (name, source) = &corpus[dice.random_range(0..corpus.len())];
    let mut bytes = source.clone();
    let mut ways = Vec::new();
    for _ in 0..dice.random_range(1..=6u32) {
        let at = place(dice, bytes.len());
        let to = (at + dice.random_range(1..=64usize)).min(bytes.len());
        let way = match dice.random_range(0..8u32) {
            0 => {
                bytes.truncate(at);
                "cut"
            }
            1 | 2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.random_range(0..8u32);
                }
                "bit"
            }
            3 | 4 => {
                let edge = EDGES[dice.random_range(0..EDGES.len())];
                bytes.iter_mut().skip(at).zip(edge).for_each(|(byte, new)| *byte = new);
                "edge"
            }
            5 => {
                bytes.drain(at.min(to)..to);
                "gap"
            }
            6 => {
                let again = bytes[at.min(to)..to].repeat(dice.random_range(1..200usize));
                bytes.splice(at..at, again);
                "repeat"
            }
            _ => {
                let (_, other) = &corpus[dice.random_range(0..corpus.len())];
                let from = place(dice, other.len());
                let part = other[from..other.len().min(from + 2_000)].to_vec();
                bytes.splice(at..at, part);
                "splice"
            }
        };
        ways.push(way);
        if bytes.is_empty() {
            break;
        }
    }
    (format!("{name}: {}", ways.join(", ")), bytes)
}

fn number(name: &str, or: u64) -> u64 {
    std::env::var(name).map_or(or, |n| n.parse().expect("a number"))
}

fn broken_pictures_are_kept_or_refused() {
    let corpus = corpus();
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(&folder.path().join("vault"), None).unwrap();
    let (from, seeds) = (number("XUNJU_FUZZ_FROM", 0), number("XUNJU_FUZZ_SEEDS", SEEDS_SHORT));
    let (mut ends, mut slowest) = (BTreeMap::<End, u32>::new(), Duration::ZERO);
    let until = Instant::now() + Duration::from_secs(number("XUNJU_FUZZ_SECONDS", 24 * 3600));
    let mut done = 0;
    for seed in from..from + seeds {
        if Instant::now() >= until {
            break;
        }
        let (what, bytes) = broken(&mut ChaCha8Rng::seed_from_u64(seed), &corpus);
        let (end, took) = kept::timed(&vault, &bytes, &format!("seed {seed} ({what})"));
        slowest = slowest.max(took);
        *ends.entry(end).or_default() += 1;
        done += 1;
    }
    let own = kept::peak();
    println!("{done} from seed {from}: {ends:?}, the slowest {slowest:?}, {} MB here at the most", own >> 20);
    assert!(own < MEMORY_MAX, "{own} bytes");
    assert!(ends.len() == 3 || done < SEEDS_SHORT, "every way it can end is met: {ends:?}");
}

fn main() -> ExitCode {
    if let Some(code) = worker::serve_if_asked() {
        return code;
    }
    own_main::run(&[("broken_pictures_are_kept_or_refused", broken_pictures_are_kept_or_refused)])
}

//! One row of `script/bench import`: `bench_import THREADS COUNT FILE...` takes COUNT photos into a sealed vault, each
//! with bytes of its own, by THREADS at once, and prints seconds and photos a second.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use xunju_photos::{Source, Vault, VaultKey, intake, worker};

fn main() -> ExitCode {
    if let Some(code) = worker::serve_if_asked() {
        return code;
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (threads, count): (usize, usize) = (args[0].parse().unwrap(), args[1].parse().unwrap());
    let photos: Vec<Vec<u8>> = args[2..].iter().map(|file| std::fs::read(file).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), Some(VaultKey::from_bytes([7; 32]))).unwrap();
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let mut bytes = photos[at % photos.len()].clone();
                    bytes.extend(at.to_le_bytes());
                    let source =
                        Source { name: "IMG.JPG".into(), mtime_ms: None, channel: "folder".into(), imported_ms: 0 };
                    assert!(intake(&vault, &bytes, &source).unwrap().preview.is_some());
                }
            });
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    println!("{threads} {seconds:.2} {:.1}", count as f64 / seconds);
    ExitCode::SUCCESS
}

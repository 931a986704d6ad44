//! A file that stands while the program runs: one that stands when it starts says that the last run was cut off.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const FILE: &str = "running";

pub struct Running {
    path: PathBuf,
    /// Something is left that the next start is to see to.
    keep: Arc<AtomicBool>,
}

impl Running {
    /// Says whether the last run was cut off; with `keep` set, the next one hears that this one was. The data folder's
    /// lock sees to it that no other run is meant. A disk that takes no file does not keep the program from opening.
    pub fn begin(dir: &Path, keep: Arc<AtomicBool>) -> (Self, bool) {
        let path = dir.join(FILE);
        let cut_off = path.exists();
        if let Err(error) = File::create(&path).and_then(|file| file.sync_all()) {
            tracing::warn!(%error, "the next start will not know whether this run was cut off");
        }
        (Self { path, keep }, cut_off)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.keep.load(Ordering::Relaxed) {
            // One that stays makes the next start look through the vault: no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

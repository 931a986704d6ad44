//! How many workers there are at once: as many as processors, for pictures of the usual kind; one alone for whatever
//! may take a worker's whole memory, so that the sum stays within it.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::intake::{Media, jpeg_scan};

use super::Worker;

const WORKERS_MAX: usize = 4;
/// JPEGs shrink while they are decoded; progressive ones keep three bytes a pixel meanwhile.
const LIGHT_PIXELS_MAX: u64 = 30_000_000;
/// A JPEG that has not said its size by then is none of the usual kind.
const HEAD_BYTES: usize = 256 * 1024;

static POOL: Mutex<Pool> = Mutex::new(Pool { idle: Vec::new(), busy: 0, alone: false });
static FREED: Condvar = Condvar::new();

struct Pool {
    idle: Vec<Worker>,
    busy: usize,
    /// What is done now is done alone.
    alone: bool,
}

/// A place at work; given back when dropped.
pub(super) struct Seat(());

impl Seat {
    /// Waits for a place for this picture, and takes an idle worker along, if there is one.
    pub fn take(bytes: &[u8]) -> (Self, Option<Worker>) {
        let alone = !is_light(bytes);
        let full = |pool: &mut Pool| pool.alone || pool.busy >= workers() || (alone && pool.busy > 0);
        let mut pool = FREED.wait_while(held(), full).unwrap_or_else(PoisonError::into_inner);
        pool.busy += 1;
        pool.alone = alone;
        let worker = pool.idle.pop();
        (Self(()), worker)
    }

    /// Gives the worker back for the next picture.
    pub fn keep(self, worker: Worker) {
        held().idle.push(worker);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut pool = held();
        pool.busy -= 1;
        pool.alone = false;
        drop(pool);
        FREED.notify_all();
    }
}

fn held() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many pictures are worked on at once.
#[must_use]
pub fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(WORKERS_MAX)
}

fn is_light(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let scan = if Media::of(bytes) == Media::Jpeg { jpeg_scan(head) } else { return false };
    (1..=LIGHT_PIXELS_MAX).contains(&(u64::from(scan.width) * u64::from(scan.height)))
}

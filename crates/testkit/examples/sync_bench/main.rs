//! Our side of `script/bench sync`: the same workloads as its peers, against the real server program, a line of JSON
//! each (sync.md §12.4). Arguments: `--server PATH --workloads push,pull,photos,growth,laptops,limits,narrow`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod data;
mod device;
mod limits;
mod measure;
mod narrow;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use xunju_domain::permission::{Role, Scopes};
use xunju_server::journal::directory::{self, User};
use xunju_server::{Clock, Folder, Journal};

use device::Device;
use measure::{Program, timed};

const DEVICES: u32 = 20;
const EACH: u32 = 250;
const PHOTOS: u64 = 60;

/// A new town with so many devices, and its server.
struct Bench {
    _folder: tempfile::TempDir,
    program: Program,
    devices: Vec<Device>,
    bytes: Arc<AtomicU64>,
}

impl Bench {
    fn new(server: &Path, devices: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bytes = Arc::new(AtomicU64::new(0));
        let journal = Journal::open(&Folder::open(folder.path()).unwrap(), Clock::system()).unwrap();
        let user = User {
            id: "inspector1".into(),
            name: "inspector1".into(),
            roles: vec![Role::Ins],
            scopes: Scopes::All,
            active: true,
            unit: String::new(),
            certificates: Vec::new(),
        };
        journal.write(move |tx| directory::define_user(tx, &user)).unwrap();
        let mut devices: Vec<Device> =
            (0..devices).map(|n| Device::enrol(&journal, "inspector1", u8::try_from(n + 1).unwrap(), &bytes)).collect();
        drop(journal);
        let program = Program::start(server, folder.path());
        for device in &mut devices {
            device.url.clone_from(&program.url);
        }
        Self { _folder: folder, program, devices, bytes }
    }

    /// Every device at once pushes so many events of its own, in batches.
    async fn push(&mut self, workload: &str, each: u32, batch: usize) -> f64 {
        let queues: Vec<_> = self
            .devices
            .drain(..)
            .map(|mut device| {
                let first = device.next();
                (device.events(each), device, first)
            })
            .collect();
        let n = u64::from(each) * queues.len() as u64;
        let devices = &mut self.devices;
        self.program
            .measure(workload, n, &self.bytes, async {
                let all = queues
                    .into_iter()
                    .map(|(events, device, first)| tokio::spawn(deliver(device, events, first, batch)));
                let mut times = Vec::new();
                for one in all.collect::<Vec<_>>() {
                    let (device, took) = one.await.unwrap();
                    devices.push(device);
                    times.extend(took);
                }
                times
            })
            .await
    }

    /// Everything after these positions; rulings come with it.
    async fn pull(&mut self, workload: &str, n: u64, cursors: &mut Vec<(String, u64)>) {
        let device = &mut self.devices[0];
        let mut frames = 0;
        self.program
            .measure(workload, n, &self.bytes, async {
                let mut times = Vec::new();
                loop {
                    let page = timed(&mut times, device.pull(cursors)).await;
                    frames += page.frames.iter().filter(|frame| frame.scope == device::COMPOUND).count() as u64;
                    if !page.more {
                        return times;
                    }
                }
            })
            .await;
        assert!(frames >= n, "{frames} of {n} came");
    }
}

async fn deliver(
    mut device: Device,
    mut events: Vec<xunju_evidence::SignedEvent>,
    first: u64,
    batch: usize,
) -> (Device, Vec<f64>) {
    let (mut n, mut times) = (first, Vec::new());
    while !events.is_empty() {
        let rest = events.split_off(batch.min(events.len()));
        let sent = events.len() as u64;
        timed(&mut times, device.push(events, n)).await;
        n += sent;
        events = rest;
    }
    (device, times)
}

async fn photos(server: &Path) {
    let made = data::Photos::new();
    for senders in [1_u32, 4] {
        let mut bench = Bench::new(server, senders);
        let each = PHOTOS / u64::from(senders);
        let mut queues = Vec::new();
        for (mut device, at) in bench.devices.drain(..).zip(0_u64..) {
            let files: Vec<Vec<u8>> = (0..each).map(|k| made.photo(at * each + k)).collect();
            let events = files.iter().zip(0..).map(|(file, k)| device.naming(k, file)).collect();
            device.push(events, 1).await;
            queues.push((device, files));
        }
        let workload = format!("photos of 5 MB, {senders} at once");
        bench
            .program
            .measure(&workload, each * u64::from(senders), &bench.bytes, async {
                let all = queues.into_iter().map(|(mut device, files)| {
                    tokio::spawn(async move {
                        let mut times = Vec::new();
                        for file in files {
                            timed(&mut times, device.upload(file)).await;
                        }
                        times
                    })
                });
                let mut times = Vec::new();
                for one in all.collect::<Vec<_>>() {
                    times.extend(one.await.unwrap());
                }
                times
            })
            .await;
    }
}

/// What an event costs when there are ever more of them.
async fn growth(server: &Path, sizes: &[u32]) {
    let mut bench = Bench::new(server, DEVICES);
    let (mut held, mut cursors) = (0, Vec::new());
    for size in sizes {
        let missing = (size - held) / DEVICES;
        bench.push(&format!("filled to {size}, batch 200"), missing, 200).await;
        held += missing * DEVICES;
        cursors.clear();
        bench.pull(&format!("whole pull at {size}"), u64::from(held), &mut cursors).await;
        bench.push(&format!("push at {size}, batch 200"), EACH, 200).await;
        held += EACH * DEVICES;
        bench.pull(&format!("pull of what is new at {size}"), u64::from(EACH * DEVICES), &mut cursors).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1)).cloned();
    let server = PathBuf::from(value("--server").expect("--server PATH"));
    let wanted = value("--workloads").unwrap_or_else(|| "push,pull,photos,growth,laptops,limits,narrow".to_owned());
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    for workload in wanted.split(',') {
        match workload {
            "push" => {
                for batch in [1, 20, 200] {
                    Bench::new(&server, DEVICES).push(&format!("W1 push, batch {batch}"), EACH, batch).await;
                }
            }
            "pull" => {
                for n in [5_000, 100_000] {
                    let mut bench = Bench::new(&server, DEVICES);
                    bench.push(&format!("fill {n}"), n / DEVICES, 200).await;
                    bench.pull("W2 pull, pages of 1 MiB", u64::from(n), &mut Vec::new()).await;
                }
            }
            "photos" => photos(&server).await,
            "growth" => growth(&server, &[10_000, 100_000, 1_000_000]).await,
            "laptops" => {
                for laptops in [10, 50, 200] {
                    Bench::new(&server, laptops).push(&format!("{laptops} laptops, batch 20"), EACH, 20).await;
                }
            }
            "limits" => limits::all(),
            "narrow" => narrow::all(),
            other => panic!("no workload {other}"),
        }
    }
}

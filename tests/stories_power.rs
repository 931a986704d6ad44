//! The power cut at any moment, on a real file system that loses everything not yet synced (sync.md §10.2, T8; I1, I2,
//! I12): what a laptop said to be saved is there, and what a server acknowledged too. A short part here;
//! `script/torture power` for hundreds of cuts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use xunju_evidence::{EventBody, Hash};
use xunju_link::{Options, Outcome};
use xunju_server::journal::append;
use xunju_server::{Clock, Folder, Journal};
use xunju_testkit::{Disk, Double, Inspector, Town, case_with, not_tried, scene};

/// Set in the process that writes until the power goes: its data folder.
const WRITER: &str = "XUNJU_TEST_WRITER";

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}

fn dice() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(number("XUNJU_CUTS_SEED", 20_261_126))
}

fn cuts() -> u64 {
    number("XUNJU_CUTS", 4)
}

/// A disk to pull the plug of, where the machine allows it.
fn disk(mib: u64) -> Option<Disk> {
    Disk::new(mib).inspect_err(|why| not_tried(&format!("power cuts: no disk of one's own here: {why}"))).ok()
}

#[test]
fn the_disk_loses_what_was_not_synced_and_keeps_what_was() {
    let Some(disk) = disk(64) else { return };
    let (synced, not) = (disk.folder().join("synced"), disk.folder().join("not"));
    let mut file = std::fs::File::create(&synced).unwrap();
    file.write_all(b"kept").unwrap();
    file.sync_all().unwrap();
    std::fs::File::open(disk.folder()).unwrap().sync_all().unwrap();
    std::fs::write(&not, b"lost").unwrap();
    disk.pull();
    assert!(std::fs::write(disk.folder().join("after"), b"nothing").is_err(), "the power is off");
    drop(file);
    disk.plug_in();
    assert_eq!(std::fs::read(&synced).unwrap(), b"kept");
    assert_ne!(std::fs::read(&not).unwrap_or_default(), b"lost", "or the cuts of the other tests test nothing");
}

/// Takes photos in and records cases, one after another, and says of each that it is saved.
fn write_for_ever(dir: &Path) {
    let laptop = Inspector::open(dir, Options::default());
    let compound = laptop.compound("东湖花园");
    let base = scene(5);
    for n in 0.. {
        let pair = ["far", "near"].map(|slot| {
            let mut bytes = base.clone();
            bytes.extend(format!("{}-{n}-{slot}", std::process::id()).bytes());
            let hash = laptop.import(&bytes, "IMG.JPG");
            println!("photo {hash}");
            (hash, slot)
        });
        let content = case_with(&compound, "8号", &format!("{}", 100 + n % 900), &pair);
        let case = laptop.record(&content).unwrap().case_id;
        println!("case {case} {} {}", pair[0].0, pair[1].0);
    }
}

/// What was said to be saved: photos, and cases with their photos.
#[derive(Default)]
struct Said {
    photos: BTreeSet<String>,
    cases: BTreeMap<String, Vec<String>>,
}

impl Said {
    fn hear(&mut self, line: &str) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["photo", hash] => _ = self.photos.insert(hash.to_owned()),
            ["case", id, far, near] => _ = self.cases.insert(id.to_owned(), vec![far.to_owned(), near.to_owned()]),
            _ => return false,
        }
        true
    }

    /// All of it is there, and rows and files agree.
    fn stands(&self, laptop: &Inspector) {
        let api = laptop.laptop.api().unwrap();
        for (id, photos) in &self.cases {
            let view = laptop.case(id);
            assert_eq!(&view.photos.iter().map(|p| p.hash.clone()).collect::<Vec<_>>(), photos, "case {id}");
        }
        let rows = api.store().files_with_rows().unwrap();
        for hash in &self.photos {
            // In the tray, a draft or a case.
            assert!(api.vault().verify(hash).unwrap() && rows.contains(hash), "photo {hash} is whole and has a row");
        }
        let chain = api.store().undelivered_events().unwrap();
        for pair in chain.windows(2) {
            let body = EventBody::parse(&pair[1].event.body).unwrap();
            let follows = pair[1].inc > pair[0].inc || (pair[1].n == pair[0].n + 1 && body.prev == Some(pair[0].id));
            assert!(follows, "the chain has a hole after {} {}", pair[0].inc, pair[0].n);
        }
    }
}

#[test]
fn nothing_saved_on_a_laptop_is_lost_whenever_the_power_goes() {
    if let Some(dir) = std::env::var_os(WRITER) {
        return write_for_ever(Path::new(&dir));
    }
    let Some(disk) = disk(4096) else { return };
    let (town, mut dice) = (Town::start(), dice());
    let dir = disk.folder().join("walker");
    drop(Inspector::enrol_in(&town, &town.server.url, "inspector1", &dir, Options::default()));
    let mut all = Said::default();
    for cut in 0..cuts() {
        let writer = Double::of("nothing_saved_on_a_laptop_is_lost_whenever_the_power_goes", WRITER, dir.as_os_str());
        // It runs; some lines later, at no moment in particular, the power goes.
        let mut wanted = dice.random_range(1..8u32);
        let mut now = Said::default();
        while wanted > 0 {
            wanted -= u32::from(now.hear(&writer.line()));
        }
        if let Some(line) = writer.line_within(Duration::from_micros(dice.random_range(0..60_000))) {
            now.hear(&line);
        }
        disk.pull();
        writer.kill().iter().for_each(|line| _ = now.hear(line));
        disk.plug_in();

        let laptop = Inspector::open(&dir, Options::default());
        println!("cut {cut}: {} photos, {} cases said", now.photos.len(), now.cases.len());
        now.stands(&laptop);
        all.photos.extend(now.photos);
        all.cases.extend(now.cases);
    }
    let laptop = Inspector::open(&dir, Options::default());
    all.stands(&laptop);
    let incarnations: BTreeSet<u32> =
        laptop.laptop.api().unwrap().store().undelivered_events().unwrap().iter().map(|queued| queued.inc).collect();
    laptop.sync();
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    for (id, photos) in &all.cases {
        assert_eq!(&office.case(id).photos.iter().map(|p| p.hash.clone()).collect::<Vec<_>>(), photos, "case {id}");
    }
    assert_eq!(town.verify()["findings"], json!([]));
    println!(
        "{} cuts of a laptop: {} photos and {} cases said to be saved, none lost; incarnations {incarnations:?}",
        cuts(),
        all.photos.len(),
        all.cases.len()
    );
}

/// What the server acknowledged to a laptop: events by a receipt, photos by a receipt.
fn acknowledged(laptop: &Inspector) -> (Vec<Hash>, Vec<Hash>) {
    let api = laptop.laptop.api().unwrap();
    let store = api.store();
    let waiting: BTreeSet<Hash> = store.undelivered_events().unwrap().iter().map(|queued| queued.id).collect();
    let own = store.chain_from(1, 1, usize::MAX >> 1).unwrap();
    let photos: Vec<Hash> = own
        .iter()
        .flat_map(|queued| EventBody::parse(&queued.event.body).unwrap().blobs)
        .map(|blob| blob.h)
        .filter(|hash| store.blob_state(hash).unwrap().is_some_and(|state| state.verified))
        .collect();
    (own.iter().map(|queued| queued.id).filter(|id| !waiting.contains(id)).collect(), photos)
}

#[test]
fn nothing_the_server_acknowledged_is_lost_whenever_its_power_goes() {
    let Some(disk) = disk(4096) else { return };
    let (mut town, mut dice) = (Town::start_on(&disk), dice());
    let mut crowd: Vec<Inspector> =
        (0..3).map(|n| Inspector::enrol(&town, "inspector1", &format!("laptop{n}"), Options::default())).collect();
    let (mut cases, mut in_the_middle) = (BTreeSet::new(), 0);
    for cut in 0..cuts() {
        for laptop in &crowd {
            cases.insert(laptop.record_at("8号", &format!("{}", 100 + cut % 900), dice.random()).case_id);
        }
        let (said, heard) = mpsc::channel();
        let syncing: Vec<_> = crowd
            .drain(..)
            .map(|laptop| {
                let said = said.clone();
                std::thread::spawn(move || {
                    let outcome = laptop.outcome();
                    let _nobody_listens_after_the_cut = said.send(());
                    (laptop, outcome)
                })
            })
            .collect();
        // One is through, or a moment passes: then the power goes.
        let _one_is_through = heard.recv_timeout(Duration::from_millis(dice.random_range(0..1500)));
        disk.pull();
        town.kill();
        for thread in syncing {
            let (laptop, outcome) = thread.join().unwrap();
            in_the_middle += u64::from(outcome != Outcome::Drained);
            crowd.push(laptop);
        }
        disk.plug_in();

        let journal = Journal::open(&Folder::open(&town.data()).unwrap(), Clock::system()).unwrap();
        let (mut events, mut photos) = (0, 0);
        for laptop in &crowd {
            let (received, verified) = acknowledged(laptop);
            for id in &received {
                assert!(
                    journal.read(|conn| append::has(conn, id)).unwrap(),
                    "cut {cut}: acknowledged, and gone: {}",
                    id.hex()
                );
            }
            for hash in &verified {
                let hex = hash.hex();
                let path = town.data().join("blobs").join(&hex[..2]).join(&hex[2..4]).join(&hex);
                assert_eq!(Hash::of(&std::fs::read(path).unwrap()), *hash, "cut {cut}: an original, to the byte");
            }
            events += received.len();
            photos += verified.len();
        }
        drop(journal);
        println!("cut {cut}: {events} events and {photos} photos acknowledged so far stand");
        town.restart();
    }
    for laptop in &crowd {
        laptop.sync();
    }
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    for case in &cases {
        let view: Value = office.ask("case.get", json!({ "id": case })).unwrap();
        assert_eq!(view["photos"].as_array().unwrap().len(), 2, "case {case}");
    }
    assert_eq!(town.verify()["findings"], json!([]));
    assert!(cuts() < 20 || in_the_middle > 0, "some cuts must strike in the middle of an exchange");
    println!("{} cuts of a server: {} cases, nothing lost; {in_the_middle} exchanges cut off", cuts(), cases.len());
}

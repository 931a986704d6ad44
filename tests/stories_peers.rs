//! Laptops and a server over a bad network, with the server killed in between: everything that was said to be saved is at
//! the town in the end, once, to the byte. A short part here; `script/torture peers` for hours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;

use serde_json::json;
use xunju_api::view::case::CasePage;
use xunju_evidence::Hash;
use xunju_link::{Options, Outcome};
use xunju_testkit::{BadNetwork, Inspector, Town};

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn everything_said_to_be_saved_is_at_the_town_once_and_to_the_byte() {
    let (seed, laptops, faults) =
        (number("XUNJU_PEERS_SEED", 20_261_125), number("XUNJU_PEERS_LAPTOPS", 3), number("XUNJU_PEERS_FAULTS", 60));
    let mut town = Town::start();
    let network = BadNetwork::to(&town.server.addr, seed);
    let crowd: Vec<Inspector> = (0..laptops)
        .map(|n| Inspector::enrol_through(&town, &network.url, "inspector1", &format!("laptop{n}"), Options::default()))
        .collect();
    let compound = crowd[0].compound("东湖花园");
    let total = |laptop: &Inspector| -> u32 {
        laptop.ask::<CasePage>("case.page", json!({ "compound_id": compound, "limit": 1 })).unwrap().total
    };
    let before = total(&crowd[0]);

    network.set(50);
    let (mut saved, mut kills, mut round) = (BTreeMap::new(), 0_u64, 0_u64);
    while network.injected().values().sum::<u64>() < faults {
        for (laptop, n) in crowd.iter().zip(0..) {
            if round % 4 == 0 {
                let recorded = laptop.record_at("8号", &format!("{}", 100 + round), seed ^ (round * 64 + n * 2));
                let photos: Vec<String> =
                    laptop.case(&recorded.case_id).photos.iter().map(|p| p.hash.clone()).collect();
                saved.insert(recorded.case_id, photos);
            }
            // However it ends: what matters is what stands in the end.
            let _drained_or_stuck = laptop.outcome();
            if (round + n) % 2 == 1 {
                town.restart();
                kills += 1;
            }
        }
        round += 1;
    }
    let injected = network.injected();
    println!(
        "peers: seed {seed}, {laptops} laptops, {kills} kills of the server, {} records, {injected:?}",
        saved.len()
    );
    assert!(injected.len() >= 6, "many kinds of faults: {injected:?}");

    // The network heals; within bounds everything arrives.
    network.set(0);
    for laptop in &crowd {
        let mut tries = 0;
        while laptop.outcome() != Outcome::Drained {
            tries += 1;
            assert!(tries < 50, "a laptop does not get through a good network: {:?}", laptop.outcome());
        }
    }
    let office = Inspector::enrol(&town, "reviewer1", "office", Options::default());
    let mut photos = 0;
    for (case, hashes) in &saved {
        let view = office.case(case);
        assert_eq!(view.card.status, "REPORTED", "{case}");
        assert_eq!(&view.photos.iter().map(|p| p.hash.clone()).collect::<Vec<_>>(), hashes, "{case}");
        for hash in hashes {
            let path = town.data().join("blobs").join(&hash[..2]).join(&hash[2..4]).join(hash);
            assert_eq!(Hash::of(&std::fs::read(path).unwrap()).hex(), *hash, "an original, to the byte");
            photos += 1;
        }
    }
    assert_eq!(total(&office), before + u32::try_from(saved.len()).unwrap(), "none doubled");
    assert_eq!(town.verify()["findings"], json!([]));
    println!("peers: lost 0, doubled 0, of {} records and {photos} originals", saved.len());
}

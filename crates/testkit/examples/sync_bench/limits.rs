//! What this machine allows beside any server: signatures checked on one core, rows written by SQLite with every commit
//! synced.

use std::time::Instant;

use serde_json::json;
use xunju_evidence::Signer;

use crate::measure::round;

const CHECKS: u32 = 5_000;

pub fn all() {
    let signer = Signer::from_seed(&[7; 32]);
    let body = crate::data::text(1);
    let sig = signer.sign("bench", &[body.as_bytes()]);
    let key = signer.public();
    let begun = Instant::now();
    for _ in 0..CHECKS {
        key.verify("bench", &[body.as_bytes()], &sig).unwrap();
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({ "peer": "limit: Ed25519 checks, one core", "workload": "limit", "n": CHECKS, "seconds": round(seconds, 3) })
    );
}

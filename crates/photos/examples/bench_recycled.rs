//! `script/bench recycled`: one picture looked for among a million, all eight ways of turning it, beside one
//! plain pass over 32 MB of memory.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};
use xunju_photos::codec::render;
use xunju_photos::recycled::{Entry, Fingerprint, Index, Kin, Look, compare};
use xunju_photos::{sample, sha256_hex};

const PICTURES: u64 = 1_000_000;
const ROUNDS: usize = 41;

/// Of this thread's processor: a busy machine makes it little worse.
fn used_ms() -> f64 {
    let used = clock_gettime(ClockId::ThreadCPUTime);
    used.tv_sec as f64 * 1e3 + used.tv_nsec as f64 / 1e6
}

fn median_ms(mut job: impl FnMut()) -> (f64, f64) {
    let mut each: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = used_ms();
            job();
            used_ms() - begun
        })
        .collect();
    each.sort_by(f64::total_cmp);
    (each[ROUNDS / 2], each[0])
}

fn main() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    };
    let mut index = Index::default();
    for _ in 0..PICTURES {
        let mut four = || [word(), word(), word(), word()];
        let (pdq, dhash, id) = (four(), four(), four());
        let mut hash = [0; 32];
        hash.chunks_mut(8).zip(id).for_each(|(part, word)| part.copy_from_slice(&word.to_le_bytes()));
        index.add(&Entry { hash, fingerprint: Fingerprint { pdq, quality: 80, dhash } });
    }
    let bytes = sample::scene("shed", 7, 1600, 1200);
    let preview = render(&bytes, 1).unwrap().preview;
    let look = Look::of(&preview).unwrap();
    let none = "0".repeat(64);
    let hash: [u8; 32] =
        std::array::from_fn(|i| u8::from_str_radix(&sha256_hex(&bytes)[2 * i..2 * i + 2], 16).unwrap());
    index.add(&Entry { hash, fingerprint: look.fingerprint });
    assert!(index.find(&look.fingerprint, &none).unwrap().iter().any(|found| found.kin == Kin::Same));

    let memory: Vec<u64> = (0..4 * PICTURES).collect();
    let pass = || {
        black_box(black_box(&memory).iter().fold(0u64, |sum, word| sum ^ word));
    };
    let (scan, scan_least) = median_ms(pass);
    let (find, find_least) = median_ms(|| {
        black_box(index.find(black_box(&look.fingerprint), &none).unwrap());
    });
    let (looked, _) = median_ms(|| {
        black_box(Look::of(black_box(&preview)).unwrap());
    });
    let (compared, _) = median_ms(|| {
        black_box(compare(black_box(&look), &look).unwrap());
    });
    println!("| {} pictures, all eight ways | CPU ms, median (least) | x one pass over 32 MB |", index.len());
    println!("|---|---|---|");
    println!("| one plain pass over 32 MB | {scan:.2} ({scan_least:.2}) | 1 |");
    println!(
        "| first stage, one question | {find:.2} ({find_least:.2}) | {:.1} ({:.1}) |",
        find / scan,
        find_least / scan_least
    );
    println!("| looking at a preview (decode, both fingerprints, points) | {looked:.1} | |");
    println!("| second stage, one candidate | {compared:.1} | |");
}

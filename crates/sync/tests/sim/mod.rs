//! A town in one thread: real client machines and real server decisions over a network, clocks, disks and
//! power supplies that a single number drives. The same number gives the same run, to the byte.

pub mod check;
pub mod disk;
pub mod laptop;
pub mod plan;
pub mod server;
pub mod world;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use xunju_evidence::Hash;

use plan::{Mutation, Plan};
use world::World;

pub struct Outcome {
    pub broken: Option<String>,
    pub trace: Hash,
    pub tally: BTreeMap<&'static str, u64>,
    pub log: Vec<String>,
    /// Order of the server's log by what does not depend on clocks.
    pub order: Vec<(String, u32, u64, String)>,
}

pub fn plan(seed: u64, mutation: Option<Mutation>) -> Plan {
    let mut plan = Plan::of(seed, &mut ChaCha8Rng::seed_from_u64(seed));
    if let Some(mutation) = mutation {
        // A broken rule shows under the fault it guards against.
        let fault = mutation.shows_under();
        plan.faults.retain(|(enabled, _)| *enabled != fault);
        plan.faults.push((fault, 200));
        plan.laptops = 3;
    }
    plan.mutation = mutation;
    plan
}

pub fn run(plan: &Plan, keep_log: bool) -> Outcome {
    let mut world = World::new(plan.clone(), keep_log);
    let broken = world.run().err();
    let order =
        world.server.log.iter().map(|row| {
            (row.body.dev.clone(), row.body.inc, row.body.n, format!("{} {}", row.body.kind, row.body.record))
        });
    Outcome {
        broken,
        trace: world.trace,
        tally: world.tally,
        order: order.collect(),
        log: world.log.unwrap_or_default(),
    }
}

/// The smallest plan that still breaks: fewer faults, fewer writes, fewer laptops.
pub fn shrink(plan: &Plan) -> Plan {
    let mut least = plan.clone();
    loop {
        let mut smaller: Vec<Plan> = Vec::new();
        for at in 0..least.faults.len() {
            let mut next = least.clone();
            next.faults.remove(at);
            smaller.push(next);
        }
        if least.writes > 1 {
            smaller.push(Plan { writes: least.writes / 2, ..least.clone() });
        }
        if least.laptops > 1 {
            smaller.push(Plan { laptops: least.laptops - 1, ..least.clone() });
        }
        match smaller.into_iter().find(|next| run(next, false).broken.is_some()) {
            Some(next) => least = next,
            None => return least,
        }
    }
}

/// What was seen on the way, and the first broken seed, if any.
pub type Search = (BTreeMap<&'static str, u64>, Option<(u64, String)>);

/// Runs seeds on every core until one breaks.
pub fn search(seeds: Range<u64>, mutation: Option<Mutation>) -> Search {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, stop) = (AtomicU64::new(seeds.start), AtomicBool::new(false));
    let work = || {
        let (mut tally, mut broken) = (BTreeMap::new(), None);
        while !stop.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                break;
            }
            let outcome = run(&plan(seed, mutation), false);
            outcome.tally.into_iter().for_each(|(what, times)| *tally.entry(what).or_insert(0) += times);
            if let Some(why) = outcome.broken {
                stop.store(true, Ordering::Relaxed);
                broken = Some((seed, why));
            }
        }
        (tally, broken)
    };
    let results: Vec<Search> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut tally = BTreeMap::new();
    for (seen, _) in &results {
        seen.iter().for_each(|(what, times)| *tally.entry(*what).or_insert(0) += times);
    }
    (tally, results.into_iter().filter_map(|(_, broken)| broken).min())
}

/// Runs seeds; gives what was seen, or the first broken run with its smallest form and last lines.
pub fn campaign(seeds: Range<u64>, mutation: Option<Mutation>) -> Result<BTreeMap<&'static str, u64>, String> {
    let (tally, broken) = search(seeds, mutation);
    let Some((seed, why)) = broken else { return Ok(tally) };
    let least = shrink(&plan(seed, mutation));
    let again = run(&least, true);
    let last: Vec<String> = again.log.iter().rev().take(40).rev().cloned().collect();
    let (why_least, last) = (again.broken.unwrap_or_default(), last.join("\n"));
    Err(format!(
        "seed {seed}: {why}\nonly this one: script/torture sim --seed {seed} --log\nsmallest: {least:?}\n  {why_least}\n{last}"
    ))
}

//! A town in one thread: real client machines and real server decisions over a network, clocks, disks and
//! power supplies that a single number drives. The same number gives the same run, to the byte.

pub mod check;
pub mod disk;
pub mod laptop;
pub mod plan;
pub mod server;
pub mod world;

use std::collections::BTreeMap;

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
    plan.mutation = mutation;
    plan
}

pub fn run(plan: &Plan, keep_log: bool) -> Outcome {
    let mut world = World::new(plan.clone(), keep_log);
    let broken = world.run().err();
    let order = world.server.log.iter().map(|row| {
        (row.body.dev.clone(), row.body.inc, row.body.n, format!("{} {}", row.body.kind, row.body.record))
    });
    Outcome { broken, trace: world.trace, tally: world.tally, order: order.collect(), log: world.log.unwrap_or_default() }
}

/// The same run, its clocks right.
pub fn run_with_true_clocks(plan: &Plan) -> Outcome {
    run(&Plan { true_clocks: true, ..plan.clone() }, false)
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

/// Runs seeds; gives what was seen, or the first broken run with its smallest form.
pub fn campaign(seeds: std::ops::Range<u64>, mutation: Option<Mutation>) -> Result<BTreeMap<&'static str, u64>, String> {
    let mut tally = BTreeMap::new();
    for seed in seeds {
        let plan = plan(seed, mutation);
        let outcome = run(&plan, false);
        if let Some(broken) = outcome.broken {
            let least = shrink(&plan);
            let again = run(&least, true);
            let last: Vec<String> = again.log.iter().rev().take(40).rev().cloned().collect();
            let why = again.broken.unwrap_or_default();
            return Err(format!("seed {seed}: {broken}\nsmallest: {least:?}\n  {why}\n{}", last.join("\n")));
        }
        for (what, times) in outcome.tally {
            *tally.entry(what).or_insert(0) += times;
        }
    }
    Ok(tally)
}

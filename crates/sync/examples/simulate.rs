//! A longer campaign: `script/torture sim --seeds 10000 [--from N]`,
//! or one run in full: `-- --seed N --log`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, dead_code)]

#[path = "../tests/sim/mod.rs"]
mod sim;

use std::process::ExitCode;

fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).and_then(|text| text.parse().ok())
}

fn main() -> ExitCode {
    if let Some(seed) = argument("--seed") {
        let plan = sim::plan(seed, None);
        println!("{plan:?}");
        let outcome = sim::run(&plan, true);
        if std::env::args().any(|argument| argument == "--log") {
            outcome.log.iter().for_each(|line| println!("{line}"));
        }
        println!("{:?}\ntrace {}", outcome.broken, outcome.trace);
        return if outcome.broken.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let (from, seeds) = (argument("--from").unwrap_or(0), argument("--seeds").unwrap_or(2_000));
    let started = std::time::Instant::now();
    match sim::campaign(from..from + seeds, None) {
        Ok(tally) => {
            tally.iter().for_each(|(what, times)| println!("{times:>8} {what}"));
            println!("{seeds} seeds from {from} in {:.1} s: nothing broken", started.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(broken) => {
            println!("{broken}");
            ExitCode::FAILURE
        }
    }
}

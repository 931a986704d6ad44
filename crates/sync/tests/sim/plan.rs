//! What may go wrong in one run. A seed enables a random subset of faults at random rates: a run in which
//! everything fails at once never gets far enough to fail interestingly.

use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A request never arrives.
    DropRequest,
    /// The server does the work; its answer is lost.
    DropReply,
    Slow,
    /// A request arrives twice, the second much later.
    Duplicate,
    /// A reply arrives twice.
    DuplicateReply,
    /// The connection breaks in the middle of a body.
    Cut,
    /// A login page answers 200.
    Portal,
    /// A bit flips on the way.
    Garble,
    /// The server says it is busy, or a gateway answers for it.
    Gateway,
    CrashLaptop,
    CrashServer,
    /// A laptop's clock is years away, and jumps.
    Clocks,
    /// A laptop's folder is put back as it was a while ago.
    Restore,
    /// A second machine runs a copy of the folder, key and all.
    Clone,
    /// Scopes are granted while work goes on.
    Grant,
    /// A file is missing from the vault.
    LoseFile,
    /// The server is put back from yesterday's copy, under a new epoch.
    Rollback,
    /// A laptop has no network for minutes.
    Dark,
    /// A gateway takes the headers off an answer.
    Strip,
    /// An old answer of the server is played again.
    Replay,
    /// The laptop's disk takes nothing.
    DiskFull,
    /// A person asks for an exchange at any moment.
    Impatience,
}

pub const FAULTS: [Fault; 22] = [
    Fault::DropRequest,
    Fault::DropReply,
    Fault::Slow,
    Fault::Duplicate,
    Fault::DuplicateReply,
    Fault::Cut,
    Fault::Portal,
    Fault::Garble,
    Fault::Gateway,
    Fault::CrashLaptop,
    Fault::CrashServer,
    Fault::Clocks,
    Fault::Restore,
    Fault::Clone,
    Fault::Grant,
    Fault::LoseFile,
    Fault::Rollback,
    Fault::Dark,
    Fault::Strip,
    Fault::Replay,
    Fault::DiskFull,
    Fault::Impatience,
];

/// A rule broken on purpose, to see that the simulator notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// The server acknowledges events before they are durable.
    AckBeforeDurable,
    /// It gives out events that are not durable yet.
    PageBeforeDurable,
    /// It reports upload bytes that are not durable yet.
    OffsetBeforeDurable,
    /// It drops the second of two events with one number (as `on conflict do nothing` does).
    DropForks,
    /// The laptop moves its cursor in one transaction and keeps the events in another.
    CursorFirst,
    /// The laptop marks its events delivered when it sends them.
    TrustTheNetwork,
}

impl Mutation {
    pub fn shows_under(self) -> Fault {
        match self {
            Self::AckBeforeDurable | Self::PageBeforeDurable | Self::OffsetBeforeDurable => Fault::CrashServer,
            Self::DropForks => Fault::Clone,
            Self::CursorFirst => Fault::CrashLaptop,
            Self::TrustTheNetwork => Fault::DropRequest,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub seed: u64,
    pub laptops: usize,
    /// Records written, all laptops together.
    pub writes: usize,
    /// How long faults and writes go on, milliseconds.
    pub storm_ms: u64,
    /// Enabled faults, each with its chance in a thousand.
    pub faults: Vec<(Fault, u32)>,
    pub mutation: Option<Mutation>,
    /// Clocks jump by nothing: to compare with a run in which they do.
    pub true_clocks: bool,
}

impl Plan {
    pub fn of(seed: u64, chance: &mut ChaCha8Rng) -> Self {
        let mut faults = Vec::new();
        for fault in FAULTS {
            let rate = chance.random_range(20..250);
            if chance.random_bool(0.35) {
                faults.push((fault, rate));
            }
        }
        Self {
            seed,
            laptops: chance.random_range(1..4),
            writes: chance.random_range(4..30),
            storm_ms: chance.random_range(1..10) * 60_000,
            faults,
            mutation: None,
            true_clocks: false,
        }
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.faults.iter().any(|(enabled, _)| *enabled == fault)
    }

    pub fn rate(&self, fault: Fault) -> f64 {
        self.faults.iter().find(|(enabled, _)| *enabled == fault).map_or(0.0, |(_, rate)| f64::from(*rate) / 1000.0)
    }
}

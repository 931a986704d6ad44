//! The one table of what is served: what a request may carry, and how often one asker may ask. A route that does not
//! stand here is not served.

use xunju_photos::intake::FILE_BYTES_MAX;
use xunju_sync::limits::BLOB_BYTES_MAX;

/// By what an asker is told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The device named in the request; without one, the address.
    Device,
    /// The cookies; without any, the address.
    Session,
    Address,
}

#[derive(Debug)]
pub struct Rule {
    /// As the router names it; [`OTHER`] for everything else.
    pub path: &'static str,
    pub body_bytes_max: u64,
    /// Requests a minute of one asker in the long run; half of it may come at once.
    pub per_minute: u32,
    pub by: By,
}

/// The interface's own files, and whatever does not exist.
pub const OTHER: &str = "*";

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const EMPTY: u64 = 0;

const fn rule(path: &'static str, body_bytes_max: u64, per_minute: u32, by: By) -> Rule {
    Rule { path, body_bytes_max, per_minute, by }
}

pub const RULES: &[Rule] = &[
    // Laptops. A stock tus client sends a whole file at once.
    rule("/v1/enrol", MIB, 60, By::Address),
    rule("/v1/push", 3 * MIB, 3_000, By::Device),
    rule("/v1/pull", 2 * MIB, 6_000, By::Device),
    rule("/v1/recover", 3 * MIB, 3_000, By::Device),
    rule("/v1/wait", EMPTY, 600, By::Device),
    rule("/v1/log", EMPTY, 600, By::Device),
    rule("/v1/blobs", 64 * KIB, 12_000, By::Device),
    rule("/v1/blobs/backed", 2 * MIB, 600, By::Device),
    rule("/v1/blobs/u/{hash}", BLOB_BYTES_MAX, 24_000, By::Device),
    rule("/v1/blobs/{hash}", EMPTY, 24_000, By::Device),
    // Browsers. Wrong passwords wait besides, by user and address (accounts/login.rs).
    rule("/api/login", 16 * KIB, 240, By::Address),
    rule("/api/logout", 16 * KIB, 240, By::Session),
    rule("/api/setup", 16 * KIB, 60, By::Address),
    rule("/api/state", EMPTY, 6_000, By::Session),
    rule("/api/call/{command}", MIB, 12_000, By::Session),
    // A little more than a photo may have: what is too large is then said in words.
    rule("/api/photo", FILE_BYTES_MAX + MIB, 6_000, By::Session),
    rule("/api/paper/{name}", EMPTY, 600, By::Session),
    rule("/api/ledger/file", 64 * MIB, 120, By::Session),
    rule("/api/ledger/file/{id}", EMPTY, 600, By::Session),
    rule("/api/events", EMPTY, 600, By::Session),
    rule("/api/{*rest}", EMPTY, 600, By::Session),
    rule("/photo/{hash}", EMPTY, 24_000, By::Session),
    // Everybody.
    rule("/health", EMPTY, 1_200, By::Address),
    rule("/ready", EMPTY, 1_200, By::Address),
    rule("/metrics", EMPTY, 1_200, By::Address),
    rule("/log/checkpoint", EMPTY, 1_200, By::Address),
    rule("/log/stamp/{name}", EMPTY, 1_200, By::Address),
    rule("/log/tile/{level}/{*index}", EMPTY, 12_000, By::Address),
    rule(OTHER, EMPTY, 24_000, By::Address),
];

/// The rule of a route, with its place in the table.
#[must_use]
pub fn of(path: Option<&str>) -> (usize, &'static Rule) {
    let path = path.unwrap_or(OTHER);
    let found = RULES.iter().enumerate().find(|(_, rule)| rule.path == path);
    // A route without a rule is served as what does not exist is: nothing may be sent to it.
    found.unwrap_or((RULES.len() - 1, &OTHERWISE))
}

static OTHERWISE: Rule = rule(OTHER, EMPTY, 24_000, By::Address);

//! Every laptop is a witness (sync.md §9): after each exchange it asks what the log is now, and for the proof that it
//! only added to what this laptop saw before. A server that rewrites what was received must fool them all.

use serde::{Deserialize, Serialize};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_evidence::{Checkpoint, Fork, PublicKey, tree};
use xunju_store::{Store, StoreError};
use xunju_sync::LogReply;

/// Nobody's in particular: of the laptop.
const OWNER: &str = "";
const BROKEN: &str = "log_broken";
const FORKS: &str = "log_forks";

/// What does not fit together, kept as it was received: both notes are signed by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    pub seen: String,
    pub now: String,
}

/// Takes in what the server says the log is: kept where it only added, else put aside as evidence. What was seen
/// before stays what the next answer is held against.
///
/// # Errors
/// Disk failures.
pub fn take(store: &Store, log: &str, server: &PublicKey, reply: &LogReply) -> Result<(), StoreError> {
    let Some(note) = &reply.note else { return Ok(()) };
    // The reply came under the server's seal; a note in it that is not the server's own is the server's fault too.
    let now = Checkpoint::open(note, log, server).ok();
    let before = store.log_seen()?;
    let adds = match (&before, &now) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some((old, _)), Some(new)) => tree::extends(old.size, new.size, &old.root, &new.root, &reply.path),
    };
    if adds || goes_on(store, log, server, reply, now.as_ref())? {
        store.set_log_seen(note)?;
        return if broken(store)?.is_some() { store.set_setting(OWNER, BROKEN, "").map(drop) } else { Ok(()) };
    }
    let broken = Broken { seen: before.map(|(_, note)| note).unwrap_or_default(), now: note.clone() };
    tracing::error!("the log is not what was seen before");
    store.set_setting(OWNER, BROKEN, &serde_json::to_string(&broken).unwrap_or_default()).map(drop)
}

/// Where the log went on from an older state of itself on purpose, and this laptop saw more than was kept: the events
/// that were kept, from which on the proof is to be asked for.
///
/// # Errors
/// Disk failures.
pub fn kept(store: &Store, log: &str, server: &PublicKey, reply: &LogReply) -> Result<Option<u64>, StoreError> {
    let before = store.log_seen()?.map_or(0, |(seen, _)| seen.size);
    Ok(meant(store, log, server, reply)?.map(|fork| fork.kept.0).filter(|kept| *kept < before))
}

/// The note of the server's own that this epoch began with, not taken in yet.
fn meant(store: &Store, log: &str, server: &PublicKey, reply: &LogReply) -> Result<Option<Fork>, StoreError> {
    let Some(note) = &reply.fork else { return Ok(None) };
    let epoch = store.identity()?.map_or(0, |me| me.epoch);
    let fork = Fork::open(note, log, server).ok().filter(|fork| fork.epoch == epoch);
    Ok(if forks(store)?.contains(note) { None } else { fork })
}

/// Whether the log only added to what was kept. Then the note is kept, too: it tells of every event that is gone.
fn goes_on(
    store: &Store,
    log: &str,
    server: &PublicKey,
    reply: &LogReply,
    now: Option<&Checkpoint>,
) -> Result<bool, StoreError> {
    let (Some(fork), Some(now)) = (meant(store, log, server, reply)?, now) else { return Ok(false) };
    if !tree::extends(fork.kept.0, now.size, &fork.kept.1, &now.root, &reply.path) {
        return Ok(false);
    }
    let mut all = forks(store)?;
    all.extend(reply.fork.clone());
    store.set_setting(OWNER, FORKS, &serde_json::to_string(&all).unwrap_or_default())?;
    Ok(true)
}

/// Every note that said so, the oldest first.
///
/// # Errors
/// Disk failures.
pub fn forks(store: &Store) -> Result<Vec<String>, StoreError> {
    Ok(store.setting(OWNER, FORKS)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// The two notes that do not fit together, until the log is again what was seen.
///
/// # Errors
/// Disk failures.
pub fn broken(store: &Store) -> Result<Option<Broken>, StoreError> {
    Ok(store.setting(OWNER, BROKEN)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// What the person must be told of it.
///
/// # Errors
/// Disk failures.
pub fn alarm(store: &Store) -> Result<Option<ApiError>, StoreError> {
    Ok(broken(store)?.map(|_| ApiError::new(ErrorCode::LogRewritten)))
}

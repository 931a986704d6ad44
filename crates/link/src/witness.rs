//! Every laptop is a witness (sync.md §9): after each exchange it asks what the log is now, and for the proof that it
//! only added to what this laptop saw before. A server that rewrites what was received must fool them all.

use serde::{Deserialize, Serialize};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_evidence::{Checkpoint, PublicKey, tree};
use xunju_store::{Store, StoreError};
use xunju_sync::LogReply;

/// Nobody's in particular: of the laptop.
const OWNER: &str = "";
const BROKEN: &str = "log_broken";

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
    if adds {
        store.set_log_seen(note)?;
        return if broken(store)?.is_some() { store.set_setting(OWNER, BROKEN, "").map(drop) } else { Ok(()) };
    }
    let broken = Broken { seen: before.map(|(_, note)| note).unwrap_or_default(), now: note.clone() };
    tracing::error!("the log is not what was seen before");
    store.set_setting(OWNER, BROKEN, &serde_json::to_string(&broken).unwrap_or_default()).map(drop)
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

//! The tree over the log, kept in step with it inside the same transaction, and the checkpoints made of it
//! (sync.md §9).

use rusqlite::{Connection, OptionalExtension as _};
use xunju_evidence::tree::{self, Leaf, Nodes};
use xunju_evidence::{Checkpoint, Hash};

use super::{Tx, town};
use crate::error::{Result, ServerError};

/// Hashes of one tile (C2SP tlog-tiles).
pub const TILE: u64 = 256;
/// Levels of the tree in one level of tiles.
const TILE_LEVELS: u32 = 8;

struct Kept<'a>(&'a Connection);

impl Nodes for Kept<'_> {
    type Error = ServerError;

    fn node(&self, level: u32, index: u64) -> Result<Hash> {
        self.0
            .prepare_cached("SELECT hash FROM tree WHERE level = ?1 AND at = ?2")
            .and_then(|mut stmt| stmt.query_row((level, index), |row| Ok(Hash(row.get(0)?))).optional())
            .map_err(ServerError::sql("read tree"))?
            .ok_or_else(|| ServerError::corrupt("tree"))
    }
}

/// Leaves of the tree: events of the log that are in it.
///
/// # Errors
/// `Sql`.
pub fn size(conn: &Connection) -> Result<u64> {
    conn.prepare_cached("SELECT coalesce(max(at) + 1, 0) FROM tree WHERE level = 0")
        .and_then(|mut stmt| stmt.query_row([], |row| row.get(0)))
        .map_err(ServerError::sql("size of tree"))
}

/// Takes in every event of the log that is not in the tree yet: one after an append, all of them in a journal from
/// before there was a tree.
///
/// # Errors
/// `Sql`, `Corrupt`.
pub fn grow(conn: &Connection) -> Result<()> {
    let mut size = size(conn)?;
    while let Some(leaf) = leaf(conn, size + 1)? {
        for (level, at, hash) in tree::completed(size, leaf, &Kept(conn))? {
            conn.prepare_cached("INSERT INTO tree(level, at, hash) VALUES (?1, ?2, ?3)")
                .and_then(|mut stmt| stmt.execute((level, at, hash.0)))
                .map_err(ServerError::sql("grow tree"))?;
        }
        size += 1;
    }
    Ok(())
}

/// The leaf of one event of the log.
///
/// # Errors
/// `Sql`.
pub fn leaf(conn: &Connection, seq: u64) -> Result<Option<Hash>> {
    conn.prepare_cached("SELECT id, sig, dev, inc, n, recv_ms FROM log WHERE seq = ?1")
        .and_then(|mut stmt| {
            stmt.query_row([seq], |row| {
                let (sig, dev): (Vec<u8>, String) = (row.get(1)?, row.get(2)?);
                let (event, sig) = (Hash(row.get(0)?), Hash::of(&sig));
                let leaf = Leaf { event, sig, dev: &dev, inc: row.get(3)?, n: row.get(4)?, recv_ms: row.get(5)? };
                Ok(leaf.hash())
            })
            .optional()
        })
        .map_err(ServerError::sql("read leaf"))
}

/// # Errors
/// `Sql`, `Corrupt`.
pub fn root(conn: &Connection, size: u64) -> Result<Hash> {
    tree::root(size, &Kept(conn))
}

/// Signs what the log is now, where it has grown since the last time. The newest note either way; none for an empty log.
///
/// # Errors
/// `Sql`, `Corrupt`.
pub fn sign(tx: &Tx<'_>) -> Result<Option<String>> {
    let size = size(tx.conn)?;
    let newest = newest(tx.conn)?;
    if size == 0 || newest.as_ref().is_some_and(|(signed, _)| *signed == size) {
        return Ok(newest.map(|(_, note)| note));
    }
    let at_ms = tx.clock.now_ms();
    let said = Checkpoint { log: town::read(tx.conn)?.log, size, root: root(tx.conn, size)?, at_ms };
    let note = said.sign(tx.signer);
    tx.conn
        .execute("INSERT INTO checkpoint(size, at_ms, note) VALUES (?1, ?2, ?3)", (size, at_ms, &note))
        .map_err(ServerError::sql("keep checkpoint"))?;
    Ok(Some(note))
}

/// The newest checkpoint: its size and its note.
///
/// # Errors
/// `Sql`.
pub fn newest(conn: &Connection) -> Result<Option<(u64, String)>> {
    conn.prepare_cached("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1")
        .and_then(|mut stmt| stmt.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(ServerError::sql("read checkpoint"))
}

/// That the tree of `new` only adds to the tree of `old`.
///
/// # Errors
/// `BadRequest` for sizes the log never had, `Sql`, `Corrupt`.
pub fn consistency(conn: &Connection, old: u64, new: u64) -> Result<Vec<Hash>> {
    if old > new || new > size(conn)? {
        return Err(ServerError::BadRequest { what: "sizes".to_owned() });
    }
    tree::consistency(old, new, &Kept(conn))
}

/// That an event of the log is in the tree of `size`: its leaf and the path.
///
/// # Errors
/// `NotFound`, `Sql`, `Corrupt`.
pub fn inclusion(conn: &Connection, seq: u64, size: u64) -> Result<(Hash, Vec<Hash>)> {
    let missing = || ServerError::NotFound { what: "event".to_owned() };
    let leaf = leaf(conn, seq)?.filter(|_| seq <= size).ok_or_else(missing)?;
    Ok((leaf, tree::inclusion(seq - 1, size, &Kept(conn))?))
}

/// The hashes of one tile, one after another; empty where there is none.
///
/// # Errors
/// `Sql`.
pub fn tile(conn: &Connection, level: u32, index: u64) -> Result<Vec<u8>> {
    let from = index.saturating_mul(TILE);
    let hashes: Vec<[u8; 32]> = conn
        .prepare_cached("SELECT hash FROM tree WHERE level = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY at")
        .and_then(|mut stmt| {
            let at = (level.saturating_mul(TILE_LEVELS), from, from.saturating_add(TILE - 1));
            stmt.query_map(at, |row| row.get(0))?.collect()
        })
        .map_err(ServerError::sql("read tile"))?;
    Ok(hashes.concat())
}

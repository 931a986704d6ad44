//! Everything that was received, checked again from its bytes: ids, signatures, chains, scopes, tree, checkpoints, the
//! log of looks. Reads only. One byte changed anywhere is named.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};
use serde::{Deserialize as _, Serialize};
use xunju_evidence::tree::{self, Leaf, Nodes};
use xunju_evidence::{Checkpoint, EventBody, Hash, PublicKey, SignedEvent, scope};

use super::recover::{RESTORED, Restored};
use super::{directory, town};
use crate::accounts::access;
use crate::error::{Result, ServerError};

/// What was looked at, and everything that does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    pub events: u64,
    pub forked_events: u64,
    pub checkpoints: u64,
    pub photos: u64,
    pub findings: Vec<Finding>,
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `event` | `fork` | `chain` | `scope` | `tree` | `checkpoint` | `access` | `photo` | `database`
    pub what: &'static str,
    /// Its number, name or hash.
    pub at: String,
    /// `id` | `signature` | `column` | `gap` | `hash` | `missing` | `unknown_key` | `bytes` | `unreadable`
    pub why: &'static str,
}

impl Audit {
    pub fn found(&mut self, what: &'static str, at: impl ToString, why: &'static str) {
        self.findings.push(Finding { what, at: at.to_string(), why });
    }
}

/// Checks the journal itself; photos are checked by who holds them.
///
/// # Errors
/// `Sql` where the database cannot be read at all.
pub fn audit(conn: &Connection, server: &PublicKey) -> Result<Audit> {
    let mut found = Audit::default();
    let sound: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(ServerError::sql("check database"))?;
    if sound != "ok" {
        found.found("database", sound, "unreadable");
    }
    events(conn, server, &mut found)?;
    forks(conn, server, &mut found)?;
    scopes(conn, &mut found)?;
    checkpoints(conn, server, &mut found)?;
    if let Some(row) = access::first_broken(conn)? {
        found.found("access", row, "hash");
    }
    Ok(found)
}

/// One row of the log or of a fork.
struct Stored {
    seq: u64,
    id: Hash,
    columns: (String, u32, u64, String, String, String, String),
    recv_ms: i64,
    event: SignedEvent,
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let columns = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
    let event = SignedEvent { body: row.get(10)?, suite: row.get(11)?, sig: row.get(12)? };
    Ok(Stored { seq: row.get(0)?, id: Hash(row.get(1)?), columns, recv_ms: row.get(9)?, event })
}

/// The nodes of the tree as they must be; the kept ones are held against them.
#[derive(Default)]
struct Counted(BTreeMap<(u32, u64), Hash>);

impl Nodes for Counted {
    type Error = ServerError;

    fn node(&self, level: u32, index: u64) -> Result<Hash> {
        self.0.get(&(level, index)).copied().ok_or_else(|| ServerError::corrupt("tree"))
    }
}

fn events(conn: &Connection, server: &PublicKey, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read log", source: e };
    let sql =
        "SELECT seq, id, dev, inc, n, record, scope, kind, actor, recv_ms, body, suite, sig FROM log ORDER BY seq";
    let mut stmt = conn.prepare(sql).map_err(failed)?;
    let mut rows = stmt.query([]).map_err(failed)?;
    let mut keys = Keys { conn, server, known: BTreeMap::new() };
    let mut heads: BTreeMap<(String, u32), (u64, Hash)> = BTreeMap::new();
    let (mut gaps, mut told) = (Vec::new(), Vec::new());
    let mut nodes = Counted::default();
    while let Some(row) = rows.next().map_err(failed)? {
        let one = stored(row).map_err(failed)?;
        found.events += 1;
        if one.seq != found.events {
            found.found("event", one.seq, "gap");
        }
        if let Some(body) = opened(&one, &mut keys, "event", found)? {
            let (n, head) = heads.get(&(body.dev.clone(), body.inc)).copied().unwrap_or_default();
            if body.n > n + 1 {
                gaps.push((body.dev.clone(), body.inc, n + 1, body.n - 1));
            } else if body.n != n + 1 || body.prev != (n > 0).then_some(head) {
                found.found("chain", format!("{} {} {}", body.dev, body.inc, body.n), "gap");
            }
            if body.dev == server.device_id() && body.kind == RESTORED {
                told.extend(Restored::deserialize(&body.data).unwrap_or_default().gaps);
            }
            heads.insert((body.dev, body.inc), (body.n, one.id));
        }
        let (dev, inc, n, ..) = &one.columns;
        let leaf = Leaf { event: one.id, sig: Hash::of(&one.event.sig), dev, inc: *inc, n: *n, recv_ms: one.recv_ms };
        for (level, at, hash) in tree::completed(found.events - 1, leaf.hash(), &nodes)? {
            nodes.0.insert((level, at), hash);
        }
    }
    // What a recovery could not bring back is said by the server, in the log.
    for (dev, inc, first, last) in gaps.into_iter().filter(|gap| !told.contains(gap)) {
        found.found("chain", format!("{dev} {inc} {first}-{last}"), "gap");
    }
    kept_nodes(conn, &nodes, found)
}

/// The body, where the row is what its author signed.
fn opened(one: &Stored, keys: &mut Keys<'_>, what: &'static str, found: &mut Audit) -> Result<Option<EventBody>> {
    if one.event.id() != one.id {
        found.found(what, one.seq, "id");
        return Ok(None);
    }
    let Some(key) = keys.of(&one.columns.0)? else {
        found.found(what, one.seq, "unknown_key");
        return Ok(None);
    };
    let Ok(body) = one.event.open(&key) else {
        found.found(what, one.seq, "signature");
        return Ok(None);
    };
    let said = (&body.dev, body.inc, body.n, &body.record, &body.scope, &body.kind, &body.actor);
    let (dev, inc, n, record, scope, kind, actor) = &one.columns;
    if said != (dev, *inc, *n, record, scope, kind, actor) {
        found.found(what, one.seq, "column");
    }
    Ok(Some(body))
}

fn kept_nodes(conn: &Connection, nodes: &Counted, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read tree", source: e };
    let mut stmt = conn.prepare("SELECT level, at, hash FROM tree").map_err(failed)?;
    let rows = stmt.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), Hash(row.get(2)?)))).map_err(failed)?;
    let kept: BTreeMap<(u32, u64), Hash> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
    for (at, hash) in &nodes.0 {
        match kept.get(at) {
            Some(kept) if kept == hash => {}
            other => {
                found.found("tree", format!("{} {}", at.0, at.1), if other.is_some() { "hash" } else { "missing" })
            }
        }
    }
    for at in kept.keys().filter(|at| !nodes.0.contains_key(at)) {
        found.found("tree", format!("{} {}", at.0, at.1), "gap");
    }
    Ok(())
}

fn forks(conn: &Connection, server: &PublicKey, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read forks", source: e };
    // What a fork says of itself stands only in its body.
    let sql = "SELECT fork.n, id, dev, inc, fork.n, '', '', '', '', recv_ms, body, suite, sig
               FROM fork ORDER BY dev, inc, branch, n";
    let mut stmt = conn.prepare(sql).map_err(failed)?;
    let mut rows = stmt.query([]).map_err(failed)?;
    let mut keys = Keys { conn, server, known: BTreeMap::new() };
    while let Some(row) = rows.next().map_err(failed)? {
        let mut one = stored(row).map_err(failed)?;
        found.forked_events += 1;
        if let Ok(body) = EventBody::parse(&one.event.body) {
            (one.columns.3, one.columns.4, one.columns.5, one.columns.6) =
                (body.record, body.scope, body.kind, body.actor);
        }
        opened(&one, &mut keys, "fork", found)?;
    }
    Ok(())
}

fn scopes(conn: &Connection, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read scopes", source: e };
    let sql = "SELECT i.scope, i.pos, i.hash, l.id FROM scope_index i LEFT JOIN log l ON l.seq = i.seq ORDER BY i.scope, i.pos";
    let mut stmt = conn.prepare(sql).map_err(failed)?;
    let mut rows = stmt.query([]).map_err(failed)?;
    let mut end = (String::new(), 0, scope::EMPTY);
    while let Some(row) = rows.next().map_err(failed)? {
        let read = || -> rusqlite::Result<(String, u64, Hash, Option<[u8; 32]>)> {
            Ok((row.get(0)?, row.get(1)?, Hash(row.get(2)?), row.get(3)?))
        };
        let (name, pos, hash, id) = read().map_err(failed)?;
        if name != end.0 {
            end = (name.clone(), 0, scope::EMPTY);
        }
        let expected = id.map(|id| scope::extend(&end.2, &Hash(id)));
        if pos != end.1 + 1 || expected != Some(hash) {
            found.found("scope", format!("{name} {pos}"), if pos == end.1 + 1 { "hash" } else { "gap" });
        }
        end = (name, pos, hash);
    }
    Ok(())
}

fn checkpoints(conn: &Connection, server: &PublicKey, found: &mut Audit) -> Result<()> {
    let failed = |e| ServerError::Sql { op: "read checkpoints", source: e };
    let log = town::read(conn)?.log;
    let mut stmt = conn.prepare("SELECT size, at_ms, note FROM checkpoint ORDER BY size").map_err(failed)?;
    let rows = stmt.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(failed)?;
    for row in rows {
        let (size, at_ms, note): (u64, i64, String) = row.map_err(failed)?;
        found.checkpoints += 1;
        match Checkpoint::open(&note, &log, server) {
            Err(_) => found.found("checkpoint", size, "signature"),
            Ok(said) if said.size != size || said.at_ms != at_ms => found.found("checkpoint", size, "column"),
            Ok(said) if super::tree::root(conn, size).ok() != Some(said.root) => {
                found.found("checkpoint", size, "hash")
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// Public keys by device: a device's name is made of its key, so a key that was exchanged does not fit its name.
struct Keys<'a> {
    conn: &'a Connection,
    server: &'a PublicKey,
    known: BTreeMap<String, Option<PublicKey>>,
}

impl Keys<'_> {
    fn of(&mut self, dev: &str) -> Result<Option<PublicKey>> {
        if let Some(known) = self.known.get(dev) {
            return Ok(known.clone());
        }
        let key = if dev == self.server.device_id() {
            Some(self.server.clone())
        } else {
            directory::device(self.conn, dev)?.map(|device| device.key).filter(|key| key.device_id() == dev)
        };
        self.known.insert(dev.to_owned(), key.clone());
        Ok(key)
    }
}

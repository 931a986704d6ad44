//! The invariants of sync.md §10.1 that this model can break.

use std::collections::{BTreeMap, BTreeSet};

use xunju_evidence::{Hash, scope};

use super::laptop::{Asking, Laptop};
use super::server::Logged;
use super::world::World;

/// I2: what a believed receipt names is there, byte for byte. After a rollback the server asks for it again,
/// so the promise is checked at the end.
pub fn receipts(world: &World) -> Result<(), String> {
    if world.rolled_back {
        return Ok(());
    }
    held(world)
}

/// Server and laptop both put back from old copies: an event, or one it hangs on, that nobody has any more.
/// The rest of the town goes on without it.
pub fn beyond_help(world: &World, dev: &str, id: &Hash) -> bool {
    if !world.rolled_back {
        return false;
    }
    let mut at = *id;
    loop {
        if world.server.log.iter().any(|row| row.id == at) {
            return false;
        }
        let holder = world.laptops.iter().find(|laptop| laptop.disk.dev == dev && laptop.disk.events.contains_key(&at));
        let Some(kept) = holder.and_then(|laptop| laptop.disk.events.get(&at)) else { return true };
        let Some(prev) = kept.body.prev else { return false };
        at = prev;
    }
}

/// Whether all that this laptop could not deliver is beyond help.
pub fn done(world: &World, laptop: &Laptop) -> bool {
    let own = laptop.disk.events.iter().filter(|(_, kept)| kept.body.dev == laptop.disk.dev);
    let mut lost = own.filter(|(id, _)| beyond_help(world, &laptop.disk.dev, id)).peekable();
    if lost.peek().is_none() {
        return laptop.status.drained && laptop.disk.undelivered() == 0;
    }
    !laptop.status.working && lost.filter(|(_, kept)| !kept.delivered).count() == laptop.disk.undelivered()
}

fn held(world: &World) -> Result<(), String> {
    let log = world.server.log.iter().take(world.server.durable);
    let there: BTreeSet<(&str, u32, u64, Hash)> =
        log.map(|row| (row.body.dev.as_str(), row.body.inc, row.body.n, Hash::of(&row.event.body))).collect();
    for (dev, inc, n, head) in &world.receipts {
        if beyond_help(world, dev, head) {
            continue;
        }
        if !there.contains(&(dev.as_str(), *inc, *n, *head)) {
            return Err(format!("I2: receipted event {dev}/{inc}/{n} {head} is not on the server"));
        }
    }
    Ok(())
}

/// I7: every laptop has every scope it may follow, to the end, by the same hash, and every event of it.
pub fn level(world: &World) -> Result<(), String> {
    for (at, laptop) in world.laptops.iter().enumerate() {
        for name in world.server.grants.get(&laptop.disk.dev).into_iter().flatten() {
            let rows: Vec<&Logged> = world.server.log.iter().filter(|row| row.body.scope == *name).collect();
            let theirs = rows.last().map_or((0, scope::EMPTY), |row| (row.pos, row.hash));
            let copy = laptop.disk.scopes.get(name).cloned().unwrap_or_default();
            if (copy.ids.len() as u64, copy.hash) != theirs {
                return Err(format!("I7: laptop {at} has {name} to {}, server to {}", copy.ids.len(), theirs.0));
            }
            if let Some(row) = rows.iter().find(|row| !laptop.disk.events.contains_key(&row.id)) {
                return Err(format!("I7, I22: laptop {at} has the place of {} in {name} and not the event", row.id));
            }
        }
    }
    Ok(())
}

pub fn stuck(world: &World) -> String {
    let laptops = world.laptops.iter().enumerate().map(|(at, laptop)| {
        let asking: Vec<String> = laptop.asking.values().map(Asking::words).collect();
        format!("laptop {at}: {} undelivered, {:?}; {asking:?}", laptop.disk.undelivered(), laptop.status)
    });
    format!("{} {:?} {:?}", laptops.collect::<Vec<_>>().join("; "), level(world), fetched(world))
}

pub fn end(world: &mut World) -> Result<(), String> {
    if world.tally.contains_key("receipt contradicts itself") {
        return Err("I4: two receipts for one prefix differ".to_owned());
    }
    held(world)?;
    level(world)?;
    delivered(world)?;
    chains(&world.server.log)?;
    sequence(world)?;
    files(world)
}

/// I5: what a laptop wrote and still holds is on the server: forks too.
fn delivered(world: &World) -> Result<(), String> {
    let there: BTreeSet<Hash> = world.server.log.iter().map(|row| row.id).collect();
    for (at, laptop) in world.laptops.iter().enumerate() {
        let own = laptop.disk.events.iter().filter(|(_, kept)| kept.body.dev == laptop.disk.dev);
        for (id, kept) in own {
            if !there.contains(id) && !beyond_help(world, &laptop.disk.dev, id) {
                let body = &kept.body;
                return Err(format!("I5: laptop {at} wrote {}/{} {id}, the server does not have it", body.inc, body.n));
            }
        }
    }
    Ok(())
}

/// I5: each branch is 1…N, or hangs on another, without a hole.
fn chains(log: &[Logged]) -> Result<(), String> {
    let mut ends: BTreeMap<(&str, u32, u32), (u64, Hash)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for row in log {
        if !ids.insert(row.id) {
            return Err(format!("I4: {} is in the log twice", row.id));
        }
        let body = &row.body;
        let end = ends.get(&(body.dev.as_str(), body.inc, row.branch)).copied();
        let grows = match (end, body.prev) {
            (Some((n, id)), Some(prev)) => n + 1 == body.n && id == prev,
            (None, None) => body.n == 1,
            // A new branch: its root is somewhere in the same chain.
            (None, Some(prev)) => log.iter().any(|other| {
                other.id == prev
                    && other.body.dev == body.dev
                    && other.body.inc == body.inc
                    && other.body.n + 1 == body.n
            }),
            (Some(_), None) => false,
        };
        if !grows {
            return Err(format!("I5: {}/{}/{} does not continue branch {}", body.dev, body.inc, body.n, row.branch));
        }
        ends.insert((body.dev.as_str(), body.inc, row.branch), (body.n, row.id));
    }
    Ok(())
}

/// I6: a parent comes before its child; positions of a scope are dense.
fn sequence(world: &World) -> Result<(), String> {
    let places: BTreeMap<Hash, usize> = world.server.log.iter().enumerate().map(|(seq, row)| (row.id, seq)).collect();
    let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
    for (seq, row) in world.server.log.iter().enumerate() {
        let end = ends.entry(row.body.scope.as_str()).or_default();
        if row.pos != *end + 1 {
            return Err(format!("I6: {} has position {} after {end}", row.body.scope, row.pos));
        }
        *end = row.pos;
        let later = row.body.parents.iter().find(|parent| places.get(*parent).is_some_and(|place| *place >= seq));
        // After a rollback an author may deliver again later than a colleague who had read it.
        if let Some(parent) = later.filter(|_| !world.rolled_back) {
            return Err(format!("I6: {} at {seq} comes before its parent {parent}", row.id));
        }
    }
    Ok(())
}

/// I12: whole files have their hash; what a laptop calls verified is whole at the server; every referenced
/// file is there or known to be missing.
fn files(world: &World) -> Result<(), String> {
    let whole = |hash: &Hash| {
        world
            .server
            .uploads
            .get(hash)
            .is_some_and(|upload| upload.whole_ms.is_some() && Hash::of(&upload.have) == *hash)
    };
    for (hash, upload) in &world.server.uploads {
        if upload.whole_ms.is_some() && !whole(hash) {
            return Err(format!("I12: {hash} is called whole and is not"));
        }
    }
    for (at, laptop) in world.laptops.iter().enumerate() {
        if let Some((hash, _)) = laptop.disk.blobs.iter().find(|(hash, row)| row.verified && !whole(hash)) {
            return Err(format!("I2: laptop {at} holds a receipt for {hash}, the server not the file"));
        }
    }
    fetched(world)
}

/// Every file went up that could, and came down that may.
pub fn fetched(world: &World) -> Result<(), String> {
    let whole = |hash: &Hash| world.server.uploads.get(hash).is_some_and(|upload| upload.whole_ms.is_some());
    for (at, laptop) in world.laptops.iter().enumerate() {
        for (hash, row) in &laptop.disk.blobs {
            let named = |row: &Logged| row.body.blobs.iter().any(|blob| blob.h == *hash);
            let gone = world.rolled_back && !world.server.log.iter().any(named);
            if row.mine && !row.verified && !row.missing && !gone {
                return Err(format!("I19: laptop {at} did not deliver file {hash}"));
            }
            if !row.mine && whole(hash) && !laptop.disk.vault.contains_key(hash) {
                return Err(format!("I7: laptop {at} did not fetch file {hash}"));
            }
        }
    }
    Ok(())
}

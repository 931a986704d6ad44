//! The log made again of a backup and of what was brought.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use xunju_domain::paper::numbering::book;
use xunju_domain::record as kinds;
use xunju_evidence::{Checkpoint, EventBody, Fork, Hash, SignedEvent};

use super::super::append::{self, Appended};
use super::super::directory::{self, Device, DeviceKind};
use super::super::own::{self, Statement};
use super::super::{Tx, chain, grant, number, paper_number, rule, town, tree};
use super::recovery;
use crate::error::{Result, ServerError};

/// Numbers left out after every recovery: what was given out at the end, and seen by nobody who came back.
const NUMBERS_LEFT_OUT: u64 = 20;
/// Said by the server when a recovery is over.
pub const RESTORED: &str = "log.restored";
const TV: u32 = 1;

/// What the server says of its own recovery.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Restored {
    pub epoch: u32,
    /// Events of the backup.
    pub kept: u64,
    /// The largest checkpoint that was shown.
    pub seen: u64,
    /// Events brought back.
    pub back: u64,
    /// Places of the lost log that nobody brought back.
    pub lost: u64,
    /// Numbers that stay unused in each series of case numbers.
    pub numbers_left_out: u64,
    /// Chains that go on without some of their events: device, incarnation, first and last number that is missing.
    pub gaps: Vec<(String, u32, u64, u64)>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finished {
    /// The log is the one the laptops saw, and goes on under the same epoch.
    pub exact: bool,
    /// Brought and still waiting for what comes before it in its author's chain: the author sends it.
    pub waiting: u64,
    #[serde(flatten)]
    pub said: Restored,
}

/// One event that was brought.
struct Brought {
    event: SignedEvent,
    body: EventBody,
    recv_ms: i64,
}

/// Makes the log again of all that was brought, in the order of the lost one, and ends the recovery.
///
/// # Errors
/// `BadRequest` where nothing is being recovered; `Sql` and the like: then nothing changed.
pub fn finish(tx: &Tx<'_>) -> Result<Finished> {
    let nothing = || ServerError::BadRequest { what: "nothing is being recovered".to_owned() };
    let now = recovery(tx.conn)?.ok_or_else(nothing)?;
    let before = town::read(tx.conn)?;
    town::end_recovery(tx.conn)?;
    let brought = brought(tx)?;
    let mut again = Again::new(tx, &brought);
    for one in &brought {
        again.one(one)?;
    }
    let Again { back, gaps, unruled, waiting, .. } = again;
    let seen = largest_seen(tx, &before.log)?;
    // Who was not heard may have seen more: then nobody is told that it is the same log.
    let exact = now.waiting.is_empty() && gaps.is_empty() && matches(tx, seen.as_ref())?;
    let kept_root = tree::root(tx.conn, now.kept)?;
    let seen = seen.map_or((now.kept, kept_root), |seen| (seen.size, seen.root));
    let lost = seen.0.saturating_sub(now.kept).saturating_sub(back);
    if !exact {
        let epoch = before.epoch + 1;
        town::put(tx.conn, "epoch", &epoch.to_string())?;
        town::put(tx.conn, "inc", &(before.inc + 1).to_string())?;
        let fork = Fork { log: before.log, epoch, kept: (now.kept, kept_root), seen, at_ms: tx.clock.now_ms() };
        tx.conn
            .execute("INSERT INTO fork_note(epoch, note) VALUES (?1, ?2)", (epoch, fork.sign(tx.signer)))
            .map_err(ServerError::sql("keep fork note"))?;
    }
    let left_out = lost + NUMBERS_LEFT_OUT;
    number::leave_out(tx, left_out)?;
    paper_number::leave_out(tx, (lost + 1) * u64::from(book().block))?;
    let epoch = town::read(tx.conn)?.epoch;
    let said = Restored { epoch, kept: now.kept, seen: seen.0, back, lost, numbers_left_out: left_out, gaps };
    say(tx, &said)?;
    // What waited for a ruling that is lost is ruled on now, in the order it came.
    for (device, body, appended) in unruled {
        rule::settle(tx, &device, &body, &appended)?;
    }
    Ok(Finished { exact, waiting, said })
}

fn say(tx: &Tx<'_>, said: &Restored) -> Result<()> {
    let record = format!("device:{}", tx.signer.public().device_id());
    let data = serde_json::to_value(said).map_err(|e| ServerError::inner("write statement", e))?;
    let under = &[grant::TOWN];
    own::say(
        tx,
        Statement { record: &record, scope: grant::TOWN, under, kind: RESTORED, tv: TV, parents: Vec::new(), data },
    )
    .map(drop)
}

fn brought(tx: &Tx<'_>) -> Result<Vec<Brought>> {
    let failed = |e| ServerError::Sql { op: "read what was brought", source: e };
    let sql = "SELECT recv_ms, body, suite, sig FROM recovered ORDER BY seq, id";
    let mut stmt = tx.conn.prepare(sql).map_err(failed)?;
    let rows: Vec<(i64, SignedEvent)> = stmt
        .query_map([], |row| Ok((row.get(0)?, SignedEvent { body: row.get(1)?, suite: row.get(2)?, sig: row.get(3)? })))
        .and_then(Iterator::collect)
        .map_err(failed)?;
    let read = |(recv_ms, event): (i64, SignedEvent)| {
        EventBody::parse(&event.body).map(|body| Brought { event, body, recv_ms }).map_err(ServerError::from)
    };
    rows.into_iter().map(read).collect()
}

fn largest_seen(tx: &Tx<'_>, log: &str) -> Result<Option<Checkpoint>> {
    let failed = |e| ServerError::Sql { op: "read checkpoints that were shown", source: e };
    let mut stmt = tx.conn.prepare("SELECT note FROM recovered_from ORDER BY size DESC LIMIT 1").map_err(failed)?;
    let notes: Vec<String> = stmt.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)?;
    Ok(notes.iter().find_map(|note| Checkpoint::open(note, log, &tx.signer.public()).ok()))
}

/// Whether the log is what the largest checkpoint said of it.
fn matches(tx: &Tx<'_>, seen: Option<&Checkpoint>) -> Result<bool> {
    let Some(seen) = seen else { return Ok(false) };
    Ok(seen.size <= tree::size(tx.conn)? && tree::root(tx.conn, seen.size)? == seen.root)
}

/// The making of it, one event after the other.
struct Again<'a, 'c> {
    tx: &'a Tx<'c>,
    server: String,
    /// Events on which a ruling was brought back.
    ruled: BTreeSet<String>,
    back: u64,
    waiting: u64,
    gaps: Vec<(String, u32, u64, u64)>,
    unruled: Vec<(Device, EventBody, Appended)>,
}

impl<'a, 'c> Again<'a, 'c> {
    fn new(tx: &'a Tx<'c>, brought: &[Brought]) -> Self {
        let server = tx.signer.public().device_id();
        let own = brought.iter().filter(|one| one.body.dev == server);
        let ruled = own.filter_map(|one| Some(one.body.data.get("of")?.as_str()?.to_owned())).collect();
        Self { tx, server, ruled, back: 0, waiting: 0, gaps: Vec::new(), unruled: Vec::new() }
    }

    fn one(&mut self, one: &Brought) -> Result<()> {
        let id = one.event.id();
        if append::has(self.tx.conn, &id)? {
            return self.done(&id);
        }
        if one.body.dev == self.server {
            return self.servers(one, &id);
        }
        let Some(device) = directory::device(self.tx.conn, &one.body.dev)? else {
            self.waiting += 1;
            return Ok(());
        };
        // A desk is made anew after a restore and never comes back; a laptop does, and sends what is missing.
        let authentic = one.event.open(&device.key).is_ok();
        if !authentic || !self.follows(one, device.kind == DeviceKind::Desk)? {
            self.waiting += 1;
            return Ok(());
        }
        let appended = append::append_at(self.tx, &one.event, &one.body, one.recv_ms)?;
        let ruled = self.ruled.contains(&id.hex());
        if !rule::settle_again(self.tx, &device, &one.body, &appended, ruled)? {
            self.unruled.push((device, one.body.clone(), appended));
        }
        self.done(&id)
    }

    fn servers(&mut self, one: &Brought, id: &Hash) -> Result<()> {
        if one.event.open(&self.tx.signer.public()).is_err() || !self.follows(one, true)? {
            self.waiting += 1;
            return Ok(());
        }
        let appended = append::append_at(self.tx, &one.event, &one.body, one.recv_ms)?;
        for scope in self.seen_under(&one.body, &appended)? {
            append::index(self.tx, &scope, &appended)?;
        }
        directory::learn(self.tx, &one.body, appended.seq)?;
        self.numbers(&one.body)?;
        self.done(id)
    }

    /// Whether the event continues its chain; with `gap` also where some before it are missing, which is noted.
    fn follows(&mut self, one: &Brought, gap: bool) -> Result<bool> {
        let EventBody { dev, inc, n, prev, .. } = &one.body;
        let head = chain::head(self.tx.conn, dev, *inc)?;
        if *n == head.n + 1 {
            return Ok(*prev == (head.n > 0).then_some(head.hash));
        }
        if gap && *n > head.n {
            self.gaps.push((dev.clone(), *inc, head.n + 1, *n - 1));
            return Ok(true);
        }
        Ok(false)
    }

    /// A ruling on what stands aside is seen by those who see that; anything else by its scope.
    fn seen_under(&self, body: &EventBody, appended: &Appended) -> Result<Vec<String>> {
        let of = body.data.get("of").and_then(Value::as_str).and_then(|of| of.parse::<Hash>().ok());
        let failed = |e| ServerError::Sql { op: "read what was ruled on", source: e };
        let aside: Vec<String> = match of {
            Some(of) => {
                let sql =
                    "SELECT i.scope FROM log l JOIN quarantine q ON q.seq = l.seq JOIN scope_index i ON i.seq = l.seq
                           WHERE l.id = ?1 ORDER BY i.scope DESC";
                let mut stmt = self.tx.conn.prepare_cached(sql).map_err(failed)?;
                stmt.query_map([of.0], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)?
            }
            None => Vec::new(),
        };
        if aside.is_empty() {
            return Ok(vec![body.scope.clone()]);
        }
        let sql = "INSERT INTO quarantine(seq, reason) VALUES (?1, 'ruling')";
        self.tx.conn.execute(sql, [appended.seq]).map_err(failed)?;
        Ok(aside)
    }

    /// What the server gave out then, it does not give out again.
    fn numbers(&self, body: &EventBody) -> Result<()> {
        if let Some(number) = body.data.get("case_no").and_then(Value::as_str) {
            number::given(self.tx, number)?;
        }
        let year = kinds::id_of(&body.record).rsplit('-').next().and_then(|year| year.parse().ok());
        let blocks = body.data.get("blocks").and_then(Value::as_array);
        for (block, year) in blocks.into_iter().flatten().filter_map(|block| Some((block, year?))) {
            let series = block.get("series").and_then(Value::as_str).unwrap_or_default();
            let last = block.get("last").and_then(Value::as_u64).and_then(|last| u32::try_from(last).ok());
            if let Some(last) = last {
                paper_number::leased(self.tx, series, year, last)?;
            }
        }
        Ok(())
    }

    fn done(&mut self, id: &Hash) -> Result<()> {
        self.back += 1;
        self.tx
            .conn
            .prepare_cached("DELETE FROM recovered WHERE id = ?1")
            .and_then(|mut stmt| stmt.execute([id.0]))
            .map(drop)
            .map_err(ServerError::sql("take what was brought"))
    }
}

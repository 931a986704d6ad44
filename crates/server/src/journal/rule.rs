//! Judging what was stored: who may see it, and what it changes. Rulings are the server's own events.

use std::collections::BTreeSet;

use serde_json::Value;
use xunju_domain::case::AFTER_REASSIGNMENT;
use xunju_domain::event::FoldEvent;
use xunju_domain::judgement::{Registry, Standing};
use xunju_domain::permission::{Grant, Scopes};
use xunju_domain::record::{self as kinds, Home, Kind};
use xunju_evidence::EventBody;

use super::append::{self, Appended};
use super::directory::{self, Device, DeviceKind};
use super::own::{self, Statement};
use super::{Tx, grant, number, paper_number, record};
use crate::error::{Result, ServerError};

/// The version of every ruling's payload, of whatever kind of record.
const RULING_TV: u32 = 1;

/// What becomes of one event.
#[derive(Debug, Default)]
struct Verdict {
    /// Why only its author and the office may see it.
    quarantine: Option<String>,
    /// Data of the `<kind>.ruled` events.
    rulings: Vec<Value>,
}

impl Verdict {
    fn aside(why: &str) -> Self {
        Self { quarantine: Some(why.to_owned()), rulings: Vec::new() }
    }
}

/// Judges a stored event, makes it visible to whom it concerns, and says the rulings.
///
/// # Errors
/// `Sql` and the like; the whole act is undone.
pub fn settle(tx: &Tx<'_>, device: &Device, body: &EventBody, appended: &Appended) -> Result<()> {
    let verdict = judge(tx, device, body, appended)?;
    let under = show(tx, device, body, appended, &verdict)?;
    let under: Vec<&str> = under.iter().map(String::as_str).collect();
    verdict.rulings.into_iter().try_for_each(|data| say(tx, body, appended, &under, verdict.quarantine.is_some(), data))
}

/// The same for an event that comes back with what was ruled on it: judged again only to know who may see it. False,
/// with nothing changed, where a ruling would be due and none came back.
///
/// # Errors
/// As [`settle`].
pub fn settle_again(tx: &Tx<'_>, device: &Device, body: &EventBody, appended: &Appended, ruled: bool) -> Result<bool> {
    let failed = |e| ServerError::Sql { op: "judge again", source: e };
    tx.conn.execute_batch("SAVEPOINT again").map_err(failed)?;
    let verdict = judge(tx, device, body, appended)?;
    let done = ruled || verdict.rulings.is_empty();
    if done {
        show(tx, device, body, appended, &verdict)?;
    }
    let end = if done { "RELEASE again" } else { "ROLLBACK TO again; RELEASE again" };
    tx.conn.execute_batch(end).map_err(failed)?;
    Ok(done)
}

/// Who may see it: its scope, or, where it stands aside, its author and the office.
fn show(tx: &Tx<'_>, device: &Device, body: &EventBody, appended: &Appended, verdict: &Verdict) -> Result<Vec<String>> {
    let author = if device.kind == DeviceKind::Desk { &body.actor } else { &device.user };
    let under = match &verdict.quarantine {
        Some(why) => {
            tx.conn
                .prepare_cached("INSERT INTO quarantine(seq, reason) VALUES (?1, ?2)")
                .and_then(|mut stmt| stmt.execute((appended.seq, why)))
                .map_err(ServerError::sql("quarantine"))?;
            vec![grant::own_scope(author), grant::OFFICE.to_owned()]
        }
        None => vec![body.scope.clone()],
    };
    for scope in &under {
        append::index(tx, scope, appended)?;
    }
    if verdict.quarantine.is_none() {
        directory::learn(tx, body, appended.seq)?;
    }
    Ok(under)
}

/// A ruling follows everything the record holds, or, aside, just the event it is about.
fn say(tx: &Tx<'_>, body: &EventBody, of: &Appended, under: &[&str], aside: bool, data: Value) -> Result<()> {
    let server = tx.signer.public().device_id();
    let parents = if aside { vec![of.id] } else { record::heads(&record::events(tx.conn, &body.record, &server)?) };
    let record = body.record.as_str();
    let kind = &format!("{}.ruled", kinds::kind_of(record).unwrap_or_default());
    let said = own::say(tx, Statement { record, scope: &body.scope, under, kind, tv: RULING_TV, parents, data })?;
    if aside {
        tx.conn
            .prepare_cached("INSERT INTO quarantine(seq, reason) VALUES (?1, 'ruling')")
            .and_then(|mut stmt| stmt.execute([said.seq]))
            .map_err(ServerError::sql("quarantine"))?;
    }
    Ok(())
}

/// What is judged by nothing but where it comes from stands aside, and whoever folds the record is told that it does.
fn judge(tx: &Tx<'_>, device: &Device, body: &EventBody, appended: &Appended) -> Result<Verdict> {
    let mut verdict = judged(tx, device, body, appended)?;
    if let (Some(why), true, true) = (&verdict.quarantine, verdict.rulings.is_empty(), kinds::is_ruled(&body.record)) {
        let refused = serde_json::json!({ "of": appended.id.hex(), "verdict": "refused", "reason_code": why });
        verdict.rulings.push(refused);
    }
    Ok(verdict)
}

fn judged(tx: &Tx<'_>, device: &Device, body: &EventBody, appended: &Appended) -> Result<Verdict> {
    if device.revoked {
        return Ok(Verdict::aside("device_revoked"));
    }
    if device.kind != DeviceKind::Desk && body.actor != device.user {
        return Ok(Verdict::aside("not_the_actor"));
    }
    let server = tx.signer.public().device_id();
    let event = record::fold_event(&appended.id, body, &server, Some((appended.seq, appended.recv_ms)));
    // A device opens its own chain whoever is signed in.
    let desk = Grant {
        user: body.actor.clone(),
        roles: Vec::new(),
        scopes: Scopes::Some(BTreeSet::new()),
        unit: String::new(),
    };
    let now = grant::of(tx.conn, &body.actor)?;
    let Some(kind) = kinds::kind(&body.record) else { return Ok(Verdict::aside("unknown_record")) };
    let has = |grant: &Grant| kind.home != Home::Compound || grant.scopes.has(&body.scope);
    if !now.as_ref().is_some_and(has)
        && let Some(before) = grant::before(tx, body, appended.recv_ms)?
    {
        return judge_as(tx, kind, body, &event, &before).map(late);
    }
    let Some(grant) = now.or_else(|| (device.kind == DeviceKind::Desk).then_some(desk)) else {
        return Ok(Verdict::aside("unknown_actor"));
    };
    judge_as(tx, kind, body, &event, &grant)
}

/// Made before its author could know that the compound was no longer theirs: it counts, and says so.
fn late(mut verdict: Verdict) -> Verdict {
    for ruling in verdict.rulings.iter_mut().filter_map(Value::as_object_mut) {
        let doubts = ruling.entry("doubts").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(doubts) = doubts.as_array_mut() {
            doubts.push(AFTER_REASSIGNMENT.into());
        }
    }
    verdict
}

fn judge_as(tx: &Tx<'_>, kind: &Kind, body: &EventBody, event: &FoldEvent, grant: &Grant) -> Result<Verdict> {
    // A record never moves to another scope by an event that says so.
    if !kind.home.fits(&body.scope) || record::scope(tx.conn, &body.record)?.is_some_and(|scope| scope != body.scope) {
        return Ok(Verdict::aside("wrong_scope"));
    }
    let events = record::events(tx.conn, &body.record, &tx.signer.public().device_id())?;
    let standing = Standing { record: &body.record, scope: &body.scope, events: &events };
    let mut town = Town { tx, failed: None };
    let judgement = (kind.judge)(&standing, event, grant, &mut town);
    if let Some(e) = town.failed {
        return Err(e);
    }
    let reason = || {
        let code = judgement.rulings.first().and_then(|ruling| ruling.get("reason_code")).and_then(Value::as_str);
        code.unwrap_or("not_allowed").to_owned()
    };
    let quarantine = judgement.quarantine.then(reason);
    Ok(Verdict { quarantine, rulings: judgement.rulings })
}

/// The journal as a judgement asks it. What fails is kept, and undoes the whole act.
struct Town<'a, 'b> {
    tx: &'a Tx<'b>,
    failed: Option<ServerError>,
}

impl Town<'_, '_> {
    fn folded(&self, records: Vec<String>) -> Result<Vec<(String, Vec<FoldEvent>)>> {
        let server = self.tx.signer.public().device_id();
        let with_events = |id: String| record::events(self.tx.conn, &id, &server).map(|events| (id, events));
        records.into_iter().map(with_events).collect()
    }

    fn or_default<T: Default>(&mut self, found: Result<T>) -> T {
        found.unwrap_or_else(|e| {
            self.failed = Some(e);
            T::default()
        })
    }
}

impl Registry for Town<'_, '_> {
    fn next_no(&mut self, series: &str) -> String {
        let next = number::next(self.tx, series);
        self.or_default(next)
    }

    fn lease(&mut self, series: &str, year: i32, count: u32) -> Option<(u32, u32, String)> {
        let run = paper_number::lease(self.tx, series, year, count).map(Some);
        self.or_default(run)
    }

    fn give_back(&mut self, series: &str, year: i32, first: u32, last: u32) {
        let given = paper_number::give_back(self.tx, series, year, first, last);
        self.or_default(given);
    }

    fn take_no(&mut self, series: &str, year: i32, seq: u32, paper: &str) -> bool {
        let taken = paper_number::take(self.tx, series, year, seq, paper);
        self.or_default(taken)
    }

    fn nos_taken(&mut self, series: &str, year: i32, first: u32, last: u32) -> u32 {
        let taken = paper_number::taken(self.tx, series, year, first, last);
        self.or_default(taken)
    }

    fn annex(&mut self, scope: &str) -> Vec<(String, Vec<FoldEvent>)> {
        let papers = record::named(self.tx.conn, "paper", scope);
        let both = papers.and_then(|mut all| {
            all.extend(record::named(self.tx.conn, "proceeding", scope)?);
            self.folded(all)
        });
        self.or_default(both)
    }

    fn record(&mut self, record: &str) -> Option<(String, Vec<FoldEvent>)> {
        let server = self.tx.signer.public().device_id();
        let found = record::scope(self.tx.conn, record).and_then(|scope| {
            scope.map(|scope| Ok((scope, record::events(self.tx.conn, record, &server)?))).transpose()
        });
        self.or_default(found)
    }
}

//! What a laptop brings, kept as it was brought; nothing of it stands in the log yet.

use rusqlite::OptionalExtension as _;
use xunju_evidence::{Checkpoint, EventBody};
use xunju_sync::{Carried, RecoverReply, RecoverRequest};

use super::super::directory::Device;
use super::super::{Tx, town};
use super::{finish, recovery};
use crate::error::{Result, ServerError};

/// Keeps what came and says what is still wanted of this laptop. When every laptop in use has brought what it has, and
/// the log comes out as the last checkpoint says, the recovery is over.
///
/// # Errors
/// `Sql`; `Body` for something that is no event: nothing of the request was kept.
pub fn take(tx: &Tx<'_>, device: &Device, request: &RecoverRequest) -> Result<RecoverReply> {
    let town = town::read(tx.conn)?;
    if town.log != request.log {
        return Ok(RecoverReply::OtherLog { log: town.log });
    }
    let Some(kept) = town.recovering else { return Ok(RecoverReply::Over) };
    let known: Option<u64> = tx
        .conn
        .query_row("SELECT upto FROM recovered_from WHERE dev = ?1", [&device.dev], |row| row.get(0))
        .optional()
        .map_err(ServerError::sql("read recovery"))?;
    let mut upto = known.unwrap_or(kept);
    for carried in request.events.iter().filter(|carried| carried.seq > kept) {
        keep(tx, carried)?;
        upto = upto.max(carried.seq);
    }
    // Nothing sent after it was told from where on: it has nothing more.
    let whole = known.is_some() && request.events.is_empty();
    let note = request.note.clone().unwrap_or_default();
    let size = Checkpoint::open(&note, &town.log, &tx.signer.public()).map_or(0, |seen| seen.size);
    let sql = "INSERT INTO recovered_from(dev, upto, whole, size, note, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT(dev) DO UPDATE SET upto = excluded.upto, whole = excluded.whole, size = excluded.size,
               note = excluded.note, at_ms = excluded.at_ms";
    tx.conn
        .execute(sql, (&device.dev, upto, whole, size, &note, tx.clock.now_ms()))
        .map_err(ServerError::sql("note recovery"))?;
    if whole && complete(tx)? { Ok(RecoverReply::Over) } else { Ok(RecoverReply::After { seq: upto }) }
}

fn keep(tx: &Tx<'_>, carried: &Carried) -> Result<()> {
    let Carried { seq, recv_ms, event } = carried;
    EventBody::parse(&event.body)?;
    let sql = "INSERT OR IGNORE INTO recovered(seq, id, recv_ms, body, suite, sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.conn
        .prepare_cached(sql)
        .and_then(|mut stmt| stmt.execute((seq, event.id().0, recv_ms, &event.body, event.suite, &event.sig)))
        .map(drop)
        .map_err(ServerError::sql("keep what was brought"))
}

/// Everybody was heard and nothing is missing: made again, and held against the checkpoint. A log that does not come
/// out is left to a person.
fn complete(tx: &Tx<'_>) -> Result<bool> {
    let all = recovery(tx.conn)?.is_some_and(|now| now.waiting.is_empty() && now.missing == 0 && now.seen.is_some());
    if !all {
        return Ok(false);
    }
    let failed = |e| ServerError::Sql { op: "try recovery", source: e };
    tx.conn.execute_batch("SAVEPOINT recovery").map_err(failed)?;
    let exact = finish(tx)?.exact;
    let end = if exact { "RELEASE recovery" } else { "ROLLBACK TO recovery; RELEASE recovery" };
    tx.conn.execute_batch(end).map_err(failed)?;
    Ok(exact)
}

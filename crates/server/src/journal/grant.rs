//! What a person is granted, as the log's own `user.defined` events say: read anew at every use.

use std::collections::BTreeSet;

use rusqlite::Connection;
use xunju_domain::permission::{Action, Grant, Role, Scopes, may, roles_from_codes};
use xunju_domain::user as people;
use xunju_evidence::EventBody;

use super::{Tx, append, directory};
use crate::error::{Result, ServerError};

pub use xunju_domain::record::{AUDIT, OFFICE, TOWN, is_compound_scope};

/// Scope only this person and the office may see.
#[must_use]
pub fn own_scope(user: &str) -> String {
    format!("user-{user}")
}

/// None for somebody unknown or no longer active.
///
/// # Errors
/// `Sql`.
pub fn of(conn: &Connection, user: &str) -> Result<Option<Grant>> {
    let user = directory::user(conn, user)?;
    let granted =
        |user: directory::User| Grant { user: user.id, roles: user.roles, scopes: user.scopes, unit: user.unit };
    Ok(user.filter(|user| user.active).map(granted))
}

/// The offline lease (sync.md §5.2): for so long after a grant ended, work made without knowing it is judged by it.
const LEASE_MS: i64 = 14 * 86_400_000;

/// The last grant of this event's author that had its scope, where the author cannot have known that it ended: the
/// newest checkpoint the event names is older than that. None where it was never granted, or ended too long ago.
///
/// # Errors
/// `Sql`; `Corrupt` when the server's own words do not read.
pub fn before(tx: &Tx<'_>, body: &EventBody, received_ms: i64) -> Result<Option<Grant>> {
    // Anybody may send a `user.defined`; only the server's own grants anything.
    let sql = "SELECT seq, recv_ms, body FROM log WHERE record = ?1 AND kind = ?2 AND dev = ?3 ORDER BY seq DESC";
    let server = tx.signer.public().device_id();
    let rows: Vec<(u64, i64, Vec<u8>)> = tx
        .conn
        .prepare_cached(sql)
        .and_then(|mut stmt| {
            stmt.query_map((format!("user:{}", body.actor), people::DEFINED, server), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect()
        })
        .map_err(ServerError::sql("read grants"))?;
    let mut ended: Option<(u64, i64)> = None;
    for (seq, recv_ms, said) in rows {
        let defined: people::Defined = serde_json::from_value(EventBody::parse(&said)?.data)
            .map_err(|e| ServerError::corrupt(format!("grant of {}: {e}", body.actor)))?;
        let scopes = Scopes::from(&defined.scopes);
        if defined.active && scopes.has(&body.scope) {
            let Some((end, end_ms)) = ended else { return Ok(None) };
            let unknowing = body.seen.as_ref().is_none_or(|seen| seen.size < end);
            let roles = roles_from_codes(&defined.roles);
            let grant = Grant { user: body.actor.clone(), roles, scopes, unit: defined.unit };
            return Ok((unknowing && received_ms - end_ms <= LEASE_MS).then_some(grant));
        }
        ended = Some((seq, recv_ms));
    }
    Ok(None)
}

/// Every scope a grant opens, with where each ends.
///
/// # Errors
/// `Sql`.
pub fn open_scopes(conn: &Connection, grant: &Grant) -> Result<Vec<(String, u64)>> {
    let mut names = BTreeSet::from([TOWN.to_owned(), own_scope(&grant.user)]);
    if grant.roles.contains(&Role::Lxb) {
        names.insert(OFFICE.to_owned());
    }
    if may(&grant.roles, Action::Audit) {
        names.insert(AUDIT.to_owned());
    }
    if may(&grant.roles, Action::See) {
        match &grant.scopes {
            Scopes::All => names.extend(all_scopes(conn)?.into_iter().filter(|scope| is_compound_scope(scope))),
            Scopes::Some(scopes) => names.extend(scopes.iter().filter(|scope| is_compound_scope(scope)).cloned()),
        }
    }
    ends(conn, names)
}

/// Every scope there is: the web desk's replica holds the whole town.
///
/// # Errors
/// `Sql`.
pub fn every_scope(conn: &Connection) -> Result<Vec<(String, u64)>> {
    let mut names = all_scopes(conn)?;
    names.insert(TOWN.to_owned());
    ends(conn, names)
}

/// Names of all scopes, skipping from one to the next along the index.
fn all_scopes(conn: &Connection) -> Result<BTreeSet<String>> {
    let sql = "WITH RECURSIVE step(scope) AS (
                 SELECT min(scope) FROM scope_index
                 UNION ALL
                 SELECT (SELECT min(scope) FROM scope_index WHERE scope > step.scope) FROM step WHERE step.scope IS NOT NULL
               ) SELECT scope FROM step WHERE scope IS NOT NULL";
    conn.prepare_cached(sql)
        .and_then(|mut stmt| stmt.query_map([], |row| row.get(0))?.collect())
        .map_err(ServerError::sql("list scopes"))
}

fn ends(conn: &Connection, names: BTreeSet<String>) -> Result<Vec<(String, u64)>> {
    names.into_iter().map(|scope| append::end(conn, &scope).map(|(pos, _)| (scope, pos))).collect()
}

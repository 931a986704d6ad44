//! Pull: pages of what a person may see, and of nothing else. Grants are read in the same snapshot as the frames.

use rusqlite::Connection;
use xunju_evidence::{Hash, SignedEvent};
use xunju_sync::server::{Granted, PageError, Shelf, Shelved, Standing, page};
use xunju_sync::{PageFrame, PullReply, PullRequest, WaitReply};

use super::directory::{self, Device, DeviceKind};
use super::{Journal, grant, recover, town};
use crate::error::{Result, ServerError};

impl Journal {
    /// Answers a pull by a device.
    ///
    /// # Errors
    /// `Sql`; `Corrupt` when stored positions have a hole.
    pub fn pull(&self, device: &Device, request: &PullRequest, echo: &str) -> Result<PullReply> {
        let t1 = self.clock().now_ms();
        self.read(|conn| {
            let Some(scopes) = scopes(conn, device)? else { return Ok(PullReply::Revoked) };
            let town = town::read(conn)?;
            if town.recovering.is_some() {
                return Ok(PullReply::Recovering { retry_ms: recover::RETRY_MS });
            }
            let standing = Standing {
                log: town.log,
                epoch: town.epoch,
                town_name: town.name,
                tip_seq: tip(conn)?,
                granted: scopes.into_iter().map(|(scope, pos)| Granted { scope, pos }).collect(),
                t1,
                t2: self.clock().now_ms(),
            };
            page(request, &standing, echo, self.signer(), &mut Stored(conn)).map_err(|e| match e {
                PageError::Shelf(e) => e,
                PageError::NotDense { scope, after } => {
                    ServerError::corrupt(format!("scope {scope} has a hole after {after}"))
                }
            })
        })
    }

    /// Scopes of a device with news after `after`; none when the device is no longer served.
    ///
    /// # Errors
    /// `Sql`.
    pub fn news(&self, device: &Device, after: u64) -> Result<Option<WaitReply>> {
        self.read(|conn| {
            let Some(scopes) = scopes(conn, device)? else { return Ok(None) };
            let sql = "SELECT DISTINCT scope FROM scope_index INDEXED BY scope_of_seq WHERE seq > ?1";
            let grown: std::collections::BTreeSet<String> = conn
                .prepare_cached(sql)
                .and_then(|mut stmt| stmt.query_map([after], |row| row.get(0))?.collect())
                .map_err(ServerError::sql("look for news"))?;
            Ok(Some(WaitReply {
                dirty: scopes.into_iter().map(|(scope, _)| scope).filter(|s| grown.contains(s)).collect(),
            }))
        })
    }
}

/// What a device may follow: its user's grant as it stands now, or for the desk everything. None for a
/// device whose enrolment ended or whose user is gone.
///
/// # Errors
/// `Sql`.
pub fn scopes(conn: &Connection, device: &Device) -> Result<Option<Vec<(String, u64)>>> {
    let Some(device) = directory::device(conn, &device.dev)?.filter(|device| !device.revoked) else { return Ok(None) };
    if device.kind == DeviceKind::Desk {
        return grant::every_scope(conn).map(Some);
    }
    match grant::of(conn, &device.user)? {
        Some(grant) => grant::open_scopes(conn, &grant).map(Some),
        None => Ok(None),
    }
}

/// Last number of the log.
///
/// # Errors
/// `Sql`.
pub fn tip(conn: &Connection) -> Result<u64> {
    conn.prepare_cached("SELECT coalesce(max(seq), 0) FROM log")
        .and_then(|mut stmt| stmt.query_row([], |row| row.get(0)))
        .map_err(ServerError::sql("read tip"))
}

struct Stored<'c>(&'c Connection);

impl Shelf for Stored<'_> {
    type Error = ServerError;

    fn frames(&mut self, scope: &str, pos: u64, bytes_max: usize) -> Result<Vec<Shelved>> {
        let sql = "SELECT i.pos, l.seq, l.recv_ms, l.body, l.suite, l.sig, i.hash FROM scope_index i JOIN log l ON l.seq = i.seq
                   WHERE i.scope = ?1 AND i.pos > ?2 ORDER BY i.pos";
        let failed = ServerError::sql("read frames");
        let read = || -> rusqlite::Result<Vec<Shelved>> {
            let mut stmt = self.0.prepare_cached(sql)?;
            let mut rows = stmt.query((scope, pos))?;
            let (mut shelved, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let event = SignedEvent { body: row.get(3)?, suite: row.get(4)?, sig: row.get(5)? };
                let frame = PageFrame {
                    scope: scope.to_owned(),
                    pos: row.get(0)?,
                    seq: row.get(1)?,
                    recv_ms: row.get(2)?,
                    event,
                };
                bytes += frame.cost_bytes();
                shelved.push(Shelved { frame, hash: Hash(row.get(6)?) });
                if bytes >= bytes_max {
                    break;
                }
            }
            Ok(shelved)
        };
        read().map_err(failed)
    }

    fn hash_at(&mut self, scope: &str, pos: u64) -> Result<Hash> {
        self.0
            .prepare_cached("SELECT hash FROM scope_index WHERE scope = ?1 AND pos = ?2")
            .and_then(|mut stmt| stmt.query_row((scope, pos), |row| row.get(0).map(Hash)))
            .map_err(ServerError::sql("read rolling hash"))
    }
}

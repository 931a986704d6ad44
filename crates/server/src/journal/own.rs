//! What the server says itself: signed with its own key, on its own chain, in the same log.

use serde_json::Value;
use xunju_evidence::{Anchor, EventBody, Hash, Times};

use super::append::{self, Appended};
use super::{Tx, chain, directory, town};
use crate::error::{Result, ServerError};

/// Actor of everything the server says.
pub const ACTOR: &str = "server";

/// A statement before it is signed.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    pub record: &'a str,
    /// Scope it carries; where it is indexed is `under`.
    pub scope: &'a str,
    pub under: &'a [&'a str],
    pub kind: &'a str,
    pub tv: u32,
    pub parents: Vec<Hash>,
    pub data: Value,
}

/// Signs, appends, indexes.
///
/// # Errors
/// `Body` when the statement breaks I-JSON; `Recovering`; `Sql`.
pub fn say(tx: &Tx<'_>, statement: Statement<'_>) -> Result<Appended> {
    let dev = tx.signer.public().device_id();
    let town = town::read(tx.conn)?;
    if town.recovering.is_some() {
        return Err(ServerError::Recovering);
    }
    let inc = town.inc;
    let head = chain::head(tx.conn, &dev, inc)?;
    let now = tx.clock.now_ms();
    let body = EventBody {
        v: xunju_evidence::body::ENVELOPE_VERSION,
        kind: statement.kind.to_owned(),
        tv: statement.tv,
        record: statement.record.to_owned(),
        scope: statement.scope.to_owned(),
        dev,
        inc,
        n: head.n + 1,
        prev: (head.n > 0).then_some(head.hash),
        parents: statement.parents,
        actor: ACTOR.to_owned(),
        sess: None,
        acl: 0,
        t: times(now),
        seen: None,
        blobs: Vec::new(),
        crit: false,
        touches: Vec::new(),
        data: statement.data,
    };
    let event = tx.signer.sign_event(&body)?;
    let appended = append::append(tx, &event, &body)?;
    for scope in statement.under {
        append::index(tx, scope, &appended)?;
    }
    directory::learn(tx, &body, appended.seq)?;
    Ok(appended)
}

/// The server's clock is the town's clock: its anchor is itself.
fn times(now: i64) -> Times {
    let anchor = Anchor { srv: now, mono: now, err: 0 };
    Times { wall: now, tz: "+08:00".to_owned(), boot: "server".to_owned(), mono: now, anc: Some(anchor), gps: None }
}

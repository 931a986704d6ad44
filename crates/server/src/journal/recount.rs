//! 重新计算: the server counts the deadlines of open cases again when a year's calendar comes in. Each case is one act of
//! its own, decided on what the journal holds at that moment: a server killed in between goes on where it was, and
//! nothing is said twice.

use xunju_domain::case::payload::{RECOUNTED, TV};
use xunju_domain::case::{fold, recounts};
use xunju_domain::deadline::Calendar;
use xunju_evidence::Hash;

use super::own::{self, Statement};
use super::{Tx, record};
use crate::error::{Result, ServerError};

/// Counts one case again; says how many deadlines changed.
///
/// # Errors
/// `Sql` and the like; the whole act is undone.
pub fn recount(tx: &Tx<'_>, of: &str, calendar: &Calendar) -> Result<usize> {
    let server = tx.signer.public().device_id();
    let Some(scope) = record::scope(tx.conn, of)? else { return Ok(0) };
    let events = record::events(tx.conn, of, &server)?;
    let said = recounts(&fold(of, &scope, &events), calendar);
    let mut parents: Vec<Hash> = record::heads(&events);
    for statement in &said {
        let data = serde_json::to_value(statement).map_err(|e| ServerError::inner("write recount", e))?;
        let under = &[scope.as_str()];
        let done =
            own::say(tx, Statement { record: of, scope: &scope, under, kind: RECOUNTED, tv: TV, parents, data })?;
        parents = vec![done.id];
    }
    Ok(said.len())
}

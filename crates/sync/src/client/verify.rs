//! What must be true of a reply before the store hears of it.

use std::collections::BTreeMap;

use xunju_evidence::{Countersigned, Hash, Receipt, scope};

use super::view::{Party, PulledPage};
use crate::message::{Cursor, Page, PushRequest};

/// Why a page is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// The page itself is in order, and what the laptop holds of this scope is not its beginning.
    Scope(String),
    /// The server contradicts itself.
    Reply(&'static str),
}

/// A receipt counts for exactly the run of events that was sent.
pub(super) fn is_ours(party: &Party, sent: &PushRequest, receipt: &Countersigned<Receipt>) -> bool {
    let (Ok(said), Some(last)) = (receipt.verify(&party.server), sent.events.last()) else { return false };
    let count = u64::try_from(sent.events.len()).ok();
    let upto_n = count.and_then(|count| sent.from_n.checked_add(count)?.checked_sub(1));
    let ours = said.log == party.log && said.epoch == sent.epoch && said.dev == sent.dev && said.inc == sent.inc;
    ours && upto_n == Some(said.upto_n) && said.head == last.id()
}

/// Every scope goes on from where the laptop stands, without a hole, to where the seal says, by the same
/// hash: then nothing was left out, added or moved (sync.md §5.3).
pub(super) fn page(party: &Party, epoch: u32, held: &[Cursor], page: Page) -> Result<PulledPage, Mismatch> {
    let said = page.seal.verify(&party.server).map_err(|_| Mismatch::Reply("page seal"))?;
    if said.log != party.log || said.epoch != epoch {
        return Err(Mismatch::Reply("page of another log"));
    }
    let granted = page.granted.iter().map(String::as_str);
    if !said.scopes.iter().map(|(scope, ..)| scope.as_str()).eq(granted) || !page.granted.is_sorted_by(|a, b| a < b) {
        return Err(Mismatch::Reply("sealed scopes are not the granted ones"));
    }
    if page.more && page.frames.is_empty() {
        return Err(Mismatch::Reply("an empty page with more to come"));
    }
    let mut ends = walk(held, &page)?;
    for (scope, pos, hash) in &said.scopes {
        let end = ends.entry(scope).or_insert((0, scope::EMPTY));
        if end.0 != *pos {
            return Err(Mismatch::Reply("frames do not reach the sealed position"));
        }
        if end.1 != *hash {
            return Err(Mismatch::Scope(scope.clone()));
        }
    }
    let ends = said.scopes.iter().map(|(scope, pos, hash)| Cursor { scope: scope.clone(), pos: *pos, hash: *hash });
    let ends = ends.collect();
    let Page { frames, granted, revoked, town_name, .. } = page;
    Ok(PulledPage { epoch, frames, ends, granted, revoked, town_name })
}

fn walk<'a>(held: &'a [Cursor], page: &'a Page) -> Result<BTreeMap<&'a str, (u64, Hash)>, Mismatch> {
    let mut ends: BTreeMap<&str, (u64, Hash)> =
        held.iter().map(|cursor| (cursor.scope.as_str(), (cursor.pos, cursor.hash))).collect();
    for frame in &page.frames {
        if page.granted.binary_search(&frame.scope).is_err() {
            return Err(Mismatch::Reply("a frame of a scope that is not granted"));
        }
        let end = ends.entry(frame.scope.as_str()).or_insert((0, scope::EMPTY));
        if end.0.checked_add(1) != Some(frame.pos) {
            return Err(Mismatch::Reply("frames with a hole"));
        }
        *end = (frame.pos, scope::extend(&end.1, &frame.event.id()));
    }
    Ok(ends)
}

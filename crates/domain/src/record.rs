//! From events to a record, for every kind of record: one table, one way.

use crate::event::{FoldEvent, Projection};
use crate::permission::{Action, Grant, may};
use crate::{case, compound, device, user};

type Fold = fn(&str, &str, &[FoldEvent]) -> Projection;

/// A new kind of record is a new line here and a module with a fold.
const KINDS: &[(&str, Fold)] =
    &[("case", case::project), ("compound", compound::project), ("user", user::project), ("device", device::project)];

/// `case` of `case:0192…`; none for anything that is not a record of this version.
#[must_use]
pub fn kind_of(record: &str) -> Option<&'static str> {
    let (prefix, id) = record.split_once(':')?;
    KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == prefix && !id.is_empty())
}

/// The part after the colon; the whole when there is none.
#[must_use]
pub fn id_of(record: &str) -> &str {
    record.split_once(':').map_or(record, |(_, id)| id)
}

/// Folds a record: a pure function of the set of events and their parents. Slice order, duplicates, `seq`,
/// `received_ms` and clocks do not change the answer. None for a kind this version does not know.
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Option<Projection> {
    let kind = kind_of(record)?;
    let fold = KINDS.iter().find(|(k, _)| *k == kind).map(|(_, fold)| fold)?;
    Some(fold(record, scope, events))
}

/// Whether an event of a record that has no lifecycle of its own may stand. Cases are judged by
/// [`case::judge()`]; for the rest this is the whole of the server's judgement.
#[must_use]
pub fn may_write(record: &str, event: &FoldEvent, grant: &Grant) -> bool {
    match kind_of(record) {
        Some("compound" | "user") => event.by_server || may(&grant.roles, Action::Accounts),
        Some("device") if event.kind == device::INCARNATION => event.by_server || event.device == id_of(record),
        Some("device") => event.by_server,
        _ => false,
    }
}

//! From events to a record, for every kind of record: one table, one way.

use crate::event::{FoldEvent, Projection};
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
use crate::{access, calendar, case, compound, device, proceeding, user};
use crate::{company, dwelling, export, import};
use crate::{numbers, paper};
use crate::{plan, round, stamp};

/// Scope of compounds, users, devices: what everybody follows.
pub const TOWN: &str = "town";
/// Scope of what is in quarantine, beside its author's own.
pub const OFFICE: &str = "office";
/// Scope of the access log: everybody writes it, auditors alone receive it (domain.md §8.3).
pub const AUDIT: &str = "audit";

/// Where the records of a kind live: which scope their events may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    Town,
    /// The compound they are about.
    Compound,
    Audit,
}

impl Home {
    #[must_use]
    pub fn fits(self, scope: &str) -> bool {
        match self {
            Self::Town => scope == TOWN,
            Self::Audit => scope == AUDIT,
            Self::Compound => is_compound_scope(scope),
        }
    }
}

/// Whether a name can be a compound's scope.
#[must_use]
pub fn is_compound_scope(scope: &str) -> bool {
    ![TOWN, OFFICE, AUDIT].contains(&scope) && !scope.starts_with("user-")
}

/// A kind of record.
pub struct Kind {
    /// `case` of `case:0192…`
    pub name: &'static str,
    pub home: Home,
    /// Record, scope, events: what they add up to.
    fold: fn(&str, &str, &[FoldEvent]) -> Projection,
    /// The server's answer to an event of such a record.
    pub judge: fn(&Standing<'_>, &FoldEvent, &Grant, &mut dyn Registry) -> Judgement,
}

/// A new kind of record is a new line here and a module with a fold and a judge.
const KINDS: &[Kind] = &[
    Kind { name: "case", home: Home::Compound, fold: case::project, judge: case::judge_event },
    Kind { name: "compound", home: Home::Town, fold: compound::project, judge: compound::judge },
    Kind { name: "company", home: Home::Town, fold: company::project, judge: company::judge },
    Kind { name: "dwelling", home: Home::Compound, fold: dwelling::project, judge: dwelling::judge },
    Kind { name: "paper", home: Home::Compound, fold: paper::project, judge: paper::judge },
    Kind { name: "numbers", home: Home::Town, fold: numbers::project, judge: numbers::judge },
    Kind { name: "plan", home: Home::Compound, fold: plan::project, judge: plan::judge },
    Kind { name: "round", home: Home::Compound, fold: round::project, judge: round::judge },
    Kind { name: "calendar", home: Home::Town, fold: calendar::project, judge: calendar::judge },
    Kind { name: "stamp", home: Home::Town, fold: stamp::project, judge: stamp::judge },
    Kind { name: "user", home: Home::Town, fold: user::project, judge: by_accounts },
    Kind { name: "proceeding", home: Home::Compound, fold: proceeding::project, judge: proceeding::judge_event },
    Kind { name: "import", home: Home::Town, fold: import::project, judge: import::judge },
    Kind { name: "export", home: Home::Town, fold: export::project, judge: export::judge },
    Kind { name: "access", home: Home::Audit, fold: access::project, judge: access::judge },
    Kind { name: "device", home: Home::Town, fold: device::project, judge: by_device },
];

/// The kind of `case:0192…`; none for anything that is not a record of this version.
#[must_use]
pub fn kind(record: &str) -> Option<&'static Kind> {
    let (prefix, id) = record.split_once(':')?;
    KINDS.iter().find(|kind| kind.name == prefix && !id.is_empty())
}

/// Whether the server answers events of such a record by rulings, which its fold heeds.
#[must_use]
pub fn is_ruled(record: &str) -> bool {
    ["case", "paper", "proceeding", "numbers"].iter().any(|kind| kind_of(record) == Some(kind))
}

/// `case` of `case:0192…`.
#[must_use]
pub fn kind_of(record: &str) -> Option<&'static str> {
    kind(record).map(|kind| kind.name)
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
    Some((kind(record)?.fold)(record, scope, events))
}

/// Registers kept by whoever keeps the accounts.
fn by_accounts(_: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    Judgement::stands(event.by_server || may(&grant.roles, Action::Accounts))
}

/// A device speaks of its own chains; for the rest the server speaks.
fn by_device(of: &Standing<'_>, event: &FoldEvent, _: &Grant, _: &mut dyn Registry) -> Judgement {
    let own = [device::INCARNATION, device::PURGED].contains(&event.kind.as_str()) && event.device == id_of(of.record);
    Judgement::stands(event.by_server || own)
}

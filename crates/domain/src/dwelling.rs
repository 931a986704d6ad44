//! 室: a record only where a dwelling has facts of its own. All others are known from the register of their compound.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::address;
use crate::batch::{self, Batch};
use crate::case::draft::FieldProblem;
use crate::compound::newest;
use crate::decimal::Decimal;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
use crate::record;

pub const DEFINED: &str = "dwelling.defined";

const TEXT_CHARS_MAX: usize = 60;
const NOTE_CHARS_MAX: usize = 2_000;

/// What the register of the dwelling says. A later definition replaces the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Defined {
    pub compound: String,
    /// The doorway as its compound names it: `8号`, `130弄8号`.
    pub building: String,
    pub room: String,
    /// 建筑面积, m², decimal text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub area_m2: String,
    /// 产证用途
    #[serde(skip_serializing_if = "String::is_empty")]
    pub certificate_use: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The import of a ledger it came with, or that it takes back.
    #[serde(flatten)]
    pub batch: Batch,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DwellingState {
    pub id: String,
    #[serde(flatten)]
    pub defined: Defined,
    /// Imports that wrote here, also those somebody has written over since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub imports: BTreeSet<String>,
    pub heads: Vec<EventId>,
}

/// The record of a place: one key for (compound, lane, 号, room) in any spelling.
#[must_use]
pub fn record_of(compound: &str, building: &str, room: &str) -> String {
    format!("dwelling:{}", address::place(compound, building, room))
}

#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> DwellingState {
    let graph = Graph::new(events);
    let own = |e: &FoldEvent| Defined::deserialize(&e.data).is_ok_and(|d| of(&d) == record);
    let defined = newest(&graph, DEFINED, own).unwrap_or_default();
    DwellingState {
        id: record::id_of(record).to_owned(),
        imports: batch::imports(&graph, DEFINED),
        defined,
        heads: graph.heads(),
    }
}

fn of(d: &Defined) -> String {
    record_of(&d.compound, &d.building, &d.room)
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: state.defined.batch.kind("dwelling"),
        scope: scope.to_owned(),
        status: String::new(),
        due: None,
        search: String::new(),
        facets: [("compound".into(), state.defined.compound.clone()), ("place".into(), state.id.clone())]
            .into_iter()
            .chain(batch::facets(&state.imports))
            .collect(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// Whoever keeps registers, within their compounds, and about the place the record is named after.
pub fn judge(of_record: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let fits = |d: &Defined| of(d) == of_record.record && d.compound == of_record.scope && check(d).is_empty();
    let known = event.kind != DEFINED || Defined::deserialize(&event.data).is_ok_and(|d| fits(&d));
    let may = may(&grant.roles, Action::Companies) && grant.scopes.has(of_record.scope);
    Judgement::stands(event.by_server || (may && known))
}

/// What is wrong with a definition: field and code.
#[must_use]
pub fn check(d: &Defined) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut wrong = |is: bool, field: &str, code: &str| {
        if is {
            found.push(FieldProblem::new(field, code));
        }
    };
    let longer = |text: &str, than: usize| text.chars().count() > than;
    wrong(d.building.trim().is_empty(), "building", "required");
    wrong(d.room.trim().is_empty(), "room", "required");
    wrong([&d.building, &d.room].into_iter().any(|t| longer(t, TEXT_CHARS_MAX)), "room", "too_long");
    wrong(longer(&d.certificate_use, TEXT_CHARS_MAX), "certificate_use", "too_long");
    wrong(longer(&d.note, NOTE_CHARS_MAX), "note", "too_long");
    let area = d.area_m2.trim();
    wrong(!area.is_empty() && Decimal::parse(area).is_none_or(|n| n <= Decimal::whole(0)), "area_m2", "not_a_number");
    found
}

//! 小区: the register of compounds, their doorways and rooms (domain.md §8.7).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::record;

pub const DEFINED: &str = "compound.defined";

/// A compound as its register entry defines it. A later definition replaces the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Defined {
    pub name: String,
    /// Pinyin initials: `dhhy`. Data: the register knows how its names are read.
    pub initials: String,
    /// Lane and road: `东湖路 128 弄`.
    pub address: String,
    /// 居委会
    #[serde(skip_serializing_if = "String::is_empty")]
    pub committee: String,
    /// 幢; a building holds one or more doorways.
    pub buildings: u32,
    pub doorways: Vec<Doorway>,
}

/// One 号. Compact, so that a compound of a hundred doorways stays far below the size limit of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doorway {
    /// As on the plate: `8号`.
    pub no: String,
    pub floors: u32,
    pub rooms_per_floor: u32,
    /// Rooms that do not follow the pattern: `0102甲`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<String>,
}

impl Doorway {
    /// `101`, `102`, `201`, …, then the exceptions.
    #[must_use]
    pub fn rooms(&self) -> Vec<String> {
        let floors = 1..=self.floors.min(99);
        let plain = floors.flat_map(|f| (1..=self.rooms_per_floor.min(99)).map(move |r| format!("{f}{r:02}")));
        plain.chain(self.extra.iter().cloned()).collect()
    }

    #[must_use]
    pub fn dwellings(&self) -> u32 {
        let extra = u32::try_from(self.extra.len()).unwrap_or(u32::MAX);
        self.floors.saturating_mul(self.rooms_per_floor).saturating_add(extra)
    }
}

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompoundState {
    pub id: String,
    #[serde(flatten)]
    pub defined: Defined,
    pub dwellings: u32,
    pub heads: Vec<EventId>,
}

/// Folds a compound: the newest definition; of several that do not know of each other, the one with the
/// smallest id.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> CompoundState {
    let graph = Graph::new(events);
    let defined: Defined = newest(&graph, DEFINED, |_| true).unwrap_or_default();
    CompoundState {
        id: record::id_of(record).to_owned(),
        dwellings: defined.doorways.iter().map(Doorway::dwellings).sum(),
        defined,
        heads: graph.heads(),
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let d = &state.defined;
    Projection {
        kind: "compound".into(),
        scope: scope.to_owned(),
        status: String::new(),
        due: None,
        search: format!("{} {} {}", d.name, d.initials, d.address).to_lowercase(),
        facets: vec![("committee".into(), d.committee.clone()), ("name".into(), d.name.clone())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// `data` of the newest event of this kind that counts, by the graph, smallest id first among equals.
pub(crate) fn newest<T: serde::de::DeserializeOwned>(
    graph: &Graph,
    kind: &str,
    counts: impl Fn(&FoldEvent) -> bool,
) -> Option<T> {
    let read = |data: &Value| serde_json::from_value::<T>(data.clone()).ok();
    let fits = |e: &FoldEvent| e.kind == kind && e.tv == 1 && counts(e) && read(&e.data).is_some();
    let among: Vec<_> = graph.iter().filter(|(_, e)| fits(e)).map(|(at, _)| at).collect();
    let newest = graph.maximal(&among).into_iter().filter_map(|at| graph.get(at)).min_by(|a, b| a.id.cmp(&b.id))?;
    read(&newest.data)
}

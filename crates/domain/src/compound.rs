//! 小区: the register of compounds, their doorways and rooms (domain.md §8.7).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::address;
use crate::batch::{self, Batch};
use crate::case::draft::FieldProblem;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
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
    /// 弄, where there is more than the one of `address`: `示例路128弄`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<String>,
    /// 旧名 and 新名 of the compound, a road or a lane: both are found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Renamed>,
    /// 物业企业: id of a company record.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// 项目经理: personal, shown masked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub manager: String,
    /// Ids of the inspectors who answer for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inspectors: Vec<String>,
    /// 网格号
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grids: Vec<String>,
    /// 类别: a code of [`CATEGORIES`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// 重点: a code of [`PRIORITIES`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// The import of a ledger it came with, or that it takes back.
    #[serde(flatten)]
    pub batch: Batch,
}

/// 商品房, 售后公房, 动迁安置, 经济适用, 混合, 别墅, 其他 (the ledger's 房屋性质, domain.md §6.2).
pub const CATEGORIES: &[&str] =
    &["commodity", "former_public", "resettlement", "affordable", "mixed", "villa", "other"];
/// 重点, 一般
pub const PRIORITIES: &[&str] = &["key", "normal"];

/// A name and what it became.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Renamed {
    pub from: String,
    pub to: String,
}

/// One 号. Compact, so that a compound of a hundred doorways stays far below the size limit of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Doorway {
    /// As on the plate: `8号`.
    pub no: String,
    pub floors: u32,
    pub rooms_per_floor: u32,
    /// Rooms that do not follow the pattern: `0102甲`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<String>,
    /// Rooms of the pattern that do not exist: a shop takes the ground floor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// 弄, where the compound has several: `130弄`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// 幢: `3幢`; one holds several 号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub building: String,
    /// 单元: rare in Shanghai.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Rooms whose number does not tell their floor.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub floor_of: BTreeMap<String, i32>,
}

impl Doorway {
    /// `101`, `102`, `201`, …, without those that do not exist, then the exceptions.
    #[must_use]
    pub fn rooms(&self) -> Vec<String> {
        let floors = 1..=self.floors.min(99);
        let plain = floors.flat_map(|f| (1..=self.rooms_per_floor.min(99)).map(move |r| format!("{f}{r:02}")));
        plain.filter(|room| !self.without.contains(room)).chain(self.extra.iter().cloned()).collect()
    }

    #[must_use]
    pub fn dwellings(&self) -> u32 {
        u32::try_from(self.rooms().len()).unwrap_or(u32::MAX)
    }

    /// The floor of a room: as stored, else by its number.
    #[must_use]
    pub fn floor(&self, room: &str) -> Option<i32> {
        self.floor_of.get(room).copied().or_else(|| address::floor(room))
    }
}

impl Defined {
    /// How a doorway is named within the compound: its 号, with its lane where there are several.
    #[must_use]
    pub fn plate(&self, doorway: &Doorway) -> String {
        if self.lanes.len() > 1 { format!("{}{}", doorway.lane, doorway.no) } else { doorway.no.clone() }
    }

    /// The doorway that an address names, in any spelling.
    #[must_use]
    pub fn doorway(&self, plate: &str) -> Option<&Doorway> {
        let wanted = address::normalise(plate);
        self.doorways.iter().find(|door| address::normalise(&self.plate(door)) == wanted)
    }

    /// 居委会: one compound may lie in two.
    pub fn committees(&self) -> impl Iterator<Item = &str> {
        self.committee.split('、').map(str::trim).filter(|one| !one.is_empty())
    }
}

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompoundState {
    pub id: String,
    #[serde(flatten)]
    pub defined: Defined,
    pub dwellings: u32,
    /// Imports that wrote here, also those somebody has written over since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub imports: BTreeSet<String>,
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
        imports: batch::imports(&graph, DEFINED),
        defined,
        heads: graph.heads(),
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let d = &state.defined;
    Projection {
        kind: d.batch.kind("compound"),
        scope: scope.to_owned(),
        status: String::new(),
        due: None,
        search: format!("{} {} {}", d.name, d.initials, d.address).to_lowercase(),
        facets: facets(d).into_iter().chain(batch::facets(&state.imports)).collect(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

fn facets(d: &Defined) -> Vec<(String, String)> {
    let committees = d.committees().map(|one| ("committee", one.to_owned()));
    let company = Some(("company", d.company.clone())).filter(|(_, id)| !id.is_empty());
    let inspectors = d.inspectors.iter().map(|id| ("inspector", id.clone()));
    let all = committees.chain([("name", d.name.clone())]).chain(company).chain(inspectors);
    all.map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The administrator keeps the register; a definition that breaks its bounds is put aside.
pub fn judge(_: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let read = || Defined::deserialize(&event.data).is_ok_and(|defined| check(&defined).is_empty());
    let known = event.kind != DEFINED || read();
    Judgement::stands(event.by_server || (may(&grant.roles, Action::Accounts) && known))
}

const DOORWAYS_MAX: usize = 600;
const NAME_CHARS_MAX: usize = 60;

/// What is wrong with a definition: field and code.
#[must_use]
pub fn check(d: &Defined) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut wrong = |is: bool, field: &str, code: &str| {
        if is {
            found.push(FieldProblem::new(field, code));
        }
    };
    let long = |text: &str| text.chars().count() > NAME_CHARS_MAX;
    wrong(d.name.trim().is_empty(), "name", "required");
    wrong(long(&d.name), "name", "too_long");
    wrong(!d.initials.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "initials", "not_initials");
    wrong(long(&d.initials), "initials", "too_long");
    wrong(long(&d.address), "address", "too_long");
    wrong(long(&d.committee), "committee", "too_long");
    wrong(long(&d.manager), "manager", "too_long");
    wrong(!d.category.is_empty() && !CATEGORIES.contains(&d.category.as_str()), "category", "unknown_choice");
    wrong(!d.priority.is_empty() && !PRIORITIES.contains(&d.priority.as_str()), "priority", "unknown_choice");
    wrong(d.doorways.len() > DOORWAYS_MAX, "doorways", "too_many");
    let mut plates = BTreeSet::new();
    for door in &d.doorways {
        let plate = address::normalise(&d.plate(door));
        wrong(plate.is_empty() || long(&plate), "doorways", "required");
        wrong(door.floors > 99 || door.rooms_per_floor > 99, "doorways", "too_many");
        wrong(door.dwellings() > 1_000, "doorways", "too_many");
        wrong(!plates.insert(plate), "doorways", "twice");
    }
    found
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

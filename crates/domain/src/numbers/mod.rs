//! 文号段: numbers leased to a device in blocks, so that a paper can be numbered without a network (domain.md §5.3).
//!
//! One record for each device and year. The device asks; the server's ruling leases. A block belongs to one chain of
//! the device: a folder put back from an old copy begins a new chain and has no block until it asks again, so no
//! number can go out twice.
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::{EventId, FoldEvent, NewEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::paper::numbering::book;
use crate::paper::terms::terms;
use crate::permission::Grant;
use crate::record;

pub const ASKED: &str = "numbers.asked";
pub const RETURNED: &str = "numbers.returned";
pub const RULED: &str = "numbers.ruled";

const TV: u32 = 1;

/// `numbers:d_3fa9…-2026`
#[must_use]
pub fn record_of(device: &str, year: i32) -> String {
    format!("numbers:{device}-{year:04}")
}

/// Series of which a block is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub series: Vec<String>,
}

/// Numbers a device will not give any more: the server may lease them to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Returned {
    pub series: String,
    /// First number of the block.
    pub block: u32,
    /// From here to the block's end.
    pub from: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruled {
    pub of: String,
    /// `accepted` | `refused`
    pub verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
}

/// A run of numbers that only one chain of one device may give.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Block {
    pub series: String,
    pub first: u32,
    pub last: u32,
    /// The chain it was leased to.
    pub inc: u32,
    /// The town's name, from which 机关代字 is made.
    pub town: String,
    /// Given back from here on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_from: Option<u32>,
}

impl Block {
    #[must_use]
    pub fn may_give(&self, seq: u32) -> bool {
        (self.first..=self.last).contains(&seq) && self.returned_from.is_none_or(|from| seq < from)
    }

    /// The last number it may still give.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.returned_from.map_or(self.last, |from| from.saturating_sub(1))
    }
}

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersState {
    pub device: String,
    pub year: i32,
    pub blocks: Vec<Block>,
    /// Asked for and not answered.
    pub asked: Vec<String>,
    pub heads: Vec<EventId>,
}

/// Device and year of a record's id.
fn split(record: &str) -> (String, i32) {
    let (device, year) = record::id_of(record).rsplit_once('-').unwrap_or_default();
    (device.to_owned(), year.parse().unwrap_or(0))
}

/// Folds what was leased to a device in a year. Only the server's word leases.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> NumbersState {
    let graph = Graph::new(events);
    let (device, year) = split(record);
    let mut state = NumbersState { device, year, heads: graph.heads(), ..NumbersState::default() };
    let rulings = || graph.iter().filter(|(_, e)| e.by_server && e.kind == RULED).filter_map(|(_, e)| read(&e.data));
    state.blocks = rulings().flat_map(|ruled: Ruled| ruled.blocks).collect();
    for (_, event) in graph.iter() {
        let answer: Option<Ruled> = rulings().find(|ruled: &Ruled| ruled.of == event.id);
        match event.kind.as_str() {
            ASKED if answer.is_none() => state.asked.extend(read::<Asked>(&event.data).unwrap_or_default().series),
            RETURNED if answer.is_none_or(|a| a.verdict == "accepted") => give_back(&mut state, event),
            _ => {}
        }
    }
    state
}

fn give_back(state: &mut NumbersState, event: &FoldEvent) {
    let Some(back) = read::<Returned>(&event.data) else { return };
    let of = state.blocks.iter_mut().find(|b| b.series == back.series && b.first == back.block && b.inc == event.inc);
    if let Some(block) = of.filter(|b| (b.first..=b.last).contains(&back.from)) {
        block.returned_from = Some(block.returned_from.map_or(back.from, |at| at.min(back.from)));
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: "numbers".into(),
        scope: scope.to_owned(),
        status: if state.asked.is_empty() { "leased" } else { "asked" }.into(),
        facets: vec![("device".into(), state.device.clone()), ("year".into(), state.year.to_string())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
        ..Projection::default()
    }
}

/// A wish for new blocks.
#[must_use]
pub fn ask(device: &str, year: i32, actor: &str, series: Vec<String>) -> NewEvent {
    event(device, year, actor, ASKED, &Asked { series })
}

/// Numbers given back.
#[must_use]
pub fn hand_back(device: &str, year: i32, actor: &str, returned: &Returned) -> NewEvent {
    event(device, year, actor, RETURNED, returned)
}

fn event(device: &str, year: i32, actor: &str, kind: &str, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: record_of(device, year),
        scope: record::TOWN.to_owned(),
        kind: kind.to_owned(),
        tv: TV,
        actor: actor.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

/// The town server's answer. A device asks and gives back for itself alone, and gets no second block of a series
/// while most of the first is unused.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    if event.by_server {
        return Judgement::default();
    }
    let before: Vec<FoldEvent> = of.events.iter().filter(|e| e.id != event.id).cloned().collect();
    let state = fold(of.record, &before);
    let own = state.device == event.device && of.record == record_of(&event.device, state.year);
    let answer = match event.kind.as_str() {
        _ if !own => Err(("not_own_device", true)),
        _ if !(2000..=2999).contains(&state.year) => Err(("invalid:year", true)),
        ASKED => lease(&state, event, grant, town),
        RETURNED => take_back(&state, event, town),
        _ => Err(("unreadable", true)),
    };
    let ruled = |verdict: &str| Ruled { of: event.id.clone(), verdict: verdict.into(), ..Ruled::default() };
    let (ruled, quarantine) = match answer {
        Ok(blocks) => (Ruled { blocks, ..ruled("accepted") }, false),
        Err((code, aside)) => (Ruled { reason_code: Some(code.to_owned()), ..ruled("refused") }, aside),
    };
    Judgement { quarantine, rulings: vec![serde_json::to_value(ruled).unwrap_or_default()] }
}

type Answer = Result<Vec<Block>, (&'static str, bool)>;

fn lease(state: &NumbersState, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Answer {
    let asked: Asked = read(&event.data).ok_or(("unreadable", true))?;
    let wanted: std::collections::BTreeSet<&String> = asked.series.iter().collect();
    let mut blocks = Vec::new();
    for id in wanted {
        let series = book().series(id).ok_or(("unknown_series", true))?;
        if !terms(&series.template).is_some_and(|t| t.may_issue(&grant.roles)) {
            return Err(("not_allowed", true));
        }
        let open = state.blocks.iter().filter(|b| b.series == *id && b.inc == event.inc);
        let left: u32 = open
            .map(|b| (b.end() + 1).saturating_sub(b.first + town.nos_taken(id, state.year, b.first, b.end())))
            .sum();
        if left < book().ask_below
            && let Some((first, last, name)) = town.lease(id, state.year, book().block)
        {
            let block = Block { series: id.clone(), first, last, inc: event.inc, town: name, returned_from: None };
            blocks.push(block);
        }
    }
    Ok(blocks)
}

fn take_back(state: &NumbersState, event: &FoldEvent, town: &mut dyn Registry) -> Answer {
    let back: Returned = read(&event.data).ok_or(("unreadable", true))?;
    let mut open = state.blocks.iter().filter(|b| b.inc == event.inc && b.series == back.series);
    let block = open.find(|b| b.first == back.block).ok_or(("number_not_leased", false))?;
    if back.from > block.end() || back.from < block.first {
        return Err(("number_not_leased", false));
    }
    if town.nos_taken(&back.series, state.year, back.from, block.end()) > 0 {
        return Err(("number_used", false));
    }
    town.give_back(&back.series, state.year, back.from, block.end());
    Ok(Vec::new())
}

fn read<T: serde::de::DeserializeOwned>(data: &Value) -> Option<T> {
    T::deserialize(data).ok()
}

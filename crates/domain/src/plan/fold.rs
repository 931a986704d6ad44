//! The events of a plan become its state.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{DRAWN, Georef, Pin, PlanDrawn, PlanPoint, PlanSet, SET, TV, centre};
use crate::address;
use crate::event::{BlobRef, EventId, FoldEvent, Projection};
use crate::geo::{Geo, Method};
use crate::graph::{At, Graph};
use crate::record;

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanState {
    /// The compound's id.
    pub id: String,
    pub image: Option<BlobRef>,
    pub name: String,
    pub width: u32,
    pub height: u32,
    /// The picture in force and those it continues: points on any of them hold.
    pub fits: BTreeSet<String>,
    /// By the number on the plate.
    pub buildings: BTreeMap<String, Vec<PlanPoint>>,
    pub georef: Option<Georef>,
    pub heads: Vec<EventId>,
}

impl PlanState {
    /// Middle of the building of this name, however it is written.
    #[must_use]
    pub fn middle(&self, building: &str) -> Option<PlanPoint> {
        let wanted = address::normalise(building);
        let corners = self.buildings.iter().find(|(no, _)| !wanted.is_empty() && address::normalise(no) == wanted)?;
        centre(corners.1)
    }

    /// Where a pin lies on the picture in force; none for a pin on another.
    #[must_use]
    pub fn pinned(&self, pin: &Pin) -> Option<PlanPoint> {
        (self.fits.contains(&pin.plan) && pin.is_sound()).then_some([pin.x, pin.y])
    }

    /// Coordinates of a point of the plan, where two of its points are known.
    #[must_use]
    pub fn locate(&self, at: &PlanPoint, method: Method) -> Option<Geo> {
        self.georef.as_ref()?.locate(at, self.width, self.height, method)
    }

    /// What to keep of a fix: itself, or the middle of the building where it was taken indoors (domain.md §8.8).
    #[must_use]
    pub fn better_of(&self, geo: Geo, building: &str) -> Geo {
        if !geo.is_indoor() {
            return geo;
        }
        let middle = self.middle(building).and_then(|at| self.locate(&at, Method::BuildingCentroid));
        match middle {
            Some(middle) => Geo { captured_at: geo.captured_at, ..middle },
            None => geo,
        }
    }
}

fn read<T: DeserializeOwned>(graph: &Graph<'_>, kind: &str) -> Vec<(At, T)> {
    let of_kind = graph.iter().filter(|(_, e)| e.kind == kind && e.tv == TV);
    of_kind.filter_map(|(at, e)| Some((at, serde_json::from_value(e.data.clone()).ok()?))).collect()
}

/// Of some writes the newest; of several that do not know of each other the one with the smallest id.
fn newest<T>(graph: &Graph<'_>, written: Vec<(At, T)>) -> Option<(At, T)> {
    let keep = graph.maximal(&written.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    let id = |at: At| graph.get(at).map(|e| e.id.clone());
    written.into_iter().filter(|(at, _)| keep.contains(at)).min_by_key(|(at, _)| id(*at))
}

#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> PlanState {
    let graph = Graph::new(events);
    let mut state = PlanState { id: record::id_of(record).to_owned(), heads: graph.heads(), ..PlanState::default() };
    let sets: Vec<(At, PlanSet)> = read(&graph, SET);
    let image = |at: At| graph.get(at).and_then(|e| e.blobs.iter().find(|b| b.role == "plan")).cloned();
    let pictured: Vec<(At, PlanSet)> = sets.into_iter().filter(|(at, _)| image(*at).is_some()).collect();
    let continued: BTreeMap<String, String> =
        pictured.iter().filter_map(|(at, set)| Some((image(*at)?.h, set.continues.clone()))).collect();
    let Some((at, set)) = newest(&graph, pictured) else { return state };
    state.image = image(at);
    (state.name, state.width, state.height) = (set.name, set.width, set.height);
    let mut hash = state.image.as_ref().map(|b| b.h.clone()).unwrap_or_default();
    // A picture that continues itself, by a hostile hand, ends the walk.
    while !hash.is_empty() && state.fits.insert(hash.clone()) {
        hash = continued.get(&hash).cloned().unwrap_or_default();
    }
    drawn(&graph, &mut state);
    state
}

fn drawn(graph: &Graph<'_>, state: &mut PlanState) {
    let mut written: BTreeMap<String, Vec<(At, Vec<PlanPoint>)>> = BTreeMap::new();
    let mut georefs: Vec<(At, Georef)> = Vec::new();
    for (at, drawn) in read::<PlanDrawn>(graph, DRAWN) {
        if !state.fits.contains(&drawn.on) {
            continue;
        }
        for shape in drawn.buildings {
            written.entry(shape.no).or_default().push((at, shape.corners));
        }
        georefs.extend(drawn.georef.map(|g| (at, g)));
    }
    let standing = written.into_iter().filter_map(|(no, all)| Some((no, newest(graph, all)?.1)));
    state.buildings = standing.filter(|(_, corners)| !corners.is_empty()).collect();
    state.georef = newest(graph, georefs).map(|(_, g)| g);
}

/// Facet `compound`; no more is asked of it by lists.
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: "plan".into(),
        scope: scope.to_owned(),
        facets: vec![("compound".into(), state.id.clone())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
        ..Projection::default()
    }
}

//! The events of a round become its state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Payload, Planned, Stop, read};
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::{At, Graph};
use crate::record;

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundState {
    pub id: String,
    pub scope: String,
    /// `PLANNED` | `WALKING` | `ENDED` | `DROPPED`
    pub status: String,
    pub plan: Planned,
    pub planner: String,
    pub stops: Vec<StopState>,
    /// Local date of the walk; empty before it.
    pub walked_on: String,
    pub started_ms: Option<i64>,
    pub ended_ms: Option<i64>,
    /// What the walker wrote at the end.
    pub note: String,
    pub dropped: String,
    pub heads: Vec<EventId>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopState {
    #[serde(flatten)]
    pub stop: Stop,
    /// `done` | `skipped`; empty while open.
    pub result: String,
    pub reason: String,
    pub at_ms: Option<i64>,
    /// By room.
    pub visits: Vec<Visit>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub room: String,
    /// `nobody` | `refused` | `entered`
    pub outcome: String,
    pub at_ms: i64,
}

impl RoundState {
    #[must_use]
    pub fn done(&self) -> usize {
        self.stops.iter().filter(|s| s.result == "done").count()
    }

    /// Stops that have an answer of either kind.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.stops.iter().filter(|s| !s.result.is_empty()).count()
    }

    /// Whether somebody was really there: a round begun and left at once is no patrol.
    #[must_use]
    pub fn patrolled(&self) -> bool {
        self.started_ms.is_some() && self.done() > 0
    }

    /// Doors knocked at, and dwellings behind the doorways of the round.
    #[must_use]
    pub fn doors(&self) -> (u32, u32) {
        let visited = self.stops.iter().map(|s| s.visits.len()).sum::<usize>();
        let all = self.stops.iter().map(|s| s.stop.dwellings).sum();
        (u32::try_from(visited).unwrap_or(u32::MAX), all)
    }
}

/// Of the writes those nobody has replaced, the first by id: the same on every machine.
fn standing<T: Clone>(graph: &Graph<'_>, written: &[(At, T)]) -> Option<(At, T)> {
    let keep = graph.maximal(&written.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    let id = |at: At| graph.get(at).map(|e| e.id.clone());
    written.iter().filter(|(at, _)| keep.contains(at)).min_by_key(|(at, _)| id(*at)).cloned()
}

/// Folds the events of `record` as replicated under `scope`.
#[must_use]
pub fn fold(record: &str, scope: &str, events: &[FoldEvent]) -> RoundState {
    let graph = Graph::new(events);
    let mut written = Written::default();
    for (at, event) in graph.iter() {
        written.take(at, read(&event.kind, event.tv, &event.data));
    }
    let moment = |at: At| graph.get(at).map(|e| e.wall_ms);
    let mut state = RoundState {
        id: record::id_of(record).to_owned(),
        scope: scope.to_owned(),
        heads: graph.heads(),
        ..RoundState::default()
    };
    if let Some((at, plan)) = standing(&graph, &written.plans) {
        state.planner = graph.get(at).map(|e| e.actor.clone()).unwrap_or_default();
        state.stops = plan.stops.iter().map(|stop| written.stop(&graph, stop)).collect();
        state.plan = plan;
    }
    // Begun is begun: the first start counts, however often the button was pressed.
    if let Some((at, date)) = written.starts.first() {
        state.started_ms = moment(*at);
        state.walked_on.clone_from(date);
    }
    if let Some((at, note)) = standing(&graph, &written.ends) {
        state.ended_ms = moment(at);
        state.note = note;
    }
    state.dropped = standing(&graph, &written.drops).map(|(_, reason)| reason).unwrap_or_default();
    state.status = status(&state).to_owned();
    state
}

/// A round dropped by the office while somebody offline had begun it was walked.
fn status(state: &RoundState) -> &'static str {
    match (state.started_ms, state.ended_ms) {
        (Some(_), Some(_)) => "ENDED",
        (Some(_), None) => "WALKING",
        (None, _) if !state.dropped.is_empty() => "DROPPED",
        (None, _) => "PLANNED",
    }
}

/// Result and reason.
type Answer = (String, String);

#[derive(Default)]
struct Written {
    plans: Vec<(At, Planned)>,
    starts: Vec<(At, String)>,
    /// By stop.
    stops: BTreeMap<String, Vec<(At, Answer)>>,
    /// By stop and room.
    visits: BTreeMap<(String, String), Vec<(At, String)>>,
    ends: Vec<(At, String)>,
    drops: Vec<(At, String)>,
}

impl Written {
    fn take(&mut self, at: At, payload: Payload) {
        match payload {
            Payload::Planned(plan) => self.plans.push((at, plan)),
            Payload::Started(started) => self.starts.push((at, started.date)),
            Payload::Stop(done) => self.stops.entry(done.stop).or_default().push((at, (done.result, done.reason))),
            Payload::Visit(v) => self.visits.entry((v.stop, v.room)).or_default().push((at, v.outcome)),
            Payload::Ended(ended) => self.ends.push((at, ended.note)),
            Payload::Dropped(dropped) => self.drops.push((at, dropped.reason)),
            Payload::Unknown => {}
        }
    }

    fn stop(&self, graph: &Graph<'_>, stop: &Stop) -> StopState {
        let moment = |at: At| graph.get(at).map(|e| e.wall_ms);
        let answer = self.stops.get(&stop.id).and_then(|all| standing(graph, all));
        let answer = answer.filter(|(_, (result, _))| result != "open");
        let of_stop = self.visits.iter().filter(|((id, _), _)| *id == stop.id);
        let visits = of_stop.filter_map(|((_, room), all)| {
            let (at, outcome) = standing(graph, all).filter(|(_, outcome)| outcome != "none")?;
            Some(Visit { room: room.clone(), outcome, at_ms: moment(at).unwrap_or_default() })
        });
        StopState {
            stop: stop.clone(),
            visits: visits.collect(),
            at_ms: answer.as_ref().and_then(|(at, _)| moment(*at)),
            result: answer.as_ref().map(|(_, (result, _))| result.clone()).unwrap_or_default(),
            reason: answer.map(|(_, (_, reason))| reason).unwrap_or_default(),
        }
    }
}

/// Facets: `compound`, `walker`, `planned_on` (a day that was planned for and not dropped), `walked_on` (a day on
/// which at least one stop was done): coverage is counted by day from these two.
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, scope, events);
    let planned = (state.status != "DROPPED").then(|| state.plan.date.clone());
    let walked = state.patrolled().then(|| state.walked_on.clone());
    let facets = [
        ("compound", Some(state.plan.compound_id.clone())),
        ("walker", Some(state.plan.walker.clone())),
        ("planned_on", planned),
        ("walked_on", walked),
    ];
    Projection {
        kind: "round".into(),
        scope: scope.to_owned(),
        status: state.status.clone(),
        due: Some(state.plan.date.clone()).filter(|d| !d.is_empty()),
        search: state.plan.compound_name.to_lowercase(),
        facets: facets.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

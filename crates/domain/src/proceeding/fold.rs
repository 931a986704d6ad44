//! Events become a proceeding: a pure function of the graph.

use std::collections::BTreeMap;

use serde::Deserialize as _;

use super::party::Party;
use super::payload::{OPENED, Opened, PARTY_SET, RULED, Ruled, STEP, Step, TV};
use super::state::{Done, ProceedingState};
use super::steps;
use crate::event::{FoldEvent, Projection};
use crate::graph::Graph;
use crate::record;

#[must_use]
pub fn fold(record: &str, scope: &str, events: &[FoldEvent]) -> ProceedingState {
    let graph = Graph::new(events);
    let all: Vec<&FoldEvent> = graph.iter().map(|(_, e)| e).filter(|e| e.tv == TV).collect();
    let rulings: Vec<Ruled> = all
        .iter()
        .filter(|e| e.by_server && e.kind == RULED)
        .filter_map(|e| Ruled::deserialize(&e.data).ok())
        .collect();
    let by_event: BTreeMap<&str, &Ruled> = rulings.iter().map(|r| (r.of.as_str(), r)).collect();
    let mut state = ProceedingState {
        id: record::id_of(record).to_owned(),
        scope: scope.to_owned(),
        heads: graph.heads(),
        ..ProceedingState::default()
    };
    if let Some((event, opened)) = opening(&all, &by_event) {
        let answer = by_event.get(event.id.as_str());
        state.opening = answer.map_or_else(|| "pending".to_owned(), |r| r.verdict.clone());
        state.opening_refused = answer.and_then(|r| r.reason_code.clone());
        state.author.clone_from(&event.actor);
        state.opened = opened;
        state.status = "E00".into();
    }
    state.party = party(&graph, &by_event);
    state.steps = told(&all, &rulings, &by_event);
    let mut at = state.status.clone();
    for step in state.accepted() {
        at = steps::find(&step.code).and_then(|row| row.to).map_or(at, str::to_owned);
    }
    state.status.clone_from(&at);
    for step in state.steps.iter().filter(|s| s.verdict == "pending") {
        at = steps::find(&step.code).and_then(|row| row.to).map_or(at, str::to_owned);
    }
    state.expected = at;
    state
}

/// The first opening that was not refused; a refused one where there is no other.
fn opening<'a>(all: &[&'a FoldEvent], rulings: &BTreeMap<&str, &Ruled>) -> Option<(&'a FoldEvent, Opened)> {
    let read = |e: &&'a FoldEvent| Some((*e, Opened::deserialize(&e.data).ok()?));
    let openings = || all.iter().filter(|e| e.kind == OPENED && !e.by_server);
    let refused = |e: &&&FoldEvent| rulings.get(e.id.as_str()).is_some_and(|r| r.verdict == "refused");
    openings().find(|e| !refused(e)).or_else(|| openings().next()).and_then(read)
}

/// The newest that was not refused; of several that do not know of each other, the one with the smallest id.
fn party(graph: &Graph, rulings: &BTreeMap<&str, &Ruled>) -> Option<Party> {
    let counts = |e: &FoldEvent| e.kind == PARTY_SET && e.tv == TV && !rulings.contains_key(e.id.as_str());
    let among: Vec<_> = graph.iter().filter(|(_, e)| counts(e)).map(|(at, _)| at).collect();
    let newest = graph.maximal(&among).into_iter().filter_map(|at| graph.get(at)).min_by(|a, b| a.id.cmp(&b.id))?;
    Party::deserialize(&newest.data).ok()
}

fn told(all: &[&FoldEvent], rulings: &[Ruled], by_event: &BTreeMap<&str, &Ruled>) -> Vec<Done> {
    let steps: BTreeMap<&str, Done> = all
        .iter()
        .filter(|e| e.kind == STEP && !e.by_server)
        .filter_map(|e| Some((e.id.as_str(), done(e, by_event.get(e.id.as_str()).copied())?)))
        .collect();
    let ruled = |verdict: &'static str| {
        let of = rulings.iter().filter(move |r| r.verdict == verdict);
        of.filter_map(|r| steps.get(r.of.as_str()).cloned())
    };
    let waiting = all.iter().filter_map(|e| steps.get(e.id.as_str())).filter(|s| s.verdict == "pending").cloned();
    ruled("accepted").chain(waiting).chain(ruled("refused")).collect()
}

fn done(event: &FoldEvent, ruled: Option<&Ruled>) -> Option<Done> {
    let step = Step::deserialize(&event.data).ok()?;
    Some(Done {
        event: event.id.clone(),
        code: step.code,
        date: step.date,
        officers: step.officers,
        documents: step.documents,
        params: step.params,
        author: event.actor.clone(),
        verdict: ruled.map_or_else(|| "pending".to_owned(), |r| r.verdict.clone()),
        reason_code: ruled.and_then(|r| r.reason_code.clone()),
        article: ruled.map(|r| r.article.clone()).unwrap_or_default(),
    })
}

/// Facets: `case`, `stage`, `open`. Nothing of the party is searched for (PIPL 6).
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, scope, events);
    let open = !["E01", "E90", "E95"].contains(&state.status.as_str()) && state.opening != "refused";
    let mut facets =
        vec![("case".to_owned(), state.opened.case_id.clone()), ("stage".to_owned(), state.status.clone())];
    facets.extend(open.then(|| ("open".to_owned(), "1".to_owned())));
    Projection {
        kind: "proceeding".into(),
        scope: scope.to_owned(),
        status: state.status.clone(),
        due: None,
        search: state.opened.case_no.to_lowercase(),
        facets,
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

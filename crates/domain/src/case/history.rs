//! The events of a case, read, with the server's answer to each.

use std::collections::BTreeMap;

use super::payload::{Act, Payload, Recorded, Ruled, read};
use super::state::Times;
use crate::event::FoldEvent;
use crate::graph::{At, Graph};

/// The events with their payloads and the server's answers.
pub(super) struct History<'a> {
    pub graph: &'a Graph<'a>,
    payloads: Vec<Payload>,
    /// By event id: the answer, an accepted one before a refused one.
    answers: BTreeMap<String, (At, Ruled)>,
}

impl<'a> History<'a> {
    pub fn new(graph: &'a Graph<'a>) -> Self {
        let payloads: Vec<Payload> = graph.iter().map(|(_, e)| read(&e.kind, e.tv, &e.data)).collect();
        let mut answers: BTreeMap<String, (At, Ruled)> = BTreeMap::new();
        for ((at, event), payload) in graph.iter().zip(&payloads) {
            if let (true, Payload::Ruled(ruled)) = (event.by_server, payload) {
                let standing = answers.get(&ruled.of).is_some_and(|(_, r)| r.verdict == "accepted");
                if !standing || ruled.verdict == "accepted" {
                    answers.insert(ruled.of.clone(), (at, ruled.clone()));
                }
            }
        }
        Self { graph, payloads, answers }
    }

    pub fn iter(&self) -> impl Iterator<Item = (At, &'a FoldEvent, &Payload)> {
        self.graph.iter().zip(&self.payloads).map(|((at, event), payload)| (at, event, payload))
    }

    pub fn answer(&self, event: &FoldEvent) -> Option<&Ruled> {
        self.answers.get(&event.id).map(|(_, ruled)| ruled)
    }

    pub fn refused(&self, event: &FoldEvent) -> bool {
        self.answer(event).is_some_and(|r| r.verdict != "accepted")
    }

    /// The event the case began with: the first that was not refused, else the first. Nobody else can begin it
    /// again, and a case whose submission was refused still shows its author what he wrote.
    pub fn origin(&self) -> Option<(At, &'a FoldEvent, &Recorded)> {
        let recorded = || {
            self.iter().filter_map(|(at, event, payload)| match payload {
                Payload::Recorded(recorded) => Some((at, event, &**recorded)),
                _ => None,
            })
        };
        recorded().find(|(_, event, _)| !self.refused(event)).or_else(|| recorded().next())
    }

    /// Whether the event may have an effect on fields, photos and notes.
    pub fn counts(&self, at: At, event: &FoldEvent) -> bool {
        !self.refused(event) || self.origin().is_some_and(|(first, _, _)| first == at)
    }

    /// The server's accepted rulings, in causal order.
    pub fn accepted(&self) -> impl Iterator<Item = (At, &'a FoldEvent, &Ruled)> {
        self.iter().filter_map(|(at, event, payload)| match payload {
            Payload::Ruled(r) if event.by_server && r.verdict == "accepted" => Some((at, event, r)),
            _ => None,
        })
    }

    pub fn asked(&self, ruled: &Ruled) -> Option<(&'a FoldEvent, Option<&Act>)> {
        let found = self.iter().find(|(_, event, _)| event.id == ruled.of);
        found.map(|(_, event, payload)| (event, if let Payload::Act(act) = payload { Some(act) } else { None }))
    }
}

pub(super) fn times(event: &FoldEvent) -> Times {
    Times {
        wall_ms: event.wall_ms,
        tz: event.tz.clone(),
        estimate_ms: event.estimate.map(|(at, _)| at),
        estimate_error_ms: event.estimate.map(|(_, error)| error),
    }
}

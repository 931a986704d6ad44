//! The events of a paper become its state: a pure function of the graph. What a person did stands until the server
//! refuses it: a paper handed over without a network was handed over.

use std::collections::BTreeMap;

use super::payload::{self, Payload, Ruled};
use super::state::{Entry, PaperState};
use crate::case::Times;
use crate::event::FoldEvent;
use crate::graph::Graph;
use crate::record;

/// Folds the events of `record` as replicated under `scope`.
#[must_use]
pub fn fold(record: &str, scope: &str, events: &[FoldEvent]) -> PaperState {
    let graph = Graph::new(events);
    let read = |e: &FoldEvent| payload::read(&e.kind, e.tv, &e.data);
    let all: Vec<(&FoldEvent, Payload)> = graph.iter().map(|(_, e)| (e, read(e))).collect();
    let answers = answers(&all);
    let refused = |e: &FoldEvent| answers.get(e.id.as_str()).is_some_and(|r| r.verdict != "accepted");
    let mut state = PaperState {
        id: record::id_of(record).to_owned(),
        scope: scope.to_owned(),
        heads: graph.heads(),
        ..PaperState::default()
    };
    for (event, payload) in &all {
        state.timeline.push(entry(event, payload, &answers));
        let asks = !matches!(payload, Payload::Ruled(_) | Payload::Unknown | Payload::Printed(_));
        state.pending |= asks && !answers.contains_key(event.id.as_str());
        take(&mut state, event, payload, refused(event));
    }
    let origin = all.iter().find(|(_, p)| matches!(p, Payload::Issued(_))).map(|(e, _)| *e);
    state.refused = origin.filter(|e| refused(e)).and_then(|e| answers.get(e.id.as_str())?.reason_code.clone());
    state.status = match () {
        () if state.refused.is_some() => "refused",
        () if state.voided.is_some() => "voided",
        () if state.checked.is_some() => "checked",
        () if state.served.is_some() => "served",
        () => "issued",
    }
    .to_owned();
    state
}

/// The first of each kind that was not refused, in causal order: nobody issues or serves a paper twice.
fn take(state: &mut PaperState, event: &FoldEvent, payload: &Payload, refused: bool) {
    match payload {
        Payload::Issued(issued) if state.author.is_empty() => {
            state.issued = (**issued).clone();
            state.pdf = event.blobs.iter().find(|b| b.role == payload::PDF_ROLE).cloned();
            state.author.clone_from(&event.actor);
            state.device.clone_from(&event.device);
            state.inc = event.inc;
            state.at = times(event);
        }
        _ if refused => {}
        Payload::Served(served) if state.served.is_none() => {
            state.served = Some((**served).clone());
            state.service_photos = event.blobs.clone();
        }
        Payload::Checked(checked) if state.checked.is_none() => state.checked = Some(checked.clone()),
        Payload::Voided(voided) if state.voided.is_none() => state.voided = Some(voided.clone()),
        _ => {}
    }
}

/// The answers by the event they are about: an accepted one before a refused one.
fn answers<'a>(all: &'a [(&FoldEvent, Payload)]) -> BTreeMap<&'a str, &'a Ruled> {
    let mut answers: BTreeMap<&str, &Ruled> = BTreeMap::new();
    for (event, payload) in all {
        if let (true, Payload::Ruled(ruled)) = (event.by_server, payload) {
            let kept = answers.entry(&ruled.of).or_insert(ruled);
            if ruled.verdict == "accepted" {
                *kept = ruled;
            }
        }
    }
    answers
}

fn entry(event: &FoldEvent, payload: &Payload, answers: &BTreeMap<&str, &Ruled>) -> Entry {
    let answer = answers.get(event.id.as_str());
    let text = match payload {
        Payload::Issued(issued) => issued.number.as_ref().map(|n| n.text.clone()).unwrap_or_default(),
        Payload::Served(served) => served.service.mode.clone(),
        Payload::Checked(checked) => checked.result.clone(),
        Payload::Voided(voided) => voided.reason.clone(),
        Payload::Printed(printed) => printed.copies.to_string(),
        Payload::Ruled(ruled) => ruled.verdict.clone(),
        Payload::Unknown => String::new(),
    };
    Entry {
        event: event.id.clone(),
        kind: event.kind.clone(),
        author: event.actor.clone(),
        by_server: event.by_server,
        at: times(event),
        text,
        verdict: answer.map(|r| r.verdict.clone()),
        reason_code: answer.and_then(|r| r.reason_code.clone()),
    }
}

fn times(event: &FoldEvent) -> Times {
    Times {
        wall_ms: event.wall_ms,
        tz: event.tz.clone(),
        estimate_ms: event.estimate.map(|(at, _)| at),
        estimate_error_ms: event.estimate.map(|(_, error)| error),
    }
}

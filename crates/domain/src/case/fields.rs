//! Every field and every deadline, with the values nobody has replaced yet.

use std::collections::BTreeMap;

use super::history::{History, times};
use super::payload::{DeadlineFact, Payload, Recorded, Recounted};
use super::register::{Register, Version};
use super::state::{CaseState, DeadlineVersion};
use crate::catalogue::FieldValue;
use crate::event::FoldEvent;
use crate::graph::{At, Graph};

/// Every field with the values nobody has replaced, and every deadline likewise.
pub(super) fn fold_fields(case: &History, state: &mut CaseState) {
    let mut writers: BTreeMap<String, Vec<(At, FieldValue)>> = BTreeMap::new();
    let mut deadlines: Vec<(At, DeadlineFact)> = Vec::new();
    let mut recounts: Vec<(At, &Recounted)> = Vec::new();
    for (at, event, payload) in case.iter() {
        if !case.counts(at, event) {
            continue;
        }
        let import = match payload {
            Payload::FieldSet(set) => set.import.as_str(),
            Payload::Recorded(recorded) => recorded.import.as_str(),
            _ => "",
        };
        if !import.is_empty() {
            state.imports.insert(import.to_owned());
        }
        if let (Payload::Recounted(recounted), true) = (payload, event.by_server) {
            recounts.push((at, recounted));
        }
        let (set, deadline) = writes(case, event, payload, &deadlines);
        for (field, value) in set {
            writers.entry(field).or_default().push((at, value));
        }
        deadlines.extend(deadline.map(|fact| (at, fact)));
    }
    for (field, written) in writers {
        let versions =
            standing(case.graph, &written).into_iter().filter_map(|(at, value)| version(case.graph, at, value));
        state.fields.insert(field, Register { versions: versions.collect() });
    }
    let keep = standing(case.graph, &deadlines).into_iter();
    let versions = keep.filter_map(|(at, fact)| deadline_version(case.graph, at, fact));
    state.deadlines = versions.map(|version| counted_again(case.graph, version, &recounts)).collect();
}

/// A sum done again stands in the place of the decision it was done for, and never against another decision.
fn counted_again(graph: &Graph, version: DeadlineVersion, recounts: &[(At, &Recounted)]) -> DeadlineVersion {
    let own: Vec<_> = recounts.iter().filter(|(_, r)| r.of == version.event).collect();
    let newest = graph.maximal(&own.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    let newest = own.into_iter().filter(|(at, _)| newest.contains(at));
    let last = newest.min_by_key(|(at, _)| graph.get(*at).map(|e| e.id.clone()));
    match last {
        Some((_, recounted)) => {
            DeadlineVersion { original: Some(version.fact), fact: recounted.deadline.clone(), ..version }
        }
        None => version,
    }
}

/// What one event sets. A refused event sets nothing; an act sets its deadline once it is accepted.
fn writes(
    case: &History,
    event: &FoldEvent,
    payload: &Payload,
    known: &[(At, DeadlineFact)],
) -> (BTreeMap<String, FieldValue>, Option<DeadlineFact>) {
    match payload {
        Payload::Recorded(recorded) => (recorded_fields(recorded), recorded.deadline.clone()),
        Payload::FieldSet(set) => (set.set.clone(), set.deadline.clone()),
        Payload::ConflictResolved(resolved) if resolved.field == "deadline" => {
            let chosen = |fact: &DeadlineFact| FieldValue::Text(fact.due_at.clone()) == resolved.value;
            (BTreeMap::new(), known.iter().map(|(_, fact)| fact).find(|fact| chosen(fact)).cloned())
        }
        Payload::ConflictResolved(r) => (BTreeMap::from([(r.field.clone(), r.value.clone())]), None),
        Payload::Act(act) if case.answer(event).is_some() => (BTreeMap::new(), act.deadline.clone()),
        _ => (BTreeMap::new(), None),
    }
}

fn recorded_fields(recorded: &Recorded) -> BTreeMap<String, FieldValue> {
    let text = [
        ("type_code", &recorded.type_code),
        ("compound_id", &recorded.compound_id),
        ("compound_name", &recorded.compound_name),
        ("building", &recorded.building),
        ("room", &recorded.room),
        ("location_text", &recorded.location_text),
        ("source", &recorded.source),
        ("found_at", &recorded.found_at),
        ("severity", &recorded.severity),
    ];
    let mut fields = recorded.fields.clone();
    let words = text.into_iter().filter(|(_, value)| !value.is_empty());
    fields.extend(words.map(|(key, value)| (key.to_owned(), FieldValue::Text(value.clone()))));
    fields.insert("in_progress".into(), FieldValue::Flag(recorded.in_progress));
    fields
}

/// The writes that no later write has seen and replaced.
fn standing<T: Clone>(graph: &Graph, written: &[(At, T)]) -> Vec<(At, T)> {
    let ats: Vec<At> = written.iter().map(|(at, _)| *at).collect();
    let keep = graph.maximal(&ats);
    written.iter().filter(|(at, _)| keep.contains(at)).cloned().collect()
}

fn version(graph: &Graph, at: At, value: FieldValue) -> Option<Version> {
    let event = graph.get(at)?;
    let (author, device) = (event.actor.clone(), event.device.clone());
    Some(Version { event: event.id.clone(), value, author, device, times: times(event) })
}

fn deadline_version(graph: &Graph, at: At, fact: DeadlineFact) -> Option<DeadlineVersion> {
    let event = graph.get(at)?;
    let (author, device) = (event.actor.clone(), event.device.clone());
    Some(DeadlineVersion { event: event.id.clone(), fact, original: None, author, device, times: times(event) })
}

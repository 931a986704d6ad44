//! The events of a case become its state. A pure function of the graph: nothing here reads slice order,
//! `seq`, `received_ms` or a clock to decide.

use std::collections::BTreeMap;

use super::lifecycle::{self, State};
use super::payload::{Act, DeadlineFact, Payload, Recorded, Ruled, read};
use super::register::{Register, Version};
use super::state::{CaseState, DeadlineVersion, LastRuling, Note, Photo, Refused, Request, Returned, Times};
use super::timeline;
use crate::catalogue::FieldValue;
use crate::event::FoldEvent;
use crate::graph::{At, Graph};
use crate::record;

/// Folds the events of `record` as replicated under `scope`.
#[must_use]
pub fn fold(record: &str, scope: &str, events: &[FoldEvent]) -> CaseState {
    let graph = Graph::new(events);
    let case = Read::new(&graph);
    let mut state = CaseState {
        id: record::id_of(record).to_owned(),
        scope: scope.to_owned(),
        status: State::Draft.code().to_owned(),
        heads: graph.heads(),
        ..CaseState::default()
    };
    origin(&case, &mut state);
    fields(&case, &mut state);
    grown(&case, &mut state);
    rulings(&case, &mut state);
    requests(&case, &mut state);
    state.timeline = timeline::entries(&case);
    state.needs_newer = state.timeline.iter().any(|e| e.needs_newer);
    state
}

/// The events with their payloads and the server's answers.
pub(super) struct Read<'a> {
    pub graph: &'a Graph<'a>,
    payloads: Vec<Payload>,
    /// By event id: the answer, an accepted one before a refused one.
    answers: BTreeMap<String, (At, Ruled)>,
}

impl<'a> Read<'a> {
    fn new(graph: &'a Graph<'a>) -> Self {
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
    fn counts(&self, at: At, event: &FoldEvent) -> bool {
        !self.refused(event) || self.origin().is_some_and(|(first, _, _)| first == at)
    }

    /// The server's accepted rulings, in causal order.
    fn accepted(&self) -> impl Iterator<Item = (At, &'a FoldEvent, &Ruled)> {
        self.iter().filter_map(|(at, event, payload)| match payload {
            Payload::Ruled(r) if event.by_server && r.verdict == "accepted" => Some((at, event, r)),
            _ => None,
        })
    }

    fn asked(&self, ruled: &Ruled) -> Option<(&'a FoldEvent, Option<&Act>)> {
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

/// Who recorded it, and under which name until the server gives a number.
fn origin(case: &Read, state: &mut CaseState) {
    let Some((_, event, recorded)) = case.origin() else { return };
    let device: String = event.device.trim_start_matches("d_").chars().take(6).collect();
    state.temporary_no = format!("T-{device}-{}", event.n);
    state.author.clone_from(&event.actor);
    state.device.clone_from(&event.device);
    state.reported = times(event);
    state.catalogue.clone_from(&recorded.catalogue);
    state.type_label.clone_from(&recorded.type_label);
    state.no_photo_reason.clone_from(&recorded.no_photo_reason);
    state.not_same_as.clone_from(&recorded.not_same_as);
}

/// Every field with the values nobody has replaced, and every deadline likewise.
fn fields(case: &Read, state: &mut CaseState) {
    let mut writers: BTreeMap<String, Vec<(At, FieldValue)>> = BTreeMap::new();
    let mut deadlines: Vec<(At, DeadlineFact)> = Vec::new();
    for (at, event, payload) in case.iter() {
        if !case.counts(at, event) {
            continue;
        }
        let (set, deadline) = writes(case, event, payload, &deadlines);
        for (field, value) in set {
            writers.entry(field).or_default().push((at, value));
        }
        deadlines.extend(deadline.map(|fact| (at, fact)));
    }
    for (field, written) in writers {
        let versions = standing(case.graph, &written).into_iter().filter_map(|(at, value)| version(case.graph, at, value));
        state.fields.insert(field, Register { versions: versions.collect() });
    }
    let keep = standing(case.graph, &deadlines).into_iter();
    state.deadlines = keep.filter_map(|(at, fact)| deadline_version(case.graph, at, fact)).collect();
}

/// What one event sets. A refused event sets nothing; an act sets its deadline once it is accepted.
fn writes(
    case: &Read, event: &FoldEvent, payload: &Payload, known: &[(At, DeadlineFact)],
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
    Some(DeadlineVersion { event: event.id.clone(), fact, author, device, times: times(event) })
}

/// Photos and notes: they only grow. Only an addition that was itself refused stays out.
fn grown(case: &Read, state: &mut CaseState) {
    for (at, event, payload) in case.iter() {
        let note = match payload {
            _ if !case.counts(at, event) => continue,
            Payload::Recorded(recorded) => recorded.note.as_str(),
            Payload::NoteAdded(note) => note.text.as_str(),
            Payload::PhotoAdded(photo) => photo.text.as_str(),
            Payload::Ruled(_) | Payload::Unknown => continue,
            _ => "",
        };
        let by = (event.id.clone(), event.actor.clone(), event.device.clone(), event.wall_ms);
        if !note.is_empty() {
            let (event, author, device, wall_ms) = by.clone();
            state.notes.push(Note { event, text: note.to_owned(), author, device, wall_ms });
        }
        for blob in event.blobs.iter().filter(|b| b.role == "photo") {
            let (event, author, device, wall_ms) = by.clone();
            let slot = blob.facts.get("slot").cloned().unwrap_or_default();
            state.photos.push(Photo { blob: blob.clone(), slot, event, author, device, wall_ms });
        }
    }
}

/// The legal state: where the newest accepted ruling left it. Two that do not know of each other (a server
/// restored from an old copy) leave it where it is less closed.
fn rulings(case: &Read, state: &mut CaseState) {
    let accepted: Vec<_> = case.accepted().collect();
    let newest = case.graph.maximal(&accepted.iter().map(|(at, _, _)| *at).collect::<Vec<_>>());
    let candidates: Vec<_> = accepted.iter().filter(|(at, _, _)| newest.contains(at)).collect();
    let closedness = |ruled: &Ruled| ruled.to.as_deref().and_then(State::parse);
    let last = candidates.iter().min_by(|a, b| closedness(a.2).cmp(&closedness(b.2)).then(a.1.id.cmp(&b.1.id)));
    state.lifecycle_conflict = candidates.iter().any(|c| last.is_some_and(|l| l.2.to != c.2.to));
    state.case_no = accepted.iter().find_map(|(_, _, ruled)| ruled.case_no.clone());
    for (_, _, ruled) in &accepted {
        let author = case.asked(ruled).map(|(event, act)| handler(event, act));
        match ruled.action.as_str() {
            "extend" => state.extensions += 1,
            "refuse" => state.refusals += 1,
            "take" | "report_done" => state.handlers.extend(author.into_iter().flatten()),
            _ => {}
        }
    }
    let Some((at, event, ruled)) = last else { return };
    state.ruled = true;
    state.status = ruled.to.clone().unwrap_or_default();
    state.difficult = ruled.action == "difficult";
    let asked = case.asked(ruled);
    let author = asked.map(|(e, _)| e.actor.clone()).unwrap_or_default();
    state.last = Some(LastRuling { event: event.id.clone(), action: ruled.action.clone(), author });
    if state.status == State::Returned.code() {
        state.returned = asked.map(|(e, act)| returned(e, act));
        state.changed_since_return =
            case.iter().any(|(other, e, p)| case.graph.follows(other, *at) && is_content(p) && !case.refused(e));
    }
}

fn handler(event: &FoldEvent, act: Option<&Act>) -> Vec<String> {
    let named = act.and_then(|a| a.params.get("handler")).cloned();
    named.into_iter().chain([event.actor.clone()]).collect()
}

fn returned(event: &FoldEvent, act: Option<&Act>) -> Returned {
    let act = act.cloned().unwrap_or_default();
    Returned {
        event: event.id.clone(),
        reason_code: act.reason_code.unwrap_or_default(),
        reason: act.reason,
        slot: act.slot,
        by: event.actor.clone(),
        wall_ms: event.wall_ms,
    }
}

fn is_content(payload: &Payload) -> bool {
    matches!(payload, Payload::FieldSet(_) | Payload::NoteAdded(_) | Payload::PhotoAdded(_) | Payload::ConflictResolved(_))
}

/// What was asked for: waiting or refused, and where the case would stand if all that waits were granted.
fn requests(case: &Read, state: &mut CaseState) {
    for (_, event, payload) in case.iter() {
        let action = match payload {
            Payload::Recorded(_) => "submit",
            Payload::Act(act) => act.action.as_str(),
            _ => "",
        };
        match case.answer(event) {
            None if action.is_empty() => {}
            None => state.requests.push(Request {
                event: event.id.clone(),
                action: action.to_owned(),
                author: event.actor.clone(),
            }),
            Some(answer) if answer.verdict == "accepted" => {}
            Some(answer) => state.refused.push(Refused {
                event: event.id.clone(),
                action: if action.is_empty() { event.kind.clone() } else { action.to_owned() },
                reason_code: answer.reason_code.clone().unwrap_or_default(),
            }),
        }
    }
    let mut expected = State::parse(&state.status);
    for request in &state.requests {
        let step = expected.and_then(|from| lifecycle::find(from, &request.action)).and_then(|t| t.to);
        expected = step.or(expected);
    }
    state.expected = expected.map_or_else(|| state.status.clone(), |s| s.code().to_owned());
    if !state.ruled && state.requests.iter().any(|r| r.action == "submit") {
        state.status = State::Reported.code().to_owned();
    }
}

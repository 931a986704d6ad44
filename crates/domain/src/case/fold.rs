//! The events of a case become its state. A pure function of the graph: nothing here reads slice order,
//! `seq`, `received_ms` or a clock to decide.

use super::class::fold_class;
use super::clocks::fold_clocks;
use super::fields::fold_fields;
use super::history::{History, times};
use super::lifecycle::{self, State};
use super::mark::PhotoMark;
use super::payload::{Act, Payload, Ruled};
use super::sample::fold_sample;
use super::state::{CaseState, LastRuling, Note, Photo, Refused, Request, Returned};
use super::timeline;
use crate::event::FoldEvent;
use crate::graph::Graph;
use crate::record;

/// Folds the events of `record` as replicated under `scope`.
#[must_use]
pub fn fold(record: &str, scope: &str, events: &[FoldEvent]) -> CaseState {
    let graph = Graph::new(events);
    let case = History::new(&graph);
    let mut state = CaseState {
        id: record::id_of(record).to_owned(),
        scope: scope.to_owned(),
        status: State::Draft.code().to_owned(),
        heads: graph.heads(),
        ..CaseState::default()
    };
    origin(&case, &mut state);
    fold_fields(&case, &mut state);
    grown(&case, &mut state);
    placed(&case, &mut state);
    marks(&case, &mut state);
    rulings(&case, &mut state);
    state.clocks = fold_clocks(&case);
    fold_sample(&case, &mut state);
    fold_class(&case, &mut state);
    requests(&case, &mut state);
    state.timeline = timeline::entries(&case);
    state.needs_newer = state.timeline.iter().any(|e| e.needs_newer);
    state
}

/// Who recorded it, and under which name until the server gives a number.
fn origin(case: &History, state: &mut CaseState) {
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
    state.rebound_of.clone_from(&recorded.rebound_of);
    state.geo.clone_from(&recorded.geo);
    state.pin.clone_from(&recorded.pin);
    state.round.clone_from(&recorded.round);
}

/// Photos and notes: they only grow. Only an addition that was itself refused stays out.
fn grown(case: &History, state: &mut CaseState) {
    for (at, event, payload) in case.iter() {
        let note = match payload {
            _ if !case.counts(at, event) => continue,
            Payload::Recorded(recorded) => recorded.note.as_str(),
            Payload::NoteAdded(note) => note.text.as_str(),
            Payload::PhotoAdded(photo) => photo.text.as_str(),
            Payload::NotSame(pair) => {
                state.not_same_as.push(pair.other.clone());
                continue;
            }
            Payload::Ruled(_) | Payload::Recounted(_) | Payload::Unknown => continue,
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

/// Where it is: the newest word stands, of two at once the one with the greater id.
fn placed(case: &History, state: &mut CaseState) {
    for (at, event, payload) in case.iter() {
        let Payload::Placed(placed) = payload else { continue };
        if case.counts(at, event) && placed.problem().is_none() {
            state.geo = placed.geo.clone().or(state.geo.take());
            state.pin = placed.pin.clone().or(state.pin.take());
        }
    }
}

/// Marks that nobody took away. Each is found by the event that made it.
fn marks(case: &History, state: &mut CaseState) {
    for (at, event, payload) in case.iter() {
        match payload {
            _ if !case.counts(at, event) => {}
            Payload::Marked(marked) => state.marks.push(PhotoMark {
                event: event.id.clone(),
                photo: marked.photo.clone(),
                mark: marked.mark.clone(),
                author: event.actor.clone(),
                wall_ms: event.wall_ms,
            }),
            Payload::Unmarked(gone) => state.marks.retain(|m| m.event != gone.mark),
            _ => {}
        }
    }
}

/// The legal state: where the newest accepted ruling left it. Two that do not know of each other (a server
/// restored from an old copy) leave it where it is less closed.
fn rulings(case: &History, state: &mut CaseState) {
    // What is said beside the road does not move the case along it.
    let accepted: Vec<_> = case.accepted().filter(|(_, _, r)| !lifecycle::is_beside(&r.action)).collect();
    state.doubts = case.accepted().flat_map(|(_, _, r)| r.doubts.iter().cloned()).collect();
    let newest = case.graph.maximal(&accepted.iter().map(|(at, _, _)| *at).collect::<Vec<_>>());
    let candidates: Vec<_> = accepted.iter().filter(|(at, _, _)| newest.contains(at)).collect();
    let closedness = |ruled: &Ruled| ruled.to.as_deref().and_then(State::parse);
    let last = candidates.iter().min_by(|a, b| closedness(a.2).cmp(&closedness(b.2)).then(a.1.id.cmp(&b.1.id)));
    state.lifecycle_conflict = candidates.iter().any(|c| last.is_some_and(|l| l.2.to != c.2.to));
    state.case_no = accepted.iter().find_map(|(_, _, ruled)| ruled.case_no.clone());
    for (_, _, ruled) in &accepted {
        let asked = case.asked(ruled);
        if let Some((event, Some(act))) = asked {
            state.order.step(event, act);
        }
        let author = asked.map(|(event, act)| handler(event, act));
        match ruled.action.as_str() {
            "extend" => state.extensions += 1,
            "refuse" => state.refusals += 1,
            "take" | "report_done" | "quick_close" => state.handlers.extend(author.into_iter().flatten()),
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
    let since = case.iter().filter(|(other, e, _)| case.graph.follows(*other, *at) && !case.refused(e));
    let photos = since.flat_map(|(_, e, _)| &e.blobs).filter(|b| b.role == "photo");
    state.new_photos = u32::try_from(photos.count()).unwrap_or(u32::MAX);
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
    matches!(
        payload,
        Payload::FieldSet(_) | Payload::NoteAdded(_) | Payload::PhotoAdded(_) | Payload::ConflictResolved(_)
    )
}

/// What was asked for: waiting or refused, and where the case would stand if all that waits were granted.
fn requests(case: &History, state: &mut CaseState) {
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

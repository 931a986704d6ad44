//! The story of a case, event by event, in an order every machine agrees on.

use std::collections::BTreeMap;

use super::clocks;
use super::decide::CLASS;
use super::history::{History, times};
use super::payload::{self, Payload};
use super::state::Entry;
use crate::catalogue::FieldValue;
use crate::event::FoldEvent;

pub(super) fn entries(case: &History) -> Vec<Entry> {
    case.iter().map(|(_, event, payload)| entry(case, event, payload)).collect()
}

fn entry(case: &History, event: &FoldEvent, payload: &Payload) -> Entry {
    let mut entry = Entry {
        event: event.id.clone(),
        kind: event.kind.clone(),
        photos: event.blobs.iter().map(|b| b.h.clone()).collect(),
        author: event.actor.clone(),
        device: event.device.clone(),
        inc: event.inc,
        n: event.n,
        by_server: event.by_server,
        times: times(event),
        ..Entry::default()
    };
    fill(&mut entry, payload);
    if let Some(answer) = case.answer(event) {
        entry.verdict = Some(answer.verdict.clone());
        if answer.verdict != "accepted" {
            entry.reason_code = answer.reason_code.clone().or(entry.reason_code);
        }
    }
    entry.pending = matches!(payload, Payload::Recorded(_) | Payload::Act(_)) && case.answer(event).is_none();
    entry
}

fn fill(entry: &mut Entry, payload: &Payload) {
    match payload {
        Payload::Recorded(recorded) => {
            entry.action = Some("submit".into());
            entry.text.clone_from(&recorded.note);
        }
        Payload::FieldSet(set) => {
            entry.changes.clone_from(&set.set);
            entry.changes.extend(due(set.deadline.as_ref()));
        }
        Payload::NoteAdded(note) => entry.text.clone_from(&note.text),
        Payload::PhotoAdded(photo) => entry.text.clone_from(&photo.text),
        Payload::Act(act) => {
            entry.action = Some(act.action.clone());
            entry.reason_code.clone_from(&act.reason_code);
            entry.text.clone_from(&act.reason);
            entry.slot.clone_from(&act.slot);
            entry.changes.extend(due(act.deadline.as_ref()));
            let class = act.params.get(CLASS).filter(|_| ["ask_class", "set_class"].contains(&act.action.as_str()));
            entry.changes.extend(class.map(|to| (CLASS.to_owned(), FieldValue::Text(to.clone()))));
            entry.was = act.params.get("was").cloned().unwrap_or_default();
        }
        Payload::ConflictResolved(resolved) => {
            entry.text.clone_from(&resolved.reason);
            entry.changes = BTreeMap::from([(resolved.field.clone(), resolved.value.clone())]);
        }
        Payload::Ruled(ruled) => {
            entry.action = Some(ruled.action.clone()).filter(|a| !a.is_empty());
            entry.verdict = Some(ruled.verdict.clone());
            entry.of = Some(ruled.of.clone());
            entry.reason_code.clone_from(&ruled.reason_code);
            entry.text = ruled.case_no.clone().unwrap_or_default();
        }
        Payload::Recounted(recounted) => {
            entry.of = Some(recounted.of.clone());
            let which = Some(&recounted.deadline.id).filter(|id| clocks::is_clock(id));
            let due_at = FieldValue::Text(recounted.deadline.due_at.clone());
            entry.changes.extend([(which.map_or("deadline", String::as_str).to_owned(), due_at)]);
            entry.was.clone_from(&recounted.old_due_at);
        }
        Payload::NotSame(pair) => {
            entry.of = Some(pair.other.clone());
            entry.text.clone_from(&pair.reason);
        }
        Payload::Placed(_) => {}
        Payload::Marked(marked) => {
            entry.photos = vec![marked.photo.clone()];
            entry.text.clone_from(&marked.mark.text);
        }
        Payload::Unmarked(gone) => {
            entry.photos = vec![gone.photo.clone()];
            entry.of = Some(gone.mark.clone());
        }
        Payload::Copied(copied) => {
            entry.photos = vec![copied.photo.clone()];
            entry.text.clone_from(&copied.purpose);
        }
        Payload::Unknown => entry.needs_newer = true,
    }
}

fn due(fact: Option<&payload::DeadlineFact>) -> Option<(String, FieldValue)> {
    fact.map(|f| ("deadline".to_owned(), FieldValue::Text(f.due_at.clone())))
}

//! Every event of a case, with three clocks and how far it has come.

use std::collections::BTreeMap;

use xunju_domain::case::{CaseState, Entry, Times};
use xunju_store::EventMeta;

use super::fact::{fact, words};
use crate::present::Names;
use crate::view::case::{ConflictView, EventTimes, TimelineEntry, VersionView};

/// Device and server may differ by this much without a remark (domain.md §3.5).
const DRIFT_MS: i64 = 5 * 60 * 1000;

/// Delivery of each event by id.
pub type Delivery = BTreeMap<String, EventMeta>;

pub(super) fn times(times: &Times, meta: Option<&EventMeta>) -> EventTimes {
    let kept = meta.map(|m| m.kept).unwrap_or_default();
    let drift = times.estimate_ms.map_or(0, |estimate| (estimate - times.wall_ms).abs());
    EventTimes {
        wall_ms: times.wall_ms,
        tz: times.tz.clone(),
        received_ms: meta.and_then(|m| m.recv_ms),
        estimate_ms: times.estimate_ms,
        estimate_error_ms: times.estimate_error_ms,
        // An event received before it was made shows a wrong clock even where nothing was calibrated.
        drifted: drift > DRIFT_MS || meta.and_then(|m| m.recv_ms).is_some_and(|at| times.wall_ms - at > DRIFT_MS),
        logged: kept.logged,
        backed_up: kept.backed_up,
        stamped: kept.stamped,
    }
}

pub fn timeline(state: &CaseState, names: &Names, delivery: &Delivery) -> Vec<TimelineEntry> {
    state.timeline.iter().map(|entry| line(state, entry, names, delivery.get(&entry.event))).collect()
}

fn line(state: &CaseState, entry: &Entry, names: &Names, meta: Option<&EventMeta>) -> TimelineEntry {
    let received = meta.is_some_and(|m| m.recv_ms.is_some());
    let stands = match entry.verdict.as_deref() {
        _ if !received => "only_here",
        Some("refused") if !entry.by_server => "refused",
        _ if entry.pending => "waiting_ruling",
        _ => "received",
    };
    TimelineEntry {
        event: entry.event.clone(),
        kind: entry.kind.clone(),
        action: entry.action.clone(),
        verdict: entry.verdict.clone(),
        reason_code: entry.reason_code.clone(),
        text: entry.text.clone(),
        slot: entry.slot.clone(),
        was: entry.was.clone(),
        changes: entry.changes.iter().map(|(key, value)| fact(state, key, Some(value), None)).collect(),
        photos: entry.photos.clone(),
        author_name: names.of(&entry.author),
        author: entry.author.clone(),
        device: entry.device.clone(),
        time: times(&entry.times, meta),
        paper: None,
        seq: meta.and_then(|m| m.seq),
        state: stands.to_owned(),
    }
}

/// Every field with more than one value: all of them, and which is in force until somebody decides.
pub fn conflicts(state: &CaseState, user: &str, names: &Names, delivery: &Delivery) -> Vec<ConflictView> {
    state.conflicts().into_iter().map(|(field, why)| conflict(state, &field, why, user, names, delivery)).collect()
}

fn conflict(state: &CaseState, field: &str, why: &str, user: &str, names: &Names, delivery: &Delivery) -> ConflictView {
    use xunju_domain::catalogue::FieldValue;
    let version = |event: &str, value: FieldValue, author: &str, device: &str, at: &Times| VersionView {
        event: event.to_owned(),
        text: words(state, field, &value),
        value,
        author: names.of(author),
        device: device.to_owned(),
        mine: author == user,
        time: times(at, delivery.get(event)),
    };
    let versions = if field == "deadline" {
        let each = state.deadlines.iter();
        each.map(|d| version(&d.event, FieldValue::Text(d.fact.due_at.clone()), &d.author, &d.device, &d.times))
            .collect()
    } else {
        let each = state.fields.get(field).map(|r| r.versions.as_slice()).unwrap_or_default().iter();
        each.map(|v| version(&v.event, v.value.clone(), &v.author, &v.device, &v.times)).collect()
    };
    let effective = match field {
        "deadline" => state.deadline().map(|d| FieldValue::Text(d.due_at.clone())),
        _ => state.value(field).cloned(),
    };
    ConflictView {
        field: field.to_owned(),
        label: super::fact::field_label(state, field),
        versions,
        effective,
        effective_why: why.to_owned(),
    }
}

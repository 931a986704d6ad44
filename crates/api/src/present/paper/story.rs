//! Papers in the story of their case: issued, served, checked, printed, voided.

use xunju_domain::catalogue::Label;
use xunju_domain::paper::PaperState;
use xunju_domain::paper::form::form;
use xunju_domain::paper::payload::PRINTED;
use xunju_domain::paper::state::Entry;
use xunju_store::{EventMeta, Order, Query};

use super::card::told;
use crate::error::ApiError;
use crate::present::Names;
use crate::present::timeline::{Delivery, times};
use crate::refuse::Refused;
use crate::view::case::{PaperMention, TimelineEntry};
use crate::{Api, doc};

const PAPERS_MAX: u32 = 200;

impl Api {
    /// What happened to the papers of a case, paper by paper. Who sees the case sees this: it names nobody.
    pub(crate) fn paper_story(&self, case: &str, names: &Names) -> Result<Vec<TimelineEntry>, ApiError> {
        let query = Query {
            kind: "paper".into(),
            facets: vec![("case".into(), case.to_owned())],
            order: Order::Newest,
            limit: PAPERS_MAX,
            ..Query::default()
        };
        let mut story = Vec::new();
        for row in self.store.records(&query).refused()?.iter().rev() {
            let state: PaperState = doc(row)?;
            let metas = self.store.event_meta(&row.id).refused()?;
            let delivery: Delivery = metas.into_iter().map(|meta| (meta.id.hex(), meta)).collect();
            story.extend(told(&state).map(|entry| line(&state, entry, names, delivery.get(&entry.event))));
        }
        Ok(story)
    }
}

fn line(state: &PaperState, entry: &Entry, names: &Names, meta: Option<&EventMeta>) -> TimelineEntry {
    let stands = match entry.verdict.as_deref() {
        _ if meta.is_none_or(|m| m.recv_ms.is_none()) => "only_here",
        Some("refused") => "refused",
        None if !entry.by_server && entry.kind != PRINTED => "waiting_ruling",
        _ => "received",
    };
    TimelineEntry {
        event: entry.event.clone(),
        kind: entry.kind.clone(),
        action: None,
        verdict: entry.verdict.clone(),
        reason_code: entry.reason_code.clone(),
        text: entry.text.clone(),
        slot: None,
        was: String::new(),
        changes: Vec::new(),
        photos: Vec::new(),
        author_name: names.of(&entry.author),
        author: entry.author.clone(),
        device: String::new(),
        time: times(&entry.at, meta),
        paper: Some(PaperMention {
            id: state.id.clone(),
            label: form(&state.issued.sheet.template).map_or_else(Label::default, |f| f.label.clone()),
            number: state.number().to_owned(),
        }),
        seq: meta.and_then(|m| m.seq),
        state: stands.to_owned(),
    }
}

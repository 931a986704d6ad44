//! What the office watches over a case: clocks, the second look, 新增 or 存量, the file for the archive.

use xunju_domain::case::archive::{self, Annex, Page, Part};
use xunju_domain::case::clocks::{self, ClockState};
use xunju_domain::case::payload::DeadlineFact;
use xunju_domain::case::{CaseState, Entry};
use xunju_domain::catalogue::{FieldValue, Label};
use xunju_domain::deadline::stamp;
use xunju_domain::paper::PaperState;
use xunju_domain::proceeding::{ProceedingState, step_words};
use xunju_store::Query;

use super::{Names, fact};
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::deadline::DeadlineView;
use crate::view::office::{ArchivePageView, ArchivePartView, ClassAskView, OfficerClock, SampleView};
use crate::{Api, doc};

/// Papers or proceedings of one case.
const ENCLOSED_MAX: u32 = 500;

/// The time for the work itself: the deadline of the order.
const HANDLE: &str = "T_handle";

impl Api {
    /// Every clock of the case in the order of its life: those of the officers, and between them the order's own.
    pub(crate) fn clocks(&self, state: &CaseState) -> Vec<OfficerClock> {
        let now = stamp(self.now());
        let of = |id: &'static str| state.clocks.iter().filter(move |c| c.fact.id == id);
        let view = |clock: &ClockState| {
            let stands = match clock.stands(&now) {
                "running" if clock.fact.id == clocks::CASE && state.order.open_stop().is_some() => "stopped",
                other => other,
            };
            let was = clock.original.as_ref().map(|o| o.due_at.clone()).filter(|due| *due != clock.fact.due_at);
            OfficerClock {
                id: clock.fact.id.clone(),
                deadline: DeadlineView { was, ..self.deadline_view(&clock.fact) },
                stands: stands.to_owned(),
                ended_ms: clock.ended_ms,
            }
        };
        let before = of(clocks::ACCEPT).chain(of(clocks::RECEIVE)).map(view);
        let handle = state.deadline().filter(|_| state.order.assignment.is_some());
        let handle = handle.map(|fact| self.handle(state, fact, &now));
        before.chain(handle).chain(of(clocks::CHECK).chain(of(clocks::CASE)).map(view)).collect()
    }

    fn handle(&self, state: &CaseState, fact: &DeadlineFact, now: &str) -> OfficerClock {
        let working = ["DISPATCHED", "REFUSED", "HANDLING", "SUSPENDED"].contains(&state.status.as_str());
        let done = granted(state, &["report_done"]).last().map(|e| e.times.wall_ms).filter(|_| !working);
        let clock = ClockState { fact: fact.clone(), original: None, event: String::new(), ended_ms: done };
        let stands = match clock.stands(now) {
            "running" if ["SUSPENDED", "REFUSED"].contains(&state.status.as_str()) => "stopped",
            other => other,
        };
        OfficerClock {
            id: HANDLE.to_owned(),
            deadline: self.deadline_view(fact),
            stands: stands.to_owned(),
            ended_ms: done,
        }
    }

    /// Papers and proceedings of a case, as far as they are here.
    pub(crate) fn annex(&self, state: &CaseState) -> Result<Annex, ApiError> {
        let of_case = |kind: &str| Query {
            kind: kind.to_owned(),
            facets: vec![("case".to_owned(), state.id.clone())],
            limit: ENCLOSED_MAX,
            ..Query::default()
        };
        let mut annex = Annex::default();
        for row in self.store.records(&of_case("paper")).refused()? {
            annex.papers.extend(archive::of_paper(&state.id, &doc::<PaperState>(&row)?));
        }
        for row in self.store.records(&of_case("proceeding")).refused()? {
            annex.proceedings.extend(archive::of_proceeding(&state.id, &doc::<ProceedingState>(&row)?));
        }
        Ok(annex)
    }

    /// The file as it stands, from the closing on.
    pub(crate) fn archive_view(&self, state: &CaseState) -> Result<Vec<ArchivePartView>, ApiError> {
        if !["CLOSED", "ARCHIVED"].contains(&state.status.as_str()) {
            return Ok(Vec::new());
        }
        let mut no = 0;
        let parts = archive::parts(state, &self.annex(state)?);
        Ok(parts.into_iter().map(|part| part_view(state, part, &mut no)).collect())
    }
}

/// The server's grants of these steps.
fn granted<'a>(state: &'a CaseState, actions: &'a [&str]) -> impl DoubleEndedIterator<Item = &'a Entry> {
    let granted = state.timeline.iter().filter(|e| e.by_server && e.verdict.as_deref() == Some("accepted"));
    granted.filter(move |e| e.action.as_deref().is_some_and(|a| actions.contains(&a)))
}

fn part_view(state: &CaseState, part: Part, no: &mut u32) -> ArchivePartView {
    let pages = part.pages.into_iter().map(|page| {
        *no += 1;
        page_view(state, page, *no)
    });
    ArchivePartView {
        pages: pages.collect(),
        key: part.key,
        label: part.label,
        stands: part.stands.to_owned(),
        may_lack: part.may_lack,
    }
}

fn page_view(state: &CaseState, page: Page, no: u32) -> ArchivePageView {
    let bare = |kind: &str, name: String| ArchivePageView {
        no,
        kind: kind.to_owned(),
        name,
        label: None,
        count: 0,
        at_ms: None,
        at_end: true,
    };
    match page {
        Page::Event(id) => {
            let entry = state.timeline.iter().find(|e| e.event == id);
            let name = entry.and_then(|e| e.action.clone()).unwrap_or_default();
            ArchivePageView { at_ms: entry.map(|e| e.times.wall_ms), ..bare("event", name) }
        }
        Page::Photos(n) => {
            ArchivePageView { count: u32::try_from(n).unwrap_or(u32::MAX), ..bare("photos", String::new()) }
        }
        Page::Enclosed(enclosed) => {
            let stage = step_words(&enclosed.no).map(|words| words.label.clone());
            let kind = if stage.is_some() { "proceeding" } else { "paper" };
            let label = stage.unwrap_or(enclosed.name);
            ArchivePageView { label: Some(label), at_end: enclosed.at_end, ..bare(kind, enclosed.no) }
        }
    }
}

pub fn sample(state: &CaseState, names: &Names) -> Option<SampleView> {
    let sample = state.sample.as_ref()?;
    Some(SampleView {
        ruling: sample.ruling.clone(),
        month: sample.month.clone(),
        number: sample.number,
        percent: sample.percent,
        drawn: sample.drawn(),
        stands: sample.stands().unwrap_or_default().to_owned(),
        reason: sample.reason.clone(),
        by: if sample.by.is_empty() { String::new() } else { names.of(&sample.by) },
        at_ms: sample.at_ms,
    })
}

pub fn class_ask(state: &CaseState, names: &Names) -> Option<ClassAskView> {
    let ask = state.class_ask.as_ref()?;
    let words = |class: &str| -> Label { fact::words(state, "stock_class", &FieldValue::Text(class.to_owned())) };
    Some(ClassAskView {
        from: words(&ask.from),
        to: words(&ask.to),
        reason: ask.reason.clone(),
        by: names.of(&ask.by),
        wall_ms: ask.wall_ms,
    })
}

//! 归档: what the file of a closed case holds, in the order of its pages, and what it still lacks (domain.md §3.1
//! CLOSED → ARCHIVED, §5 F35). The order and what may lack are data (`assets/catalogue/archive.json`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::payload::Act;
use super::state::{CaseState, Entry};
use crate::catalogue::Label;
use crate::event::FoldEvent;
use crate::paper::form::form;
use crate::paper::terms::terms;
use crate::{paper, proceeding, record};

const FILE: &str = include_str!("../../../../assets/catalogue/archive.json");

static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

/// Parameter with the words why something lacks.
pub const LACK: &str = "lack";

/// Not opened; closed; archived.
const PROCEEDING_ENDS: &[&str] = &["E01", "E90", "E95"];

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Item {
    key: String,
    label: Label,
    /// Whether the file may go without it, with words why.
    may_lack: bool,
}

/// Papers and proceedings of the case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annex {
    pub papers: Vec<Enclosed>,
    pub proceedings: Vec<Enclosed>,
}

/// One of them, and whether it is at its end: served where it had to be, or concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    pub id: String,
    pub name: Label,
    /// Its number, or the stage it is at.
    pub no: String,
    pub at_end: bool,
}

impl Annex {
    /// What belongs to this case, of a compound's records.
    #[must_use]
    pub fn of(case: &str, records: Vec<(String, Vec<FoldEvent>)>) -> Self {
        let mut annex = Self::default();
        for (record, events) in records {
            match record::kind_of(&record) {
                Some("paper") => annex.papers.extend(of_paper(case, &paper::fold(&record, "", &events))),
                Some("proceeding") => {
                    annex.proceedings.extend(of_proceeding(case, &proceeding::fold(&record, "", &events)));
                }
                _ => {}
            }
        }
        annex
    }
}

/// A paper as part of the file; none where it is another case's, or was never issued.
#[must_use]
pub fn of_paper(case: &str, state: &paper::PaperState) -> Option<Enclosed> {
    let issued = &state.issued;
    let counts = issued.case_id == case && !["voided", "refused"].contains(&state.status.as_str());
    let form = form(&issued.sheet.template);
    let to_serve = terms(&issued.sheet.template).is_some_and(|t| t.servers > 0);
    counts.then(|| Enclosed {
        id: state.id.clone(),
        name: form.map(|f| f.label.clone()).unwrap_or_default(),
        no: state.number().to_owned(),
        at_end: !state.pending && (!to_serve || state.served.is_some()),
    })
}

/// A proceeding likewise.
#[must_use]
pub fn of_proceeding(case: &str, state: &proceeding::ProceedingState) -> Option<Enclosed> {
    let counts = state.opened.case_id == case && state.opening_refused.is_none();
    counts.then(|| Enclosed {
        id: state.id.clone(),
        name: Label::default(),
        no: state.status.clone(),
        at_end: PROCEEDING_ENDS.contains(&state.status.as_str()),
    })
}

/// One part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub key: String,
    pub label: Label,
    /// `there` | `lacking` | `not_needed`
    pub stands: &'static str,
    pub may_lack: bool,
    /// What lies in it, in its order.
    pub pages: Vec<Page>,
}

/// One thing in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// An event of the story, by its id.
    Event(String),
    /// How many photos.
    Photos(usize),
    Enclosed(Enclosed),
}

/// The file as it stands, in the order of its pages.
#[must_use]
pub fn parts(state: &CaseState, annex: &Annex) -> Vec<Part> {
    ITEMS
        .iter()
        .map(|item| {
            let (needed, there, pages) = holds(&item.key, state, annex);
            let stands = match (needed, there) {
                (false, _) if pages.is_empty() => "not_needed",
                (_, true) => "there",
                _ => "lacking",
            };
            Part { key: item.key.clone(), label: item.label.clone(), stands, may_lack: item.may_lack, pages }
        })
        .collect()
}

/// Keys of what stands in the way of the archive. What may lack does not, once somebody has said why.
#[must_use]
pub fn lacking(state: &CaseState, annex: &Annex, act: &Act) -> Vec<String> {
    let explained = act.params.get(LACK).is_some_and(|words| !words.trim().is_empty());
    let lacks = parts(state, annex).into_iter().filter(|p| p.stands == "lacking" && !(p.may_lack && explained));
    lacks.map(|part| part.key).collect()
}

/// Whether a part is needed, whether all of it is there, and what is.
fn holds(key: &str, state: &CaseState, annex: &Annex) -> (bool, bool, Vec<Page>) {
    let granted = |actions: &[&str]| -> Vec<Page> {
        let own = state.timeline.iter().filter(|e| !e.by_server && is_granted(e));
        let own = own.filter(|e| e.action.as_deref().is_some_and(|a| actions.contains(&a)));
        own.map(|e| Page::Event(e.event.clone())).collect()
    };
    let photos = |after: bool| state.photos.iter().filter(|p| (p.slot == "after") == after).count();
    let with_photos = |mut pages: Vec<Page>, n: usize| {
        pages.extend((n > 0).then_some(Page::Photos(n)));
        pages
    };
    let quick = state.sample.is_some() || !granted(&["quick_close"]).is_empty();
    let whole_road = |pages: Vec<Page>| (!quick, !pages.is_empty(), pages);
    match key {
        "report" => needed(granted(&["submit"])),
        "found_photos" => {
            let excused = !state.no_photo_reason.is_empty();
            (!excused, photos(false) > 0, with_photos(Vec::new(), photos(false)))
        }
        "filing" => whole_road(granted(&["accept", "file"])),
        "order" => whole_road(granted(&["dispatch", "redispatch", "hand_on", "take", "refuse"])),
        "clock_changes" => {
            let pages = granted(&["extend", "suspend", "resume"]);
            (false, state.order.open_stop().is_none(), pages)
        }
        "papers" => enclosed(&annex.papers),
        "done" => {
            let pages = with_photos(granted(&["report_done", "quick_close"]), photos(true));
            (true, !granted(&["report_done", "quick_close"]).is_empty() && photos(true) > 0, pages)
        }
        "check" => whole_road(granted(&["pass"])),
        "sample" => {
            let drawn = state.sample.as_ref().is_some_and(super::Sample::drawn);
            let pages = granted(&["sample_pass", "sample_fail"]);
            (drawn, !pages.is_empty(), pages)
        }
        "proceedings" => enclosed(&annex.proceedings),
        "conflicts" => (!state.conflicts().is_empty(), false, Vec::new()),
        "closing" => needed(granted(&["close", "quick_close"])),
        _ => (false, false, Vec::new()),
    }
}

fn needed(pages: Vec<Page>) -> (bool, bool, Vec<Page>) {
    (true, !pages.is_empty(), pages)
}

fn enclosed(all: &[Enclosed]) -> (bool, bool, Vec<Page>) {
    (!all.is_empty(), all.iter().all(|e| e.at_end), all.iter().cloned().map(Page::Enclosed).collect())
}

fn is_granted(entry: &Entry) -> bool {
    entry.verdict.as_deref() == Some("accepted")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn every_part_of_the_file_is_known_to_the_program() {
        let read: Vec<super::Item> = serde_json::from_str(super::FILE).unwrap();
        assert_eq!(read, *super::ITEMS);
        assert_eq!(read.first().map(|i| i.key.as_str()), Some("report"), "the report comes first");
        assert_eq!(read.last().map(|i| i.key.as_str()), Some("closing"), "and the closing last");
    }
}

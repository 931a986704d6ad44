//! What lists read of a paper. No name, address or number of a person is among it (domain.md §8.2).

use super::fold::fold;
use super::state::PaperState;
use super::terms::terms;
use crate::event::{FoldEvent, Projection};

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, scope, events);
    Projection {
        kind: "paper".into(),
        scope: scope.to_owned(),
        status: state.status.clone(),
        due: (state.status == "served").then(|| state.due().map(str::to_owned)).flatten(),
        search: format!("{} {}", state.number(), state.issued.sheet.case_no).to_lowercase(),
        facets: facets(&state),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

fn facets(state: &PaperState) -> Vec<(String, String)> {
    let issued = &state.issued;
    let to_serve = state.status == "issued" && terms(&issued.sheet.template).is_some_and(|t| t.servers > 0);
    let running = state.status == "served" && state.due().is_some();
    let mut all = vec![("template", issued.sheet.template.clone()), ("author", state.author.clone())];
    let of = [("case", &issued.case_id), ("round", &issued.round), ("proceeding", &issued.proceeding)];
    all.extend(of.into_iter().filter(|(_, id)| !id.is_empty()).map(|(key, id)| (key, id.clone())));
    let number = issued.number.as_ref();
    all.extend(number.map(|n| ("series", format!("{}/{}", n.series, n.year))));
    all.extend(number.map(|n| ("block", block_facet(&n.series, n.year, n.block))));
    all.extend(state.pdf.iter().map(|pdf| ("pdf", pdf.h.clone())));
    all.extend(state.service_photos.iter().map(|p| ("photo", p.h.clone())));
    let flags = [("to_serve", to_serve), ("running", running), ("open", to_serve || running)];
    all.extend(flags.into_iter().filter(|(_, set)| *set).map(|(flag, _)| (flag, "1".to_owned())));
    all.sort();
    all.dedup();
    all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// `town-correct/2026/21`: every paper numbered out of one block.
#[must_use]
pub fn block_facet(series: &str, year: i32, first: u32) -> String {
    format!("{series}/{year}/{first}")
}

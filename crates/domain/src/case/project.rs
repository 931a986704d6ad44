//! What lists and searches read of a case.

use super::clocks;
use super::fold::fold;
use super::lifecycle::State;
use super::state::CaseState;
use crate::address::place;
use crate::event::{FoldEvent, Projection};
use crate::geo;
use crate::town::baseline;

/// Folds the record and projects it.
///
/// Facets: `compound`, `category`, `type`, `place`, `author`, `status`, `photo` (each hash), and where they
/// hold `difficult`, `requested`, `open`, `conflict`, `queue` (`to_review` | `returned` | `difficult`),
/// `lead`, `unit` (leading or assisting), `handler`, `checker`, `asked`, `agenda`, `provisional`, `check` (`open` | `passed`), `merged_into`, `rebound_of`, `import`,
/// `round`, `cell` (the square its coordinates lie in), `door` (place and category, of open ones), `sample` (`open` | `passed` |
/// `failed`), `class_asked`, `class_asked_by`, `settle_by` (存量-待定), `exact` (coordinates that measure), `worked` (everybody who may not re-check it), and each running clock by its
/// name: `T_accept` = `2026-11-26T15:00:00`.
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, scope, events);
    Projection {
        kind: "case".into(),
        scope: scope.to_owned(),
        status: state.status.clone(),
        due: state.deadline().filter(|_| state.is_open()).map(|d| d.due_date().to_owned()),
        search: search(&state),
        facets: facets(&state),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

fn search(state: &CaseState) -> String {
    let number = state.case_no.clone().unwrap_or_default();
    let label = &state.type_label;
    let words = ["compound_name", "building", "room", "location_text", "type_code"].map(|field| state.text(field));
    let mut all =
        vec![number, state.temporary_no.clone(), label.zh_hans.clone(), label.zh_hant.clone(), label.en.clone()];
    all.extend(words);
    all.retain(|w| !w.is_empty());
    all.join(" ").to_lowercase()
}

fn facets(state: &CaseState) -> Vec<(String, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    all.extend(state.texts("compound_id").into_iter().map(|id| ("compound", id)));
    for code in state.texts("type_code") {
        all.push(("category", code.split('-').next().unwrap_or_default().to_owned()));
        all.push(("type", code));
    }
    all.extend(places(state).into_iter().map(|p| ("place", p)));
    all.push(("author", state.author.clone()));
    all.push(("status", state.status.clone()));
    all.extend(state.photos.iter().map(|p| ("photo", p.blob.h.clone())));
    all.extend(state.requested().map(|action| ("requested", action.to_owned())));
    all.extend(state.order.assignment.iter().map(|a| ("lead", a.lead.clone())));
    let units = state.order.assignment.iter().flat_map(|a| a.assisting.iter().chain([&a.lead]));
    all.extend(units.map(|unit| ("unit", unit.clone())));
    let passed = state.last.as_ref().is_some_and(|l| l.action == "pass");
    all.extend(
        (state.status == State::Checking.code()).then(|| ("check", if passed { "passed" } else { "open" }.into())),
    );
    let links = [
        ("handler", state.order.assignment.as_ref().map(|a| a.handler.clone()).unwrap_or_default()),
        ("checker", state.order.checker.clone()),
        ("merged_into", state.order.merged_into.clone()),
        ("rebound_of", state.rebound_of.clone()),
        ("round", state.round.clone()),
        ("cell", state.geo.as_ref().filter(|g| g.is_exact()).and_then(geo::cell).unwrap_or_default()),
    ];
    all.extend(links.into_iter().filter(|(_, value)| !value.is_empty()));
    all.extend(state.order.asks.iter().map(|ask| ("asked", ask.action.clone())));
    all.extend(state.imports.iter().map(|import| ("import", import.clone())));
    all.extend(queue(state).map(|queue| ("queue", queue.to_owned())));
    all.extend(clocks(state));
    all.extend(state.sample.as_ref().and_then(|s| s.stands()).map(|stands| ("sample", stands.to_owned())));
    all.extend(settle_by(state).map(|day| ("settle_by", day)));
    all.extend(state.class_ask.iter().map(|ask| ("class_asked_by", ask.by.clone())));
    all.extend(state.handlers.iter().map(|who| ("worked", who.clone())));
    let open_pair = state.is_open() && state.status != State::Draft.code();
    all.extend(places(state).into_iter().filter(|_| open_pair).map(|p| ("door", format!("{p}|{}", state.category()))));
    let flags = [
        ("difficult", state.difficult),
        ("open", state.is_open()),
        ("conflict", !state.conflicts().is_empty()),
        ("agenda", state.on_agenda()),
        ("provisional", state.is_open() && provisional(state)),
        ("exact", state.geo.as_ref().is_some_and(geo::Geo::is_exact)),
        ("class_asked", state.is_open() && state.class_ask.is_some()),
    ];
    all.extend(flags.into_iter().filter(|(_, set)| *set).map(|(flag, _)| (flag, "1".to_owned())));
    all.sort();
    all.dedup();
    all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// 存量-待定: the end of the day by which it is to be settled (domain.md §2.3).
fn settle_by(state: &CaseState) -> Option<String> {
    let pending = state.is_open() && state.category() == "WJ" && state.text("stock_class") == "pending";
    let found = state.text("found_at").get(..10)?.parse::<chrono::NaiveDate>().ok().filter(|_| pending)?;
    let days = baseline(&found.to_string())?.settle_days;
    found.checked_add_days(chrono::Days::new(days.into())).map(|day| format!("{day}T23:59:59"))
}

/// Each clock that runs, by when it is over.
fn clocks(state: &CaseState) -> Vec<(&'static str, String)> {
    let running = |id| clocks::running(state, id).map(|clock| (id, clock.fact.due_at.clone()));
    [clocks::ACCEPT, clocks::RECEIVE, clocks::CHECK, clocks::CASE].into_iter().filter_map(running).collect()
}

/// Whether any of its dates leans on a year that is not published.
fn provisional(state: &CaseState) -> bool {
    let running = state.clocks.iter().filter(|c| c.ended_ms.is_none()).any(|c| c.fact.provisional);
    running || state.deadline().is_some_and(|d| d.provisional)
}

/// Every place the case may be at: each standing compound with each standing building and room.
fn places(state: &CaseState) -> Vec<String> {
    let one_or_more = |field: &str| {
        let mut all: Vec<String> = state.texts(field).into_iter().collect();
        if all.is_empty() {
            all.push(String::new());
        }
        all
    };
    let (compounds, buildings, rooms) = (one_or_more("compound_id"), one_or_more("building"), one_or_more("room"));
    let pairs = compounds.iter().flat_map(|c| buildings.iter().map(move |b| (c, b)));
    let known = pairs.flat_map(|(c, b)| rooms.iter().map(move |r| (c, b, r)));
    known.filter(|(_, b, _)| !b.is_empty()).map(|(c, b, r)| place(c, b, r)).collect()
}

/// Which queue of 核查台 it stands in. One that somebody has already asked to move is in none.
fn queue(state: &CaseState) -> Option<&'static str> {
    let moving = state.requests.iter().any(|r| !matches!(r.action.as_str(), "submit" | "resubmit"));
    match State::parse(&state.status)? {
        _ if moving => None,
        State::Reported if state.difficult => Some("difficult"),
        State::Reported => Some("to_review"),
        State::Returned => Some("returned"),
        _ => None,
    }
}

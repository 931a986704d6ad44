//! A case as a row of its ledger.

use std::collections::BTreeMap;

use super::column::{Column, ColumnKind, Ledger};
use crate::case::CaseState;
use crate::case::draft::computed_fields;
use crate::catalogue::{self, FieldValue};
use crate::decimal::Decimal;
use crate::geo::Datum;
use crate::proceeding::Party;

/// Names that a row refers to and does not hold.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Person's id to name.
    pub people: BTreeMap<String, String>,
    /// Compound's id to what its rows say of it.
    pub compounds: BTreeMap<String, Place>,
    /// Company's id to its credit code and name.
    pub companies: BTreeMap<String, (String, String)>,
    /// `2026-11-24`: whose departments' names are used.
    pub today: String,
}

/// What a case's row takes from its compound.
#[derive(Debug, Clone, Default)]
pub struct Place {
    pub name: String,
    pub address: String,
    pub committee: String,
    pub grids: Vec<String>,
}

/// What other records know of one case. The default is for those who may not see them.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub party: Option<Party>,
    /// Template, number, day of every paper that stands, oldest first.
    pub papers: Vec<(String, String, String)>,
    /// 立案号 of the newest proceeding.
    pub filing_no: String,
    /// What its decision orders.
    pub penalty: String,
    /// 回潮次数: how many closed cases this one follows, one after another.
    pub rebounds: usize,
    /// Personal data in clear: only for an export that was approved.
    pub clear: bool,
}

/// One cell a column, as text in its column's form: words of one-of columns, `12.50`, `2026-11-24`, lines kept.
#[must_use]
pub fn row(ledger: &Ledger, state: &CaseState, known: &Known, beside: &Beside, number: u64) -> Vec<String> {
    ledger.columns.iter().map(|column| cell(column, state, known, beside, number)).collect()
}

fn cell(column: &Column, state: &CaseState, known: &Known, beside: &Beside, number: u64) -> String {
    let source = column.source.as_str();
    let shown = |text: String| if beside.clear { text } else { masked_text(&text) };
    let place = known.compounds.get(&state.scope);
    let person = |id: &str| known.people.get(id).cloned().unwrap_or_else(|| id.to_owned());
    match source.split_once(':') {
        Some(("field", key)) => field(column, state, key),
        Some(("photos", slot)) => count(state.photos.iter().filter(|p| is_after(&p.slot) == (slot == "after")).count()),
        Some(("when", actions)) => when(state, actions),
        Some(("party", key)) => party(beside, key),
        Some(("paper_on", template)) => {
            beside.papers.iter().rfind(|(t, ..)| t == template).map(|(.., day)| day.clone()).unwrap_or_default()
        }
        Some(("computed", "left_m2")) => left(state),
        Some(("computed", key)) => computed(state, key),
        _ => match source {
            "row" => number.to_string(),
            "no" => state.no().to_owned(),
            "compound" => state.text("compound_name"),
            "committee" => place.map(|p| p.committee.clone()).unwrap_or_default(),
            "grid" => place.map(|p| p.grids.join("、")).unwrap_or_default(),
            "position" => point(state).map(|(lon, lat)| format!("{lon},{lat}")).unwrap_or_default(),
            "papers" => {
                let each = beside.papers.iter().map(|(template, number, day)| format!("{template} {number} {day}"));
                each.collect::<Vec<_>>().join("、")
            }
            "filing_no" => beside.filing_no.clone(),
            "penalty" => beside.penalty.clone(),
            "rebounds" => count(beside.rebounds),
            "building" | "room" => state.text(source),
            "location_text" => shown(state.text(source)),
            "type" => column.word(&state.type_code()),
            "source" | "severity" => column.word(&state.text(source)),
            "found_at" => state.text("found_at").chars().take(10).collect(),
            "author" => person(&state.author),
            "due" => state.deadline().map(|d| d.due_date().to_owned()).unwrap_or_default(),
            "status" => catalogue::standard()
                .states
                .get(&state.status)
                .map_or_else(|| state.status.clone(), |l| l.zh_hans.clone()),
            "lead" => department(state.order.lead(), &known.today),
            "handler" => state.order.assignment.as_ref().map(|a| person(&a.handler)).unwrap_or_default(),
            "rebound" => column.word(if state.rebound_of.is_empty() { "no" } else { "yes" }),
            "check" => check(state).to_owned(),
            "note" => shown(state.notes.last().map(|n| n.text.clone()).unwrap_or_default()),
            _ => String::new(),
        },
    }
}

fn field(column: &Column, state: &CaseState, key: &str) -> String {
    match state.value(key) {
        Some(FieldValue::Many(all)) => all.iter().map(|v| column.word(v)).collect::<Vec<_>>().join("、"),
        Some(_) if column.kind == ColumnKind::OneOf => column.word(&state.text(key)),
        Some(_) => column.word(&state.text(key)),
        None => String::new(),
    }
}

fn party(beside: &Beside, key: &str) -> String {
    let Some(party) = &beside.party else { return String::new() };
    if beside.clear { party.field(key).to_owned() } else { party.masked(key) }
}

/// Degrees east and north in WGS-84, to four decimals: precise coordinates of many places are not given out
/// (domain.md §8.8).
#[must_use]
pub fn point(state: &CaseState) -> Option<(String, String)> {
    let at = state.geo.as_ref()?.shown_in(Datum::Wgs84)?;
    Some((format!("{:.4}", at.lon), format!("{:.4}", at.lat)))
}

fn count(n: usize) -> String {
    n.to_string()
}

/// A photo taken after the work: those in the slot of that name.
fn is_after(slot: &str) -> bool {
    slot == "after"
}

/// The day of the newest accepted step of these names, in Shanghai.
fn when(state: &CaseState, actions: &str) -> String {
    let named = |a: &Option<String>| a.as_deref().is_some_and(|a| actions.split('|').any(|n| n == a));
    let accepted = state.timeline.iter().rev().filter(|e| e.by_server && e.verdict.as_deref() == Some("accepted"));
    let found = accepted.into_iter().find(|e| named(&e.action));
    let asked = found.and_then(|e| e.of.as_ref()).and_then(|of| state.timeline.iter().find(|e| &e.event == of));
    asked.map(|e| crate::deadline::stamp_of_ms(e.times.wall_ms).chars().take(10).collect()).unwrap_or_default()
}

fn left(state: &CaseState) -> String {
    let value = |key: &str| Decimal::parse(&state.text(key));
    let Some(built) = value("area_m2") else { return String::new() };
    let gone = value("demolished_m2").unwrap_or_else(|| Decimal::whole(0));
    built.less(gone).map(|d| d.text(2)).unwrap_or_default()
}

fn computed(state: &CaseState, key: &str) -> String {
    let Some(category) = catalogue::standard().category(&state.category()) else { return String::new() };
    let fields = state.fields.keys().filter_map(|k| Some((k.clone(), state.value(k)?.clone()))).collect();
    computed_fields(category, &fields).remove(key).unwrap_or_default()
}

fn department(id: &str, on: &str) -> String {
    catalogue::standard().department(id, on).map_or_else(|| id.to_owned(), |d| d.label.zh_hans.clone())
}

fn check(state: &CaseState) -> &'static str {
    let newest =
        state.timeline.iter().rev().find_map(|e| match (e.by_server, e.verdict.as_deref(), e.action.as_deref()) {
            (true, Some("accepted"), Some("pass")) => Some("合格"),
            (true, Some("accepted"), Some("fail")) => Some("不合格"),
            _ => None,
        });
    newest.unwrap_or_default()
}

/// Free words of an export nobody approved: runs of seven digits and more (telephones, identity and bank numbers)
/// keep their first three and last two (domain.md §8.2).
#[must_use]
pub fn masked_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    let flush = |run: &mut Vec<char>, out: &mut String| {
        let hidden = run.len() >= 7;
        let last = run.len().saturating_sub(2);
        out.extend(run.iter().enumerate().map(|(at, c)| if hidden && (3..last).contains(&at) { '*' } else { *c }));
        run.clear();
    };
    for c in text.chars() {
        let part_of_number =
            c.is_ascii_digit() || ('０'..='９').contains(&c) || (!run.is_empty() && matches!(c, 'X' | 'x'));
        if part_of_number {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

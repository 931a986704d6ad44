//! 巡查覆盖率: which compounds were planned for and walked, day by day, and which nobody has visited for 30 days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use xunju_domain::compound::CompoundState;
use xunju_domain::permission::Action;
use xunju_store::Query;

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::round::{CoverageQuery, CoverageRow, CoverageView};
use crate::{Api, Caller, doc};

/// Days without a visit after which a compound is named.
const UNVISITED_DAYS: u64 = 30;
const SPAN_DAYS_MAX: u64 = 92;

/// # Errors
/// `Invalid` for days that are none, or too many; `NotAllowed` for who neither plans nor walks nor sees cases.
pub fn show(api: &Api, caller: &Caller, asked: CoverageQuery) -> Result<CoverageView, ApiError> {
    caller.require(Action::See)?;
    let today = api.today();
    let (from, to) = (day(&asked.from, "from")?, day(&asked.to, "to")?);
    let to = to.unwrap_or(today);
    let from = from.unwrap_or(to - Days::new(UNVISITED_DAYS - 1));
    let span = u64::try_from((to - from).num_days()).ok().filter(|d| *d < SPAN_DAYS_MAX);
    let span = span.ok_or_else(|| ApiError::new(ErrorCode::Invalid).at("from").with("problem", "out_of_range"))?;
    let mut days: BTreeMap<String, Counts> = BTreeMap::new();
    for date in (0..=span).map(|n| from + Days::new(n)) {
        let (planned, walked) = (on(api, "planned_on", date)?, on(api, "walked_on", date)?);
        for id in planned.union(&walked) {
            let counts = days.entry(id.clone()).or_default();
            counts.planned += u32::from(planned.contains(id));
            counts.walked_all += u32::from(walked.contains(id));
            counts.walked += u32::from(planned.contains(id) && walked.contains(id));
        }
    }
    let last = last_visits(api, today)?;
    let next = next_plans(api, today)?;
    let unseen = (today - Days::new(UNVISITED_DAYS)).to_string();
    let mut rows = Vec::new();
    for state in mine(api, caller)? {
        let counts = days.get(&state.id).copied().unwrap_or_default();
        let last = last.get(&state.id).cloned();
        rows.push(CoverageRow {
            planned: counts.planned,
            walked: counts.walked,
            walked_all: counts.walked_all,
            unvisited: last.as_ref().is_none_or(|d| *d <= unseen),
            last,
            next: next.get(&state.id).cloned(),
            compound: state.defined.name,
            compound_id: state.id,
        });
    }
    // Those nobody has seen for longest come first.
    rows.sort_by(|a, b| (&a.last, &a.compound).cmp(&(&b.last, &b.compound)));
    let sum = |of: fn(&CoverageRow) -> u32| rows.iter().map(of).sum();
    Ok(CoverageView {
        from: from.to_string(),
        to: to.to_string(),
        planned: sum(|r| r.planned),
        walked: sum(|r| r.walked),
        walked_all: sum(|r| r.walked_all),
        unvisited: sum(|r| u32::from(r.unvisited)),
        may_plan: caller.author().person().may(Action::PlanRound),
        rows,
    })
}

#[derive(Default, Clone, Copy)]
struct Counts {
    planned: u32,
    walked: u32,
    walked_all: u32,
}

fn day(text: &str, field: &str) -> Result<Option<NaiveDate>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    read.map(Some).map_err(|_| ApiError::new(ErrorCode::Invalid).at(field).with("problem", "out_of_range"))
}

/// Compounds with a round that carries this facet for a day.
fn on(api: &Api, facet: &str, date: NaiveDate) -> Result<BTreeSet<String>, ApiError> {
    let counts = api.store().facet_counts("round", "compound", (facet, &date.to_string()), None).refused()?;
    Ok(counts.into_keys().collect())
}

/// The newest day of a walk, within what is looked back on.
fn last_visits(api: &Api, today: NaiveDate) -> Result<BTreeMap<String, String>, ApiError> {
    let mut last = BTreeMap::new();
    for date in (0..SPAN_DAYS_MAX).map(|n| today - Days::new(n)) {
        for id in on(api, "walked_on", date)? {
            last.entry(id).or_insert_with(|| date.to_string());
        }
    }
    Ok(last)
}

/// The next planned day of each compound, up to two weeks ahead.
fn next_plans(api: &Api, today: NaiveDate) -> Result<BTreeMap<String, String>, ApiError> {
    let mut next = BTreeMap::new();
    for date in (0..14).map(|n| today + Days::new(n)) {
        for id in on(api, "planned_on", date)? {
            next.entry(id).or_insert_with(|| date.to_string());
        }
    }
    Ok(next)
}

fn mine(api: &Api, caller: &Caller) -> Result<Vec<CompoundState>, ApiError> {
    let all = Query { kind: "compound".into(), limit: 1000, ..Query::default() };
    let states: Vec<CompoundState> = api.store().records(&all).refused()?.iter().map(doc).collect::<Result<_, _>>()?;
    Ok(states.into_iter().filter(|state| caller.scopes.has(&state.id)).collect())
}

impl Api {
    /// How many of the caller's compounds nobody has visited for 30 days.
    pub(crate) fn unvisited(&self, caller: &Caller) -> Result<u32, ApiError> {
        let today = self.today();
        let mut seen = BTreeSet::new();
        for date in (0..UNVISITED_DAYS).map(|n| today - Days::new(n)) {
            seen.extend(on(self, "walked_on", date)?);
        }
        let missing = mine(self, caller)?.into_iter().filter(|state| !seen.contains(&state.id)).count();
        Ok(u32::try_from(missing).unwrap_or(u32::MAX))
    }
}

//! 小区: the list and one compound.

use xunju_domain::compound::CompoundState;
use xunju_store::Query;

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::work::{BuildingView, CompoundCard, CompoundList, CompoundQuery, CompoundRef, CompoundView};
use crate::{Api, Caller, doc};

/// By overdue cases, then open ones, then name.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, query: CompoundQuery) -> Result<CompoundList, ApiError> {
    let rows = api
        .store()
        .records(&Query { kind: "compound".into(), text: query.text, limit: 1000, ..Query::default() })
        .refused()?;
    let open = api.store().facet_counts("case", "compound", ("open", "1"), None).refused()?;
    let overdue = api.store().facet_counts("case", "compound", ("open", "1"), Some(&api.yesterday())).refused()?;
    let mut cards = Vec::new();
    for row in &rows {
        let state: CompoundState = doc(row)?;
        if caller.scopes.has(&state.id) {
            let count = |of: &std::collections::BTreeMap<String, u32>| of.get(&state.id).copied().unwrap_or(0);
            cards.push(card(&state, count(&open), count(&overdue)));
        }
    }
    cards.sort_by(|a, b| (b.overdue_cases, b.open_cases, &a.name).cmp(&(a.overdue_cases, a.open_cases, &b.name)));
    Ok(CompoundList { rows: cards })
}

/// # Errors
/// `NotFound`, `NotAllowed` outside the caller's scopes.
pub fn get(api: &Api, caller: &Caller, of: CompoundRef) -> Result<CompoundView, ApiError> {
    let state = api.compound(&of.id)?;
    if !caller.scopes.has(&state.id) {
        return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see"));
    }
    let buildings = state.defined.doorways.iter().map(|d| BuildingView {
        no: state.defined.plate(d),
        floors: d.floors,
        rooms: d.rooms(),
    });
    Ok(CompoundView { buildings: buildings.collect(), card: api.compound_card(&state)? })
}

impl Api {
    pub(crate) fn compound(&self, id: &str) -> Result<CompoundState, ApiError> {
        let row = self.store().record(&format!("compound:{id}")).refused()?;
        doc(&row.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", id))?)
    }

    pub(crate) fn compound_card(&self, state: &CompoundState) -> Result<CompoundCard, ApiError> {
        let open = Query {
            kind: "case".into(),
            facets: vec![("compound".into(), state.id.clone()), ("open".into(), "1".into())],
            ..Query::default()
        };
        let overdue = Query { due_to: Some(self.yesterday()), ..open.clone() };
        Ok(card(state, self.store().count(&open).refused()?, self.store().count(&overdue).refused()?))
    }
}

fn card(state: &CompoundState, open_cases: u32, overdue_cases: u32) -> CompoundCard {
    let d = &state.defined;
    CompoundCard {
        id: state.id.clone(),
        name: d.name.clone(),
        initials: d.initials.clone(),
        address: d.address.clone(),
        dwellings: state.dwellings,
        buildings: d.buildings,
        open_cases,
        overdue_cases,
    }
}

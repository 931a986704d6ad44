//! 小区底册: the whole entry of a compound, and its next definition.

use std::collections::BTreeSet;

use xunju_domain::compound::{self, CompoundState, Defined};
use xunju_domain::permission::{Action, may};
use xunju_domain::{mask, record};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::invalid;
use crate::view::base::{CompoundDefineRequest, PersonRef, RegisterView};
use crate::view::work::CompoundRef;
use crate::{Api, Caller};

/// # Errors
/// `NotFound`, `NotAllowed` outside the caller's scopes.
pub fn get(api: &Api, caller: &Caller, of: CompoundRef) -> Result<RegisterView, ApiError> {
    let state = api.compound(&of.id)?;
    if !caller.scopes.has(&state.id) {
        return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see"));
    }
    view(api, caller, state)
}

/// # Errors
/// `NotAllowed`; `Invalid` with the field and what is wrong with it.
pub fn define(api: &Api, caller: &Caller, asked: CompoundDefineRequest) -> Result<RegisterView, ApiError> {
    caller.require(Action::Accounts)?;
    let before = match asked.id.as_deref() {
        Some(id) => api.compound(id)?.defined,
        None => Defined::default(),
    };
    if !asked.company.is_empty() {
        api.company(&asked.company)?;
    }
    let houses: BTreeSet<&str> = asked.doorways.iter().map(|d| d.building.as_str()).filter(|b| !b.is_empty()).collect();
    let buildings = match u32::try_from(houses.len()).unwrap_or(u32::MAX) {
        0 => before.buildings,
        n => n,
    };
    let trimmed = |all: Vec<String>| -> Vec<String> {
        all.into_iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
    };
    let defined = Defined {
        name: asked.name.trim().to_owned(),
        initials: asked.initials.trim().to_lowercase(),
        address: asked.address.trim().to_owned(),
        committee: asked.committee.trim().to_owned(),
        buildings,
        doorways: asked.doorways,
        lanes: trimmed(asked.lanes),
        renamed: asked.renamed,
        company: asked.company,
        manager: asked.manager.unwrap_or(before.manager),
        inspectors: trimmed(asked.inspectors),
        grids: trimmed(asked.grids),
        category: asked.category,
        priority: asked.priority,
        ..Defined::default()
    };
    let problems = compound::check(&defined);
    if !problems.is_empty() {
        return Err(invalid(&problems));
    }
    let id = match asked.id {
        Some(id) => id,
        None => new_id(api.clock().wall_ms())?,
    };
    let data = serde_json::to_value(&defined).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    api.define(caller, "compound", &id, record::TOWN, compound::DEFINED, data)?;
    view(api, caller, api.compound(&id)?)
}

fn view(api: &Api, caller: &Caller, state: CompoundState) -> Result<RegisterView, ApiError> {
    let names = api.names()?;
    let d = state.defined;
    let company_name = match api.company(&d.company) {
        Ok(company) => company.defined.name,
        Err(e) if e.code == ErrorCode::NotFound => String::new(),
        Err(e) => return Err(e),
    };
    Ok(RegisterView {
        id: state.id,
        name: d.name,
        initials: d.initials,
        address: d.address,
        committee: d.committee,
        lanes: d.lanes,
        doorways: d.doorways,
        renamed: d.renamed,
        company: d.company,
        company_name,
        manager: mask::name(&d.manager),
        inspectors: d.inspectors.into_iter().map(|id| PersonRef { name: names.of(&id), id }).collect(),
        grids: d.grids,
        category: d.category,
        priority: d.priority,
        may_edit: may(&caller.roles(), Action::Accounts),
    })
}

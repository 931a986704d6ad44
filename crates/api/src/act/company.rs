//! 物业企业: the list, one company, and its register entry.

use xunju_domain::company::{self, CompanyState, Defined, Manager};
use xunju_domain::compound::CompoundState;
use xunju_domain::event::NewEvent;
use xunju_domain::permission::{Action, may};
use xunju_domain::{mask, record};
use xunju_store::{Commit, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::{Refused, invalid};
use crate::view::base::{
    CompanyCard, CompanyList, CompanyQuery, CompanyRef, CompanySaveRequest, CompanyView, ManagerInput, ManagerView,
    PersonRef,
};
use crate::{Api, Caller, doc};

const COMPANIES_MAX: u32 = 1_000;

/// By name.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, asked: CompanyQuery) -> Result<CompanyList, ApiError> {
    let query = Query { kind: "company".into(), text: asked.text, limit: COMPANIES_MAX, ..Query::default() };
    let rows = api.store().records(&query).refused()?;
    let states: Vec<CompanyState> = rows.iter().map(doc).collect::<Result<_, _>>()?;
    let mut rows: Vec<CompanyCard> = states
        .iter()
        .map(|state| Ok(card(state, api.run_by(caller, &state.id)?.len())))
        .collect::<Result<_, ApiError>>()?;
    rows.sort_by(|a, b| (b.compounds, &a.name).cmp(&(a.compounds, &b.name)));
    Ok(CompanyList { rows, may_edit: may(&caller.roles(), Action::Companies) })
}

/// # Errors
/// `NotFound`.
pub fn get(api: &Api, caller: &Caller, of: CompanyRef) -> Result<CompanyView, ApiError> {
    let state = api.company(&of.id)?;
    let compounds = api.run_by(caller, &state.id)?;
    let d = &state.defined;
    let manager =
        |m: &Manager| ManagerView { name: mask::name(&m.name), no: m.no.clone(), phone: mask::phone(&m.phone) };
    Ok(CompanyView {
        card: card(&state, compounds.len()),
        representative: mask::name(&d.representative),
        place: d.place.clone(),
        grade: d.grade.clone(),
        managers: d.managers.iter().map(manager).collect(),
        note: d.note.clone(),
        compounds,
        may_edit: may(&caller.roles(), Action::Companies),
    })
}

/// # Errors
/// `NotAllowed`; `Invalid` with the field and what is wrong with it, `twice` for a code another company has.
pub fn save(api: &Api, caller: &Caller, asked: CompanySaveRequest) -> Result<CompanyView, ApiError> {
    caller.require(Action::Companies)?;
    let before =
        asked.id.as_deref().map(|id| api.company(id)).transpose()?.map(|state| state.defined).unwrap_or_default();
    let defined = company::tidy(Defined {
        name: asked.name,
        credit_code: asked.credit_code,
        representative: asked.representative.unwrap_or(before.representative),
        place: asked.place.trim().to_owned(),
        grade: asked.grade,
        managers: asked.managers.into_iter().map(|input| manager(input, &before.managers)).collect(),
        note: asked.note,
        ..Defined::default()
    });
    let problems = company::check(&defined);
    if !problems.is_empty() {
        return Err(invalid(&problems));
    }
    let id = match asked.id {
        Some(id) => id,
        None => new_id(api.clock().wall_ms())?,
    };
    let same = Query {
        kind: "company".into(),
        facets: vec![("code".into(), defined.credit_code.clone())],
        limit: 2,
        ..Query::default()
    };
    if api.store().records(&same).refused()?.iter().any(|row| record::id_of(&row.id) != id) {
        return Err(ApiError::new(ErrorCode::Invalid).at("credit_code").with("problem", "twice"));
    }
    let data = serde_json::to_value(&defined).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    api.define(caller, "company", &id, record::TOWN, company::DEFINED, data)?;
    get(api, caller, CompanyRef { id })
}

fn manager(input: ManagerInput, before: &[Manager]) -> Manager {
    let was = input.was.and_then(|at| before.get(usize::try_from(at).ok()?)).cloned().unwrap_or_default();
    Manager { name: input.name.unwrap_or(was.name), no: input.no, phone: input.phone.unwrap_or(was.phone) }
}

fn card(state: &CompanyState, compounds: usize) -> CompanyCard {
    CompanyCard {
        id: state.id.clone(),
        name: state.defined.name.clone(),
        credit_code: state.defined.credit_code.clone(),
        compounds: u32::try_from(compounds).unwrap_or(u32::MAX),
    }
}

impl Api {
    pub(crate) fn company(&self, id: &str) -> Result<CompanyState, ApiError> {
        let row = self.store().record(&format!("company:{id}")).refused()?;
        doc(&row.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", id))?)
    }

    /// The compounds a company runs, of those the caller works in.
    fn run_by(&self, caller: &Caller, company: &str) -> Result<Vec<PersonRef>, ApiError> {
        let facets = vec![("company".to_owned(), company.to_owned())];
        let query = Query { kind: "compound".into(), facets, limit: 1_000, ..Query::default() };
        let rows = self.store().records(&query).refused()?;
        let states = rows.iter().map(doc::<CompoundState>).collect::<Result<Vec<_>, _>>()?;
        let mine = states.into_iter().filter(|state| caller.scopes.has(&state.id));
        Ok(mine.map(|state| PersonRef { id: state.id, name: state.defined.name }).collect())
    }

    /// Writes one definition of a register.
    pub(crate) fn define(
        &self,
        caller: &Caller,
        kind: &str,
        id: &str,
        scope: &str,
        event: &str,
        data: serde_json::Value,
    ) -> Result<(), ApiError> {
        let new = NewEvent {
            record: format!("{kind}:{id}"),
            scope: scope.to_owned(),
            kind: event.to_owned(),
            tv: 1,
            actor: caller.user.clone(),
            parents: Vec::new(),
            blobs: Vec::new(),
            data,
        };
        self.commit(Commit { events: vec![new], ..Commit::empty() }, id).map(|_| ())
    }
}

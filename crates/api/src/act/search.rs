//! 搜索: compounds, companies, staff, dwellings and cases for what somebody types.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::company::CompanyState;
use xunju_domain::compound::CompoundState;
use xunju_domain::permission::{Action, may, sees_own_orders_only};
use xunju_domain::record;
use xunju_domain::search::{Class, Wanted, marks};
use xunju_domain::user::UserState;
use xunju_store::{Found, Search};

use crate::error::ApiError;
use crate::present::fact;
use crate::refuse::Refused;
use crate::view::base::{SearchGroup, SearchHit, SearchQuery, SearchView};
use crate::{Api, Caller, doc};

const HITS_MAX: u32 = 50;
/// Nobody types more; a pasted page is cut.
const TEXT_CHARS_MAX: usize = 100;

/// Each kind by itself, so that many cases never push a compound out. A case whose whole number was typed comes first.
///
/// # Errors
/// Disk failures.
pub fn find(api: &Api, caller: &Caller, asked: SearchQuery) -> Result<SearchView, ApiError> {
    let text: String = asked.text.chars().take(TEXT_CHARS_MAX).collect();
    let mut groups = Vec::new();
    if let Some(wanted) = Wanted::read(&text) {
        let limit = if asked.limit == 0 { HITS_MAX } else { asked.limit.min(HITS_MAX) };
        for class in classes(caller) {
            let group = group(api, caller, &wanted, class, limit)?;
            if !group.rows.is_empty() {
                groups.push(group);
            }
        }
        groups.sort_by_key(|group| !group.rows.iter().any(|hit| hit.exact));
    }
    Ok(SearchView { text: asked.text, groups })
}

/// Cases, and the doors they stand at, only for those who may see case content.
fn classes(caller: &Caller) -> impl Iterator<Item = Class> + use<> {
    let sees = may(&caller.roles(), Action::See);
    let base = may(&caller.roles(), Action::SeeBase);
    Class::ALL.into_iter().filter(move |class| match class {
        Class::Compound | Class::Company | Class::Person => base,
        Class::Dwelling | Class::Case => sees,
        Class::Other => false,
    })
}

fn group(api: &Api, caller: &Caller, wanted: &Wanted, class: Class, limit: u32) -> Result<SearchGroup, ApiError> {
    let scopes = caller.scope_list();
    let unit = sees_own_orders_only(&caller.roles()).then_some(caller.unit.as_str());
    let page = api.store().search(&Search { wanted, class, scopes: scopes.as_deref(), unit, limit }).refused()?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for found in &page.rows {
        rows.extend(hit(api, wanted, class, found)?);
    }
    Ok(SearchGroup { kind: word(class).to_owned(), total: page.total, rows })
}

fn word(class: Class) -> &'static str {
    match class {
        Class::Compound => "compound",
        Class::Company => "company",
        Class::Person => "person",
        Class::Dwelling => "dwelling",
        Class::Case => "case",
        Class::Other => "other",
    }
}

fn hit(api: &Api, wanted: &Wanted, class: Class, found: &Found) -> Result<Option<SearchHit>, ApiError> {
    let Some(row) = api.store().record(&found.record).refused()? else { return Ok(None) };
    let mut at = BTreeMap::new();
    let mut label = None;
    let (title, detail) = match class {
        Class::Compound => {
            let state: CompoundState = doc(&row)?;
            (state.defined.name, state.defined.address)
        }
        Class::Company => {
            let state: CompanyState = doc(&row)?;
            (state.defined.name, state.defined.credit_code)
        }
        Class::Person => {
            let state: UserState = doc(&row)?;
            (state.defined.display, state.defined.name)
        }
        Class::Dwelling => {
            let state: CompoundState = doc(&row)?;
            at.insert("building".to_owned(), found.building.clone());
            at.insert("room".to_owned(), found.room.clone());
            let title = format!("{} {}{}", state.defined.name, found.building, found.room);
            (title, state.defined.address)
        }
        Class::Case | Class::Other => {
            let state: CaseState = doc(&row)?;
            label = Some(fact::type_label(&state));
            let place = format!("{} {}{}", state.text("compound_name"), state.text("building"), state.text("room"));
            (format!("{} {}", state.no(), place.trim()), String::new())
        }
    };
    let marks = marks(&title, wanted);
    let (kind, id) = (word(class).to_owned(), record::id_of(&row.id).to_owned());
    Ok(Some(SearchHit { kind, id, title, detail, label, marks, at, exact: found.exact }))
}

//! 物业企业 (domain.md §6.5): who manages compounds, by its unified social credit code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::batch::{self, Batch};
use crate::case::draft::FieldProblem;
use crate::compound::newest;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::identifier;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
use crate::record;

pub const DEFINED: &str = "company.defined";

/// 历史资质等级: abolished in 2018, kept for what was recorded before.
pub const GRADES: &[&str] = &["first", "second", "third", "provisional"];

const NAME_CHARS_MAX: usize = 60;
const PLACE_CHARS_MAX: usize = 120;
const NOTE_CHARS_MAX: usize = 2_000;
const MANAGERS_MAX: usize = 200;

/// A company as its register entry defines it. A later definition replaces the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Defined {
    pub name: String,
    /// 统一社会信用代码, checked (GB 32100-2015).
    pub credit_code: String,
    /// 法定代表人: personal, shown masked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub representative: String,
    /// 注册地
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// A code of [`GRADES`]; empty where there was none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub grade: String,
    /// 项目经理
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<Manager>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The import of a ledger it came with, or that it takes back.
    #[serde(flatten)]
    pub batch: Batch,
}

/// 项目经理: personal, shown masked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manager {
    pub name: String,
    /// 登记号 or training certificate.
    pub no: String,
    pub phone: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyState {
    pub id: String,
    #[serde(flatten)]
    pub defined: Defined,
    /// Imports that wrote here, also those somebody has written over since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub imports: BTreeSet<String>,
    pub heads: Vec<EventId>,
}

#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> CompanyState {
    let graph = Graph::new(events);
    let defined = newest(&graph, DEFINED, |_| true).unwrap_or_default();
    CompanyState {
        id: record::id_of(record).to_owned(),
        imports: batch::imports(&graph, DEFINED),
        defined,
        heads: graph.heads(),
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let d = &state.defined;
    Projection {
        kind: d.batch.kind("company"),
        scope: scope.to_owned(),
        status: String::new(),
        due: None,
        // No personal data here: what is searched for is shown in suggestions.
        search: format!("{} {}", d.name, d.credit_code).to_lowercase(),
        facets: [("code".into(), d.credit_code.clone()), ("name".into(), d.name.clone())]
            .into_iter()
            .chain(batch::facets(&state.imports))
            .collect(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// The housing office keeps the companies, and the administrator the register as a whole (domain.md §7).
pub fn judge(_: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let known = event.kind != DEFINED || read(&event.data).is_some_and(|defined| check(&defined).is_empty());
    Judgement::stands(event.by_server || (may(&grant.roles, Action::Companies) && known))
}

fn read(data: &Value) -> Option<Defined> {
    Defined::deserialize(data).ok()
}

/// Identifiers in their one form; what cannot be read stays as typed, for [`check`] to name.
#[must_use]
pub fn tidy(mut d: Defined) -> Defined {
    d.name = d.name.trim().to_owned();
    d.credit_code = identifier::credit_code(&d.credit_code).unwrap_or(d.credit_code);
    d.managers.retain(|m| !m.name.trim().is_empty() || !m.no.trim().is_empty());
    for manager in &mut d.managers {
        manager.phone = identifier::phone(&manager.phone).unwrap_or_else(|_| manager.phone.clone());
    }
    d
}

/// What is wrong with a definition: field and code.
#[must_use]
pub fn check(d: &Defined) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut wrong = |is: bool, field: &str, code: &str| {
        if is {
            found.push(FieldProblem::new(field, code));
        }
    };
    let longer = |text: &str, than: usize| text.chars().count() > than;
    wrong(d.name.trim().is_empty(), "name", "required");
    wrong(longer(&d.name, NAME_CHARS_MAX), "name", "too_long");
    wrong(longer(&d.representative, NAME_CHARS_MAX), "representative", "too_long");
    wrong(longer(&d.place, PLACE_CHARS_MAX), "place", "too_long");
    wrong(longer(&d.note, NOTE_CHARS_MAX), "note", "too_long");
    wrong(!d.grade.is_empty() && !GRADES.contains(&d.grade.as_str()), "grade", "unknown_choice");
    wrong(d.managers.len() > MANAGERS_MAX, "managers", "too_many");
    for manager in &d.managers {
        wrong(manager.name.trim().is_empty(), "managers", "required");
        wrong([&manager.name, &manager.no].into_iter().any(|t| longer(t, NAME_CHARS_MAX)), "managers", "too_long");
        wrong(!manager.phone.is_empty() && identifier::phone(&manager.phone).is_err(), "managers", "phone");
    }
    match identifier::credit_code(&d.credit_code) {
        _ if d.credit_code.trim().is_empty() => wrong(true, "credit_code", "required"),
        Err(e) => wrong(true, "credit_code", &format!("credit_code_{}", e.code())),
        Ok(code) => wrong(code != d.credit_code, "credit_code", "credit_code_character"),
    }
    found
}

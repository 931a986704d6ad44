//! Accounts as every machine knows them: name, roles, compounds. Passwords never leave the server.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::compound::newest;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::permission::{Grant, Scopes, roles_from_codes};
use crate::record;

pub const DEFINED: &str = "user.defined";

/// An account as the administrator defined it. Only the town server's own key may say so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Defined {
    /// Sign-in name.
    pub name: String,
    /// Shown name: `张工`.
    pub display: String,
    /// Codes: `R-INS`, …
    pub roles: Vec<String>,
    pub scopes: ScopeList,
    pub active: bool,
    /// Department id of the catalogue; empty for those of no department.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// 执法证, past and present.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
}

/// 行政执法证: who signs as an officer needs one on that day (行政处罚法 42, 55).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Certificate {
    pub no: String,
    /// First and last day, `2026-01-01`.
    pub valid_from: String,
    pub valid_to: String,
}

impl Certificate {
    #[must_use]
    pub fn holds(&self, day: &str) -> bool {
        !self.no.is_empty() && self.valid_from.as_str() <= day && day <= self.valid_to.as_str()
    }

    /// Reads `NO:FROM:TO`, both days included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (no, from, to) = (parts.next()?.trim(), parts.next()?, parts.next()?);
        let day = |t: &str| chrono::NaiveDate::parse_from_str(t.trim(), "%Y-%m-%d").ok();
        let (from, to) = (day(from)?, day(to)?);
        let sound = !no.is_empty() && no.chars().count() <= 40 && from <= to && parts.next().is_none();
        sound.then(|| Self { no: no.to_owned(), valid_from: from.to_string(), valid_to: to.to_string() })
    }
}

/// `"all"`, or a list of compound ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ScopeList {
    Only(BTreeSet<String>),
    /// The word `all`; any other word gives nothing.
    Word(String),
}

impl Default for ScopeList {
    fn default() -> Self {
        Self::Only(BTreeSet::new())
    }
}

impl ScopeList {
    #[must_use]
    pub fn all() -> Self {
        Self::Word("all".into())
    }
}

impl From<&ScopeList> for Scopes {
    fn from(list: &ScopeList) -> Self {
        match list {
            ScopeList::Word(word) if word == "all" => Self::All,
            ScopeList::Word(_) => Self::Some(BTreeSet::new()),
            ScopeList::Only(scopes) => Self::Some(scopes.clone()),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserState {
    pub id: String,
    #[serde(flatten)]
    pub defined: Defined,
    pub heads: Vec<EventId>,
}

impl UserState {
    /// The certificate that holds on a day; none while the account is not active.
    #[must_use]
    pub fn certificate(&self, day: &str) -> Option<&Certificate> {
        self.defined.certificates.iter().find(|c| self.defined.active && c.holds(day))
    }

    /// What the account may do; nothing while it is not active.
    #[must_use]
    pub fn grant(&self) -> Grant {
        let (roles, scopes) = match self.defined.active {
            true => (roles_from_codes(&self.defined.roles), Scopes::from(&self.defined.scopes)),
            false => (Vec::new(), Scopes::Some(BTreeSet::new())),
        };
        Grant { user: self.id.clone(), roles, scopes, unit: self.defined.unit.clone() }
    }
}

/// Folds an account from what the server said of it.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> UserState {
    let graph = Graph::new(events);
    let defined = newest(&graph, DEFINED, |e| e.by_server).unwrap_or_default();
    UserState { id: record::id_of(record).to_owned(), defined, heads: graph.heads() }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let mut facets = vec![("name".to_owned(), state.defined.name.clone())];
    facets.extend(state.defined.roles.iter().map(|r| ("role".to_owned(), r.clone())));
    facets.sort();
    Projection {
        kind: "user".into(),
        scope: scope.to_owned(),
        status: if state.defined.active { "active" } else { "inactive" }.into(),
        due: None,
        search: format!("{} {}", state.defined.name, state.defined.display).to_lowercase(),
        facets,
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

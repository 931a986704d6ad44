//! Names of people and devices, as the town knows them.

use std::collections::BTreeMap;

use xunju_domain::record;
use xunju_store::Query;

use crate::Api;
use crate::error::ApiError;
use crate::refuse::Refused;

/// Shown names by user id.
pub struct Names(BTreeMap<String, String>);

impl Names {
    pub fn all(self) -> BTreeMap<String, String> {
        self.0
    }

    /// The shown name; the id itself where the town has not told it yet.
    pub fn of(&self, user: &str) -> String {
        self.0.get(user).cloned().unwrap_or_else(|| user.to_owned())
    }
}

impl Api {
    pub(crate) fn names(&self) -> Result<Names, ApiError> {
        let rows = self.store.records(&Query { kind: "user".into(), limit: 10_000, ..Query::default() }).refused()?;
        let display = |doc: &serde_json::Value| doc.get("display").and_then(|v| v.as_str()).map(str::to_owned);
        let named = rows.iter().filter_map(|row| Some((record::id_of(&row.id).to_owned(), display(&row.doc)?)));
        Ok(Names(named.filter(|(_, name)| !name.is_empty()).collect()))
    }
}

//! What a definition of a register says of the import it came with. Taking an import back is a definition too: the one
//! that stood before, or for what the import made a definition that is withdrawn. Nothing leaves the journal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::graph::Graph;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Batch {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub import: String,
    /// The import that this takes back.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub undoes: String,
    /// Stands in no list any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

impl Batch {
    #[must_use]
    pub fn of(import: &str) -> Self {
        Self { import: import.to_owned(), ..Self::default() }
    }

    /// The projection's kind: lists and searches ask by it, so what is withdrawn is in none of them.
    #[must_use]
    pub fn kind(&self, kind: &str) -> String {
        if self.withdrawn { WITHDRAWN.to_owned() } else { kind.to_owned() }
    }
}

/// The projection's kind of a withdrawn entry, whatever register it stood in.
pub const WITHDRAWN: &str = "withdrawn";

/// Imports named by definitions of this kind.
pub(crate) fn imports(graph: &Graph<'_>, kind: &str) -> BTreeSet<String> {
    let own = graph.iter().filter(|(_, e)| e.kind == kind);
    let named = own.filter_map(|(_, e)| Some(e.data.get("import")?.as_str()?.to_owned()));
    named.filter(|import| !import.is_empty()).collect()
}

pub(crate) fn facets(imports: &BTreeSet<String>) -> impl Iterator<Item = (String, String)> + '_ {
    imports.iter().map(|import| ("import".to_owned(), import.clone()))
}

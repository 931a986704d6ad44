//! What a definition of a register says of the import it came with. Taking an import back is a definition too: the one
//! that stood before, or for what the import made a definition that is withdrawn. Nothing leaves the journal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::FoldEvent;
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

/// How a record is brought back to what it was before an import.
#[derive(Debug, Clone, PartialEq)]
pub enum Before {
    /// This definition, said again.
    Restored(Value),
    /// The import made it: the definition as it stands, to be withdrawn.
    Made(Value),
    /// Taken back already.
    Back,
    /// Somebody has defined it anew since.
    Changed,
}

/// What stood before an import, by the newest definition of this kind.
#[must_use]
pub fn before(events: &[FoldEvent], kind: &str, import: &str) -> Before {
    let graph = Graph::new(events);
    let said = |e: &FoldEvent, key: &str| e.data.get(key).and_then(Value::as_str) == Some(import);
    let own: Vec<_> = graph.iter().filter(|(_, e)| e.kind == kind).collect();
    let places: Vec<_> = own.iter().map(|(at, _)| *at).collect();
    let [newest] = graph.maximal(&places)[..] else { return Before::Changed };
    let Some(last) = graph.get(newest) else { return Before::Changed };
    if said(last, "undoes") {
        return Before::Back;
    }
    if !said(last, "import") {
        return Before::Changed;
    }
    let earlier: Vec<_> = own.iter().filter(|(_, e)| !said(e, "import")).map(|(at, _)| *at).collect();
    // The import's own definitions follow each other; what came before the first of them is what stood.
    let ours = own.iter().filter(|(_, e)| said(e, "import")).map(|(at, _)| *at).min();
    let stood: Vec<_> = earlier.into_iter().filter(|at| ours.is_some_and(|ours| graph.follows(ours, *at))).collect();
    let stamped = |data: &Value, withdrawn: bool| {
        let mut data = data.clone();
        if let Some(map) = data.as_object_mut() {
            // Which import it came with stays said: that one can be taken back next.
            map.remove("withdrawn");
            map.insert("undoes".into(), import.into());
            if withdrawn {
                map.insert("withdrawn".into(), true.into());
            }
        }
        data
    };
    match graph.maximal(&stood).first().and_then(|at| graph.get(*at)) {
        Some(event) => Before::Restored(stamped(&event.data, false)),
        None => Before::Made(stamped(&last.data, true)),
    }
}

/// Imports named by definitions of this kind.
pub(crate) fn imports(graph: &Graph<'_>, kind: &str) -> BTreeSet<String> {
    let own = graph.iter().filter(|(_, e)| e.kind == kind);
    let named = own.filter_map(|(_, e)| Some(e.data.get("import")?.as_str()?.to_owned()));
    named.filter(|import| !import.is_empty()).collect()
}

pub(crate) fn facets(imports: &BTreeSet<String>) -> impl Iterator<Item = (String, String)> + '_ {
    imports.iter().map(|import| ("import".to_owned(), import.clone()))
}

#[cfg(test)]
mod tests {
    use super::{Before, before};
    use crate::event::FoldEvent;
    use serde_json::{Value, json};

    fn said(n: usize, data: Value) -> FoldEvent {
        FoldEvent {
            id: format!("e{n}"),
            parents: (n > 0).then(|| format!("e{}", n - 1)).into_iter().collect(),
            kind: "company.defined".into(),
            tv: 1,
            actor: "a".into(),
            device: "d".into(),
            inc: 0,
            n: n as u64,
            by_server: false,
            wall_ms: 0,
            tz: "+08:00".into(),
            estimate: None,
            blobs: Vec::new(),
            data,
            seq: None,
            received_ms: None,
        }
    }

    #[test]
    fn imports_are_taken_back_from_the_last_to_the_first_and_nothing_newer_is_lost() {
        let kind = "company.defined";
        let mut all = vec![said(0, json!({ "name": "a", "import": "i1" }))];
        let made = Before::Made(json!({ "name": "a", "import": "i1", "undoes": "i1", "withdrawn": true }));
        assert_eq!(before(&all, kind, "i1"), made);
        all.push(said(1, json!({ "name": "b", "import": "i2" })));
        assert_eq!(before(&all, kind, "i1"), Before::Changed, "a later import stands on it");
        let back = json!({ "name": "a", "import": "i1", "undoes": "i2" });
        assert_eq!(before(&all, kind, "i2"), Before::Restored(back.clone()));
        all.push(said(2, back));
        assert_eq!(before(&all, kind, "i2"), Before::Back);
        assert!(matches!(before(&all, kind, "i1"), Before::Made(_)), "and then the first");
        all.push(said(3, json!({ "name": "c" })));
        assert_eq!(before(&all, kind, "i1"), Before::Changed, "somebody has written since");
    }
}

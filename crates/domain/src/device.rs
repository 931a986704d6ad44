//! Laptops, desks and the server itself: whose key is whose, and which chain is the living one (sync.md §3.3).

use serde::{Deserialize, Serialize};

use crate::compound::newest;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::record;

pub const ENROLLED: &str = "device.enrolled";
pub const INCARNATION: &str = "device.incarnation";
pub const REVOKED: &str = "device.revoked";
pub const PURGED: &str = "device.purged";

/// Said by the server when it takes a device in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enrolled {
    pub name: String,
    /// User id; empty for the desk and the server.
    pub user: String,
    /// `laptop` | `desk` | `server`
    pub kind: String,
    /// Signature suite (sync.md §3.2): 1 is Ed25519 with SHA-256.
    pub suite: u32,
    /// Lower-case hex.
    pub public_key: String,
}

/// Said by the device when it starts a new chain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incarnation {
    /// `first`, `restored`, `cloned`, …
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev_known_head: Option<EventId>,
}

/// Said by the device when it let a scope go that its person no longer has (sync.md §5.4): how much, never what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Purged {
    pub scope: String,
    /// Events of others.
    pub events: u64,
    /// Own events of which only number, id and receipt stayed.
    pub own: u64,
    pub files: u64,
}

/// Said by the server: nothing made after it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Revoked {
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceState {
    pub id: String,
    #[serde(flatten)]
    pub enrolled: Enrolled,
    /// Highest chain the device has said it began.
    pub inc: u32,
    pub incarnations: Vec<Incarnation>,
    /// Why it was revoked, if it was. There is no way back: a device enrols anew.
    pub revoked: Option<String>,
    pub heads: Vec<EventId>,
}

/// Folds a device from what the server said of it and what it said of its own chains.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> DeviceState {
    let graph = Graph::new(events);
    let id = record::id_of(record);
    let own = |e: &FoldEvent| e.kind == INCARNATION && (e.device == id || e.by_server);
    let mut begun: Vec<(u32, &str, Incarnation)> = graph
        .iter()
        .filter(|(_, e)| own(e))
        .filter_map(|(_, e)| Some((e.inc, e.id.as_str(), Incarnation::deserialize(&e.data).ok()?)))
        .collect();
    begun.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let revoked: Option<Revoked> = newest(&graph, REVOKED, |e| e.by_server);
    DeviceState {
        id: id.to_owned(),
        enrolled: newest(&graph, ENROLLED, |e| e.by_server).unwrap_or_default(),
        inc: begun.last().map_or(0, |(inc, _, _)| *inc),
        incarnations: begun.into_iter().map(|(_, _, data)| data).collect(),
        revoked: revoked.map(|r| r.reason),
        heads: graph.heads(),
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: "device".into(),
        scope: scope.to_owned(),
        status: if state.revoked.is_some() { "revoked" } else { "enrolled" }.into(),
        due: None,
        search: state.enrolled.name.to_lowercase(),
        facets: vec![("kind".into(), state.enrolled.kind.clone()), ("user".into(), state.enrolled.user.clone())],
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

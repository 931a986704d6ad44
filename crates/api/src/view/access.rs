//! The access log, as its readers see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct AccessQuery {
    /// Whose; everybody's for an auditor when left out, one's own for others.
    pub user: Option<String>,
    /// `view` | `unmask` | `search` | `export` | `print` | `edit` | `delete`
    pub action: Option<String>,
    /// First and last day, `2026-11-24`; the last 31 days when left out.
    pub from: Option<String>,
    pub to: Option<String>,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AccessPage {
    pub total: u32,
    pub from: String,
    pub to: String,
    /// Newest first.
    pub rows: Vec<AccessRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AccessRow {
    /// Event id.
    pub event: String,
    pub user: String,
    pub name: String,
    pub roles: Vec<String>,
    pub device: String,
    pub action: String,
    /// Record ids.
    pub objects: Vec<String>,
    pub fields: Vec<String>,
    pub reason: String,
    /// `desktop` | `web`
    pub host: String,
    pub wall_ms: i64,
    /// When the server had it; none while only on this machine.
    pub received_ms: Option<i64>,
}

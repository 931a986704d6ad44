//! The evidence bundle of a case.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BundleRequest {
    pub case_id: String,
    /// In the access log before the file leaves.
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BundleFile {
    pub name: String,
    /// Where it was saved; none in a browser.
    pub path: Option<String>,
    /// Where a browser gets it, once.
    pub url: Option<String>,
    pub originals: u32,
    /// Files the case names that are not on this machine.
    pub absent: u32,
    pub contact_sheet: bool,
}

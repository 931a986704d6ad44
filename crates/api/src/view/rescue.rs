//! U盘包.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a rescue file may be written: sticks first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescuePlaces {
    pub places: Vec<RescuePlace>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescuePlace {
    pub folder: String,
    /// As a person knows it.
    pub name: String,
    /// A stick; else a folder of this machine.
    pub removable: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RescueRequest {
    pub folder: String,
    /// At least eight characters; whoever takes the file in needs it.
    pub passphrase: String,
}

/// Written, and read back whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RescueFile {
    pub path: String,
    pub events: u64,
    pub files: u64,
    pub bytes: u64,
}

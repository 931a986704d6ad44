//! Photos that an event names and that have not reached the town (sync.md §8.4).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 未到镇里的照片: by the laptop that has them, the longest waiting first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingView {
    pub count: u32,
    pub laptops: Vec<MissingOfLaptop>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingOfLaptop {
    pub device: String,
    /// Name of the machine; its id where the town was told none.
    pub name: String,
    /// Whose it is.
    pub user: String,
    /// 吊销: nothing it sends counts any more.
    pub revoked: bool,
    pub count: u32,
    pub bytes: u64,
    /// Whole days since the first of them was named to the server.
    pub days: u32,
    pub alarm: MissingAlarm,
    /// The first 50.
    pub photos: Vec<MissingPhoto>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingPhoto {
    pub hash: String,
    /// File name, where it is known.
    pub name: String,
    /// None for what belongs to no case, such as the sheet of a round.
    pub case_id: Option<String>,
    pub case_no: Option<String>,
    /// `case` | `paper` | `round` | `plan` | …
    pub of: String,
    pub bytes: u64,
    /// Server's clock.
    pub named_ms: i64,
    pub days: u32,
    pub alarm: MissingAlarm,
}

/// Three days are long, seven too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MissingAlarm {
    None,
    Long,
    TooLong,
}

/// Photos three days on one machine only: on a laptop its own, on the desk those of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LatePhotos {
    pub count: u32,
    /// Of the oldest.
    pub days: u32,
    pub alarm: MissingAlarm,
}

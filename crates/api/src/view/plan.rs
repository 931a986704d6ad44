//! 平面图 and coordinates.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use xunju_domain::catalogue::Label;
pub use xunju_domain::geo::{Datum, Geo, Method};
pub use xunju_domain::plan::{Anchor, Georef, Pin};

/// The plan of a compound with everything that lies on it. Points are hundred-thousandths of width and height.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanView {
    pub compound_id: String,
    /// None: there is no plan, and the buildings stand as a grid.
    pub image: Option<PlanImage>,
    pub buildings: Vec<PlanBuilding>,
    pub georef: Option<Georef>,
    pub pins: Vec<PinView>,
    /// Cases in no building that is drawn and without a pin.
    pub unplaced: u32,
    pub may_draw: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanImage {
    pub hash: String,
    pub thumb: Option<String>,
    pub preview: Option<String>,
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    pub media_type: String,
    pub thumb_here: bool,
    pub preview_here: bool,
    pub original_here: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanBuilding {
    /// As on the plate.
    pub no: String,
    pub corners: Vec<[u32; 2]>,
    pub middle: [u32; 2],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PinView {
    pub case_id: String,
    pub no: String,
    pub type_label: Label,
    pub building: String,
    pub room: String,
    /// `overdue` | `open` | `closed`
    pub state: String,
    pub x: u32,
    pub y: u32,
    /// Set by a person; otherwise the middle of the building.
    pub set: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanSetRequest {
    pub id: String,
    /// A picture of the tray.
    pub hash: String,
    /// It covers the former one exactly: what was drawn stays.
    #[serde(default)]
    pub same_place: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanDrawRequest {
    pub id: String,
    /// Only what changed; no corners erase.
    #[serde(default)]
    pub buildings: BTreeMap<String, Vec<[u32; 2]>>,
    #[serde(default)]
    pub georef: Option<Georef>,
}

/// A point with its datum named, and what other maps call the same place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GeoView {
    pub given: Geo,
    /// `WGS-84`, …
    pub datum_label: String,
    /// For show only: nothing of it is kept.
    pub others: Vec<GeoShown>,
    /// Outside the box the town can lie in.
    pub outside: bool,
    /// Worse than 50 m.
    pub indoor: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GeoShown {
    pub datum_label: String,
    pub lon: String,
    pub lat: String,
}

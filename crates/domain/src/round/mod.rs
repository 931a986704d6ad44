//! 巡查: one person walks one compound on one day, stop by stop. A plan for several compounds is a round for each.
//!
//! No position track is kept: where somebody was is said by the stops they ended, nothing else (domain.md §8.3).

use serde::{Deserialize, Serialize};

mod decide;
mod fold;
mod judge;
mod sheet;

pub use decide::{Wish, act, plan};
pub use fold::{RoundState, StopState, Visit, fold, project};
pub use judge::judge;
pub use sheet::{Finding, Sheet, sheet};

pub const PLANNED: &str = "round.planned";
pub const STARTED: &str = "round.started";
pub const STOP: &str = "round.stop";
pub const VISIT: &str = "round.visit";
pub const ENDED: &str = "round.ended";
pub const DROPPED: &str = "round.dropped";
pub const TV: u32 = 1;

pub const STOPS_MAX: usize = 400;

/// What became of a stop. `open` takes an answer back.
pub const RESULTS: [&str; 3] = ["done", "skipped", "open"];
/// What happened at a door: 无人, 拒绝, 已进入. `none` takes an answer back.
pub const OUTCOMES: [&str; 4] = ["nobody", "refused", "entered", "none"];

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Planned {
    pub compound_id: String,
    pub compound_name: String,
    /// Who walks.
    pub walker: String,
    /// Local date.
    pub date: String,
    pub stops: Vec<Stop>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A doorway, or a point of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stop {
    /// Unique within the round.
    pub id: String,
    /// As on the plate, or what the point is called.
    pub label: String,
    /// Whether it is a doorway of the register.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub door: bool,
    /// Dwellings behind the doorway when it was planned.
    #[serde(skip_serializing_if = "is_zero")]
    pub dwellings: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<crate::plan::Pin>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Started {
    /// Local date of the walk.
    pub date: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StopDone {
    pub stop: String,
    pub result: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visited {
    pub stop: String,
    pub room: String,
    pub outcome: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ended {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dropped {
    pub reason: String,
}

/// An event of a round, read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Payload {
    Planned(Planned),
    Started(Started),
    Stop(StopDone),
    Visit(Visited),
    Ended(Ended),
    Dropped(Dropped),
    /// Of a newer version, or not of this shape.
    Unknown,
}

pub(crate) fn read(kind: &str, tv: u32, data: &serde_json::Value) -> Payload {
    if tv != TV {
        return Payload::Unknown;
    }
    let read = match kind {
        PLANNED => Planned::deserialize(data).map(Payload::Planned),
        STARTED => Started::deserialize(data).map(Payload::Started),
        STOP => StopDone::deserialize(data).map(Payload::Stop),
        VISIT => Visited::deserialize(data).map(Payload::Visit),
        ENDED => Ended::deserialize(data).map(Payload::Ended),
        DROPPED => Dropped::deserialize(data).map(Payload::Dropped),
        _ => return Payload::Unknown,
    };
    read.unwrap_or(Payload::Unknown)
}

/// The first thing wrong with what an event says, as the field of a form; the same on laptop and server.
pub(crate) fn problem(payload: &Payload) -> Option<(&'static str, &'static str)> {
    use crate::case::draft::{DOOR_CHARS_MAX, LINE_CHARS_MAX, NOTE_CHARS_MAX};
    let long = |text: &str, max: usize| text.chars().count() > max;
    match payload {
        Payload::Planned(plan) if chrono::NaiveDate::parse_from_str(&plan.date, "%Y-%m-%d").is_err() => {
            Some(("date", "out_of_range"))
        }
        Payload::Planned(plan) if plan.walker.is_empty() => Some(("walker", "required")),
        Payload::Planned(plan) if plan.stops.is_empty() => Some(("stops", "required")),
        Payload::Planned(plan) if !stops_are_sound(&plan.stops) => Some(("stops", "out_of_range")),
        Payload::Planned(plan) if long(&plan.note, LINE_CHARS_MAX) => Some(("note", "too_long")),
        Payload::Started(started) if chrono::NaiveDate::parse_from_str(&started.date, "%Y-%m-%d").is_err() => {
            Some(("date", "out_of_range"))
        }
        Payload::Stop(done) if !RESULTS.contains(&done.result.as_str()) => Some(("result", "unknown_choice")),
        Payload::Stop(done) if done.result == "skipped" && done.reason.trim().is_empty() => {
            Some(("reason", "required"))
        }
        Payload::Stop(done) if long(&done.reason, LINE_CHARS_MAX) => Some(("reason", "too_long")),
        Payload::Visit(visit) if !OUTCOMES.contains(&visit.outcome.as_str()) => Some(("outcome", "unknown_choice")),
        Payload::Visit(visit) if visit.room.trim().is_empty() => Some(("room", "required")),
        Payload::Visit(visit) if long(&visit.room, DOOR_CHARS_MAX) => Some(("room", "too_long")),
        Payload::Ended(ended) if long(&ended.note, NOTE_CHARS_MAX) => Some(("note", "too_long")),
        Payload::Dropped(dropped) if dropped.reason.trim().is_empty() => Some(("reason", "required")),
        Payload::Dropped(dropped) if long(&dropped.reason, LINE_CHARS_MAX) => Some(("reason", "too_long")),
        _ => None,
    }
}

fn stops_are_sound(stops: &[Stop]) -> bool {
    use crate::case::draft::DOOR_CHARS_MAX;
    let ids: std::collections::BTreeSet<&str> = stops.iter().map(|s| s.id.as_str()).collect();
    let sound = |stop: &Stop| {
        let short = |text: &str| !text.trim().is_empty() && text.chars().count() <= DOOR_CHARS_MAX;
        short(&stop.id) && short(&stop.label) && stop.pin.as_ref().is_none_or(crate::plan::Pin::is_sound)
    };
    ids.len() == stops.len() && stops.len() <= STOPS_MAX && stops.iter().all(sound)
}

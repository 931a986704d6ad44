//! 底册: a compound as rows of the registers of compounds, doorways and dwellings.

use super::column::Ledger;
use crate::compound::{CompoundState, Doorway};

/// The rows of one compound, each with the number it has in the whole file.
pub struct Page {
    pub rows: Vec<Vec<String>>,
}

/// Rows of one compound in a register; `first` is the number of the first.
#[must_use]
pub fn rows(ledger: &Ledger, state: &CompoundState, first: u64) -> Page {
    let line = |at: usize, door: Option<&Doorway>, room: &str| -> Vec<String> {
        let number = first + at as u64;
        ledger.columns.iter().map(|c| cell(&c.source, state, door, room, number)).collect()
    };
    let doors = &state.defined.doorways;
    let rows = match ledger.of.as_str() {
        "doorway" => doors.iter().enumerate().map(|(at, d)| line(at, Some(d), "")).collect(),
        "dwelling" => {
            let all = doors.iter().flat_map(|d| d.rooms().into_iter().map(move |room| (d, room)));
            all.enumerate().map(|(at, (d, room))| line(at, Some(d), &room)).collect()
        }
        _ => vec![line(0, None, "")],
    };
    Page { rows }
}

fn cell(source: &str, state: &CompoundState, door: Option<&Doorway>, room: &str, number: u64) -> String {
    let of_door = |read: fn(&Doorway) -> String| door.map(read).unwrap_or_default();
    match source {
        "row" => number.to_string(),
        "name" => state.defined.name.clone(),
        "initials" => state.defined.initials.clone(),
        "address" => state.defined.address.clone(),
        "committee" => state.defined.committee.clone(),
        "buildings" => state.defined.buildings.to_string(),
        "doorways" => state.defined.doorways.len().to_string(),
        "dwellings" => state.dwellings.to_string(),
        "door_no" => of_door(|d| d.no.clone()),
        "door_floors" => of_door(|d| d.floors.to_string()),
        "door_per_floor" => of_door(|d| d.rooms_per_floor.to_string()),
        "door_extra" => of_door(|d| d.extra.join("、")),
        "door_dwellings" => of_door(|d| d.dwellings().to_string()),
        "room_no" => room.to_owned(),
        _ => String::new(),
    }
}

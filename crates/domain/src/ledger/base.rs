//! 底册: compounds, doorways, dwellings and companies as rows of their registers.

use super::cases::Known;
use super::column::{Column, Ledger};
use crate::company;
use crate::compound::{Defined, Doorway};
use crate::dwelling;
use crate::mask;

/// What one row of a register is about.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    Compound(&'a Defined),
    Doorway(&'a Defined, &'a Doorway),
    /// A room of a doorway, with the facts of its own.
    Dwelling(&'a Defined, &'a Doorway, &'a str, &'a dwelling::Defined),
    Company(&'a company::Defined),
}

/// One cell a column, as text in its column's form. `clear` shows personal data.
#[must_use]
pub fn row(ledger: &Ledger, entry: Entry<'_>, known: &Known, number: u64, clear: bool) -> Vec<String> {
    let cell = |column: &Column| match column.source.as_str() {
        "row" => number.to_string(),
        source => {
            let text = match entry {
                Entry::Compound(d) => of_compound(source, d, known),
                Entry::Doorway(d, door) => of_doorway(source, d, door),
                Entry::Dwelling(d, door, room, facts) => of_dwelling(source, d, door, room, facts),
                Entry::Company(d) => of_company(source, d),
            };
            let text = if column.choices.is_empty() { text } else { column.word(&text) };
            if column.personal && !clear { mask::name(&text) } else { text }
        }
    };
    ledger.columns.iter().map(cell).collect()
}

fn of_compound(source: &str, d: &Defined, known: &Known) -> String {
    let company = known.companies.get(&d.company);
    match source {
        "name" => d.name.clone(),
        "initials" => d.initials.clone(),
        "address" => d.address.clone(),
        "lanes" => d.lanes.join("、"),
        "committee" => d.committee.clone(),
        "grids" => d.grids.join("、"),
        "category" => d.category.clone(),
        "priority" => d.priority.clone(),
        "company_code" => company.map(|(code, _)| code.clone()).unwrap_or_default(),
        "company_name" => company.map(|(_, name)| name.clone()).unwrap_or_default(),
        "manager" => d.manager.clone(),
        "buildings" => d.buildings.to_string(),
        "doorways" => d.doorways.len().to_string(),
        "dwellings" => d.doorways.iter().map(Doorway::dwellings).sum::<u32>().to_string(),
        _ => String::new(),
    }
}

fn of_doorway(source: &str, d: &Defined, door: &Doorway) -> String {
    match source {
        "name" => d.name.clone(),
        "door_lane" => door.lane.clone(),
        "door_no" => door.no.clone(),
        "door_building" => door.building.clone(),
        "door_unit" => door.unit.clone(),
        "door_floors" => door.floors.to_string(),
        "door_per_floor" => door.rooms_per_floor.to_string(),
        "door_extra" => door.extra.join("、"),
        "door_without" => door.without.join("、"),
        "door_dwellings" => door.dwellings().to_string(),
        _ => String::new(),
    }
}

fn of_dwelling(source: &str, d: &Defined, door: &Doorway, room: &str, facts: &dwelling::Defined) -> String {
    match source {
        "name" => d.name.clone(),
        "door_plate" => d.plate(door),
        "room_no" => room.to_owned(),
        "room_area" => facts.area_m2.clone(),
        "room_use" => facts.certificate_use.clone(),
        "room_note" => facts.note.clone(),
        _ => String::new(),
    }
}

fn of_company(source: &str, d: &company::Defined) -> String {
    match source {
        "company_name" => d.name.clone(),
        "company_code" => d.credit_code.clone(),
        "representative" => d.representative.clone(),
        "place" => d.place.clone(),
        "grade" => d.grade.clone(),
        "company_note" => d.note.clone(),
        _ => String::new(),
    }
}

//! What of a record goes into the index.

use std::collections::BTreeSet;

use serde::Deserialize as _;
use serde_json::Value;

use super::reading::readings;
use super::word::{numbers, words};
use crate::company::CompanyState;
use crate::compound::CompoundState;
use crate::event::Projection;
use crate::record;

/// What is found, in the order it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Compound,
    Company,
    /// Staff; never a party.
    Person,
    Dwelling,
    Case,
    /// Records of other kinds, by the words of their projection.
    Other,
}

impl Class {
    pub const ALL: [Self; 6] = [Self::Compound, Self::Company, Self::Person, Self::Dwelling, Self::Case, Self::Other];

    /// Of the records of a kind. A dwelling is known from the register of its compound, not from a record.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        match kind {
            "compound" => Some(Self::Compound),
            "company" => Some(Self::Company),
            "user" => Some(Self::Person),
            "case" => Some(Self::Case),
            "dwelling" | "device" | "access" | crate::batch::WITHDRAWN | "import" | "export" => None,
            _ => Some(Self::Other),
        }
    }
}

/// One thing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub class: Class,
    /// For a dwelling its doorway and room; else empty.
    pub building: String,
    pub room: String,
    pub words: BTreeSet<String>,
}

/// Only who works there may find it: a word that cannot be typed.
#[must_use]
pub fn scope_word(scope: &str) -> String {
    secret('s', scope)
}

/// Only the department it was given to may find it.
#[must_use]
pub fn unit_word(unit: &str) -> String {
    secret('u', unit)
}

fn secret(sign: char, text: &str) -> String {
    let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
    format!("@{sign}{hex}")
}

/// What a record is found by; a compound brings all its dwellings.
#[must_use]
pub fn documents(id: &str, projection: &Projection) -> Vec<Document> {
    let Some(class) = Class::of_kind(&projection.kind) else { return Vec::new() };
    match class {
        Class::Compound => CompoundState::deserialize(&projection.doc).map(|s| of_compound(&s)).unwrap_or_default(),
        Class::Company => CompanyState::deserialize(&projection.doc).map(|s| vec![of_company(&s)]).unwrap_or_default(),
        Class::Person => of_person(id, projection),
        Class::Case => vec![of_case(projection)],
        Class::Dwelling | Class::Other => {
            let mut found = one(class);
            words(&projection.search, &mut found.words);
            found.words.insert(scope_word(&projection.scope));
            vec![found]
        }
    }
}

fn one(class: Class) -> Document {
    Document { class, building: String::new(), room: String::new(), words: BTreeSet::new() }
}

fn name(text: &str, into: &mut BTreeSet<String>) {
    words(text, into);
    readings(text, into);
}

fn of_compound(state: &CompoundState) -> Vec<Document> {
    let d = &state.defined;
    let mut shared = BTreeSet::from([scope_word(&state.id)]);
    let names = || std::iter::once(&d.name).chain(d.renamed.iter().map(|r| &r.from));
    names().chain([&d.address]).for_each(|text| words(text, &mut shared));
    let mut place = Document { words: shared.clone(), ..one(Class::Compound) };
    names().for_each(|text| readings(text, &mut place.words));
    // The register knows how its names are read, also where the table of readings does not.
    let initials = d.initials.as_str();
    place.words.extend((0..initials.len()).filter_map(|at| initials.get(at..)).map(str::to_owned));
    words(&d.committee, &mut place.words);
    d.grids.iter().for_each(|grid| words(grid, &mut place.words));
    let mut all = vec![place];
    for door in &d.doorways {
        let plate = d.plate(door);
        let mut at = shared.clone();
        words(&plate, &mut at);
        for room in door.rooms() {
            let mut found = Document { building: plate.clone(), words: at.clone(), ..one(Class::Dwelling) };
            words(&room, &mut found.words);
            words(&format!("{room}室"), &mut found.words);
            found.room = room;
            all.push(found);
        }
    }
    all
}

fn of_company(state: &CompanyState) -> Document {
    let mut found = one(Class::Company);
    name(&state.defined.name, &mut found.words);
    numbers(&state.defined.credit_code, &mut found.words);
    found
}

fn of_person(id: &str, projection: &Projection) -> Vec<Document> {
    if projection.status != "active" {
        return Vec::new();
    }
    let mut found = one(Class::Person);
    let display = projection.doc.get("display").and_then(Value::as_str).unwrap_or_default();
    name(display, &mut found.words);
    words(record::id_of(id), &mut found.words);
    vec![found]
}

fn of_case(projection: &Projection) -> Document {
    let mut found = one(Class::Case);
    let into = &mut found.words;
    into.insert(scope_word(&projection.scope));
    let units = projection.facets.iter().filter(|(key, _)| key == "unit");
    into.extend(units.map(|(_, unit)| unit_word(unit)));
    for key in ["case_no", "temporary_no"] {
        numbers(projection.doc.get(key).and_then(Value::as_str).unwrap_or_default(), into);
    }
    let values = |field: &str| -> Vec<String> {
        let versions = projection.doc.pointer(&format!("/fields/{field}/versions")).and_then(Value::as_array);
        let text = |v: &Value| v.get("value").and_then(Value::as_str).map(str::to_owned);
        versions.into_iter().flatten().filter_map(text).collect()
    };
    for (field, mark) in
        [("compound_name", ""), ("building", "号"), ("room", "室"), ("location_text", ""), ("type_code", "")]
    {
        for text in values(field) {
            words(&text, into);
            words(&format!("{}{mark}", text.trim_end()), into);
        }
    }
    for language in ["zh-Hans", "zh-Hant", "en"] {
        let label = projection.doc.pointer(&format!("/type_label/{language}")).and_then(Value::as_str);
        words(label.unwrap_or_default(), into);
    }
    found
}

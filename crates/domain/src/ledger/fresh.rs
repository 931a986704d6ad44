//! A row without a record behind it: a case that is known from the ledger alone (存量, domain.md §2.3).

use chrono::NaiveDate;

use super::cases::Known;
use super::column::Ledger;
use super::said::{CellProblem, choices};
use super::typed::{Change, field_of, value};
use crate::address;
use crate::case::CaseState;
use crate::case::Register;
use crate::case::decide;
use crate::case::draft::{DraftContent, canonical, check};
use crate::catalogue::{self, FieldValue};

/// What stands where a photo would: a ledger of earlier years has none.
pub const NO_PHOTO: &str = "台账导入，无现场照片";

/// A new case, as the form would have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fresh {
    pub draft: DraftContent,
    pub compound_name: String,
    pub source: String,
    /// `2019-05-01`
    pub found_on: String,
    /// Fields of later stages (area demolished, …): set right after it is recorded.
    pub later: Change,
    /// Compound, doorway, room in the one spelling: what it is compared by.
    pub place: String,
    pub category: String,
}

/// # Errors
/// Every cell that is wrong or missing; remarks alone do not keep the row out and come with the answer.
pub fn fresh(ledger: &Ledger, cells: &[String], known: &Known) -> Result<(Fresh, Vec<CellProblem>), Vec<CellProblem>> {
    let mut row = Row { ledger, cells, problems: Vec::new() };
    let mut fresh = Fresh::default();
    let draft = &mut fresh.draft;
    draft.no_photo_reason = NO_PHOTO.to_owned();
    if let Some((id, name)) = row.compound(known) {
        draft.compound_id = Some(id);
        fresh.compound_name = name;
    }
    draft.building = row.text("building");
    draft.room = row.text("room");
    draft.location_text = row.text("location_text");
    draft.note = row.text("note");
    draft.type_code = row.word("type");
    draft.severity = row.word("severity");
    fresh.source = row.word("source").unwrap_or_default();
    fresh.found_on = row.day("found_at", &known.today);
    let category = draft.type_code.as_deref().and_then(|code| catalogue::standard().category_of(code));
    fresh.category = category.map(|c| c.code.clone()).unwrap_or_default();
    for (at, column) in ledger.columns.iter().enumerate() {
        let typed = row.at(at);
        let Some(key) = column.source.strip_prefix("field:").filter(|_| !typed.is_empty()) else {
            row.remark(at);
            continue;
        };
        let field = category.and_then(|c| c.fields.iter().find(|f| f.key == key));
        let later = field.and_then(|f| f.shown_if.as_ref()).is_some_and(|s| s.field == "stage");
        match value(column, &typed) {
            // Without a type nothing can be set, and what no type would take is told all the same.
            Ok(value) if category.is_none() => {
                let wrong = ledger.field(column).and_then(|f| canonical(f, &value).err());
                row.problems.extend(wrong.map(|p| CellProblem::new(Some(at), &p.code)));
            }
            Ok(_) if field.is_none() => {}
            Err(code) => row.problems.push(CellProblem::new(Some(at), &code).with(choices(column))),
            Ok(value) if later => drop(fresh.later.set.insert(key.to_owned(), value)),
            Ok(value) => drop(draft.fields.insert(key.to_owned(), value)),
        }
    }
    draft.in_progress = draft.fields.get("stock_class") == Some(&FieldValue::Text("in_progress".into()));
    let found = check(draft, catalogue::standard()).problems;
    for problem in found {
        let at = row.column_of(&problem.field);
        // What could not be read is told already.
        if !row.problems.iter().any(|p| p.column == at) {
            row.problems.push(CellProblem::new(at, &problem.code));
        }
    }
    row.later(&mut fresh.later, fresh.draft.type_code.as_deref());
    fresh.place = address::place(
        fresh.draft.compound_id.as_deref().unwrap_or_default(),
        &fresh.draft.building,
        &fresh.draft.room,
    );
    if row.problems.iter().any(|p| p.blocks) { Err(row.problems) } else { Ok((fresh, row.problems)) }
}

struct Row<'a> {
    ledger: &'a Ledger,
    cells: &'a [String],
    problems: Vec<CellProblem>,
}

impl Row<'_> {
    fn at(&self, at: usize) -> String {
        self.cells.get(at).map(|c| c.trim().to_owned()).unwrap_or_default()
    }

    fn place(&self, source: &str) -> Option<usize> {
        self.ledger.columns.iter().position(|c| c.source == source)
    }

    fn text(&self, source: &str) -> String {
        self.place(source).map(|at| self.at(at)).unwrap_or_default()
    }

    fn word(&mut self, source: &str) -> Option<String> {
        let at = self.place(source)?;
        let (typed, column) = (self.at(at), self.ledger.columns.get(at)?);
        if typed.is_empty() {
            if column.required {
                self.problems.push(CellProblem::new(Some(at), "required").with(choices(column)));
            }
            return None;
        }
        let value = column.value(&typed).map(str::to_owned);
        if value.is_none() {
            self.problems.push(CellProblem::new(Some(at), "unknown_choice").with(choices(column)));
        }
        value
    }

    fn day(&mut self, source: &str, today: &str) -> String {
        let at = self.place(source);
        let typed = self.text(source);
        let day = NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok().map(|d| d.to_string());
        let code = match &day {
            _ if typed.is_empty() => "required",
            None => "not_a_date",
            Some(day) if day.as_str() > today => "out_of_range",
            Some(day) => return day.clone(),
        };
        self.problems.push(CellProblem::new(at, code));
        String::new()
    }

    fn compound(&mut self, known: &Known) -> Option<(String, String)> {
        let at = self.place("compound");
        let typed = self.text("compound");
        let wanted = address::normalise(&typed);
        let found = known.compounds.iter().find(|(_, p)| address::normalise(&p.name) == wanted);
        match found {
            Some((id, place)) => Some((id.clone(), place.name.clone())),
            None if typed.is_empty() => None,
            None => {
                self.problems.push(CellProblem::new(at, "unknown_compound"));
                None
            }
        }
    }

    /// What the program keeps itself is not taken from a new row, and that is said.
    fn remark(&mut self, at: usize) {
        let Some(column) = self.ledger.columns.get(at) else { return };
        let own = field_of(column).is_some()
            || ["row", "compound", "source", "found_at", "note"].contains(&column.source.as_str());
        if own || self.at(at).is_empty() {
            return;
        }
        let code = if column.personal { "personal_not_taken" } else { "not_taken" };
        self.problems.push(CellProblem::remark(Some(at), code));
    }

    fn column_of(&self, field: &str) -> Option<usize> {
        self.place(field).or_else(|| self.place(&format!("field:{field}")))
    }

    fn later(&mut self, later: &mut Change, type_code: Option<&str>) {
        let Some(code) = type_code else { return };
        let state = recorded(code);
        let set = std::mem::take(&mut later.set);
        for (key, value) in set {
            match decide::taken(&state, &key, &value, catalogue::standard()) {
                Ok(value) => drop(later.set.insert(key, value)),
                Err(problem) => self.problems.push(CellProblem::new(self.column_of(&key), &problem)),
            }
        }
    }
}

/// A case of this type as it stands right after it is recorded, as far as setting fields asks.
#[must_use]
pub fn recorded(type_code: &str) -> CaseState {
    let mut state = CaseState { status: "REPORTED".into(), expected: "REPORTED".into(), ..CaseState::default() };
    state.fields.insert("type_code".into(), Register::of(FieldValue::Text(type_code.to_owned()), ""));
    state
}

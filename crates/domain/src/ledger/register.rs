//! What somebody typed into a row of a register: the next definition, and what is wrong, by cell.

use super::base::{Entry, row};
use super::cases::Known;
use super::column::{Column, Ledger};
use super::said::{CellProblem, Said, choices, parts, said};
use crate::address;
use crate::case::draft::FieldProblem;
use crate::company as companies;
use crate::compound::{self as compounds, Defined, Doorway};
use crate::decimal::Decimal;
use crate::dwelling as dwellings;

/// A definition, with remarks that do not keep the row out; or everything that does.
pub type Read<T> = Result<(T, Vec<CellProblem>), Vec<CellProblem>>;

/// A row of the register of compounds. `now` is what stands, `base` what stood when the file was written; neither for
/// a new one.
///
/// # Errors
/// Every cell that cannot be taken; then nothing of the row is.
pub fn compound(
    ledger: &Ledger,
    cells: &[String],
    now: Option<&Defined>,
    base: Option<&Defined>,
    known: &Known,
) -> Read<Defined> {
    let mut form = Form::new(ledger, cells, known, now.map(Entry::Compound), base.map(Entry::Compound));
    let mut d = now.cloned().unwrap_or_default();
    for (at, column, typed) in form.edits() {
        match column.source.as_str() {
            "name" => d.name = typed,
            "initials" => d.initials = typed.to_lowercase(),
            "address" => d.address = typed,
            "lanes" => d.lanes = list(&typed),
            "committee" => d.committee = typed,
            "grids" => d.grids = list(&typed),
            "category" => d.category = form.choice(at, column, &typed),
            "priority" => d.priority = form.choice(at, column, &typed),
            "manager" => d.manager = form.clear(at, typed),
            "company_code" => match known.companies.iter().find(|(_, (code, _))| *code == typed) {
                Some((id, _)) => d.company.clone_from(id),
                None => form.wrong(at, "unknown_company"),
            },
            _ => form.kept(at),
        }
    }
    let place = |field: &str| field.to_owned();
    form.done(compounds::check(&d), place, d)
}

/// A row of the register of doorways of `of`, the compound as it will be.
///
/// # Errors
/// As [`compound`].
pub fn doorway(
    ledger: &Ledger,
    cells: &[String],
    of: &Defined,
    now: Option<&Doorway>,
    base: Option<(&Defined, &Doorway)>,
    known: &Known,
) -> Read<Doorway> {
    let entry = now.map(|door| Entry::Doorway(of, door));
    let mut form = Form::new(ledger, cells, known, entry, base.map(|(d, door)| Entry::Doorway(d, door)));
    let mut door = now.cloned().unwrap_or_default();
    for (at, column, typed) in form.edits() {
        match column.source.as_str() {
            "name" if now.is_none() => {}
            "door_lane" => door.lane = typed,
            "door_no" => door.no = typed,
            "door_building" => door.building = typed,
            "door_unit" => door.unit = typed,
            "door_floors" => door.floors = form.whole(at, &typed),
            "door_per_floor" => door.rooms_per_floor = form.whole(at, &typed),
            "door_extra" => door.extra = list(&typed),
            "door_without" => door.without = list(&typed),
            _ => form.kept(at),
        }
    }
    let mut next = of.clone();
    next.doorways.retain(|d| now != Some(d));
    let twice = next.doorway(&next.plate(&door)).is_some();
    next.doorways = vec![door.clone()];
    let mut found = compounds::check(&next);
    found.retain(|p| p.field == "doorways");
    if twice {
        found.push(FieldProblem::new("doorways", "twice"));
    }
    form.done(found, |_| "door_no".to_owned(), door)
}

/// The facts of a dwelling. Which door it is, the row says by compound, doorway and room; that is not edited.
///
/// # Errors
/// As [`compound`].
pub fn dwelling(
    ledger: &Ledger,
    cells: &[String],
    of: (&Defined, &Doorway, &str),
    now: &dwellings::Defined,
    base: Option<(&Defined, &Doorway, &str, &dwellings::Defined)>,
    known: &Known,
) -> Read<dwellings::Defined> {
    let (compound, door, room) = of;
    let entry = Some(Entry::Dwelling(compound, door, room, now));
    let base = base.map_or(entry, |(compound, door, room, facts)| Some(Entry::Dwelling(compound, door, room, facts)));
    let mut form = Form::new(ledger, cells, known, entry, base);
    let mut facts = now.clone();
    for (at, column, typed) in form.edits() {
        let same = |text: &str| address::normalise(&typed) == address::normalise(text);
        match column.source.as_str() {
            "room_area" => match Decimal::parse(&typed).filter(|d| d.digits() <= 2) {
                Some(area) => facts.area_m2 = area.text(2),
                None => form.wrong(at, "not_a_number"),
            },
            "room_use" => facts.certificate_use = typed,
            "room_note" => facts.note = typed,
            // The same door in another spelling.
            "name" if same(&compound.name) => {}
            "door_plate" if same(&compound.plate(door)) => {}
            "room_no" if same(room) => {}
            _ => form.kept(at),
        }
    }
    let place = |field: &str| match field {
        "building" => "door_plate".to_owned(),
        "room" => "room_no".to_owned(),
        "area_m2" => "room_area".to_owned(),
        "certificate_use" => "room_use".to_owned(),
        other => format!("room_{other}"),
    };
    form.done(dwellings::check(&facts), place, facts)
}

/// # Errors
/// As [`compound`].
pub fn company(
    ledger: &Ledger,
    cells: &[String],
    now: Option<&companies::Defined>,
    base: Option<&companies::Defined>,
    known: &Known,
) -> Read<companies::Defined> {
    let mut form = Form::new(ledger, cells, known, now.map(Entry::Company), base.map(Entry::Company));
    let mut d = now.cloned().unwrap_or_default();
    for (at, column, typed) in form.edits() {
        match column.source.as_str() {
            "company_name" => d.name = typed,
            "company_code" => d.credit_code = typed,
            "representative" => d.representative = form.clear(at, typed),
            "place" => d.place = typed,
            "grade" => d.grade = form.choice(at, column, &typed),
            "company_note" => d.note = typed,
            _ => form.kept(at),
        }
    }
    let d = companies::tidy(d);
    let place = |field: &str| match field {
        "name" => "company_name".to_owned(),
        "credit_code" => "company_code".to_owned(),
        "note" => "company_note".to_owned(),
        other => other.to_owned(),
    };
    form.done(companies::check(&d), place, d)
}

fn list(typed: &str) -> Vec<String> {
    parts(typed).map(str::to_owned).collect()
}

/// One row as it is read.
struct Form<'a> {
    ledger: &'a Ledger,
    cells: &'a [String],
    now: Vec<String>,
    base: Vec<String>,
    new: bool,
    problems: Vec<CellProblem>,
}

impl<'a> Form<'a> {
    fn new(
        ledger: &'a Ledger,
        cells: &'a [String],
        known: &Known,
        now: Option<Entry<'_>>,
        base: Option<Entry<'_>>,
    ) -> Self {
        let blank = || vec![String::new(); ledger.columns.len()];
        let shown = |entry: Option<Entry<'_>>| entry.map_or_else(blank, |entry| row(ledger, entry, known, 0, true));
        let base = shown(base.or(now));
        Self { ledger, cells, now: shown(now), base, new: now.is_none(), problems: Vec::new() }
    }

    /// Cells somebody changed, each with its place.
    fn edits(&mut self) -> Vec<(usize, &'a Column, String)> {
        let mut edits = Vec::new();
        for (at, column) in self.ledger.columns.iter().enumerate() {
            let text = |row: &[String]| row.get(at).cloned().unwrap_or_default();
            let (now, base) = (text(&self.now), text(&self.base));
            let typed = self.cells.get(at).map_or("", String::as_str);
            let hidden = column.personal && !typed.is_empty() && typed.trim() == crate::mask::name(&now);
            match said(column, typed, &now, &base) {
                _ if hidden => {}
                Said::Nothing => {}
                Said::Clash => self.problems.push(CellProblem::new(Some(at), "changed_since").with(vec![now])),
                Said::Edit(typed) => edits.push((at, column, typed.to_owned())),
            }
        }
        edits
    }

    fn wrong(&mut self, at: usize, code: &str) {
        self.problems.push(CellProblem::new(Some(at), code));
    }

    /// A cell the program works out itself.
    fn kept(&mut self, at: usize) {
        let problem = if self.new {
            CellProblem::remark(Some(at), "not_taken")
        } else {
            CellProblem::new(Some(at), "not_editable")
        };
        self.problems.push(problem);
    }

    fn choice(&mut self, at: usize, column: &Column, typed: &str) -> String {
        let value = column.value(typed).map(str::to_owned);
        if value.is_none() {
            self.problems.push(CellProblem::new(Some(at), "unknown_choice").with(choices(column)));
        }
        value.unwrap_or_default()
    }

    fn whole(&mut self, at: usize, typed: &str) -> u32 {
        let value = Decimal::parse(typed).filter(|d| d.digits() == 0).and_then(|d| d.text(0).parse().ok());
        if value.is_none() {
            self.wrong(at, "not_a_number");
        }
        value.unwrap_or_default()
    }

    /// A masked name is never written back.
    fn clear(&mut self, at: usize, typed: String) -> String {
        if typed.contains('*') {
            self.wrong(at, "masked_value");
        }
        typed
    }

    /// `found` are the register's own complaints; `place` names the column's source of a field.
    fn done<T>(mut self, found: Vec<FieldProblem>, place: impl Fn(&str) -> String, made: T) -> Read<T> {
        for problem in found {
            let source = place(&problem.field);
            let at = self.ledger.columns.iter().position(|c| c.source == source);
            if !self.problems.iter().any(|p| p.blocks && p.column == at) {
                self.problems.push(CellProblem::new(at, &problem.code));
            }
        }
        if self.problems.iter().any(|p| p.blocks) { Err(self.problems) } else { Ok((made, self.problems)) }
    }
}

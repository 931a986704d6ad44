//! An .xlsx becomes rows again, whoever wrote it.

use std::fs::File;
use std::io::BufReader;

use calamine::{Cell, DataRef, Dimensions, Reader as _, Xlsx};
use xunju_domain::decimal::Decimal;
use xunju_domain::ledger::{ColumnKind, Ledger};

use super::ID_HEADING;
use super::guard::{self, FileProblem, Limits};

/// Rows at the top of a sheet in which the headings may stand: a title, a watermark, a line of notes.
const HEADING_ROWS: u32 = 10;
/// Columns looked at; nothing of a ledger is further right.
const COLUMNS_MAX: u32 = 256;

/// One row of the file, laid out by the ledger's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As the program shows it: the first is 1.
    pub number: u32,
    /// The record's id; empty for a row that was added.
    pub id: String,
    pub cells: Vec<String>,
    /// Column of the ledger, code: `error_value` for `#N/A` and the like, `merged` for joined cells.
    pub problems: Vec<(usize, &'static str)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub ledger: String,
    pub sheet: String,
    /// For each column of the ledger its column in the file, where the file has it.
    pub places: Vec<Option<usize>>,
    pub rows: u32,
}

impl Read {
    /// `K17`: where a cell of the ledger stands in the file.
    #[must_use]
    pub fn cell(&self, row: u32, column: usize) -> String {
        let place = self.places.get(column).copied().flatten();
        place.map_or_else(String::new, |at| cell_name(row.saturating_sub(1), at))
    }
}

/// Reads a file row by row. `each` gets what is known so far and the row, and stops the reading by saying false.
///
/// # Errors
/// The file as a whole is no ledger: nothing was handed over.
pub fn read(file: File, ledgers: &[Ledger], each: impl FnMut(&Read, Row) -> bool) -> Result<Read, FileProblem> {
    read_within(file, ledgers, Limits::default(), each)
}

/// [`read`], with other limits than the usual.
///
/// # Errors
/// As [`read`].
pub fn read_within(
    mut file: File,
    ledgers: &[Ledger],
    limits: Limits,
    mut each: impl FnMut(&Read, Row) -> bool,
) -> Result<Read, FileProblem> {
    guard::check(&mut file, limits)?;
    let damaged = |e: &dyn std::fmt::Display| FileProblem::Damaged(e.to_string());
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|e| damaged(&e))?;
    for sheet in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&sheet).map_err(|e| damaged(&e))?;
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(|e| damaged(&e))?;
        let mut line = Line::default();
        let mut found: Option<(Read, &Ledger)> = None;
        let mut going = true;
        loop {
            let cell = cells.next_cell().map_err(|e| damaged(&e))?;
            let same = cell.as_ref().is_some_and(|c| c.get_position().0 == line.row);
            if !same && !line.cells.is_empty() {
                let done = std::mem::take(&mut line);
                match &mut found {
                    None if done.row < HEADING_ROWS => found = heading(&done, ledgers, &sheet),
                    None => break,
                    Some((known, ledger)) => {
                        if let Some(row) = laid_out(&done, known, ledger, &merged) {
                            known.rows += 1;
                            going = each(known, row);
                        }
                    }
                }
            }
            let Some(cell) = cell.filter(|_| going) else { break };
            line.take(&cell);
        }
        if let Some((known, _)) = found {
            return Ok(known);
        }
    }
    Err(FileProblem::NoHeading)
}

#[derive(Default)]
struct Line {
    row: u32,
    cells: Vec<(u32, Value)>,
}

enum Value {
    Text(String),
    Day(String),
    Error,
}

impl Line {
    fn take(&mut self, cell: &Cell<DataRef<'_>>) {
        let (row, column) = cell.get_position();
        self.row = row;
        if column < COLUMNS_MAX
            && let Some(value) = value(cell.get_value())
        {
            self.cells.push((column, value));
        } else if self.cells.is_empty() {
            // A row of empty cells still ends the one before.
            self.cells.push((column, Value::Text(String::new())));
        }
    }

    fn at(&self, column: usize) -> Option<&Value> {
        self.cells.iter().find(|(at, _)| *at as usize == column).map(|(_, value)| value)
    }
}

/// The value a person sees; of a formula the one it came to.
fn value(data: &DataRef<'_>) -> Option<Value> {
    match data {
        DataRef::Empty => None,
        DataRef::String(text) => Some(Value::Text(text.clone())),
        DataRef::SharedString(text) => Some(Value::Text((*text).to_owned())),
        DataRef::Int(n) => Some(Value::Text(n.to_string())),
        DataRef::Float(n) => Some(Value::Text(number(*n))),
        DataRef::Bool(b) => Some(Value::Text(if *b { "是" } else { "否" }.to_owned())),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            Some(Value::Day(format!("{year:04}-{month:02}-{day:02}")))
        }
        DataRef::DateTime(at) => Some(Value::Text(number(at.as_f64()))),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(Value::Day(text.chars().take(10).collect())),
        DataRef::Error(_) => Some(Value::Error),
    }
}

/// As a spreadsheet shows it: fifteen digits at most, no tail of the binary form.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        return format!("{n:.0}");
    }
    let text = format!("{n:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The ledger whose headings this line has: most of them, and at least three.
fn heading<'a>(line: &Line, ledgers: &'a [Ledger], sheet: &str) -> Option<(Read, &'a Ledger)> {
    let texts: Vec<(usize, &str)> = line
        .cells
        .iter()
        .filter_map(|(at, value)| if let Value::Text(text) = value { Some((*at as usize, text.trim())) } else { None })
        .collect();
    let places = |ledger: &Ledger| -> Vec<Option<usize>> {
        let of = |c: &xunju_domain::ledger::Column| texts.iter().find(|(_, t)| c.is_called(t)).map(|(at, _)| *at);
        ledger.columns.iter().map(of).collect()
    };
    let id = texts.iter().find(|(_, t)| *t == ID_HEADING).map(|(at, _)| *at);
    let hits = |ledger: &Ledger| places(ledger).iter().flatten().count();
    let ledger = ledgers.iter().max_by_key(|l| (hits(l), (hits(l) * 100).checked_div(l.columns.len()).unwrap_or(0)))?;
    if hits(ledger) < 3 {
        return None;
    }
    let mut places = places(ledger);
    // The id's place rides behind the columns.
    places.push(id);
    Some((Read { ledger: ledger.id.clone(), sheet: sheet.to_owned(), places, rows: 0 }, ledger))
}

fn laid_out(line: &Line, known: &Read, ledger: &Ledger, merged: &[Dimensions]) -> Option<Row> {
    let mut row = Row { number: line.row + 1, id: String::new(), cells: Vec::new(), problems: Vec::new() };
    for (at, column) in ledger.columns.iter().enumerate() {
        let place = known.places.get(at).copied().flatten();
        let text = match place.and_then(|place| line.at(place)) {
            None => String::new(),
            Some(Value::Text(text)) => canonical(text, column.kind),
            Some(Value::Day(day)) => day.clone(),
            Some(Value::Error) => {
                row.problems.push((at, "error_value"));
                String::new()
            }
        };
        let joined = |d: &Dimensions| {
            place.is_some_and(|p| d.contains(line.row, u32::try_from(p).unwrap_or(u32::MAX))) && d.start != d.end
        };
        if merged.iter().any(joined) {
            row.problems.push((at, "merged"));
        }
        row.cells.push(text);
    }
    let id = known.places.get(ledger.columns.len()).copied().flatten().and_then(|at| line.at(at));
    if let Some(Value::Text(text)) = id {
        text.trim().clone_into(&mut row.id);
    }
    let said = !row.id.is_empty() || row.cells.iter().any(|c| !c.trim().is_empty()) || !row.problems.is_empty();
    said.then_some(row)
}

/// A measure in the form the product writes: `12.5` is `12.50`. What is no number stays, to be complained of.
fn canonical(text: &str, kind: ColumnKind) -> String {
    let measure = || Decimal::parse(text).filter(|d| d.digits() <= 2).map(|d| d.text(2));
    match kind {
        ColumnKind::Decimal => measure().unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    }
}

/// `A1` for the first row and column, counted from nothing.
#[must_use]
pub fn cell_name(row: u32, column: usize) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

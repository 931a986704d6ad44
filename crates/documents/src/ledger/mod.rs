//! 台账: rows become Excel, CSV or GeoJSON, and Excel becomes rows again (domain.md §6).
//!
//! Rows come and go one at a time: a file of a hundred thousand rows takes no more memory than one of a hundred.
mod csv;
mod excel;
mod geojson;
mod guard;
mod read;

use std::io::Write;

use xunju_domain::ledger::Ledger;

pub use guard::{FileProblem, Limits};
pub use read::{Read, Row, cell_name, read, read_within};

/// Heading of the hidden column by which an edited file finds its records again.
pub const ID_HEADING: &str = "记录标识";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Excel,
    Csv,
    GeoJson,
}

/// What is printed on every page and stands in the file: who, when, under which number (domain.md §8.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark {
    pub number: String,
    pub user: String,
    /// `2026-11-24 21:30`
    pub at: String,
    pub masked: bool,
}

impl Watermark {
    fn line(&self) -> String {
        let masked = if self.masked { "已脱敏" } else { "含个人信息,经审批" };
        format!("导出编号 {} · {} · {} · {masked}", self.number, self.user, self.at)
    }
}

/// A file could not be written.
#[derive(Debug)]
pub struct WriteError(pub String);

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ledger: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

fn failed(e: impl std::fmt::Display) -> WriteError {
    WriteError(e.to_string())
}

enum Sheet<W: Write + std::io::Seek + Send> {
    Excel(Box<excel::Book>, W),
    Csv(csv::Lines<W>),
    GeoJson(geojson::Features<W>),
}

/// A file being written: a row at a time, then [`Writer::finish`].
pub struct Writer<W: Write + std::io::Seek + Send>(Sheet<W>);

impl<W: Write + std::io::Seek + Send> Writer<W> {
    /// # Errors
    /// The disk's.
    pub fn new(to: W, format: Format, ledger: &Ledger, mark: &Watermark) -> Result<Self, WriteError> {
        Ok(Self(match format {
            Format::Excel => Sheet::Excel(Box::new(excel::Book::new(ledger, mark)?), to),
            Format::Csv => Sheet::Csv(csv::Lines::new(to, ledger, mark)?),
            Format::GeoJson => Sheet::GeoJson(geojson::Features::new(to, ledger, mark)?),
        }))
    }

    /// `id` is the record's; `cells` one a column.
    ///
    /// # Errors
    /// The disk's; more rows than a sheet of Excel holds.
    pub fn row(&mut self, id: &str, cells: &[String]) -> Result<(), WriteError> {
        self.row_at(id, cells, None)
    }

    /// [`Writer::row`] with degrees east and north, WGS-84, as text: what GeoJSON draws.
    ///
    /// # Errors
    /// As [`Writer::row`].
    pub fn row_at(&mut self, id: &str, cells: &[String], point: Option<(&str, &str)>) -> Result<(), WriteError> {
        match &mut self.0 {
            Sheet::Excel(book, _) => book.row(id, cells),
            Sheet::Csv(lines) => lines.row(id, cells),
            Sheet::GeoJson(features) => features.row(id, cells, point),
        }
    }

    /// # Errors
    /// The disk's.
    pub fn finish(self) -> Result<W, WriteError> {
        match self.0 {
            Sheet::Excel(book, mut to) => {
                book.finish(&mut to)?;
                Ok(to)
            }
            Sheet::Csv(lines) => lines.finish(),
            Sheet::GeoJson(features) => features.finish(),
        }
    }
}

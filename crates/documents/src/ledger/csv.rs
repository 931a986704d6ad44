//! CSV as Excel opens it by a double click: UTF-8 with its mark, CRLF, and nothing that a spreadsheet would run.

use std::io::{BufWriter, Write};

use xunju_domain::ledger::Ledger;

use super::{ID_HEADING, Watermark, WriteError, failed};

pub struct Lines<W: Write> {
    to: BufWriter<W>,
    /// Stands in the last column of every row: a line that is cut out still says where it came from.
    number: String,
}

impl<W: Write> Lines<W> {
    pub fn new(to: W, ledger: &Ledger, mark: &Watermark) -> Result<Self, WriteError> {
        let mut lines = Self { to: BufWriter::new(to), number: mark.number.clone() };
        lines.to.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let heading = ledger.columns.iter().map(|c| c.label.zh_hans.as_str()).chain([ID_HEADING, "导出编号"]);
        lines.line(heading)?;
        Ok(lines)
    }

    pub fn row(&mut self, id: &str, cells: &[String]) -> Result<(), WriteError> {
        let number = std::mem::take(&mut self.number);
        let written = self.line(cells.iter().map(String::as_str).chain([id, &number]));
        self.number = number;
        written
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), WriteError> {
        let line = cells.map(quoted).collect::<Vec<_>>().join(",");
        self.to.write_all(line.as_bytes()).and_then(|()| self.to.write_all(b"\r\n")).map_err(failed)
    }

    pub fn finish(self) -> Result<W, WriteError> {
        self.to.into_inner().map_err(failed)
    }
}

/// In quotes, with an apostrophe before what a spreadsheet would take for a formula.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '=', '+', '-', '@']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_in_a_cell_is_run() {
        for (cell, written) in [
            ("8号", "\"8号\""),
            ("=1+1", "\"'=1+1\""),
            ("+86", "\"'+86\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("=1", "\"'=1\""),
            ("说\"好\"\n第二行", "\"说\"\"好\"\"\n第二行\""),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}

//! .xlsx, written row by row into a temporary file.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};
use xunju_domain::ledger::{Column, ColumnKind, Ledger};

use super::{ID_HEADING, Watermark, WriteError, failed};

const SHEET: &str = "台账";
const CHOICES: &str = "选项";
const LEGEND: &str = "说明";
/// Row of the headings; the watermark stands above it.
const HEADING: u32 = 1;
/// Characters across a page that can still be read: A4, lying.
const PAGE_CHARS: u16 = 160;
/// Rows a sheet may have after the headings.
const ROWS_MAX: u32 = 1_048_574;

pub struct Book {
    book: Workbook,
    columns: Vec<Column>,
    formats: Vec<Format>,
    text: Format,
    next: u32,
}

impl Book {
    pub fn new(ledger: &Ledger, mark: &Watermark) -> Result<Self, WriteError> {
        let mut book = Workbook::new();
        let text = Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap();
        let formats: Vec<Format> = ledger.columns.iter().map(|c| format(c.kind, &text)).collect();
        let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(SHEET).map_err(failed)?;
        lay_out(sheet, ledger, &formats, &text, mark).map_err(failed)?;
        choices(book.add_worksheet(), ledger).map_err(failed)?;
        legend(book.add_worksheet(), ledger, mark).map_err(failed)?;
        Ok(Self { book, columns: ledger.columns.clone(), formats, text, next: HEADING + 1 })
    }

    pub fn row(&mut self, id: &str, cells: &[String]) -> Result<(), WriteError> {
        if self.next > ROWS_MAX {
            return Err(WriteError("too many rows for a sheet".to_owned()));
        }
        let row = self.next;
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (at, (cell, (column, format))) in (0..).zip(cells.iter().zip(self.columns.iter().zip(&self.formats))) {
            write(sheet, row, at, cell, column.kind, format, &self.text).map_err(failed)?;
        }
        let last = u16::try_from(self.columns.len()).map_err(failed)?;
        sheet.write_string_with_format(row, last, id, &self.text).map_err(failed)?;
        self.next += 1;
        Ok(())
    }

    pub fn finish<W: Write + Seek + Send>(mut self, to: &mut W) -> Result<(), WriteError> {
        let last = self.next.max(HEADING + 2) - 1;
        let columns = std::mem::take(&mut self.columns);
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (list, (at, column)) in columns.iter().enumerate().filter(|(_, c)| is_listed(c)).enumerate() {
            let at = u16::try_from(at).map_err(failed)?;
            let name = letter(list);
            let range = format!("={CHOICES}!${name}$2:${name}${}", column.choices.len() + 1);
            let rule = DataValidation::new().allow_list_formula(Formula::new(range));
            // Rows typed below the last are held to the same list.
            sheet.add_data_validation(HEADING + 1, at, (last + 1000).min(ROWS_MAX), at, &rule).map_err(failed)?;
        }
        self.book.save_to_writer(to).map_err(failed)
    }
}

fn is_listed(column: &Column) -> bool {
    column.kind != ColumnKind::ManyOf && !column.choices.is_empty()
}

fn format(kind: ColumnKind, text: &Format) -> Format {
    let top = Format::new().set_align(FormatAlign::Top);
    match kind {
        ColumnKind::Whole => top.set_num_format("0"),
        ColumnKind::Decimal => top.set_num_format("0.00"),
        ColumnKind::Date => top.set_num_format("yyyy-mm-dd"),
        _ => text.clone(),
    }
}

fn lay_out(
    sheet: &mut Worksheet,
    ledger: &Ledger,
    formats: &[Format],
    text: &Format,
    mark: &Watermark,
) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color("#E8EEF4")
        .set_align(FormatAlign::VerticalCenter);
    // Number and name of the row stand on every page across: a ledger of fifty columns on one page cannot be read.
    let width: u16 = ledger.columns.iter().map(|c| c.width).sum();
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(width.div_ceil(PAGE_CHARS), 0);
    sheet.set_repeat_columns(0, 1)?;
    sheet.set_header(format!("&L{}&R{}", ledger.label.zh_hans, mark.line().replace('&', "&&")));
    sheet.set_footer(format!("&L{}&C&P / &N", mark.line().replace('&', "&&")));
    sheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.set_freeze_panes(HEADING + 1, 2)?;
    for (at, (column, format)) in (0..).zip(ledger.columns.iter().zip(formats)) {
        sheet.set_column_width(at, column.width)?;
        sheet.set_column_format(at, format)?;
    }
    let last = u16::try_from(ledger.columns.len()).unwrap_or(u16::MAX);
    sheet.set_column_format(last, text)?;
    sheet.set_column_hidden(last)?;
    sheet.write_string(0, 0, mark.line())?;
    for (at, column) in (0..).zip(&ledger.columns) {
        let star = if column.required { "*" } else { "" };
        sheet.write_string_with_format(HEADING, at, format!("{}{star}", column.label.zh_hans), &head)?;
    }
    sheet.write_string_with_format(HEADING, last, ID_HEADING, &head)?;
    Ok(())
}

/// Numbers and days as such where they read; everything else as text, so that no zero is lost and nothing is run.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    cell: &str,
    kind: ColumnKind,
    format: &Format,
    text: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    let number = || cell.parse::<f64>().ok().filter(|n| n.is_finite() && n.abs() < 1e15);
    match kind {
        ColumnKind::Whole | ColumnKind::Decimal => match number() {
            Some(n) => sheet.write_number_with_format(row, at, n, format)?,
            None => sheet.write_string_with_format(row, at, cell, text)?,
        },
        ColumnKind::Date => match rust_xlsxwriter::ExcelDateTime::parse_from_str(cell) {
            Ok(day) => sheet.write_datetime_with_format(row, at, &day, format)?,
            Err(_) => sheet.write_string_with_format(row, at, cell, text)?,
        },
        _ => sheet.write_string_with_format(row, at, cell, text)?,
    };
    Ok(())
}

fn choices(sheet: &mut Worksheet, ledger: &Ledger) -> Result<(), XlsxError> {
    sheet.set_name(CHOICES)?;
    for (at, column) in (0..).zip(ledger.columns.iter().filter(|c| is_listed(c))) {
        sheet.write_string(0, at, &column.label.zh_hans)?;
        for (row, choice) in (1..).zip(&column.choices) {
            sheet.write_string(row, at, &choice.label.zh_hans)?;
        }
    }
    Ok(())
}

fn legend(sheet: &mut Worksheet, ledger: &Ledger, mark: &Watermark) -> Result<(), XlsxError> {
    sheet.set_name(LEGEND)?;
    sheet.set_column_width(0, 18)?.set_column_width(1, 60)?;
    let facts =
        [("台账", &ledger.label.zh_hans), ("标识", &ledger.id), ("版本", &ledger.version), ("导出", &mark.line())];
    let mut row = 0;
    for (name, value) in facts {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
        row += 1;
    }
    for line in [
        "隐藏列“记录标识”用于导入时找回原记录,请勿改动或删除。",
        "空单元格不改动原值。编号、状态、日期等由系统记载的列改动后不会导入。",
    ] {
        sheet.write_string(row, 1, line)?;
        row += 1;
    }
    for column in &ledger.columns {
        let what = match (column.source.as_str(), column.personal) {
            ("none", _) => "本版系统尚无此项数据,留空",
            (_, true) => "个人信息",
            _ if column.choices.is_empty() => continue,
            _ => &column.choices.iter().map(|c| c.label.zh_hans.as_str()).collect::<Vec<_>>().join("、"),
        };
        sheet.write_string(row, 0, &column.label.zh_hans)?.write_string(row, 1, what)?;
        row += 1;
    }
    Ok(())
}

/// `A`, `B`, …, `AA`.
fn letter(at: usize) -> String {
    super::cell_name(0, at).trim_end_matches('1').to_owned()
}

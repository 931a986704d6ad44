//! What a cell of an edited file says: it is read against what stood when the file was written and what stands now, so
//! that an old file never puts back what somebody has changed since.

use super::column::Column;

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// Place of the column in the ledger; none for the row as a whole.
    pub column: Option<usize>,
    /// `unknown_choice` | `not_a_number` | `out_of_range` | `too_long` | `required` | `not_editable` | `changed_since` | …
    pub code: String,
    /// What may stand there, where that is a list; of a duplicate, what stands there already.
    pub allowed: Vec<String>,
    /// A remark leaves the row as it is; anything else keeps the whole row out.
    pub blocks: bool,
}

impl CellProblem {
    #[must_use]
    pub fn new(column: Option<usize>, code: &str) -> Self {
        Self { column, code: code.to_owned(), allowed: Vec::new(), blocks: true }
    }

    #[must_use]
    pub fn remark(column: Option<usize>, code: &str) -> Self {
        Self { blocks: false, ..Self::new(column, code) }
    }

    #[must_use]
    pub fn with(self, allowed: Vec<String>) -> Self {
        Self { allowed, ..self }
    }
}

/// One cell, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// Empty, as it is now, or as it was when the file was written.
    Nothing,
    Edit(&'a str),
    /// Changed in the file, and meanwhile in the program to something else.
    Clash,
}

/// `now` is what stands, `base` what stood when the file was written.
pub(super) fn said<'a>(column: &Column, typed: &'a str, now: &str, base: &str) -> Said<'a> {
    let typed = typed.trim();
    let same = |text: &str| typed == text.trim() || typed == super::masked_text(text).trim();
    match () {
        () if typed.is_empty() || column.source == "row" => Said::Nothing,
        () if same(now) || same(base) => Said::Nothing,
        () if now.trim() != base.trim() => Said::Clash,
        () => Said::Edit(typed),
    }
}

/// The words of a list, however they are parted.
pub(super) fn parts(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|w| !w.is_empty())
}

pub(super) fn choices(column: &Column) -> Vec<String> {
    column.choices.iter().map(|c| c.label.zh_hans.clone()).collect()
}

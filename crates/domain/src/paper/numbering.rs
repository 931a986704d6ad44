//! 文号 (domain.md §5.3): per organ, kind of document and year, by a format that is data.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const FILE: &str = include_str!("../../../../assets/papers/numbering.json");

static BOOK: LazyLock<Book> = LazyLock::new(|| builtin().unwrap_or_default());

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Book {
    /// Numbers in a block.
    pub block: u32,
    /// A new block is asked for when fewer are left.
    pub ask_below: u32,
    pub organs: Vec<Organ>,
    pub series: Vec<Series>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Organ {
    pub id: String,
    /// `{town}人民政府`
    name: String,
    /// 机关代字; `{t}` is the first character of the town's name.
    word: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Series {
    /// `town-correct`
    pub id: String,
    pub template: String,
    pub organ: String,
    /// 文种字
    kind: String,
    format: String,
    sep: String,
    di: String,
    width: usize,
    hao: String,
    effective_from: String,
    #[serde(default)]
    effective_to: Option<String>,
}

/// A number given to a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Number {
    pub series: String,
    /// Of the paper's date.
    pub year: i32,
    pub seq: u32,
    /// First of the block it was taken from.
    pub block: u32,
    /// As printed: `示综执责改字〔2026〕第 0001 号`.
    pub text: String,
}

/// Reads the shipped file.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin() -> Result<Book, String> {
    serde_json::from_str(FILE).map_err(|e| format!("numbering.json: {e}"))
}

#[must_use]
pub fn book() -> &'static Book {
    &BOOK
}

impl Book {
    /// The series a template is numbered in on a day, `2026-11-24`.
    #[must_use]
    pub fn series_of(&self, template: &str, on: &str) -> Option<&Series> {
        let holds =
            |s: &&Series| s.effective_from.as_str() <= on && s.effective_to.as_deref().is_none_or(|to| on <= to);
        self.series.iter().filter(holds).find(|s| s.template == template)
    }

    #[must_use]
    pub fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|s| s.id == id)
    }

    /// An organ's name in a town: `示例镇人民政府`.
    #[must_use]
    pub fn organ_name(&self, id: &str, town: &str) -> String {
        self.organs.iter().find(|o| o.id == id).map(|o| o.name.replace("{town}", town)).unwrap_or_default()
    }

    /// A number as it is printed.
    #[must_use]
    pub fn text(&self, series: &Series, town: &str, year: i32, seq: u32) -> String {
        let first: String = town.chars().take(1).collect();
        let word = self.organs.iter().find(|o| o.id == series.organ).map(|o| o.word.replace("{t}", &first));
        let seq = format!("{seq:0width$}", width = series.width);
        let parts = [
            ("{org}", word.unwrap_or_default()),
            ("{kind}", series.kind.clone()),
            ("{sep}", series.sep.clone()),
            ("{yyyy}", format!("{year:04}")),
            ("{di}", series.di.clone()),
            ("{seq}", seq),
            ("{hao}", series.hao.clone()),
        ];
        parts.iter().fold(series.format.clone(), |text, (mark, word)| text.replace(mark, word))
    }
}

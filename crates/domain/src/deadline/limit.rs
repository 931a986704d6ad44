//! 法定期限: the catalogue of statutory limits, D01 to D54 (domain.md §4.5, §6.4). Data with dates: the law changes.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::Label;

const FILE: &str = include_str!("../../../../assets/catalogue/limits.json");

static LIMITS: LazyLock<Vec<Limit>> = LazyLock::new(|| builtin_limits().unwrap_or_default());

/// One limit. Where the law gives two lengths there are two entries of one id, told apart by `variant`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Limit {
    /// `D13`
    pub id: String,
    /// `extension`, `demolition`, …; empty for the ordinary length.
    #[serde(default)]
    pub variant: String,
    pub label: Label,
    /// A rule of [`super::named`], with `n` and `unit`.
    pub rule: String,
    pub n: u32,
    pub unit: String,
    /// Act and article: `行政处罚法 64`.
    pub source: String,
    /// `V` read in the text, `S` stated on a public page, `K` practice, `unverified`.
    pub confidence: String,
    pub effective_from: String,
    #[serde(default)]
    pub effective_to: Option<String>,
}

/// The shipped file is not of this version's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitError(pub String);

impl std::fmt::Display for LimitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "limits.json: {}", self.0)
    }
}

impl std::error::Error for LimitError {}

/// Reads the shipped catalogue.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin_limits() -> Result<Vec<Limit>, LimitError> {
    serde_json::from_str(FILE).map_err(|e| LimitError(e.to_string()))
}

/// Every limit shipped.
#[must_use]
pub fn limits() -> &'static [Limit] {
    &LIMITS
}

/// A limit as the law stood on a day, `2026-11-24`; `variant` is empty for the ordinary length.
#[must_use]
pub fn limit(id: &str, variant: &str, on: &str) -> Option<&'static Limit> {
    let holds = |l: &&Limit| l.effective_from.as_str() <= on && l.effective_to.as_deref().is_none_or(|to| on <= to);
    LIMITS.iter().filter(holds).find(|l| l.id == id && l.variant == variant)
}

//! Words and articles of steps and refusals: data, because the law changes.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::Label;

const STEPS: &str = include_str!("../../../../assets/catalogue/proceeding-steps.json");
const RULES: &str = include_str!("../../../../assets/catalogue/proceeding-rules.json");

static ALL_STEPS: LazyLock<Vec<StepWords>> = LazyLock::new(|| serde_json::from_str(STEPS).unwrap_or_default());
static ALL_RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| serde_json::from_str(RULES).unwrap_or_default());

/// What a step is called, what it rests on, which documents it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StepWords {
    pub code: String,
    pub label: Label,
    pub article: String,
    /// Templates; `F21|F22` is either.
    pub documents: Vec<String>,
    pub effective_from: String,
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    pub code: String,
    pub label: Label,
    /// `行政处罚法 44、62`
    pub article: String,
    pub effective_from: String,
}

/// Newest wording first where there are several.
#[must_use]
pub fn step_words(code: &str) -> Option<&'static StepWords> {
    ALL_STEPS.iter().filter(|s| s.code == code).max_by(|a, b| a.effective_from.cmp(&b.effective_from))
}

/// Every reason there is.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &ALL_RULES
}

#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    ALL_RULES.iter().filter(|r| r.code == code).max_by(|a, b| a.effective_from.cmp(&b.effective_from))
}

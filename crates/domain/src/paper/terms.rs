//! Who may issue and void a paper, who must sign and serve it, and what runs from its service: data with its source
//! (domain.md §7, §5.2, §5.4, §4.6) in `assets/papers/issue.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::DeadlineChoice;
use crate::deadline::{Limit, limit};
use crate::permission::{Role, roles_from_codes};

const FILE: &str = include_str!("../../../../assets/papers/issue.json");

static TERMS: LazyLock<Book> = LazyLock::new(|| builtin().unwrap_or_default());

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Book {
    pub templates: Vec<Terms>,
    clocks: Vec<Clock>,
    template_clocks: Vec<TemplateClock>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Terms {
    /// `F09`
    pub code: String,
    /// `enforcement` | `office`: two families, not to be mixed (domain.md §5.1).
    pub family: String,
    /// Who is named as issuing: an organ of `numbering.json`.
    pub organ: String,
    issuers: Vec<String>,
    voiders: Vec<String>,
    /// Distinct officers with a certificate who sign.
    pub officers: usize,
    /// Distinct people who serve it; 0 for papers that are not served.
    pub servers: usize,
    /// Whether the recipient is given time.
    pub clock: bool,
    /// Limits of service by notice, the longest first: it is the default.
    pub notice: Vec<String>,
    /// Steps of the proceeding whose document it is: one of them has to be open and approved (domain.md §3.2).
    #[serde(default)]
    pub awaits: Vec<String>,
    /// May be made of a round without a case.
    #[serde(default)]
    pub of_round: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Clock {
    category: String,
    #[serde(flatten)]
    choice: Length,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct TemplateClock {
    template: String,
    #[serde(flatten)]
    choice: Length,
    /// The limit of law this length is: `D21`.
    limit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Length {
    rule: String,
    n: u32,
    unit: String,
}

impl Length {
    fn choice(&self) -> DeadlineChoice {
        DeadlineChoice { rule: self.rule.clone(), n: self.n, unit: self.unit.clone() }
    }
}

/// Reads the shipped file.
///
/// # Errors
/// A file that is not of this version's shape.
pub fn builtin() -> Result<Book, String> {
    serde_json::from_str(FILE).map_err(|e| format!("issue.json: {e}"))
}

/// The terms of a template.
#[must_use]
pub fn terms(code: &str) -> Option<&'static Terms> {
    TERMS.templates.iter().find(|terms| terms.code == code)
}

/// How long is usually given (domain.md §4.6: defaults, editable).
#[must_use]
pub fn usual_clock(template: &str, category: &str) -> Option<DeadlineChoice> {
    let own = TERMS.template_clocks.iter().find(|c| c.template == template).map(|c| c.choice.choice());
    let of = |name: &str| TERMS.clocks.iter().find(|c| c.category == name).map(|c| c.choice.choice());
    own.or_else(|| of(category)).or_else(|| of("*"))
}

/// The limit of law behind a length given by a kind of paper; none where the officer sets it.
#[must_use]
pub fn limit_behind(template: &str, clock: &DeadlineChoice, on: &str) -> Option<&'static Limit> {
    let own = TERMS.template_clocks.iter().find(|c| c.template == template)?;
    limit(&own.limit, "", on).filter(|l| l.rule == clock.rule && l.n == clock.n && l.unit == clock.unit)
}

impl Terms {
    #[must_use]
    pub fn may_issue(&self, roles: &[Role]) -> bool {
        shares(&self.issuers, roles)
    }

    /// A paper that was served is withdrawn only by these, and never by who issued it.
    #[must_use]
    pub fn may_void_served(&self, roles: &[Role]) -> bool {
        shares(&self.voiders, roles)
    }
}

fn shares(codes: &[String], roles: &[Role]) -> bool {
    roles_from_codes(codes).iter().any(|role| roles.contains(role))
}

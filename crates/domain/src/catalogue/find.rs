//! Looking things up by code. A type answers for itself first, then by its category.

use super::{CaseType, Catalogue, Category, DeadlineRule, Department, Field, FieldValue, Outcome, Route};

impl Catalogue {
    /// `WJ`
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.code == code)
    }

    /// `WJ-TJ`
    #[must_use]
    pub fn case_type(&self, code: &str) -> Option<&CaseType> {
        self.types.iter().find(|t| t.code == code)
    }

    /// The category of a full code; none for a code that is not in the catalogue.
    #[must_use]
    pub fn category_of(&self, code: &str) -> Option<&Category> {
        self.category(&self.case_type(code)?.category)
    }

    /// The deadline rule the type proposes.
    #[must_use]
    pub fn deadline(&self, code: &str) -> Option<&DeadlineRule> {
        let own = self.case_type(code)?.deadline.as_ref();
        own.or_else(|| self.category_of(code).map(|c| &c.deadline))
    }

    /// The type's usual severity; `general` for an unknown code.
    #[must_use]
    pub fn severity(&self, code: &str) -> &str {
        let own = self.case_type(code).and_then(|t| t.severity.as_deref());
        own.or_else(|| self.category_of(code).map(|c| c.severity.as_str())).unwrap_or("general")
    }

    /// Who handles this code on a day: its own route before its category's.
    #[must_use]
    pub fn route(&self, code: &str, on: &str) -> Option<&Route> {
        let category = code.split('-').next().unwrap_or_default();
        let mut routes = self.routes.iter().filter(|r| serves(&r.effective_from, r.effective_to.as_deref(), on));
        routes.clone().find(|r| r.code == code).or_else(|| routes.find(|r| r.code == category))
    }

    /// A department as it is called on a day, `2026-11-24`; none for one unknown, not yet founded, or dissolved.
    #[must_use]
    pub fn department(&self, id: &str, on: &str) -> Option<&Department> {
        self.departments.iter().find(|d| d.id == id && serves(&d.effective_from, d.effective_to.as_deref(), on))
    }

    /// A department by any name it ever had: 工商所 is today's 市场监督管理所.
    #[must_use]
    pub fn department_called(&self, name: &str) -> Option<&Department> {
        self.departments.iter().find(|d| d.id == name || d.label.zh_hans == name || d.former.iter().any(|f| f == name))
    }

    #[must_use]
    pub fn outcome(&self, value: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|o| o.value == value)
    }

    /// Ids of the rules that are broken.
    #[must_use]
    pub fn basis(&self, code: &str) -> &[String] {
        let own = self.case_type(code).and_then(|t| t.legal_basis.as_deref());
        own.or_else(|| self.category_of(code).map(|c| c.legal_basis.as_slice())).unwrap_or_default()
    }
}

/// Whether something in force from one day to another (both included) holds on this one. ISO dates sort as text.
fn serves(from: &str, to: Option<&str>, on: &str) -> bool {
    from <= on && to.is_none_or(|to| on <= to)
}

impl Field {
    /// Whether it is filled when the work is done, not when the case is recorded.
    #[must_use]
    pub fn is_of_the_end(&self) -> bool {
        self.required_to_finish || self.shown_if.as_ref().is_some_and(|s| s.field == "stage")
    }

    /// Whether the field applies, given the values of the others.
    pub fn is_shown(&self, value: impl Fn(&str) -> Option<FieldValue>) -> bool {
        let Some(condition) = &self.shown_if else { return true };
        let words = match value(&condition.field) {
            None => Vec::new(),
            Some(FieldValue::Text(text)) => vec![text],
            Some(FieldValue::Many(all)) => all,
            Some(FieldValue::Whole(n)) => vec![n.to_string()],
            Some(FieldValue::Flag(flag)) => vec![flag.to_string()],
        };
        words.iter().any(|w| condition.any_of.contains(w))
    }
}

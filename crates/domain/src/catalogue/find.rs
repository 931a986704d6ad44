//! Looking things up by code. A type answers for itself first, then by its category.

use super::{CaseType, Catalogue, Category, DeadlineRule, Field, FieldValue};

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

    /// Who leads, by department id.
    #[must_use]
    pub fn lead_departments(&self, code: &str) -> &[String] {
        let own = self.case_type(code).and_then(|t| t.lead_departments.as_deref());
        own.or_else(|| self.category_of(code).map(|c| c.lead_departments.as_slice())).unwrap_or_default()
    }

    /// Ids of the rules that are broken.
    #[must_use]
    pub fn basis(&self, code: &str) -> &[String] {
        let own = self.case_type(code).and_then(|t| t.legal_basis.as_deref());
        own.or_else(|| self.category_of(code).map(|c| c.legal_basis.as_slice())).unwrap_or_default()
    }
}

impl Field {
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

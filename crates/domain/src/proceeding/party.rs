//! 当事人: the block P of every document (domain.md §5.2). Full particulars are kept in a proceeding only (PIPL 6).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{identifier, mask};

/// Who the proceeding is against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// `person` | `unit`
    pub kind: String,
    pub name: String,
    /// `resident_id` | `credit_code` | `passport` | `none`
    pub id_kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id_no: String,
    /// 法定代表人 / 负责人, of a unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub representative: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// The fields that are personal, in the order of the form.
pub const FIELDS: &[&str] = &["name", "id_no", "representative", "address", "phone"];
const CHARS_MAX: usize = 200;

impl Party {
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        match name {
            "name" => &self.name,
            "id_no" => &self.id_no,
            "representative" => &self.representative,
            "address" => &self.address,
            "phone" => &self.phone,
            _ => "",
        }
    }

    /// What everybody sees of a field until it is unmasked.
    #[must_use]
    pub fn masked(&self, name: &str) -> String {
        let text = self.field(name);
        match name {
            // Names and codes of organisations are public registers.
            "name" | "id_no" | "address" if self.kind == "unit" => text.to_owned(),
            _ if text.is_empty() => String::new(),
            "name" | "representative" => mask::name(text),
            "id_no" => mask::resident_id(text),
            "phone" => mask::phone(text),
            _ => mask::address(text),
        }
    }

    /// Numbers in their one form.
    #[must_use]
    pub fn canonical(self, today: NaiveDate) -> Self {
        let id_no = match self.id_kind.as_str() {
            "resident_id" => identifier::resident_id(&self.id_no, today).ok(),
            "credit_code" => identifier::credit_code(&self.id_no).ok(),
            _ => None,
        };
        let phone = identifier::phone(&self.phone).ok();
        let trimmed = |text: String| text.trim().to_owned();
        Self {
            id_no: id_no.unwrap_or_else(|| trimmed(self.id_no)),
            phone: phone.unwrap_or_else(|| trimmed(self.phone)),
            name: trimmed(self.name),
            representative: trimmed(self.representative),
            address: trimmed(self.address),
            ..self
        }
    }
}

/// The first thing wrong, as field and code. Neither carries the value: it is personal.
#[must_use]
pub fn party_problem(party: &Party, today: NaiveDate) -> Option<(&'static str, &'static str)> {
    let unit = party.kind == "unit";
    let id = match (party.id_kind.as_str(), party.id_no.trim()) {
        ("resident_id", no) if !unit => identifier::resident_id(no, today).err().map(identifier::IdentifierError::code),
        ("credit_code", no) if unit => identifier::credit_code(no).err().map(identifier::IdentifierError::code),
        ("passport", no) if !unit => (no.is_empty() || no.chars().count() > 40).then_some("length"),
        ("none", no) => (!no.is_empty()).then_some("unexpected"),
        _ => return Some(("id_kind", "unknown_choice")),
    };
    let phone = party.phone.trim();
    let phone = (!phone.is_empty()).then(|| identifier::phone(phone).err()).flatten();
    match () {
        () if !["person", "unit"].contains(&party.kind.as_str()) => Some(("kind", "unknown_choice")),
        () if party.name.trim().is_empty() => Some(("name", "required")),
        () if id.is_some() => id.map(|code| ("id_no", code)),
        () if phone.is_some() => phone.map(|e| ("phone", e.code())),
        () if unit && party.representative.trim().is_empty() => Some(("representative", "required")),
        () => FIELDS.iter().find(|f| party.field(f).chars().count() > CHARS_MAX).map(|f| (*f, "too_long")),
    }
}

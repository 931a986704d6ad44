//! Personal data of a paper: who it is about and who took it. Masked for everybody until somebody says why they must
//! see it (domain.md §8.2, PIPL 6, 51).

use super::{PaperState, SheetValue};
use crate::mask;

/// What may be shown in clear, by field.
pub const FIELDS: &[&str] = &["recipient", "recipient_address", "receiver", "witness", "electronic_address"];

impl PaperState {
    /// A field of [`FIELDS`], in clear; empty for others and for what nobody recorded.
    #[must_use]
    pub fn personal(&self, field: &str) -> &str {
        let recipient = &self.issued.recipient;
        let service = self.served.as_ref().map(|s| &s.service);
        match field {
            "recipient" => &recipient.name,
            "recipient_address" => &recipient.address,
            "receiver" => service.map_or("", |s| &s.receiver),
            "witness" => service.map_or("", |s| &s.witness),
            "electronic_address" => service.map_or("", |s| &s.electronic_address),
            _ => "",
        }
    }

    /// What everybody sees of it.
    #[must_use]
    pub fn masked(&self, field: &str) -> String {
        let text = self.personal(field);
        match field {
            _ if text.is_empty() => String::new(),
            // Names and seats of organisations are public registers.
            "recipient" | "recipient_address" if self.is_to_unit() => text.to_owned(),
            "recipient_address" => mask::address(text),
            "electronic_address" => mask::phone(text),
            _ => mask::name(text),
        }
    }

    fn is_to_unit(&self) -> bool {
        matches!(self.issued.sheet.fields.get("party_kind"), Some(SheetValue::Text(kind)) if kind == "unit")
    }
}

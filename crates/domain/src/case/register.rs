//! A field with every value that nobody has replaced yet, and the one in force until somebody decides
//! (sync.md §2.2, §2.3).

use serde::{Deserialize, Serialize};

use super::state::Times;
use crate::catalogue::FieldValue;
use crate::event::EventId;

/// One value, and who set it when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    pub event: EventId,
    pub value: FieldValue,
    pub author: String,
    pub device: String,
    pub times: Times,
}

/// All maximal values of one field, in causal order. More than one different value is a conflict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Register {
    pub versions: Vec<Version>,
}

/// Severities from least to most.
pub const SEVERITIES: &[&str] = &["general", "serious", "major", "urgent"];

impl Register {
    /// One value of this person's, not yet an event.
    #[must_use]
    pub fn of(value: FieldValue, author: &str) -> Self {
        let version = Version {
            event: String::new(),
            value,
            author: author.to_owned(),
            device: String::new(),
            times: Times::default(),
        };
        Self { versions: vec![version] }
    }

    #[must_use]
    pub fn in_conflict(&self) -> bool {
        let first = self.versions.first().map(|v| &v.value);
        self.versions.iter().any(|v| Some(&v.value) != first)
    }

    /// The value in force: for severity the higher, for a flag the one that is set, else the first in causal
    /// order, with both shown.
    #[must_use]
    pub fn effective(&self, field: &str) -> Option<&FieldValue> {
        let values = self.versions.iter().map(|v| &v.value);
        match field {
            "severity" => values.max_by_key(|v| severity_rank(v)),
            _ => values
                .reduce(|a, b| if matches!((a, b), (FieldValue::Flag(false), FieldValue::Flag(true))) { b } else { a }),
        }
    }

    /// Why that value is in force: `higher_severity` | `both_shown`; empty without a conflict.
    #[must_use]
    pub fn why(&self, field: &str) -> &'static str {
        match (self.in_conflict(), field) {
            (false, _) => "",
            (true, "severity") => "higher_severity",
            (true, _) => "both_shown",
        }
    }
}

fn severity_rank(value: &FieldValue) -> Option<usize> {
    match value {
        FieldValue::Text(text) => SEVERITIES.iter().position(|s| s == text),
        _ => None,
    }
}

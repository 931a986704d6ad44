//! What a write touched, so that screens reread just that.

use std::collections::BTreeSet;

/// Topics are the first word of a command (`case`, `draft`, `tray`, `sync`, …).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    pub topics: BTreeSet<String>,
    pub records: BTreeSet<String>,
}

impl Changed {
    #[must_use]
    pub fn topic(topic: &str) -> Self {
        Self { topics: BTreeSet::from([topic.to_owned()]), records: BTreeSet::new() }
    }

    pub(crate) fn touch(&mut self, record: &str) {
        let kind = record.split(':').next().unwrap_or(record);
        self.topics.insert(kind.to_owned());
        self.topics.insert("sync".to_owned());
        self.records.insert(record.to_owned());
    }

    pub fn merge(&mut self, other: Self) {
        self.topics.extend(other.topics);
        self.records.extend(other.records);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }
}

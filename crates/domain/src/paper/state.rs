//! A folded paper: what `Projection.doc` holds.

use serde::{Deserialize, Serialize};

use super::payload::{Checked, Issued, Served, Voided};
use crate::case::Times;
use crate::event::{BlobRef, EventId};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PaperState {
    /// Without the `paper:` before it.
    pub id: String,
    pub scope: String,
    /// `issued` | `served` | `checked` | `voided` | `refused`
    pub status: String,
    /// Something of it waits for the server's ruling.
    pub pending: bool,
    /// Why the server refused the paper itself.
    pub refused: Option<String>,
    pub issued: Issued,
    pub pdf: Option<BlobRef>,
    pub author: String,
    pub device: String,
    pub inc: u32,
    pub at: Times,
    pub served: Option<Served>,
    /// Photos of the service.
    pub service_photos: Vec<BlobRef>,
    pub checked: Option<Checked>,
    pub voided: Option<Voided>,
    pub timeline: Vec<Entry>,
    pub heads: Vec<EventId>,
}

/// One event in the story of the paper.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub event: EventId,
    pub kind: String,
    pub author: String,
    pub by_server: bool,
    pub at: Times,
    pub text: String,
    pub verdict: Option<String>,
    pub reason_code: Option<String>,
}

impl PaperState {
    /// `2026-12-01`: until when the recipient has to comply.
    #[must_use]
    pub fn due(&self) -> Option<&str> {
        self.served.as_ref()?.due.as_ref().map(|due| due.due_date())
    }

    /// Neither void nor refused.
    #[must_use]
    pub fn stands(&self) -> bool {
        !["voided", "refused"].contains(&self.status.as_str())
    }

    #[must_use]
    pub fn number(&self) -> &str {
        self.issued.number.as_ref().map_or("", |n| n.text.as_str())
    }
}

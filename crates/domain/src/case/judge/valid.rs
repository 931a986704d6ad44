//! Content, checked again on the server by the same rules as the form: a laptop's word is not enough.
//!
//! Codes are read in the catalogue they were chosen from. What was recorded under another version is held to
//! what no version changes: place, evidence, lengths.

use std::collections::BTreeMap;

use crate::case::decide;
use crate::case::draft::{DraftContent, DraftPhoto, LINE_CHARS_MAX, NOTE_CHARS_MAX, canonical, check};
use crate::case::payload::Recorded;
use crate::case::state::CaseState;
use crate::catalogue::{self, FieldValue};
use crate::event::BlobRef;

/// The first thing wrong with a new case, as `invalid:<field>`.
pub fn recorded(recorded: &Recorded, blobs: &[BlobRef]) -> Option<String> {
    let catalogue = catalogue::standard();
    let same_codebook = recorded.catalogue == catalogue.version;
    let problems = check(&as_draft(recorded, blobs), catalogue).problems;
    // What an earlier program let through in its texts is evidence by now.
    let counts = |code: &str| code != "id_number" && (same_codebook || matches!(code, "required" | "too_long"));
    let found = problems.into_iter().find(|p| counts(&p.code)).map(|p| p.field);
    let unnamed = recorded.catalogue.is_empty().then(|| "catalogue".to_owned());
    found.or(unnamed).map(|field| format!("invalid:{field}"))
}

fn as_draft(recorded: &Recorded, blobs: &[BlobRef]) -> DraftContent {
    let slot = |blob: &BlobRef| blob.facts.get("slot").cloned().unwrap_or_default();
    DraftContent {
        compound_id: Some(recorded.compound_id.clone()),
        building: recorded.building.clone(),
        room: recorded.room.clone(),
        location_text: recorded.location_text.clone(),
        type_code: Some(recorded.type_code.clone()),
        fields: recorded.fields.clone(),
        note: recorded.note.clone(),
        severity: Some(recorded.severity.clone()),
        in_progress: recorded.in_progress,
        photos: blobs.iter().map(|b| DraftPhoto { hash: b.h.clone(), slot: slot(b) }).collect(),
        no_photo_reason: recorded.no_photo_reason.clone(),
        deadline: None,
        not_same_as: recorded.not_same_as.clone(),
        rebound_of: None,
        geo: recorded.geo.clone(),
        no_geo: false,
        pin: recorded.pin.clone(),
        round: Some(recorded.round.clone()).filter(|r| !r.is_empty()),
    }
}

/// The first field set to something it does not take. A field of another type is lawful: the type may have
/// been corrected meanwhile, and nobody's words are lost to that.
pub fn set(state: &CaseState, fields: &BTreeMap<String, FieldValue>) -> Option<String> {
    let catalogue = catalogue::standard();
    let same_codebook = state.catalogue == catalogue.version;
    let of_any_type = |field: &str, value: &FieldValue| {
        let mut known = catalogue.categories.iter().flat_map(|c| &c.fields).filter(|f| f.key == field);
        known.any(|f| canonical(f, value).is_ok_and(|v| v == *value))
    };
    let fits = |field: &str, value: &FieldValue| {
        decide::accepted(state, field, value, catalogue).is_ok_and(|v| v == *value)
            || of_any_type(field, value)
            || !same_codebook && is_short(value)
    };
    fields.iter().find(|(field, value)| !fits(field, value)).map(|(field, _)| format!("invalid:{field}"))
}

fn is_short(value: &FieldValue) -> bool {
    match value {
        FieldValue::Text(text) => text.chars().count() <= NOTE_CHARS_MAX,
        FieldValue::Many(all) => all.len() <= LINE_CHARS_MAX && all.iter().all(|t| t.chars().count() <= LINE_CHARS_MAX),
        FieldValue::Flag(_) | FieldValue::Whole(_) => true,
    }
}

/// A remark of lawful length.
pub fn note(text: &str) -> Option<String> {
    let sound = !text.trim().is_empty() && text.chars().count() <= NOTE_CHARS_MAX;
    (!sound).then(|| "invalid:note".to_owned())
}

/// A reason of lawful length, or none.
pub fn reason(text: &str) -> Option<String> {
    (text.chars().count() > NOTE_CHARS_MAX).then(|| "invalid:reason".to_owned())
}

//! A case as one line of a list.

use xunju_domain::case::{CaseState, MarkKind, Photo};
use xunju_domain::catalogue::FieldValue;
use xunju_domain::record;

use crate::error::ApiError;
use crate::present::Names;
use crate::refuse::Refused;
use crate::view::case::{CaseCard, ReturnedView};
use crate::{Api, present};

/// A picture with something covered in it is for the case's own page: a list shows another, or none.
fn is_covered(state: &CaseState, photo: &Photo) -> bool {
    state.marks.iter().any(|m| m.photo == photo.blob.h && m.mark.kind == MarkKind::Mosaic)
}

impl Api {
    pub(crate) fn card(&self, state: &CaseState, names: &Names) -> Result<CaseCard, ApiError> {
        let deadline = state.deadline().filter(|_| state.is_open()).map(|fact| self.deadline_view(fact));
        let compound_id = match state.value("compound_id") {
            Some(FieldValue::Text(id)) => id.clone(),
            _ => state.scope.clone(),
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(CaseCard {
            id: record::id_of(&state.id).to_owned(),
            no: state.no().to_owned(),
            no_is_temporary: state.case_no.is_none(),
            type_code: state.type_code(),
            type_label: present::fact::type_label(state),
            status: state.status.clone(),
            requested: state.requested().map(str::to_owned),
            compound_id,
            compound: state.text("compound_name"),
            building: state.text("building"),
            room: state.text("room"),
            severity: state.text("severity"),
            due_date: deadline.as_ref().map(|d| d.due_date.clone()),
            workdays_left: deadline.as_ref().map(|d| d.workdays_left),
            provisional: deadline.as_ref().is_some_and(|d| d.provisional),
            bucket: deadline.map(|d| d.bucket),
            thumb: state
                .photos
                .iter()
                .filter(|p| !is_covered(state, p))
                .find_map(|p| Some(p.blob.thumb.as_ref()?.h.clone())),
            photo_count: count(state.photos.len()),
            reported_ms: state.reported.wall_ms,
            author: names.of(&state.author),
            conflicts: count(state.conflicts().len()),
            pending: self.store.undelivered(&format!("case:{}", state.id)).refused()?,
            difficult: state.difficult,
        })
    }

    pub(crate) fn returned_view(&self, state: &CaseState, names: &Names) -> Option<ReturnedView> {
        let returned = state.returned.as_ref().filter(|_| state.status == "RETURNED")?;
        Some(ReturnedView {
            reason_code: returned.reason_code.clone(),
            reason: returned.reason.clone(),
            slot_label: returned.slot.as_deref().and_then(|slot| present::fact::slot_label(state, slot)),
            slot: returned.slot.clone(),
            by: names.of(&returned.by),
            wall_ms: returned.wall_ms,
        })
    }
}

//! 保存到本机: a draft becomes a case.

use super::{Author, Moment};
use crate::case::draft::{DraftContent, FieldProblem, canonical_fields, check};
use crate::case::payload::{DeadlineFact, RECORDED, Recorded, TV};
use crate::catalogue::{Catalogue, FieldValue, Label};
use crate::deadline::{self, Calendar};
use crate::event::{BlobRef, NewEvent};
use crate::permission::{Action, may};

/// The one event of a new case. `case_id` is a UUID, with or without `case:` before it; `photos` are the
/// draft's photos as stored, in any order; `source` is a key of the catalogue's sources.
///
/// # Errors
/// Everything that stands in the way, by field.
#[allow(clippy::too_many_arguments)]
pub fn record(
    case_id: &str,
    draft: &DraftContent,
    photos: Vec<BlobRef>,
    author: &Author,
    now: &Moment,
    catalogue: &Catalogue,
    calendar: &Calendar,
    compound_name: &str,
    source: &str,
) -> Result<NewEvent, Vec<FieldProblem>> {
    let problems = standing(draft, author, catalogue);
    if !problems.is_empty() {
        return Err(problems);
    }
    let id = case_id.strip_prefix("case:").unwrap_or(case_id);
    let scope = draft.compound_id.clone().unwrap_or_default();
    let data = recorded(draft, now, catalogue, calendar, compound_name, source);
    Ok(NewEvent {
        record: format!("case:{id}"),
        scope,
        kind: RECORDED.into(),
        tv: TV,
        actor: author.user.clone(),
        parents: Vec::new(),
        blobs: photos.into_iter().map(|blob| with_slot(blob, draft)).collect(),
        data: serde_json::to_value(data).unwrap_or_default(),
    })
}

fn standing(draft: &DraftContent, author: &Author, catalogue: &Catalogue) -> Vec<FieldProblem> {
    let mut problems = check(draft, catalogue).problems;
    if !may(&author.roles, Action::Report) {
        problems.push(FieldProblem::new("author", "not_allowed"));
    }
    problems
}

fn recorded(
    draft: &DraftContent,
    now: &Moment,
    catalogue: &Catalogue,
    calendar: &Calendar,
    compound_name: &str,
    source: &str,
) -> Recorded {
    let code = draft.type_code.clone().unwrap_or_default();
    let severity = draft.severity.clone().unwrap_or_else(|| catalogue.severity(&code).to_owned());
    Recorded {
        type_label: catalogue.case_type(&code).map(|t| t.label.clone()).unwrap_or_default(),
        catalogue: catalogue.version.clone(),
        compound_id: draft.compound_id.clone().unwrap_or_default(),
        compound_name: compound_name.to_owned(),
        building: draft.building.trim().to_owned(),
        room: draft.room.trim().to_owned(),
        location_text: draft.location_text.trim().to_owned(),
        source: source.to_owned(),
        found_at: now.rfc3339(),
        severity,
        in_progress: draft.in_progress,
        fields: fields(draft, catalogue, &code),
        note: draft.note.trim().to_owned(),
        deadline: deadline_of(draft, now, catalogue, calendar),
        no_photo_reason: draft.no_photo_reason.trim().to_owned(),
        not_same_as: draft.not_same_as.clone(),
        rebound_of: draft.rebound_of.clone().unwrap_or_default(),
        geo: draft.geo.clone(),
        pin: draft.pin.clone(),
        round: draft.round.clone().unwrap_or_default(),
        import: String::new(),
        type_code: code,
    }
}

/// The type's fields. A structure whose class nobody gave is 在建 when it is being built, else 存量-待定:
/// an unknown year is to be settled later, never left open (domain.md §2.3).
fn fields(draft: &DraftContent, catalogue: &Catalogue, code: &str) -> std::collections::BTreeMap<String, FieldValue> {
    let Some(category) = catalogue.category_of(code) else { return std::collections::BTreeMap::new() };
    let mut fields = canonical_fields(category, &draft.fields, draft.in_progress);
    if category.fields.iter().any(|f| f.key == "stock_class") && !fields.contains_key("stock_class") {
        let class = if draft.in_progress { "in_progress" } else { "pending" };
        fields.insert("stock_class".into(), FieldValue::Text(class.into()));
    }
    fields
}

/// The deadline the draft would get if it were saved now; none without a type, or where the rule cannot be
/// counted.
#[must_use]
pub fn deadline_of(
    draft: &DraftContent,
    now: &Moment,
    catalogue: &Catalogue,
    calendar: &Calendar,
) -> Option<DeadlineFact> {
    let proposed = catalogue.deadline(draft.type_code.as_deref()?)?;
    let own = DeadlineFact {
        id: proposed.id.clone(),
        label: proposed.label.clone(),
        rule: proposed.rule.clone(),
        n: proposed.n,
        unit: proposed.unit.clone(),
        basis: proposed.basis.clone(),
        ..DeadlineFact::default()
    };
    let chosen = draft.deadline.as_ref().map(|c| DeadlineFact {
        rule: c.rule.clone(),
        n: c.n,
        unit: c.unit.clone(),
        label: Label { zh_hans: "自定期限".into(), zh_hant: "自定期限".into(), en: "chosen time limit".into() },
        basis: "自定".into(),
        ..DeadlineFact::default()
    });
    let fact =
        chosen.filter(|c| (c.rule.as_str(), c.n, c.unit.as_str()) != (&own.rule, own.n, &own.unit)).unwrap_or(own);
    let start = now.shanghai();
    let found = deadline::compute(calendar, &fact.rule, fact.n, &fact.unit, start).ok()?;
    Some(DeadlineFact {
        due_at: deadline::stamp(found.due_at),
        start: deadline::stamp(start),
        provisional: found.provisional,
        calendar_version: calendar.version.clone(),
        ..fact
    })
}

fn with_slot(mut blob: BlobRef, draft: &DraftContent) -> BlobRef {
    let slot = draft.photos.iter().find(|p| p.hash == blob.h).map(|p| p.slot.clone());
    if let Some(slot) = slot.filter(|s| !s.is_empty()) {
        blob.facts.insert("slot".into(), slot);
    }
    blob
}

//! What a machine can check against the type's standard. It points; the person decides.

use std::collections::BTreeMap;

use chrono::DateTime;
use xunju_domain::case::{CaseState, Photo};
use xunju_domain::catalogue;
use xunju_store::Query;

use crate::Api;
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::case::CheckView;

const DAY_MS: i64 = 86_400_000;

fn check(code: &str, result: &str, params: &[(&str, String)], photo: Option<&Photo>) -> CheckView {
    CheckView {
        code: code.to_owned(),
        result: result.to_owned(),
        params: params.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect::<BTreeMap<_, _>>(),
        photo: photo.map(|p| p.blob.h.clone()),
    }
}

impl Api {
    pub(crate) fn checks(&self, state: &CaseState) -> Result<Vec<CheckView>, ApiError> {
        let mut checks = slots(state);
        checks.extend(missing_facts(state));
        checks.extend(state.photos.iter().filter_map(|photo| taken_long_before(state, photo)));
        for photo in &state.photos {
            checks.extend(self.used_elsewhere(photo)?);
        }
        Ok(checks)
    }

    fn used_elsewhere(&self, photo: &Photo) -> Result<Option<CheckView>, ApiError> {
        let query =
            Query { kind: "case".into(), facets: vec![("photo".into(), photo.blob.h.clone())], ..Query::default() };
        let cases = self.store.count(&query).refused()?;
        Ok((cases > 1).then(|| check("photo_reused", "fail", &[("cases", cases.to_string())], Some(photo))))
    }
}

fn slots(state: &CaseState) -> Vec<CheckView> {
    let slots = catalogue::standard().category(&state.category()).map(|c| c.slots.as_slice()).unwrap_or_default();
    let expected = slots.iter().filter(|s| s.expected);
    expected
        .map(|slot| {
            let photo = state.photos.iter().find(|p| p.slot == slot.key);
            check("slot_present", if photo.is_some() { "pass" } else { "fail" }, &[("slot", slot.key.clone())], photo)
        })
        .collect()
}

fn missing_facts(state: &CaseState) -> Vec<CheckView> {
    let fields = catalogue::standard().category(&state.category()).map(|c| c.fields.as_slice()).unwrap_or_default();
    let asked = fields.iter().filter(|f| f.required_to_file && f.is_shown(|key| state.value(key).cloned()));
    asked
        .filter(|f| state.value(&f.key).is_none())
        .map(|f| check("field_missing", "fail", &[("field", f.key.clone())], None))
        .collect()
}

fn taken_long_before(state: &CaseState, photo: &Photo) -> Option<CheckView> {
    let taken = DateTime::parse_from_rfc3339(photo.blob.facts.get("taken_at")?).ok()?.timestamp_millis();
    let days = (photo.wall_ms.max(state.reported.wall_ms) - taken) / DAY_MS;
    (days >= 1).then(|| check("taken_before_report", "unsure", &[("days", days.to_string())], Some(photo)))
}

//! 同一张照片 in another case: a hint with where, for a person to compare, never a verdict (photos.md B). Here the
//! same file; pictures that only look alike are the index's matter.

use xunju_domain::case::CaseState;
use xunju_domain::record;
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::photo::{PhotoOfCase, RecycledHit, RecycledKind};
use crate::{Api, Caller, doc};

/// Cases named for one photo.
const HITS_MAX: u32 = 20;

/// # Errors
/// `NotFound` for a case or photo the caller may not see.
pub fn recycled(api: &Api, caller: &Caller, of: PhotoOfCase) -> Result<Vec<RecycledHit>, ApiError> {
    let own = api.case(caller, &of.case_id)?;
    if !own.photos.iter().any(|p| p.blob.h == of.hash) {
        return Err(ApiError::new(ErrorCode::NotFound).with("what", &of.hash));
    }
    // Also where the caller may not look: that there is such a case is said, which it is not.
    let query = Query {
        kind: "case".into(),
        facets: vec![("photo".into(), of.hash.clone())],
        order: Order::Newest,
        limit: HITS_MAX,
        ..Query::default()
    };
    let mut hits = Vec::new();
    for row in api.store().records(&query).refused()? {
        let state: CaseState = doc(&row)?;
        if record::id_of(&row.id) == own.id {
            continue;
        }
        let seen = api.case(caller, &state.id).is_ok();
        let photo = state.photos.iter().find(|p| p.blob.h == of.hash);
        let fact = |key: &str| photo.and_then(|p| p.blob.facts.get(key).cloned());
        hits.push(RecycledHit {
            kind: RecycledKind::SameFile,
            score: 100,
            hash: of.hash.clone(),
            thumb: photo.and_then(|p| p.blob.thumb.as_ref()).filter(|_| seen).map(|t| t.h.clone()),
            case_id: seen.then(|| state.id.clone()),
            case_no: if seen { state.no().to_owned() } else { String::new() },
            compound: if seen { state.text("compound_name") } else { String::new() },
            taken_at: fact("taken_at").filter(|_| seen),
        });
    }
    Ok(hits)
}

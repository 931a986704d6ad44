//! 同一张照片 handed in again, in another case or on another visit: a hint with where, for a person to compare, never
//! a verdict (photos.md B). The same file; pictures that look alike, among all of the town; and a closer look at
//! those that could most easily be used again: of this case, this place, this inspector.

use std::collections::{BTreeMap, BTreeSet};

use xunju_domain::case::{CaseState, Photo};
use xunju_domain::geo::near::Spot;
use xunju_domain::record;
use xunju_evidence::Hash;
use xunju_photos::recycled::{Kin, Likeness, compare};
use xunju_store::{Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::present::photo::visits;
use crate::refuse::Refused;
use crate::view::photo::{PhotoOfCase, RecycledHit, RecycledKind};
use crate::{Api, Caller, doc};

/// Cases named for one photo.
const HITS_MAX: usize = 20;
/// Photos looked at closely for one.
const CLOSELY_MAX: usize = 60;
/// Cases of the same inspector whose photos are looked at closely, the newest.
const OF_AUTHOR_MAX: u32 = 20;
/// Metres within which a case is of the same place.
const PLACE_M: f64 = 200.0;
/// Bits of a fingerprint.
const BITS: u32 = 256;

/// How alike, and by how much of 100.
type Alike = (RecycledKind, u8);

/// # Errors
/// `NotFound` for a case or photo the caller may not see.
pub fn recycled(api: &Api, caller: &Caller, of: PhotoOfCase) -> Result<Vec<RecycledHit>, ApiError> {
    let own = api.case(caller, &of.case_id)?;
    if !own.photos.iter().any(|p| p.blob.h == of.hash) {
        return Err(ApiError::new(ErrorCode::NotFound).with("what", &of.hash));
    }
    let mut hits = Vec::new();
    for (hash, alike) in api.alike_to(caller, &own, &of.hash)? {
        hits.extend(api.hits(caller, &own, &of.hash, &hash, alike)?);
    }
    hits.sort_by_key(|hit| (hit.kind as u8, u8::MAX - hit.score, hit.case_id.as_deref() != Some(&own.id)));
    hits.truncate(HITS_MAX);
    Ok(hits)
}

impl Api {
    /// Photos like this one by their hash; itself among them, for where else it stands.
    fn alike_to(&self, caller: &Caller, own: &CaseState, photo: &str) -> Result<BTreeMap<String, Alike>, ApiError> {
        let mut alike = BTreeMap::from([(photo.to_owned(), (RecycledKind::SameFile, 100))]);
        let original = id(photo)?;
        let Some(look) = self.look_of(&original)? else { return Ok(alike) };
        let mut closely = self.other_visits(own, photo);
        for found in self.alike(&look, &original)? {
            match found.kin {
                Kin::Same => {
                    _ = alike.insert(found.hash, (RecycledKind::SamePicture, nearness(found.pdq, found.dhash)))
                }
                Kin::Near => closely.push(found.hash),
            }
        }
        let mut places = BTreeSet::new();
        for case in self.at_the_same_place(caller, own)? {
            places.extend(hashes(&case));
        }
        closely.extend(places.iter().cloned());
        closely.extend(self.of_the_same_author(caller, own)?);
        places.extend(hashes(own));
        let mut seen = BTreeSet::new();
        closely.retain(|hash| !alike.contains_key(hash) && seen.insert(hash.clone()));
        for hash in closely.into_iter().take(CLOSELY_MAX) {
            let Some(other) = self.look_of(&id(&hash)?)? else { continue };
            match compare(&look, &other).refused()? {
                Likeness::SamePhotograph { share, .. } => {
                    alike.insert(hash, (RecycledKind::SamePicture, percent(share)));
                }
                // Elsewhere it says that two places look alike, which they do.
                Likeness::SamePlace { share, .. } if places.contains(&hash) => {
                    alike.insert(hash, (RecycledKind::SamePlace, percent(share)));
                }
                _ => {}
            }
        }
        Ok(alike)
    }

    /// Where a photo that is alike stands: each case with it. Of one the caller may not see it is said that there is
    /// one, and no more.
    fn hits(
        &self,
        caller: &Caller,
        own: &CaseState,
        photo: &str,
        hash: &str,
        (kind, score): Alike,
    ) -> Result<Vec<RecycledHit>, ApiError> {
        let query = Query {
            kind: "case".into(),
            facets: vec![("photo".into(), hash.to_owned())],
            order: Order::Newest,
            limit: HITS_MAX as u32,
            ..Query::default()
        };
        let names = self.names()?;
        let mut hits = Vec::new();
        for row in self.store().records(&query).refused()? {
            // Photos of one visit are alike, and of one file when it was chosen twice: both are as they should be.
            if record::id_of(&row.id) == own.id && !on_another_visit(own, photo, hash) {
                continue;
            }
            let state: CaseState = doc(&row)?;
            let seen = self.case(caller, &state.id).is_ok();
            let photos = if seen { self.photos(&state, None, &names)? } else { Vec::new() };
            hits.push(RecycledHit {
                kind,
                score,
                hash: hash.to_owned(),
                case_id: seen.then(|| state.id.clone()),
                case_no: if seen { state.no().to_owned() } else { String::new() },
                compound: if seen { state.text("compound_name") } else { String::new() },
                photo: photos.into_iter().find(|p| p.hash == hash),
            });
        }
        Ok(hits)
    }

    fn other_visits(&self, own: &CaseState, photo: &str) -> Vec<String> {
        hashes(own).filter(|hash| on_another_visit(own, photo, hash)).collect()
    }

    fn at_the_same_place(&self, caller: &Caller, own: &CaseState) -> Result<Vec<CaseState>, ApiError> {
        let (compound, building, room) = (own.text("compound_id"), own.text("building"), own.text("room"));
        let spot = Spot { compound: &compound, building: &building, room: &room, geo: own.geo.as_ref() };
        let near = self.near(caller, None, &spot, PLACE_M)?;
        Ok(near.into_iter().filter(|other| other.id != own.id).collect())
    }

    fn of_the_same_author(&self, caller: &Caller, own: &CaseState) -> Result<Vec<String>, ApiError> {
        let theirs = caller.cases(vec![("author", own.author.clone())]);
        let query = Query { order: Order::Newest, limit: OF_AUTHOR_MAX, ..theirs };
        let mut all = Vec::new();
        for row in self.store().records(&query).refused()? {
            let case: CaseState = doc(&row)?;
            all.extend(hashes(&case).filter(|_| case.id != own.id).collect::<Vec<_>>());
        }
        Ok(all)
    }
}

fn hashes(case: &CaseState) -> impl Iterator<Item = String> {
    case.photos.iter().map(|photo| photo.blob.h.clone())
}

/// Whether `other` came into the case on a visit on which `photo` did not, or is one file of two visits.
fn on_another_visit(own: &CaseState, photo: &str, other: &str) -> bool {
    let of = |hash: &str| -> BTreeSet<u32> {
        let with_visit = own.photos.iter().zip(visits(&own.photos));
        with_visit.filter(|(photo, _): &(&Photo, u32)| photo.blob.h == hash).map(|(_, visit)| visit).collect()
    };
    let (one, two) = (of(photo), of(other));
    if photo == other { one.len() > 1 } else { one.is_disjoint(&two) }
}

fn id(hash: &str) -> Result<Hash, ApiError> {
    hash.parse().map_err(|_| ApiError::new(ErrorCode::BadRequest).with("hash", hash))
}

/// 100 for the same fingerprint.
fn nearness(pdq: u32, dhash: u32) -> u8 {
    let differing = pdq.min(dhash).min(BITS);
    u8::try_from(100 - 100 * differing / BITS).unwrap_or(0)
}

fn percent(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

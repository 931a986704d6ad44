//! A wish to change the plan becomes an event, or the reason why not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    BUILDINGS_MAX, CORNERS_MAX, DRAWN, Georef, PlanDrawn, PlanPoint, PlanSet, PlanState, SET, Shape, TV, on_picture,
};
use crate::case::decide::{Author, Refusal};
use crate::case::draft::{DOOR_CHARS_MAX, FieldProblem};
use crate::event::{BlobRef, NewEvent};
use crate::permission::{Action, may};

/// The pictures every screen and printer of the town draws.
const MEDIA: [&str; 2] = ["image/jpeg", "image/png"];

fn allowed(author: &Author) -> Result<(), Refusal> {
    if may(&author.roles, Action::Plan) { Ok(()) } else { Err(Refusal::NotAllowed { action: "plan".into() }) }
}

fn invalid(field: &str, code: &str) -> Refusal {
    Refusal::Invalid(vec![FieldProblem::new(field, code)])
}

fn event(compound: &str, author: &Author, kind: &str, data: &impl Serialize, blobs: Vec<BlobRef>) -> NewEvent {
    NewEvent {
        record: format!("plan:{compound}"),
        scope: compound.to_owned(),
        kind: kind.to_owned(),
        tv: TV,
        actor: author.user.clone(),
        parents: Vec::new(),
        blobs,
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

/// A picture becomes the compound's plan. `same_place`: it covers the former one exactly.
///
/// # Errors
/// Not allowed; a picture that cannot be drawn.
pub fn set(
    before: Option<&PlanState>,
    compound: &str,
    author: &Author,
    picture: BlobRef,
    same_place: bool,
) -> Result<Vec<NewEvent>, Refusal> {
    allowed(author)?;
    let blob = BlobRef { role: "plan".into(), ..picture };
    let number = |key: &str| blob.facts.get(key).and_then(|n| n.parse().ok()).unwrap_or(0);
    let former = before.and_then(|state| state.image.as_ref()).map(|b| b.h.clone());
    let data = PlanSet {
        name: blob.facts.get("name").cloned().unwrap_or_default(),
        width: number("width"),
        height: number("height"),
        continues: former.filter(|_| same_place).filter(|h| *h != blob.h).unwrap_or_default(),
    };
    if !picture_is_sound(&data, std::slice::from_ref(&blob)) {
        return Err(invalid("picture", "unknown_choice"));
    }
    Ok(vec![event(compound, author, SET, &data, vec![blob])])
}

/// Buildings drawn anew or erased, and the plan tied to the ground.
///
/// # Errors
/// Not allowed; no plan to draw on; corners outside it, too many or too few.
pub fn draw(
    state: &PlanState,
    author: &Author,
    buildings: BTreeMap<String, Vec<PlanPoint>>,
    georef: Option<Georef>,
) -> Result<Vec<NewEvent>, Refusal> {
    allowed(author)?;
    let Some(image) = &state.image else { return Err(invalid("picture", "required")) };
    let shapes = buildings.into_iter().map(|(no, corners)| Shape { no, corners });
    let data = PlanDrawn { on: image.h.clone(), buildings: shapes.collect(), georef };
    if let Some(code) = data.georef.as_ref().and_then(Georef::problem) {
        return Err(invalid("georef", code));
    }
    if data.buildings.is_empty() && data.georef.is_none() {
        return Err(invalid("buildings", "required"));
    }
    if !drawing_is_sound(&data) {
        return Err(invalid("buildings", "out_of_range"));
    }
    Ok(vec![event(&state.id, author, DRAWN, &data, Vec::new())])
}

pub(super) fn picture_is_sound(set: &PlanSet, blobs: &[BlobRef]) -> bool {
    let [blob] = blobs else { return false };
    let drawable = MEDIA.contains(&blob.m.as_str()) && blob.preview.is_some() && blob.thumb.is_some();
    blob.role == "plan" && drawable && set.width > 0 && set.height > 0
}

pub(super) fn drawing_is_sound(drawn: &PlanDrawn) -> bool {
    let sound = |shape: &Shape| {
        let Shape { no, corners } = shape;
        let named = !no.trim().is_empty() && no.chars().count() <= DOOR_CHARS_MAX;
        let closed = corners.is_empty() || (3..=CORNERS_MAX).contains(&corners.len());
        named && closed && corners.iter().all(on_picture)
    };
    let numbers: BTreeSet<&str> = drawn.buildings.iter().map(|shape| shape.no.as_str()).collect();
    let each_once = numbers.len() == drawn.buildings.len() && numbers.len() <= BUILDINGS_MAX;
    let georef = drawn.georef.as_ref().is_none_or(|g| g.problem().is_none());
    georef && each_once && drawn.buildings.iter().all(sound)
}

//! `xunjuctl case act|edit|resolve`

use serde_json::json;

use crate::answer::Answer;
use crate::arguments::{ActArguments, EditArguments, FolderArguments, ResolveArguments};
use crate::{case, folder, photos};

pub fn act(of: &FolderArguments, asked: &ActArguments) -> Answer {
    let laptop = folder::open(of)?;
    let case = case::find(&laptop, &asked.id)?;
    let wanted = case.returned.and_then(|returned| returned.slot);
    let mut slots = case::slots(&laptop, &case.card.type_code)?;
    // A photo that names no slot is the one that was asked for.
    if let Some(at) = wanted.and_then(|slot| slots.iter().position(|s| *s == slot)) {
        slots.swap(0, at);
    }
    let photos = photos::import(&laptop, &asked.photos, &slots)?;
    let known = case.actions.iter().find(|a| a.action == asked.action);
    let general =
        known.and_then(|a| a.reasons.iter().find(|code| code.ends_with(".other")).or(a.reasons.first()).cloned());
    let reason_code = asked.reason_code.clone().or(general);
    Ok(laptop.call(
        "case.act",
        json!({
            "id": case.card.id, "action": asked.action, "reason_code": reason_code, "reason": asked.reason,
            "slot": asked.slot, "photos": photos,
        }),
    )?)
}

pub fn edit(of: &FolderArguments, asked: &EditArguments) -> Answer {
    let laptop = folder::open(of)?;
    let (field, value) = case::pair_of(&asked.set)?;
    let case = case::find(&laptop, &asked.id)?;
    Ok(laptop.call("case.edit", json!({ "id": case.card.id, "field": field, "value": value }))?)
}

pub fn resolve(of: &FolderArguments, asked: &ResolveArguments) -> Answer {
    let laptop = folder::open(of)?;
    let (field, value) = case::pair_of(&asked.set)?;
    let case = case::find(&laptop, &asked.id)?;
    Ok(laptop
        .call("case.resolve", json!({ "id": case.card.id, "field": field, "value": value, "reason": asked.reason }))?)
}

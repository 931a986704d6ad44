//! `xunjuctl case act|edit|resolve`

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};

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
            "slot": asked.slot, "photos": photos, "params": pairs(&asked.params)?, "fields": pairs(&asked.set)?,
            "deadline": asked.limit.as_deref().map(limit).transpose()?,
        }),
    )?)
}

fn pairs(all: &[String]) -> Result<BTreeMap<&str, &str>, ApiError> {
    all.iter().map(|pair| case::pair_of(pair)).collect()
}

/// `7day`, `5workday`, …
fn limit(text: &str) -> Result<Value, ApiError> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (n, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let rule = match unit {
        "day" => "CAL_ROLL",
        "workday" => "WORK",
        "work_hour" => "WORK_HOURS",
        "hour" => "HOURS",
        _ => "",
    };
    let wrong = || ApiError::new(ErrorCode::Invalid).at("limit").with("problem", "not NUMBERunit").with("value", text);
    let n: u32 = n.parse().ok().filter(|_| !rule.is_empty()).ok_or_else(wrong)?;
    Ok(json!({ "rule": rule, "n": n, "unit": unit }))
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

//! `xunjuctl compound list`, `case new|list|show`

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::case::{CasePage, CaseView};
use xunju_api::view::draft::DraftView;
use xunju_api::view::work::{CompoundCard, CompoundList};
use xunju_link::Laptop;

use crate::answer::Answer;
use crate::arguments::{FolderArguments, ListArguments, NewArguments};
use crate::{folder, photos};

/// Runs a command and reads its answer.
pub fn ask<T: DeserializeOwned>(laptop: &Laptop, name: &str, args: Value) -> Result<T, ApiError> {
    let answer = laptop.call(name, args)?;
    serde_json::from_value(answer).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", name).with("cause", e))
}

pub fn compounds(of: &FolderArguments, text: &str) -> Answer {
    Ok(folder::open(of)?.call("compound.list", json!({ "text": text }))?)
}

pub fn list(of: &FolderArguments, asked: &ListArguments) -> Answer {
    let ListArguments { status, text, mine, offset, limit } = asked;
    Ok(folder::open(of)?
        .call("case.page", json!({ "status": status, "text": text, "mine": mine, "offset": offset, "limit": limit }))?)
}

pub fn show(of: &FolderArguments, id: &str) -> Answer {
    let laptop = folder::open(of)?;
    let found = find(&laptop, id)?;
    Ok(laptop.call("case.get", json!({ "id": found.card.id }))?)
}

/// A case by id, or by official or temporary number.
pub fn find(laptop: &Laptop, id: &str) -> Result<CaseView, ApiError> {
    let id = id.strip_prefix("case:").unwrap_or(id);
    match ask::<CaseView>(laptop, "case.get", json!({ "id": id })) {
        Err(e) if e.code == ErrorCode::NotFound => {
            let page: CasePage = ask(laptop, "case.page", json!({ "text": id, "limit": 200 }))?;
            let card = page.rows.iter().find(|card| card.no.eq_ignore_ascii_case(id)).ok_or(e)?;
            ask(laptop, "case.get", json!({ "id": card.id }))
        }
        other => other,
    }
}

pub fn new(of: &FolderArguments, asked: &NewArguments) -> Answer {
    let laptop = folder::open(of)?;
    let compound = compound(&laptop, &asked.compound)?;
    let slots = slots(&laptop, &asked.type_code)?;
    let photos = photos::import(&laptop, &asked.photos, &slots)?;
    let draft: DraftView = ask(&laptop, "draft.new", json!({ "compound_id": compound }))?;
    let mut content = json!({
        "compound_id": compound, "building": asked.building, "room": asked.room, "location_text": asked.location,
        "type_code": asked.type_code, "note": asked.note, "photos": photos, "no_photo_reason": asked.no_photo_reason,
    });
    fill(&mut content, &asked.set)?;
    let recorded = laptop
        .call("draft.save", json!({ "id": draft.id, "content": content }))
        .and_then(|_| laptop.call("draft.record", json!({ "id": draft.id })));
    if recorded.is_err() {
        // A script wants all or nothing; the imported photos stay in the tray.
        laptop.call("draft.discard", json!({ "id": draft.id }))?;
    }
    Ok(recorded?)
}

pub fn compound(laptop: &Laptop, name_or_id: &str) -> Result<String, ApiError> {
    let all: CompoundList = ask(laptop, "compound.list", json!({ "text": "" }))?;
    let by_id = |card: &&CompoundCard| card.id == name_or_id || card.name == name_or_id;
    if let Some(card) = all.rows.iter().find(by_id) {
        return Ok(card.id.clone());
    }
    let mut like = all.rows.iter().filter(|card| card.name.contains(name_or_id) || card.initials == name_or_id);
    match (like.next(), like.next()) {
        (Some(card), None) => Ok(card.id.clone()),
        _ => Err(ApiError::new(ErrorCode::NotFound).at("compound").with("what", name_or_id)),
    }
}

/// Photo slots of a type, those expected first.
pub fn slots(laptop: &Laptop, type_code: &str) -> Result<Vec<String>, ApiError> {
    let catalogue = laptop.call("catalogue.get", json!({}))?;
    let category = type_code.split('-').next().unwrap_or_default();
    let categories = catalogue.get("categories").and_then(Value::as_array).cloned().unwrap_or_default();
    let found = categories.iter().find(|c| c.get("code").and_then(Value::as_str) == Some(category));
    let slots = found.and_then(|c| c.get("slots")).and_then(Value::as_array).cloned().unwrap_or_default();
    let key = |slot: &Value| slot.get("key").and_then(Value::as_str).map(str::to_owned);
    Ok(slots.iter().filter_map(key).collect())
}

/// `--set key=value`: fields of the case go to their place, all others are the type's.
fn fill(content: &mut Value, set: &[String]) -> Result<(), ApiError> {
    let mut fields = BTreeMap::new();
    for pair in set {
        let (key, value) = pair_of(pair)?;
        match key {
            "in_progress" => put(content, key, json!(value == "true")),
            "severity" | "location_text" => put(content, key, json!(value)),
            _ => {
                fields.insert(key, value);
            }
        }
    }
    put(content, "fields", json!(fields));
    Ok(())
}

fn put(content: &mut Value, key: &str, value: Value) {
    if let Some(object) = content.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// `key=value`
pub fn pair_of(text: &str) -> Result<(&str, &str), ApiError> {
    text.split_once('=')
        .ok_or_else(|| ApiError::new(ErrorCode::Invalid).at("set").with("problem", "not KEY=VALUE").with("value", text))
}

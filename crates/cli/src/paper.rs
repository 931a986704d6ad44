//! `xunjuctl paper list|issue|serve|void|numbers`

use serde_json::{Map, Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_link::Laptop;

use crate::answer::Answer;
use crate::arguments::{FolderArguments, PaperCommand};
use crate::{case, folder};

pub fn run(of: &FolderArguments, command: &PaperCommand) -> Answer {
    let laptop = folder::open(of)?;
    match command {
        PaperCommand::List { case } => {
            let id = case.as_deref().map(|id| case::find(&laptop, id)).transpose()?.map(|view| view.card.id);
            Ok(laptop.call("paper.list", json!({ "case_id": id }))?)
        }
        PaperCommand::Issue { case, template, set, officers } => issue(&laptop, case, template, set, officers),
        PaperCommand::Serve { id, set, servers } => {
            let mut service = object(set)?;
            let servers: Vec<Value> = servers.iter().map(|name| json!({ "name": name })).collect();
            service.insert("servers".into(), servers.into());
            Ok(laptop.call("paper.serve", json!({ "id": id, "service": service }))?)
        }
        PaperCommand::Void { id, reason } => Ok(laptop.call("paper.void", json!({ "id": id, "reason": reason }))?),
        PaperCommand::Pdf { id } => Ok(laptop.call("paper.pdf", json!({ "id": id }))?),
        PaperCommand::Numbers { give_back: true } => Ok(laptop.call("paper.numbers_return", json!({}))?),
        PaperCommand::Numbers { give_back: false } => Ok(laptop.call("paper.numbers", json!({}))?),
    }
}

/// The form as the case fills it, with what is typed put over it.
fn issue(laptop: &Laptop, case: &str, template: &str, set: &[String], officers: &[String]) -> Answer {
    let view = case::find(laptop, case)?;
    let prepared = laptop.call("paper.prepare", json!({ "case_id": view.card.id, "template": template }))?;
    let shape = || ApiError::new(ErrorCode::Internal).with("op", "paper.prepare");
    let mut content = prepared.get("content").and_then(Value::as_object).cloned().ok_or_else(shape)?;
    let mut fields = content.get("fields").and_then(Value::as_object).cloned().unwrap_or_default();
    fields.extend(object(set)?);
    content.insert("fields".into(), fields.into());
    if !officers.is_empty() {
        content.insert("officers".into(), officers.into());
    }
    Ok(laptop.call("paper.issue", content.into())?)
}

fn object(pairs: &[String]) -> Result<Map<String, Value>, ApiError> {
    let pair = |text: &String| case::pair_of(text).map(|(key, value)| (key.to_owned(), Value::from(value)));
    pairs.iter().map(pair).collect()
}

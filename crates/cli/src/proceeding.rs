//! `xunjuctl proceeding open|party|step|show|list`, `xunjuctl unmask`, `xunjuctl access`

use serde_json::{Map, Value, json};
use xunju_api::error::{ApiError, ErrorCode};

use crate::answer::Answer;
use crate::arguments::{FolderArguments, ProceedingCommand, StepArguments};
use crate::{case, folder};

pub fn run(of: &FolderArguments, command: &ProceedingCommand) -> Answer {
    let laptop = folder::open(of)?;
    let (name, args) = match command {
        ProceedingCommand::Open { case, cause, date, in_progress } => {
            let found = case::find(&laptop, case)?;
            let args = json!({ "case_id": found.card.id, "cause": cause, "date": date, "in_progress": in_progress });
            ("proceeding.open", args)
        }
        ProceedingCommand::Party { id, set } => {
            let mut args = pairs(set)?;
            args.insert("id".into(), json!(id));
            ("party.set", Value::Object(args))
        }
        ProceedingCommand::Step(asked) => ("proceeding.step", step(asked)?),
        ProceedingCommand::Show { id } => ("proceeding.get", json!({ "id": id })),
        ProceedingCommand::List { case, open } => {
            let case = case.as_deref().map(|c| case::find(&laptop, c).map(|found| found.card.id)).transpose()?;
            ("proceeding.list", json!({ "case_id": case, "open": open }))
        }
        ProceedingCommand::Unmask { id, fields, reason } => {
            ("party.unmask", json!({ "record": format!("proceeding:{id}"), "fields": fields, "reason": reason }))
        }
        ProceedingCommand::Access { user } => ("access.page", json!({ "user": user })),
    };
    Ok(laptop.call(name, args)?)
}

fn step(asked: &StepArguments) -> Result<Value, ApiError> {
    let documents = asked.documents.iter().map(|text| document(text)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "id": asked.id, "code": asked.code, "date": asked.date, "officers": asked.officers,
        "documents": documents, "params": pairs(&asked.params)?,
    }))
}

/// `F09=示综执改〔2026〕3号`, with `@2026-03-10` where its date is another than the step's.
fn document(text: &str) -> Result<Value, ApiError> {
    let wrong = || ApiError::new(ErrorCode::Invalid).at("document").with("problem", "not TEMPLATE=NUMBER@DATE");
    let (template, rest) = text.split_once('=').ok_or_else(wrong)?;
    let (number, date) = rest.rsplit_once('@').unwrap_or((rest, ""));
    Ok(json!({ "template": template, "number": number, "date": date }))
}

fn pairs(all: &[String]) -> Result<Map<String, Value>, ApiError> {
    all.iter().map(|pair| case::pair_of(pair).map(|(key, value)| (key.to_owned(), json!(value)))).collect()
}

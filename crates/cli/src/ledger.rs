//! `xunjuctl ledger list|export|preview|import|imports|undo|ask|answer|asked`

use std::fs::File;
use std::path::Path;

use serde_json::{Value, json};
use xunju_api::act;
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::ledger::LedgerExportRequest;
use xunju_link::Laptop;

use crate::answer::Answer;
use crate::arguments::{FolderArguments, LedgerChoice, LedgerCommand};
use crate::{case, folder};

pub fn run(of: &FolderArguments, command: &LedgerCommand) -> Answer {
    let laptop = folder::open(of)?;
    match command {
        LedgerCommand::List => Ok(laptop.call("ledger.list", json!({}))?),
        LedgerCommand::Export { choice, format, to, approval } => {
            let mut asked = chosen(&laptop, choice)?;
            if let Some(all) = asked.as_object_mut() {
                all.insert("format".into(), json!(format));
                all.insert("approval".into(), json!(approval));
            }
            let bad = |e| ApiError::new(ErrorCode::BadRequest).with("cause", e);
            let asked: LedgerExportRequest = serde_json::from_value(asked).map_err(bad)?;
            let (api, caller) = laptop.caller()?;
            let done = act::ledger::export_to(&api, &caller, asked, to.as_deref())?;
            Ok(serde_json::to_value(done).map_err(|e| ApiError::new(ErrorCode::Internal).with("cause", e))?)
        }
        LedgerCommand::Preview { file } => read(&laptop, "ledger.preview", file, false),
        LedgerCommand::Import { file, duplicates } => read(&laptop, "ledger.import", file, *duplicates),
        LedgerCommand::Imports => Ok(laptop.call("ledger.imports", json!({}))?),
        LedgerCommand::Undo { import } => Ok(laptop.call("ledger.undo", json!({ "import": import }))?),
        LedgerCommand::Ask { choice } => Ok(laptop.call("ledger.ask", chosen(&laptop, choice)?)?),
        LedgerCommand::Answer { id, refuse, note } => {
            Ok(laptop.call("ledger.answer", json!({ "id": id, "approved": !refuse, "note": note }))?)
        }
        LedgerCommand::Asked => Ok(laptop.call("ledger.asked", json!({}))?),
    }
}

fn chosen(laptop: &Laptop, choice: &LedgerChoice) -> Result<Value, ApiError> {
    let compound = match choice.compound.as_str() {
        "" => Value::Null,
        name => case::compound(laptop, name)?.into(),
    };
    Ok(json!({
        "ledger": choice.ledger,
        "compound": compound,
        "status": choice.status,
        "text": choice.text,
        "reason": choice.reason,
    }))
}

fn read(laptop: &Laptop, command: &str, path: &Path, duplicates: bool) -> Answer {
    let told = |e: std::io::Error| ApiError::new(ErrorCode::DiskFailed).with("path", path.display()).with("cause", e);
    let (api, caller) = laptop.caller()?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let taken = api.ledger_upload(&caller, &name, File::open(path).map_err(told)?)?;
    Ok(laptop.call(command, json!({ "file": taken.file, "duplicates": duplicates }))?)
}

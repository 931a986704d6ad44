//! `rescue export` and `inspect`.

use std::fs::File;
use std::path::Path;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::rescue_file::about;

use crate::answer::{Answer, Refusal};
use crate::arguments::{FolderArguments, RescueCommand};
use crate::folder;

pub fn run(of: &FolderArguments, command: &RescueCommand) -> Answer {
    match command {
        RescueCommand::Export { to } => {
            let phrase = std::env::var("XUNJU_RESCUE_PHRASE").unwrap_or_default();
            let (api, _) = folder::open(of)?.caller()?;
            let (path, about) = api.rescue(to, &phrase)?;
            Ok(json!({ "file": path, "events": about.events, "files": about.files, "bytes": about.bytes }))
        }
        RescueCommand::Inspect { file } => inspect(file),
    }
}

fn inspect(file: &Path) -> Answer {
    let failed = |e: &dyn std::fmt::Display| Refusal::unreadable("unreadable", &format!("{}: {e}", file.display()));
    let opened = File::open(file).map_err(|e| failed(&e))?;
    Ok(value(&about(opened).map_err(|e| failed(&e))?)?)
}

fn value(about: &xunju_api::rescue_file::About) -> Result<Value, ApiError> {
    serde_json::to_value(about).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))
}

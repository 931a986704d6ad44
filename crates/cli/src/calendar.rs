//! `xunjuctl calendar show|import`, `xunjuctl indicator`

use serde_json::json;
use xunju_api::error::{ApiError, ErrorCode};

use crate::answer::Answer;
use crate::arguments::{CalendarCommand, FolderArguments};
use crate::folder;

pub fn calendar(of: &FolderArguments, command: &CalendarCommand) -> Answer {
    let laptop = folder::open(of)?;
    let answer = match command {
        CalendarCommand::Show { year: None } => laptop.call("calendar.list", json!({})),
        CalendarCommand::Show { year: Some(year) } => laptop.call("calendar.year", json!({ "year": year })),
        CalendarCommand::Import { file, year, source, check } => {
            let text = std::fs::read_to_string(file)
                .map_err(|e| ApiError::new(ErrorCode::DiskFailed).with("path", file.display()).with("cause", e))?;
            if *check {
                laptop.call("calendar.preview", json!({ "text": text, "year": year }))
            } else {
                laptop.call("calendar.publish", json!({ "text": text, "year": year, "source": source }))
            }
        }
    };
    Ok(answer?)
}

pub fn indicator(of: &FolderArguments, from: &str, to: &str) -> Answer {
    Ok(folder::open(of)?.call("indicator.show", json!({ "from": from, "to": to }))?)
}

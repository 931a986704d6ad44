//! Photos given on the command line.

use std::path::Path;
use std::time::UNIX_EPOCH;

use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::draft::DraftPhoto;
use xunju_api::view::photo::Channel;
use xunju_link::Laptop;

/// Imports each file; `slots` are what the type asks for, in order, for those that name none.
///
/// # Errors
/// `DiskFailed` for a file that cannot be read; what the import says.
pub fn import(laptop: &Laptop, given: &[String], slots: &[String]) -> Result<Vec<DraftPhoto>, ApiError> {
    let mut free: Vec<&String> = slots.iter().rev().collect();
    given
        .iter()
        .map(|text| {
            let named = text.split_once('=').filter(|(slot, _)| slots.iter().any(|s| s == slot));
            let (slot, file) = match named {
                Some((slot, file)) => (slot.to_owned(), file),
                None => (free.pop().cloned().unwrap_or_default(), text.as_str()),
            };
            Ok(DraftPhoto { hash: import_one(laptop, Path::new(file))?, slot })
        })
        .collect()
}

fn import_one(laptop: &Laptop, file: &Path) -> Result<String, ApiError> {
    let failed = |e: std::io::Error| {
        ApiError::new(ErrorCode::DiskFailed).with("op", "read photo").with("path", file.display()).with("cause", e)
    };
    let bytes = std::fs::read(file).map_err(failed)?;
    let modified = std::fs::metadata(file).and_then(|m| m.modified()).ok();
    let mtime_ms =
        modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).and_then(|d| i64::try_from(d.as_millis()).ok());
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(laptop.import(&bytes, &name, mtime_ms, Channel::CommandLine)?.hash)
}

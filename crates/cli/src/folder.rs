//! Opening the data folder for one command.

use std::io::BufRead as _;
use std::sync::Arc;

use xunju_api::error::{ApiError, ErrorCode};
use xunju_domain::deadline::Calendar;
use xunju_link::{Laptop, Options};

use crate::arguments::FolderArguments;

/// # Errors
/// What [`Laptop::open`] says; `DiskFailed` when standard input cannot be read.
pub fn open(folder: &FolderArguments) -> Result<Laptop, ApiError> {
    Laptop::open(&folder.folder(), Options { passphrase: passphrase(folder)?, ..Options::default() })
}

/// The calendar a folder's town counts with; the shipped one where no folder is named, or nobody is enrolled in it.
///
/// # Errors
/// What [`Laptop::open`] says of a folder that is there and cannot be read.
pub fn calendar(of: &FolderArguments) -> Result<Arc<Calendar>, ApiError> {
    let shipped = || Arc::new(Calendar::standard().clone());
    if of.data.is_none() {
        return Ok(shipped());
    }
    match open(of).and_then(|laptop| laptop.api()) {
        Ok(api) => Ok(api.calendar()),
        Err(e) if e.code == ErrorCode::NotEnrolled => Ok(shipped()),
        Err(e) => Err(e),
    }
}

fn passphrase(folder: &FolderArguments) -> Result<Option<String>, ApiError> {
    if !folder.passphrase_stdin {
        return Ok(std::env::var("XUNJU_PASSPHRASE").ok().filter(|p| !p.is_empty()));
    }
    let mut line = String::new();
    let failed =
        |e: std::io::Error| ApiError::new(ErrorCode::DiskFailed).with("op", "read standard input").with("cause", e);
    std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

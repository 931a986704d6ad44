//! Opening the data folder for one command.

use std::io::BufRead as _;

use xunju_api::error::{ApiError, ErrorCode};
use xunju_link::{Laptop, Options};

use crate::arguments::FolderArguments;

/// # Errors
/// What [`Laptop::open`] says; `DiskFailed` when standard input cannot be read.
pub fn open(folder: &FolderArguments) -> Result<Laptop, ApiError> {
    Laptop::open(&folder.data, Options { passphrase: passphrase(folder)?, ..Options::default() })
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

//! U盘包: where it may go, and writing it.

use std::path::{Path, PathBuf};

use crate::error::{ApiError, ErrorCode};
use crate::view::app::{Host, Nothing};
use crate::view::rescue::{RescueFile, RescuePlace, RescuePlaces, RescueRequest};
use crate::{Api, Caller};

/// Where a desktop hangs what is plugged in.
const MOUNTS: [&str; 2] = ["/media", "/run/media"];

/// # Errors
/// `WrongHost` in a browser: nothing is undelivered there.
pub fn places(_: &Api, caller: &Caller, _: Nothing) -> Result<RescuePlaces, ApiError> {
    on_a_laptop(caller)?;
    let mut places: Vec<RescuePlace> = sticks().into_iter().map(|path| place(&path, true)).collect();
    let downloads = crate::present::aside::downloads();
    places.extend(downloads.is_dir().then(|| place(&downloads, false)));
    Ok(RescuePlaces { places })
}

/// # Errors
/// As [`Api::rescue`]; `WrongHost` in a browser.
pub fn export(api: &Api, caller: &Caller, asked: RescueRequest) -> Result<RescueFile, ApiError> {
    on_a_laptop(caller)?;
    let (path, about) = api.rescue(Path::new(&asked.folder), &asked.passphrase)?;
    let path = path.display().to_string();
    Ok(RescueFile { path, events: about.events, files: about.files, bytes: about.bytes })
}

fn on_a_laptop(caller: &Caller) -> Result<(), ApiError> {
    if caller.host == Host::Web { Err(ApiError::new(ErrorCode::WrongHost)) } else { Ok(()) }
}

fn place(path: &Path, removable: bool) -> RescuePlace {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    RescuePlace { folder: path.display().to_string(), name, removable }
}

/// What hangs two levels below: the person, then the stick.
fn sticks() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let mut found: Vec<PathBuf> =
        MOUNTS.iter().flat_map(|mount| inside(Path::new(mount))).flat_map(|person| inside(&person)).collect();
    found.sort();
    found
}

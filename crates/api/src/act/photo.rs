//! The tray, the watched folder, and asking for an original.

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::app::{Host, Nothing};
use crate::view::photo::{PhotoRef, StorageView, TrayPhoto, WatchRequest, WatchView};
use crate::{Api, Caller, held};

/// A day's walk: fewer than these are said before the walk, not in the middle of it.
const LOW_PHOTOS: u64 = 150;

/// Newest first.
///
/// # Errors
/// Disk failures.
pub fn tray(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<TrayPhoto>, ApiError> {
    api.tray_of(caller)
}

/// Room for photos on this machine.
///
/// # Errors
/// None.
pub fn storage(api: &Api, _: &Caller, _: Nothing) -> Result<StorageView, ApiError> {
    let photos_fit = api.vault.photos_fit();
    Ok(StorageView {
        free_bytes: api.vault.free_bytes(),
        photos_fit,
        low: photos_fit.is_some_and(|photos| photos < LOW_PHOTOS),
    })
}

/// Takes a photo out of the tray; its bytes stay.
///
/// # Errors
/// Disk failures.
pub fn drop_from_tray(api: &Api, caller: &Caller, photo: PhotoRef) -> Result<Vec<TrayPhoto>, ApiError> {
    let changed = api.store().drop_tray(&caller.user, &photo.hash).refused()?;
    api.changed(&changed);
    api.tray_of(caller)
}

/// Asks for a photo that is not on this machine; `photo` changes when it has come.
///
/// # Errors
/// `BadRequest` for what is no hash.
pub fn want(api: &Api, _: &Caller, photo: PhotoRef) -> Result<Nothing, ApiError> {
    let hash = photo.hash.parse().map_err(|_| ApiError::new(ErrorCode::BadRequest).with("hash", &photo.hash))?;
    let changed = api.store().want_blob(&hash).refused()?;
    api.changed(&changed);
    Ok(Nothing {})
}

/// # Errors
/// Disk failures.
pub fn watch_get(api: &Api, caller: &Caller, _: Nothing) -> Result<WatchView, ApiError> {
    let folder = api.store().setting(&caller.user, "watch").refused()?.filter(|f| !f.is_empty());
    let problem = held(&api.watch).as_ref().and_then(|w| w.problem().map(str::to_owned));
    let from_folder = |p: &TrayPhoto| p.channel == crate::view::photo::Channel::Folder;
    let imported = api.tray_of(caller)?.iter().filter(|p| from_folder(p)).count();
    Ok(WatchView { folder, problem, imported: u32::try_from(imported).unwrap_or(u32::MAX) })
}

/// # Errors
/// `WrongHost` in a browser; `Invalid` when the folder is not an absolute path of a folder.
pub fn watch_set(api: &Api, caller: &Caller, wanted: WatchRequest) -> Result<WatchView, ApiError> {
    if caller.host != Host::Desktop {
        return Err(ApiError::new(ErrorCode::WrongHost));
    }
    if let Some(folder) = &wanted.folder {
        let path = std::path::Path::new(folder);
        if !path.is_absolute() || !path.is_dir() {
            return Err(ApiError::new(ErrorCode::Invalid).at("folder").with("problem", "not_a_folder"));
        }
    }
    let changed =
        api.store().set_setting(&caller.user, "watch", wanted.folder.as_deref().unwrap_or_default()).refused()?;
    *held(&api.watch) = None;
    api.changed(&changed);
    watch_get(api, caller, Nothing {})
}

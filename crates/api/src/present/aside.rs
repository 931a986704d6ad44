//! A new file in the person's downloads, beside what is there of the same name.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{ApiError, ErrorCode};

const NAMES_MAX: u32 = 1_000;

pub(super) fn told(path: &Path, e: &std::io::Error) -> ApiError {
    let error = ApiError::new(ErrorCode::DiskFailed).with("op", "save").with("path", path.display());
    error.with("cause", e).retryable()
}

/// # Errors
/// `DiskFailed`.
pub(crate) fn aside(name: &str) -> Result<(File, PathBuf), ApiError> {
    let folder = downloads();
    std::fs::create_dir_all(&folder).map_err(|e| told(&folder, &e))?;
    let whole = Path::new(name);
    let part = |of: Option<&std::ffi::OsStr>| of.map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = (part(whole.file_stem()), part(whole.extension()));
    for at in 1..NAMES_MAX {
        let path = folder.join(if at == 1 { name.to_owned() } else { format!("{stem} ({at}).{ending}") });
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => return Err(told(&path, &e)),
        }
    }
    Err(ApiError::new(ErrorCode::DiskFailed).with("op", "save").with("path", folder.display()))
}

/// At a place the person named; what is there already is not written over.
///
/// # Errors
/// `DiskFailed`.
pub(crate) fn make_aside(path: &Path) -> Result<File, ApiError> {
    File::create_new(path).map_err(|e| told(path, &e))
}

/// `XUNJU_DOWNLOADS`, or the downloads folder of the person's home.
pub(crate) fn downloads() -> PathBuf {
    let home = || std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let named = ["XUNJU_DOWNLOADS", "XDG_DOWNLOAD_DIR"].iter().find_map(|key| std::env::var_os(key).map(PathBuf::from));
    named.unwrap_or_else(|| home().unwrap_or_else(std::env::temp_dir).join("Downloads"))
}

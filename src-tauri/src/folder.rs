//! Where things lie on this machine.

use std::env;
use std::path::PathBuf;

/// The data folder: `XUNJU_DATA`, or the place the system gives programs for data that stays on this
/// machine. Never the documents folder: sync programs and scanners meddle there.
pub fn data_folder() -> PathBuf {
    env::var_os("XUNJU_DATA").map(PathBuf::from).unwrap_or_else(|| local_data().join("xunju"))
}

/// What may be thrown away at any time.
pub fn cache_folder() -> PathBuf {
    let own = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    own.unwrap_or_else(|| home().join(".cache")).join("xunju")
}

#[cfg(target_os = "windows")]
fn local_data() -> PathBuf {
    env::var_os("LOCALAPPDATA").map(PathBuf::from).unwrap_or_else(|| home().join("AppData").join("Local"))
}

#[cfg(target_os = "macos")]
fn local_data() -> PathBuf {
    home().join("Library").join("Application Support")
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn local_data() -> PathBuf {
    let own = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    own.unwrap_or_else(|| home().join(".local").join("share"))
}

fn home() -> PathBuf {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    env::var_os(name).map(PathBuf::from).unwrap_or_else(env::temp_dir)
}
